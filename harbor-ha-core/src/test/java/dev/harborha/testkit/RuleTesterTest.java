package dev.harborha.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SampleCluster;
import dev.harborha.model.VersionRange;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RuleTesterTest {

    private static final Cluster CLUSTER = SampleCluster.sound();
    private static final ModelPath NODE = ModelPath.cluster().child("nodes").key("harbor-1");
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");

    private static RuleInfo info(VersionRange versions) {
        return RuleInfo.of(
                "own.rule",
                Severity.NOTE,
                rule -> rule.title("A node")
                        .why("Because.")
                        .fix("Do something.")
                        .sources("The handbook")
                        .versions(versions));
    }

    private static RuleTester testing(Function<Cluster, List<Problem>> check) {
        return RuleTester.of(Rule.of(info(VersionRange.all()), check));
    }

    private static RuleTester saying(Problem... problems) {
        return testing(cluster -> List.of(problems));
    }

    private static void assertFails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Test
    void whatIsExpectedIsAccepted() {
        saying(new Problem(NODE, "This is a node."), new Problem(NODE, "2 of them.", "Call .withoutNode(…)."))
                .violated("any problem", CLUSTER)
                .violated("those problems", CLUSTER, "cluster.nodes[harbor-1]: 2 of them.", NODE + ": This is a node.");
        saying().kept("nothing", CLUSTER);
    }

    @Test
    void aDifferenceIsShown() {
        assertFails(
                () -> saying(new Problem(NODE, "This is a node.")).violated("a", CLUSTER, "cluster: That is a node."),
                "own.rule, a: The rule says something else:\n  missing:  cluster: That is a node.\n"
                        + "  not expected:  cluster.nodes[harbor-1]: This is a node.");
        assertFails(() -> saying().violated("a", CLUSTER), "own.rule, a: The rule finds nothing.");
        assertFails(
                () -> saying().violated("a", CLUSTER, "cluster.nodes: X."),
                "own.rule, a: The rule finds nothing:\n  missing:  cluster.nodes: X.");
        assertFails(
                () -> saying(new Problem(NODE, "This is a node.")).kept("b", CLUSTER),
                "own.rule, b: The rule finds something:\n  not expected:  cluster.nodes[harbor-1]: This is a node.");
        // One is said twice.
        assertFails(
                () -> saying(new Problem(NODE, "X."), new Problem(NODE, "X."))
                        .violated("a", CLUSTER, "cluster.nodes[harbor-1]: X."),
                "own.rule, a: The rule says something else:\n  not expected:  cluster.nodes[harbor-1]: X.");
    }

    @Test
    void releasesAreThoseOfTheRule() {
        Rule rule = Rule.of(info(VersionRange.since("2.0.0")), cluster -> List.of(new Problem(NODE, "X.")));
        RuleTester.of(rule).kept("another release", CLUSTER);
        assertFails(
                () -> RuleTester.of(rule).violated("a", CLUSTER),
                "own.rule is not asked about \"a\": the cluster has Harbor 0.5.0, and the rule is for since 2.0.0.");
        RuleTester.of(rule).violated("its release", SampleCluster.with2x(c -> {}));
    }

    @Test
    void aRuleOfDaysIsGivenOne() {
        Rule rule = Rule.ofDay(
                info(VersionRange.all()), (cluster, day) -> List.of(new Problem(NODE, "It is " + day + ".")));
        RuleTester.of(rule).on(DAY).violated("a day", CLUSTER, "cluster.nodes[harbor-1]: It is 2026-11-24.");
        assertFails(
                () -> RuleTester.of(rule).violated("a", CLUSTER),
                "own.rule needs a day to judge by; use RuleTester.of(rule).on(day) for \"a\".");
    }

    @Test
    void theDescriptionIsOneObject() {
        Rule rule = new Rule() {
            @Override
            public RuleInfo info() {
                return RuleTesterTest.info(VersionRange.all());
            }

            @Override
            public List<Problem> check(Cluster cluster) {
                return List.of();
            }
        };
        assertFails(
                () -> RuleTester.of(rule),
                "own.rule, its description: info() returns another object each time; keep it in a constant.");
    }

    @Test
    void theTitleHasNoFullStop() {
        RuleInfo info = RuleInfo.of(
                "own.rule",
                Severity.NOTE,
                rule -> rule.title("A node.").why("w").fix("f").sources("s"));
        assertFails(
                () -> RuleTester.of(Rule.of(info, cluster -> List.of())),
                "own.rule, its description: The title \"A node.\" ends with a full stop.");
    }

    @Test
    void theSameClusterGivesTheSameProblems() {
        List<Problem> growing = new ArrayList<>();
        assertFails(
                () -> testing(cluster -> {
                            growing.add(new Problem(NODE, "X."));
                            return List.copyOf(growing);
                        })
                        .violated("a", CLUSTER),
                "own.rule, a: The rule says something else when it is asked again:\n"
                        + "  not expected:  cluster.nodes[harbor-1]: X.");
        assertFails(
                () -> testing(cluster -> cluster == CLUSTER ? List.of() : List.of(new Problem(NODE, "X.")))
                        .kept("a", CLUSTER),
                "own.rule, a: The rule says something else when it is built again:\n"
                        + "  not expected:  cluster.nodes[harbor-1]: X.");
        List<Problem> turning = new ArrayList<>(List.of(new Problem(NODE, "X."), new Problem(NODE, "Y.")));
        assertFails(
                () -> testing(cluster -> {
                            turning.add(turning.remove(0));
                            return List.copyOf(turning);
                        })
                        .violated("a", CLUSTER),
                "own.rule, a: The rule says something else when it is asked again: the order differs.");
    }

    @Test
    void messagesAndFixesAreSentences() {
        for (String message : List.of("no capital.", "No full stop", "Two\nlines.", "")) {
            assertFails(
                    () -> saying(new Problem(NODE, message)).violated("a", CLUSTER),
                    "own.rule, a: The message is no sentence on one line that ends with a full stop: " + message);
        }
        assertFails(
                () -> saying(new Problem(NODE, "X.", "do it")).violated("a", CLUSTER),
                "own.rule, a: The fix is no sentence on one line: do it");
    }

    @Test
    void noTextHoldsASecret() {
        Cluster cluster = SampleCluster.with(c -> c.adminPassword(Secret.of("open-sesame")));
        String failure = "own.rule, a: A text of the problem at %s holds a secret.";
        assertFails(
                () -> saying(new Problem(NODE, "The password is open-sesame.")).violated("a", cluster),
                failure.formatted(NODE));
        assertFails(
                () -> saying(new Problem(NODE, "X.", "Change open-sesame.")).violated("a", cluster),
                failure.formatted(NODE));
        assertFails(
                () -> saying(new Problem(ModelPath.cluster().child("open-sesame"), "X."))
                        .violated("a", cluster),
                failure.formatted("cluster.***"));
    }

    @Test
    void pathsLeadToElements() {
        assertFails(
                () -> saying(new Problem(ModelPath.cluster(), "X.")).violated("a", CLUSTER),
                "own.rule, a: The path cluster does not begin with \"cluster.\".");
        assertFails(
                () -> saying(new Problem(ModelPath.cluster().child("node"), "X."))
                        .violated("a", CLUSTER),
                "own.rule, a: The path cluster.node leads nowhere: there is no .node after cluster.");
        assertFails(
                () -> saying(new Problem(ModelPath.cluster().child("nodes").key("harbor-3"), "X."))
                        .violated("a", CLUSTER),
                "own.rule, a: The path cluster.nodes[harbor-3] leads nowhere: there is no [harbor-3] after cluster.nodes.");
        assertFails(
                () -> saying(new Problem(ModelPath.file("cluster.nodes[harbor-1"), "X."))
                        .violated("a", CLUSTER),
                "own.rule, a: The path cluster.nodes[harbor-1 is malformed; make it by ModelPath.cluster().child(…).key(…).");
    }
}
