package dev.harborha.validation;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.ModelPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Report} and {@link RuleInfo}. */
class ReportTest {

    private static Finding finding(Severity severity, String id, String path, String message) {
        RuleInfo info = RuleInfo.of(
                id,
                severity,
                rule -> rule.title("A defect")
                        .why("It hurts.")
                        .fix("Mend it.")
                        .sources("https://example.com/why", "second"));
        return new Finding(info, new Problem(new ModelPath(path), message, "Mend it."), Optional.empty());
    }

    private static Finding waived(Finding finding, String reason) {
        return new Finding(finding.rule(), finding.problem(), Optional.of(reason));
    }

    @Test
    void findingsAreOrderedBySeverityRulePlaceAndMessage() {
        List<Finding> ordered = List.of(
                finding(ERROR, "b.rule", "cluster.a", "m"),
                finding(ERROR, "c.rule", "cluster.a", "m"),
                finding(WARNING, "a.rule", "cluster.a", "m"),
                finding(WARNING, "a.rule", "cluster.b", "m"),
                finding(WARNING, "a.rule", "cluster.b", "n"),
                finding(NOTE, "a.rule", "cluster.a", "a"));
        for (int seed = 0; seed < 20; seed++) {
            List<Finding> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(new Report(shuffled).findings()).isEqualTo(ordered);
            assertThat(new Report(shuffled.subList(0, 3)).and(new Report(shuffled.subList(3, 6))))
                    .isEqualTo(new Report(ordered));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 | 0 | 0 | nothing found
            1 | 0 | 0 | 0 | 1 error
            2 | 0 | 0 | 0 | 2 errors
            0 | 1 | 0 | 0 | 1 warning
            0 | 0 | 1 | 0 | 1 note
            1 | 1 | 1 | 0 | 1 error, 1 warning, 1 note
            3 | 2 | 4 | 0 | 3 errors, 2 warnings, 4 notes
            0 | 2 | 0 | 1 | 2 warnings (1 waived)
            0 | 0 | 0 | 3 | nothing found (3 waived)
            """)
    void theSummaryCountsInWords(int errors, int warnings, int notes, int waived, String summary) {
        List<Finding> findings = new ArrayList<>();
        add(findings, errors, i -> finding(ERROR, "a.rule", "cluster." + i, "m"));
        add(findings, warnings, i -> finding(WARNING, "b.rule", "cluster." + i, "m"));
        add(findings, notes, i -> finding(NOTE, "c.rule", "cluster." + i, "m"));
        add(findings, waived, i -> waived(finding(WARNING, "d.rule", "cluster." + i, "m"), "we know"));
        Report report = new Report(findings);
        assertThat(report.summary()).isEqualTo(summary);
        assertThat(report.toString()).endsWith(summary + "\n");
        assertThat(report.hasErrors()).isEqualTo(errors > 0);
        assertThat(report.of(ERROR)).hasSize(errors);
        assertThat(report.of(WARNING)).hasSize(warnings);
        assertThat(report.of(NOTE)).hasSize(notes);
        assertThat(report.waived()).hasSize(waived);
        assertThat(report.open()).hasSize(errors + warnings + notes);
    }

    private static void add(List<Finding> findings, int count, IntFunction<Finding> maker) {
        for (int i = 0; i < count; i++) {
            findings.add(maker.apply(i));
        }
    }

    @Test
    void theTextIsForPeople() {
        Report report = new Report(List.of(
                waived(finding(WARNING, "w.rule", "cluster.w", "Waived."), "we know"),
                finding(ERROR, "e.rule", "cluster.e", "Error.")));
        assertThat(report).hasToString(TextReport.plain().write(report));
    }

    @Test
    void placesAreGivenToTheFindingsTheyAreKnownFor() {
        Finding known = finding(ERROR, "a.rule", "cluster.a", "m");
        Finding unknown = waived(finding(NOTE, "b.rule", "cluster.b", "m"), "we know");
        Location place = new Location("cluster.yaml", 3, 5);
        Location other = new Location("other.yaml", 1, 1);
        assertThat(known.location()).isEmpty();

        Report located = new Report(List.of(known, unknown))
                .located(path -> path.equals(known.path()) ? Optional.of(place) : Optional.empty());
        assertThat(located.findings())
                .containsExactly(
                        new Finding(known.rule(), known.problem(), known.waived(), Optional.of(place)), unknown);
        assertThat(located.located(path -> Optional.empty())).isEqualTo(located);
        assertThat(located.located(path -> Optional.of(other)).findings())
                .extracting(Finding::location)
                .containsOnly(Optional.of(other));
        assertThat(place).hasToString("cluster.yaml:3:5");
    }

    @Test
    void findingsOfOneRuleComeInTheOrderOfTheFile() {
        List<Finding> byPath = IntStream.range(0, 20)
                .mapToObj(i -> finding(ERROR, "a.rule", "cluster.n" + (10 + i), "m"))
                .toList();
        Report located = new Report(byPath)
                .located(path -> Optional.of(new Location(
                        "f",
                        10 - Integer.parseInt(path.text().substring(9)) % 10,
                        path.text().charAt(9) - '0')));
        assertThat(located.findings())
                .extracting(finding -> finding.path().text())
                .startsWith("cluster.n19", "cluster.n29", "cluster.n18", "cluster.n28")
                .endsWith("cluster.n10", "cluster.n20");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "-1,-1"})
    void aPlaceIsCountedFromOne(int line, int column) {
        assertThatThrownBy(() -> new Location("f", line, column))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Lines and columns are counted from 1; found line " + line + ", column " + column + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "lb.no-session-affinity", "storage.s3-before-0.5.0", "a1.b2.c3"})
    void anIdIsTopicDotDefect(String id) {
        assertThat(info(id, "t", "w", "f", "s").id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.", ".b", "A.b", "a.b_c", "a..b", "a.-b", "a.b-", "a.b c", "a.b\n"})
    void anotherIdIsRefused(String id) {
        assertThatThrownBy(() -> info(id, "t", "w", "f", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + id
                        + "\" is no rule id; write topic.defect-in-kebab-case, as in lb.no-session-affinity.");
    }

    @Test
    void aRuleNeedsATitleAReasonAFixAndASource() {
        String message = "The rule a.b needs a title, a reason, a fix and at least one source.";
        assertThatThrownBy(() -> info("a.b", " ", "w", "f", "s")).hasMessage(message);
        assertThatThrownBy(() -> info("a.b", "t", "", "f", "s")).hasMessage(message);
        assertThatThrownBy(() -> info("a.b", "t", "w", " ", "s")).hasMessage(message);
        assertThatThrownBy(() -> info("a.b", "t", "w", "f")).hasMessage(message);
    }

    private static RuleInfo info(String id, String title, String why, String fix, String... sources) {
        return RuleInfo.of(id, NOTE, rule -> rule.title(title).why(why).fix(fix).sources(sources));
    }
}
