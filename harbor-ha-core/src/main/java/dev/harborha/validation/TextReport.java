package dev.harborha.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a report for people: the worst first, each rule once with all that it found, then what was waived and why, then the
 * counts.
 *
 * <pre>
 * ERROR node.duplicate-address: Two nodes have the same address
 *   cluster.yaml:7:5 (cluster.nodes[harbor-2].address)
 *     The nodes harbor-1 and harbor-2 both have the address 10.0.0.11.
 *   Fix: Give each .node(name, address) the address of its own machine.
 *   See: https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server
 *
 * 1 error
 * </pre>
 *
 * <p>Control characters are spelled out, so that nothing in a cluster can talk to the terminal.
 *
 * @param colour whether severities and the like are coloured, for a terminal
 * @param findingsPerRule how many findings of one rule are listed, at least 1; of the others their number is told
 */
public record TextReport(boolean colour, int findingsPerRule) {

    /** How many findings of one rule are listed by default: 10. */
    public static final int DEFAULT_FINDINGS_PER_RULE = 10;

    private static final TextReport PLAIN = new TextReport(false, DEFAULT_FINDINGS_PER_RULE);

    /**
     * Makes a writer.
     *
     * @throws IllegalArgumentException if it would list no finding
     */
    public TextReport {
        if (findingsPerRule < 1) {
            throw new IllegalArgumentException(
                    "A report lists at least 1 finding of each rule; found " + findingsPerRule + ".");
        }
    }

    /** Returns a writer without colours. */
    public static TextReport plain() {
        return PLAIN;
    }

    /** Returns a writer with the colours of ANSI terminals. */
    public static TextReport coloured() {
        return new TextReport(true, DEFAULT_FINDINGS_PER_RULE);
    }

    /** The looks of a piece of text, as the numbers of ANSI's "select graphic rendition". */
    private enum Look {
        ERROR("1;31"),
        WARNING("1;33"),
        NOTE("1;36"),
        TITLE("1"),
        FAINT("2");

        private final String numbers;

        Look(String numbers) {
            this.numbers = numbers;
        }

        static Look of(Severity severity) {
            return switch (severity) {
                case ERROR -> ERROR;
                case WARNING -> WARNING;
                case NOTE -> NOTE;
            };
        }
    }

    /** Returns the report; it ends with a newline. */
    public String write(Report report) {
        StringBuilder text = new StringBuilder();
        byRule(report.open()).forEach((rule, findings) -> open(text, rule, findings));
        byRule(report.waived()).forEach((rule, findings) -> waived(text, rule, findings));
        return text.append(report.summary()).append('\n').toString();
    }

    private static Map<RuleInfo, List<Finding>> byRule(List<Finding> findings) {
        Map<RuleInfo, List<Finding>> groups = new LinkedHashMap<>();
        findings.forEach(finding -> groups.computeIfAbsent(finding.rule(), rule -> new ArrayList<>())
                .add(finding));
        return groups;
    }

    private void open(StringBuilder text, RuleInfo rule, List<Finding> findings) {
        head(text, rule.severity().name(), Look.of(rule.severity()), rule);
        boolean oneFix = findings.stream().map(Finding::fix).distinct().count() == 1;
        for (Finding finding : listed(findings)) {
            found(text, finding);
            if (!oneFix) {
                labelled(text, "    Fix: ", finding.fix());
            }
        }
        more(text, findings);
        if (oneFix) {
            labelled(text, "  Fix: ", findings.get(0).fix());
        }
        labelled(text, "  See: ", rule.sources().get(0));
        text.append('\n');
    }

    private void waived(StringBuilder text, RuleInfo rule, List<Finding> findings) {
        head(text, "waived", Look.FAINT, rule);
        listed(findings).forEach(finding -> found(text, finding));
        more(text, findings);
        labelled(text, "  Accepted because: ", findings.get(0).waived().orElse(""));
        text.append('\n');
    }

    private void head(StringBuilder text, String word, Look look, RuleInfo rule) {
        text.append(dressed(word, look)).append(' ').append(dressed(rule.id(), Look.TITLE));
        text.append(": ").append(shown(rule.title(), "")).append('\n');
    }

    private List<Finding> listed(List<Finding> findings) {
        return findings.subList(0, Math.min(findings.size(), findingsPerRule));
    }

    private void more(StringBuilder text, List<Finding> findings) {
        if (findings.size() > findingsPerRule) {
            text.append("  … and ").append(findings.size() - findingsPerRule).append(" more\n");
        }
    }

    private void found(StringBuilder text, Finding finding) {
        String path = shown(finding.path().text(), "");
        String place = finding.location()
                .map(location -> shown(location.toString(), "") + " (" + path + ")")
                .orElse(path);
        text.append("  ").append(place);
        text.append("\n    ").append(shown(finding.problem().message(), "    ")).append('\n');
    }

    private void labelled(StringBuilder text, String label, String words) {
        text.append(dressed(label, Look.FAINT)).append(shown(words, "    ")).append('\n');
    }

    private String dressed(String words, Look look) {
        return colour ? "\u001b[" + look.numbers + "m" + words + "\u001b[0m" : words;
    }

    /** Returns a text with lines that begin under each other. */
    private static String shown(String words, String indent) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '\n') {
                shown.append('\n').append(indent);
            } else if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
