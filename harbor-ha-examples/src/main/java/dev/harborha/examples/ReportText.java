package dev.harborha.examples;

import dev.harborha.templates.report.JUnitReport;
import dev.harborha.templates.report.JsonReport;
import dev.harborha.templates.report.SarifReport;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.TextReport;
import java.util.List;

/** A report in each format. */
final class ReportText {

    private ReportText() {}

    /**
     * Returns a report.
     *
     * @param asked the rules that were asked
     * @param colour whether a text for people has colours
     */
    static String of(Report report, Format format, List<RuleInfo> asked, boolean colour) {
        return switch (format) {
            case TEXT -> (colour ? TextReport.coloured() : TextReport.plain()).write(report);
            case JSON -> JsonReport.write(report);
            case SARIF -> SarifReport.write(report);
            case JUNIT -> JUnitReport.write(report, asked);
        };
    }
}
