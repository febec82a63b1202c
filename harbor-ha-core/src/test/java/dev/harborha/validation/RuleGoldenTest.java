package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.SampleCluster;
import dev.harborha.testkit.RuleTester;
import dev.harborha.validation.rules.BuiltInRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every built-in rule finds in clusters that violate it, word by word, and that it is silent otherwise. */
class RuleGoldenTest {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);

    static Stream<String> ids() {
        return HARBOR.rules().catalogue().stream().map(RuleInfo::id);
    }

    private static List<Finding> findings(String id, Cluster cluster) {
        return HARBOR.check(cluster).findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    @Test
    void everyRuleHasExamplesAndEveryExampleARule() {
        assertThat(RuleExamples.ALL.keySet()).containsExactlyElementsOf(ids().toList());
        assertThat(Golden.names("rules"))
                .containsExactlyInAnyOrderElementsOf(
                        ids().map(id -> id + ".txt").toList());
        RuleExamples.ALL.forEach((id, examples) -> {
            assertThat(examples.violating()).as("violations of %s", id).isNotEmpty();
            assertThat(examples.sound()).as("clusters without %s", id).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aViolationIsFound(String id) {
        StringBuilder text = new StringBuilder();
        RuleExamples.ALL.get(id).violating().forEach((what, cluster) -> {
            List<Finding> findings = findings(id, cluster);
            assertThat(findings).as("%s in: %s", id, what).isNotEmpty();
            text.append("# ").append(what).append('\n');
            text.append(findings.stream().map(RuleGoldenTest::text).collect(Collectors.joining()));
        });
        Golden.assertEqual("rules/" + id + ".txt", text.toString());
    }

    private static String text(Finding finding) {
        return finding.severity() + " " + finding.id() + " " + finding.path() + "\n  "
                + finding.problem().message() + "\n  " + finding.fix() + "\n";
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aSoundClusterIsLeftAlone(String id) {
        RuleExamples.ALL
                .get(id)
                .sound()
                .forEach((what, cluster) -> assertThat(findings(id, cluster))
                        .as("%s in: %s", id, what)
                        .isEmpty());
    }

    static Stream<Rule> rules() {
        return BuiltInRules.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theContractIsKeptInEveryExample(Rule rule) {
        RuleTester tester = RuleTester.of(rule).on(RuleExamples.DAY);
        RuleExamples examples = RuleExamples.ALL.get(rule.info().id());
        examples.violating().forEach(tester::violated);
        examples.sound().forEach(tester::kept);
    }

    /** The sample is sound, so what an example finds comes from its change. */
    @Test
    void theSampleClusterHasNotesOnly() {
        Report report = HARBOR.check(SampleCluster.sound());
        assertThat(report.findings()).allMatch(finding -> finding.severity() == Severity.NOTE);
        assertThat(report.summary()).isEqualTo("3 notes");
    }
}
