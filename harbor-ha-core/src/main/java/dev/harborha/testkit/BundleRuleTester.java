package dev.harborha.testkit;

import dev.harborha.audit.BundleRule;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tests a rule on rendered files, as {@link RuleTester} does one on clusters.
 *
 * <p>Each example is also a test of the contract: the description is always the same object; the same files give the same
 * problems, when they are asked again and when the bundle is made again; each path is that of a file of the bundle; messages
 * are sentences with a full stop; no text holds a secret that stands in one of the files. What is short, of fewer than eight
 * characters, is not looked for.
 */
public final class BundleRuleTester {

    private final BundleRule rule;
    private final Optional<LocalDate> day;

    private BundleRuleTester(BundleRule rule, Optional<LocalDate> day) {
        this.rule = rule;
        this.day = day;
    }

    /**
     * Returns a tester of a rule.
     *
     * @throws AssertionError if its description is not always the same object, or its title ends with a full stop
     */
    public static BundleRuleTester of(BundleRule rule) {
        Contract.requireInfo(rule::info);
        return new BundleRuleTester(rule, Optional.empty());
    }

    /** Returns a tester that names the given day to the rule, as {@code HarborHa.on(day)} does. */
    public BundleRuleTester on(LocalDate day) {
        return new BundleRuleTester(rule, Optional.of(day));
    }

    /**
     * Asserts that the rule finds something in files.
     *
     * @param what what the example is, for the message
     * @param expected what the rule says of it, each as {@code path: message}, in any order; none asks for any problem
     * @return this tester
     * @throws AssertionError if it does not, or does not keep the contract
     */
    public BundleRuleTester violated(String what, Bundle bundle, String... expected) {
        Contract.requireViolation(rule.info().id(), what, problems(what, bundle), List.of(expected));
        return this;
    }

    /**
     * Asserts that the rule finds nothing in files.
     *
     * @param what what the example is, for the message
     * @return this tester
     * @throws AssertionError if it does, or does not keep the contract
     */
    public BundleRuleTester kept(String what, Bundle bundle) {
        Contract.requireSilence(rule.info().id(), what, problems(what, bundle));
        return this;
    }

    private List<Problem> problems(String what, Bundle bundle) {
        Contract contract = new Contract(rule.info().id(), what);
        contract.requireInfo(rule.info(), rule::info);
        List<Problem> problems = ask(bundle);
        contract.requireSame("asked again", problems, ask(bundle));
        contract.requireSame("made again", problems, ask(Bundle.of(Map.of("again", List.copyOf(bundle.files())))));
        List<String> secrets = SecretsInFiles.of(bundle);
        for (Problem problem : problems) {
            contract.requireTexts(problem, secrets);
            if (bundle.get(problem.path().text()).isEmpty()) {
                contract.fail("The path " + problem.path() + " is not that of a file of the bundle.");
            }
        }
        return problems;
    }

    private List<Problem> ask(Bundle bundle) {
        return day.isPresent() ? rule.check(bundle, day.get()) : rule.check(bundle);
    }
}
