package dev.harborha.testkit;

import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Tests a rule on clusters.
 *
 * <pre>{@code
 * RuleTester.of(MY_RULE)
 *     .violated("a name without the prefix", cluster, "cluster.nodes[registry-b]: The node is called registry-b; …")
 *     .kept("names that begin with it", otherCluster);
 * }</pre>
 *
 * <p>Each example is also a test of the contract: the description is always the same object; the same cluster gives the same
 * problems, when it is asked again and when it is built again; paths begin with {@code cluster.} and lead to an element of the
 * model, and a key in brackets to a member of this very cluster; messages are sentences with a full stop; no text holds a
 * secret of the cluster. A secret of fewer than eight characters is not looked for, since it could stand in any text.
 */
public final class RuleTester {

    private final Rule rule;
    private final Optional<LocalDate> day;

    private RuleTester(Rule rule, Optional<LocalDate> day) {
        this.rule = rule;
        this.day = day;
    }

    /**
     * Returns a tester of a rule.
     *
     * @throws AssertionError if its description is not always the same object, or its title ends with a full stop
     */
    public static RuleTester of(Rule rule) {
        Contract.requireInfo(rule::info);
        return new RuleTester(rule, Optional.empty());
    }

    /** Returns a tester that names the given day to the rule, as {@code HarborHa.on(day)} does. */
    public RuleTester on(LocalDate day) {
        return new RuleTester(rule, Optional.of(day));
    }

    /**
     * Asserts that the rule finds something in a cluster.
     *
     * @param what what the example is, for the message
     * @param cluster the cluster, of a release that the rule is about
     * @param expected what the rule says of it, each as {@code path: message}, in any order; none asks for any problem
     * @return this tester
     * @throws AssertionError if it does not, or does not keep the contract
     */
    public RuleTester violated(String what, Cluster cluster, String... expected) {
        RuleInfo info = rule.info();
        if (!info.versions().contains(cluster.harbor())) {
            throw new AssertionError(info.id() + " is not asked about \"" + what + "\": the cluster has Harbor "
                    + cluster.harbor() + ", and the rule is for " + info.versions() + ".");
        }
        if (rule.needsDay() && day.isEmpty()) {
            throw new AssertionError(
                    info.id() + " needs a day to judge by; use RuleTester.of(rule).on(day) for \"" + what + "\".");
        }
        Contract.requireViolation(info.id(), what, problems(what, cluster), List.of(expected));
        return this;
    }

    /**
     * Asserts that nothing is found in a cluster: the rule finds nothing, or the cluster's release is none that it is about.
     *
     * @param what what the example is, for the message
     * @return this tester
     * @throws AssertionError if something is found, or the rule does not keep the contract
     */
    public RuleTester kept(String what, Cluster cluster) {
        if (rule.info().versions().contains(cluster.harbor())) {
            Contract.requireSilence(rule.info().id(), what, problems(what, cluster));
        }
        return this;
    }

    private List<Problem> problems(String what, Cluster cluster) {
        Contract contract = new Contract(rule.info().id(), what);
        contract.requireInfo(rule.info(), rule::info);
        List<Problem> problems = ask(cluster);
        contract.requireSame("asked again", problems, ask(cluster));
        contract.requireSame("built again", problems, ask(cluster.toBuilder().build()));
        if (rule.needsDay() && !rule.check(cluster).isEmpty()) {
            contract.fail("The rule needs a day, and finds something without one.");
        }
        List<String> secrets = cluster.secrets().values().stream()
                .filter(Secret::isResolved)
                .flatMap(secret -> secret.reveal().lines())
                .filter(line -> !line.startsWith("-----"))
                .toList();
        for (Problem problem : problems) {
            contract.requireTexts(problem, secrets);
            contract.require(ClusterElements.problemOf(cluster, problem.path()));
        }
        return problems;
    }

    private List<Problem> ask(Cluster cluster) {
        return day.isPresent() ? rule.check(cluster, day.get()) : rule.check(cluster);
    }
}
