package dev.harborha.validation;

import dev.harborha.model.ModelPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that the rules found, worst first, then by rule, then by place: by line where it is known, else by path. {@link
 * #toString()} is the report for people.
 *
 * @param findings the findings, those that were waived among them
 */
public record Report(List<Finding> findings) {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::id)
            .thenComparing(finding -> finding.location().map(Location::file).orElse(""))
            .thenComparing(finding -> finding.location().map(Location::line).orElse(0))
            .thenComparing(finding -> finding.location().map(Location::column).orElse(0))
            .thenComparing(finding -> finding.path().text())
            .thenComparing(finding -> finding.problem().message());

    /** Makes a report; the findings are put in order. */
    public Report {
        findings = findings.stream().sorted(ORDER).toList();
    }

    /** Returns the findings that count: those that were not waived. */
    public List<Finding> open() {
        return findings.stream().filter(finding -> finding.waived().isEmpty()).toList();
    }

    /** Returns the findings that were waived. */
    public List<Finding> waived() {
        return findings.stream().filter(finding -> finding.waived().isPresent()).toList();
    }

    /** Returns the findings that count and have the given severity. */
    public List<Finding> of(Severity severity) {
        return open().stream().filter(finding -> finding.severity() == severity).toList();
    }

    /** Tells whether there is an error, so that nothing can be rendered. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** Returns this report with the findings of another one. */
    public Report and(Report other) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(other.findings);
        return new Report(all);
    }

    /**
     * Returns this report with findings that tell where their elements stand in a file.
     *
     * @param place tells where an element stands, such as {@code LoadedCluster::locate} of harbor-ha-templates; a finding of
     *     which it knows no place keeps the one that it has
     */
    public Report located(Function<ModelPath, Optional<Location>> place) {
        return new Report(findings.stream()
                .map(finding -> new Finding(
                        finding.rule(),
                        finding.problem(),
                        finding.waived(),
                        place.apply(finding.path()).or(finding::location)))
                .toList());
    }

    /** Returns the number of findings in words: "1 error, 2 warnings, 1 note (1 waived)", or "nothing found". */
    public String summary() {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = of(severity).size();
            if (count > 0) {
                parts.add(count + " " + severity.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s"));
            }
        }
        String counted = parts.isEmpty() ? "nothing found" : String.join(", ", parts);
        int accepted = waived().size();
        return accepted == 0 ? counted : counted + " (" + accepted + " waived)";
    }

    /** Returns the report for people, as {@link TextReport#plain()} writes it. */
    @Override
    public String toString() {
        return TextReport.plain().write(this);
    }
}
