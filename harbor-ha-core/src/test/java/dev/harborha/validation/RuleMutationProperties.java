package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.SoundClusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.PerProperty;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * A sound cluster that is changed in one place violates the rule of that place, and no other one: for every rule an operator
 * makes the change ({@link RuleExamples#mutant}), and what it cannot help bringing or ending is declared beside it.
 */
class RuleMutationProperties {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);
    private static final List<RuleInfo> RULES = HARBOR.rules().catalogue();

    /** On the average each rule is asked for as many clusters. */
    private static final int TRIES_OF_RULE = 16;

    /** A rule, a sound cluster, and the same one changed. */
    private record Mutation(RuleInfo rule, Cluster sound, Cluster changed) {

        @Override
        public String toString() {
            return rule.id() + "\nsound:   " + sound + "\nchanged: " + changed;
        }
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return mutations(rule -> true);
    }

    /** Mutations of the rules whose operators have declared more than their rule. */
    @Provide
    Arbitrary<Mutation> withCompanions() {
        return mutations(rule -> {
            RuleExamples examples = RuleExamples.ALL.get(rule.id());
            return !examples.companions().isEmpty() || !examples.ended().isEmpty();
        });
    }

    private static Arbitrary<Mutation> mutations(Predicate<RuleInfo> wanted) {
        Map<RuleInfo, Arbitrary<Mutation>> ofRules = RULES.stream()
                .filter(wanted)
                .collect(Collectors.toMap(Function.identity(), RuleMutationProperties::mutations));
        return Arbitraries.of(RULES.stream().filter(wanted).toList()).flatMap(ofRules::get);
    }

    private static Arbitrary<Mutation> mutations(RuleInfo rule) {
        RuleExamples examples = RuleExamples.ALL.get(rule.id());
        Function<Cluster, Cluster> operator = examples.operator().orElseThrow();
        Predicate<HarborVersion> releases =
                examples.releases().orElse(release -> rule.versions().contains(release));
        return SoundClusters.of(releases)
                .filter(examples.needs())
                .map(sound -> new Mutation(rule, sound, operator.apply(sound)));
    }

    /** What is found, and where. */
    private static Set<String> findings(Cluster cluster) {
        return HARBOR.check(cluster).findings().stream()
                .map(finding -> finding.id() + " " + finding.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String id(String finding) {
        return finding.substring(0, finding.indexOf(' '));
    }

    private static Set<String> difference(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    @Example
    void everyRuleHasAnOperator() {
        assertThat(RULES)
                .allSatisfy(rule -> assertThat(RuleExamples.ALL.get(rule.id()))
                        .as(rule.id())
                        .satisfies(examples -> assertThat(examples.operator()).isPresent()));
    }

    /** Sees that every rule had its turn. */
    static final class EveryRule implements PerProperty.Lifecycle {

        static final Set<String> MET = new TreeSet<>();

        @Override
        public void before(PropertyLifecycleContext context) {
            MET.clear();
        }

        @Override
        public void onSuccess() {
            assertThat(MET)
                    .as("rules that were violated")
                    .containsExactlyElementsOf(RULES.stream().map(RuleInfo::id).toList());
        }
    }

    @Property(tries = 148 * TRIES_OF_RULE, edgeCases = EdgeCasesMode.NONE)
    @PerProperty(EveryRule.class)
    void oneChangeViolatesOneRule(@ForAll("mutations") Mutation mutation) {
        RuleExamples examples = RuleExamples.ALL.get(mutation.rule().id());
        Set<String> before = findings(mutation.sound());
        Set<String> after = findings(mutation.changed());
        assertThat(difference(after, before))
                .as("what the change brings")
                .anyMatch(finding -> id(finding).equals(mutation.rule().id()))
                .allMatch(finding -> id(finding).equals(mutation.rule().id())
                        || examples.companions().contains(id(finding)));
        assertThat(difference(before, after))
                .as("what ends with the change")
                .allMatch(finding -> examples.ended().contains(id(finding)));
        EveryRule.MET.add(mutation.rule().id());
    }

    /** Sees that everything was met that is declared beside an operator. */
    static final class EveryDeclaration implements PerProperty.Lifecycle {

        static final Set<String> MET = new TreeSet<>();

        @Override
        public void before(PropertyLifecycleContext context) {
            MET.clear();
        }

        @Override
        public void onSuccess() {
            RuleExamples.ALL.forEach((id, examples) -> {
                examples.companions().forEach(other -> assertThat(MET).contains(id + " brings " + other));
                examples.ended().forEach(other -> assertThat(MET).contains(id + " ends " + other));
            });
        }
    }

    /** What is declared happens; with a fixed seed, so that it is always the same clusters that show it. */
    @Property(tries = 3600, edgeCases = EdgeCasesMode.NONE, seed = "118")
    @PerProperty(EveryDeclaration.class)
    void noCompanionIsDeclaredInVain(@ForAll("withCompanions") Mutation mutation) {
        String rule = mutation.rule().id();
        Set<String> before = findings(mutation.sound());
        Set<String> after = findings(mutation.changed());
        difference(after, before).forEach(finding -> EveryDeclaration.MET.add(rule + " brings " + id(finding)));
        difference(before, after).forEach(finding -> EveryDeclaration.MET.add(rule + " ends " + id(finding)));
    }
}
