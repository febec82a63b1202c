package dev.harborha;

import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.util.stream.Collectors;

/** A cluster that cannot be rendered because an error stands; the report says all that was found. */
public final class InvalidClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Report report;

    InvalidClusterException(String what, Report report) {
        super(what + ":\n"
                + report.of(Severity.ERROR).stream()
                        .map(finding -> "  " + finding + " Fix: " + finding.fix())
                        .collect(Collectors.joining("\n")));
        this.report = report;
    }

    /** Returns the whole report. */
    public Report report() {
        return report;
    }
}
