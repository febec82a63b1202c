package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/rules.md} is the book of rules, page by page, as the library has it. */
class RulesDocTest {

    private static final Path FILE =
            Path.of(System.getProperty("basedir", ""), "..", "docs", "rules.md").normalize();
    private static final RuleBook BOOK = HarborHa.create().book();
    private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** A file that does not exist is written, and the test fails so that somebody reads it. */
    @Test
    void saysWhatTheBookSays() throws IOException {
        String book = book();
        if (!Files.exists(FILE)) {
            Files.writeString(FILE, book);
            fail(FILE + " did not exist; it was written now. Read it, keep it, run again.");
        }
        assertThat(Files.readString(FILE))
                .as("docs/rules.md; remove that file to write it anew")
                .isEqualTo(book);
    }

    @Test
    void everyLinkInsideLeadsToAHeading() {
        String book = book();
        Set<String> anchors = new HashSet<>();
        for (Matcher heading = HEADING.matcher(book); heading.find(); ) {
            assertThat(anchors.add(anchor(heading.group(1))))
                    .as(heading.group(1))
                    .isTrue();
        }
        List<String> links = new ArrayList<>();
        for (Matcher link = LINK.matcher(book); link.find(); ) {
            links.add(link.group(1));
        }
        assertThat(links).hasSizeGreaterThan(BOOK.rules().size()).isSubsetOf(anchors);
    }

    /** As GitHub makes them: lower case, hyphens for blanks, and nothing but letters, digits, hyphens and underscores. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private static String book() {
        StringBuilder text = new StringBuilder("# The book of rules\n\n");
        text.append("Written by `RulesDocTest` from the rules themselves; `harbor-ha rules ID` prints one page, and\n")
                .append("`harbor-ha explain TEXT` finds the pages behind an error text.\n\n");
        text.append("| severity | when |\n|---|---|\n");
        for (Severity severity : Severity.values()) {
            text.append("| ")
                    .append(severity)
                    .append(" | ")
                    .append(severity.criterion())
                    .append(" |\n");
        }
        text.append("\nThere are ")
                .append(BOOK.rules().size())
                .append(" rules on clusters, ")
                .append(BOOK.bundleRules().size())
                .append(" on rendered files, and ")
                .append(BOOK.preventions().size())
                .append(" defects that are prevented by construction.\n\n");
        text.append(
                        "- [Rules on clusters](#rules-on-clusters)\n- [Rules on rendered files](#rules-on-rendered-files)\n")
                .append("- [Prevented by construction](#prevented-by-construction)\n");
        part(text, "Rules on clusters", BOOK.rules());
        part(text, "Rules on rendered files", BOOK.bundleRules());
        text.append("\n## Prevented by construction\n\nNo cluster of this library can have these.\n");
        for (Prevention prevention : BOOK.preventions()) {
            text.append("\n### ")
                    .append(prevention.id())
                    .append("\n\n**")
                    .append(prevention.title())
                    .append(".** ");
            text.append(prevention.why())
                    .append("\n\n**Here:** ")
                    .append(prevention.how())
                    .append('\n');
            rest(text, prevention);
        }
        return text.toString();
    }

    private static void part(StringBuilder text, String heading, List<RuleInfo> rules) {
        text.append("\n## ").append(heading).append("\n\n");
        TreeMap<String, List<RuleInfo>> topics = new TreeMap<>();
        rules.forEach(rule ->
                topics.computeIfAbsent(topic(rule), any -> new ArrayList<>()).add(rule));
        text.append("| rule | severity | what is wrong | releases |\n|---|---|---|---|\n");
        topics.values()
                .forEach(ofTopic -> ofTopic.forEach(rule -> text.append("| [")
                        .append(rule.id())
                        .append("](#")
                        .append(anchor(rule.id()))
                        .append(") | ")
                        .append(rule.severity())
                        .append(" | ")
                        .append(cell(rule.title()))
                        .append(" | ")
                        .append(rule.versions())
                        .append(" |\n")));
        rules.forEach(rule -> page(text, rule));
    }

    private static String topic(RuleInfo rule) {
        return rule.id().substring(0, rule.id().indexOf('.'));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static void page(StringBuilder text, RuleInfo rule) {
        text.append("\n### ").append(rule.id()).append("\n\n");
        text.append(rule.severity())
                .append(", releases: ")
                .append(rule.versions())
                .append(".\n\n**");
        text.append(rule.title()).append(".** ").append(rule.why()).append("\n\n");
        text.append("**Fix:** ").append(rule.fix()).append('\n');
        example(text, rule);
        rest(text, rule);
    }

    /** What is said of the first cluster that violates the rule. */
    private static void example(StringBuilder text, RuleInfo rule) {
        RuleExamples examples = RuleExamples.ALL.get(rule.id());
        if (examples == null) {
            return; // of a rule on rendered files
        }
        String what = examples.violating().keySet().iterator().next();
        Cluster cluster = examples.violating().get(what);
        Finding finding = HarborHa.create().on(RuleExamples.DAY).check(cluster).findings().stream()
                .filter(found -> found.id().equals(rule.id()))
                .findFirst()
                .orElseThrow();
        text.append("\nFor example (")
                .append(what)
                .append("), at `")
                .append(finding.path())
                .append("`:\n\n> ")
                .append(finding.problem().message())
                .append("\n> ")
                .append(finding.fix())
                .append('\n');
    }

    private static void rest(StringBuilder text, BookEntry entry) {
        if (!entry.symptoms().isEmpty()) {
            text.append("\nWhat programs print:\n\n```text\n");
            entry.symptoms().forEach(symptom -> text.append(symptom).append('\n'));
            text.append("```\n");
        }
        text.append("\nSee ");
        text.append(String.join(
                ", ", entry.sources().stream().map(source -> "<" + source + ">").toList()));
        text.append("\n");
    }
}
