package dev.harborha.validation;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SampleCluster;
import dev.harborha.model.VersionRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The engine: which rules it asks, and what waivers do to their answers. */
class RuleSetTest {

    private static final ModelPath PLACE = ModelPath.cluster().child("nodes");

    private static Rule rule(String id, Severity severity, String... messages) {
        RuleInfo info = RuleInfo.of(
                id,
                severity,
                rule -> rule.title("A defect").why("It hurts.").fix("Mend it.").sources("https://example.com/why"));
        List<Problem> problems = new ArrayList<>();
        for (String message : messages) {
            problems.add(new Problem(PLACE, message, "Mend it."));
        }
        return Rule.of(info, cluster -> problems);
    }

    private static Report check(Consumer<ClusterBuilder> change, Rule... rules) {
        return RuleSet.of(List.of(rules)).check(SampleCluster.with(change));
    }

    @Test
    void findingsCarryWhatRuleAndEngineKnow() {
        Rule rule = rule("own.defect", WARNING, "One.", "Two.");
        assertThat(check(c -> {}, rule).findings())
                .containsExactly(
                        new Finding(rule.info(), new Problem(PLACE, "One.", "Mend it."), Optional.empty()),
                        new Finding(rule.info(), new Problem(PLACE, "Two.", "Mend it."), Optional.empty()));
        assertThat(check(c -> {}, rule).findings().get(0)).hasToString("WARNING own.defect cluster.nodes: One.");
        assertThat(rule).hasToString("Rule[own.defect]");
    }

    @Test
    void aRuleIsNotAskedAboutReleasesThatItIsNotFor() {
        RuleInfo info = RuleInfo.of(
                "own.defect",
                ERROR,
                rule -> rule.title("A defect")
                        .why("It hurts.")
                        .fix("Mend it.")
                        .sources("source")
                        .versions(VersionRange.since("2.0.0")));
        Rule rule = Rule.of(info, cluster -> {
            throw new AssertionError("asked");
        });
        assertThat(check(c -> {}, rule).findings()).isEmpty();
    }

    @Test
    void theRulesThatAreAskedAreThoseOfTheReleaseAndOfTheDay() {
        Rule always = rule("a.always", NOTE);
        Rule since2 = Rule.of(
                RuleInfo.of(
                        "b.since2",
                        NOTE,
                        rule -> rule.title("t").why("w").fix("f").sources("s").versions(VersionRange.since("2.0.0"))),
                cluster -> List.of());
        Rule dated = Rule.ofDay(rule("c.dated", NOTE).info(), (cluster, day) -> List.of());
        RuleSet rules = RuleSet.of(List.of(always, since2, dated));
        Cluster old = SampleCluster.with(c -> c.harbor("0.5.0"));
        Cluster recent = SampleCluster.with(c -> c.harbor("2.15.2"));
        LocalDate day = LocalDate.of(2026, 1, 1);
        assertThat(rules.asked(old))
                .extracting(RuleInfo::id)
                .filteredOn(id -> !id.startsWith("waiver."))
                .containsExactly("a.always");
        assertThat(rules.asked(old, day)).contains(always.info(), dated.info()).doesNotContain(since2.info());
        assertThat(rules.asked(recent, day)).isEqualTo(rules.catalogue());
        assertThat(rules.asked(recent)).contains(since2.info()).doesNotContain(dated.info());
    }

    @Test
    void twoRulesCannotHaveOneId() {
        RuleSet set = RuleSet.of(List.of(rule("own.defect", NOTE)));
        String message = "Two rules have the id own.defect; give yours another one.";
        assertThatThrownBy(() -> set.with(rule("own.defect", ERROR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> RuleSet.of(List.of(rule("own.defect", NOTE), rule("own.defect", NOTE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        for (String id : List.of("waiver.matches-nothing", "waiver.of-error", "waiver.said-twice")) {
            assertThatThrownBy(() -> set.with(rule(id, NOTE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Two rules have the id " + id + "; give yours another one.");
        }
    }

    @Test
    void anotherRuleMakesAnotherSet() {
        RuleSet set = RuleSet.of(List.of(rule("b.defect", NOTE)));
        RuleSet more = set.with(rule("a.defect", NOTE));
        assertThat(ids(set))
                .containsExactly("b.defect", "waiver.matches-nothing", "waiver.of-error", "waiver.said-twice");
        assertThat(ids(more))
                .containsExactly(
                        "a.defect", "b.defect", "waiver.matches-nothing", "waiver.of-error", "waiver.said-twice");
        assertThat(more.find("a.defect").orElseThrow().severity()).isEqualTo(NOTE);
        assertThat(set.find("a.defect")).isEmpty();
    }

    private static List<String> ids(RuleSet set) {
        return set.catalogue().stream().map(RuleInfo::id).toList();
    }

    @Test
    void aRuleThatFailsIsNamedWithoutWhatItSaid() {
        Rule rule = Rule.of(rule("own.defect", NOTE).info(), cluster -> {
            throw new IllegalArgumentException("the password is sesame");
        });
        assertThatThrownBy(() -> check(c -> {}, rule))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The rule own.defect failed: IllegalArgumentException")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWaivedWarningIsKeptApartWithItsReason() {
        Report report = check(
                c -> c.waive("own.defect", "we know"),
                rule("own.defect", WARNING, "One."),
                rule("b.other", NOTE, "B."));
        assertThat(report.open()).extracting(Finding::id).containsExactly("b.other");
        assertThat(report.waived()).extracting(Finding::waived).containsExactly(Optional.of("we know"));
        assertThat(report.hasErrors()).isFalse();
        assertThat(report.of(WARNING)).isEmpty();
        assertThat(report.toString()).contains("\n  cluster.nodes\n    One.\n", "  Accepted because: we know\n");
    }

    @Test
    void aWaivedNoteCountsNoMore() {
        Report report = check(c -> c.waive("own.defect", "we know"), rule("own.defect", NOTE, "One.", "Two."));
        assertThat(report.open()).isEmpty();
        assertThat(report.summary()).isEqualTo("nothing found (2 waived)");
    }

    @Test
    void anErrorStandsWhateverTheWaiverSays() {
        Report report = check(c -> c.waive("own.defect", "we know"), rule("own.defect", ERROR, "One.", "Two."));
        assertThat(report.hasErrors()).isTrue();
        assertThat(report.waived()).isEmpty();
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "ERROR own.defect cluster.nodes: One.",
                        "ERROR own.defect cluster.nodes: Two.",
                        "WARNING waiver.of-error cluster.waivers[own.defect]: The error own.defect stands, whatever the"
                                + " waiver says.");
    }

    @Test
    void aWaiverWithoutAFindingIsANote() {
        Report report =
                check(c -> c.waive("own.defect", "we know").waive("own.defekt", "typo"), rule("own.defect", WARNING));
        assertThat(report.findings())
                .extracting(finding -> finding + " " + finding.fix())
                .containsExactly(
                        "NOTE waiver.matches-nothing cluster.waivers[own.defect]: The waiver of own.defect matches no"
                                + " finding. Remove the waiver, or correct its id.",
                        "NOTE waiver.matches-nothing cluster.waivers[own.defekt]: The waiver of own.defekt matches no"
                                + " finding; there is no rule on clusters of that name. Remove the waiver, or correct"
                                + " its id.");
    }

    @Test
    void twoWaiversOfOneRuleAreANoteAndTheLastReasonCounts() {
        Report report = check(
                c -> c.waive("own.defect", "first").waive("own.defect", "second"), rule("own.defect", WARNING, "One."));
        assertThat(report.waived()).extracting(Finding::waived).containsExactly(Optional.of("second"));
        assertThat(report.open())
                .extracting(Finding::toString)
                .containsExactly(
                        "NOTE waiver.said-twice cluster.waivers[own.defect]: The rule own.defect is waived more"
                                + " than once; the last reason counts.");
    }

    @Test
    void aRuleThatNeedsTheDayIsAskedOnlyWhereOneIsNamed() {
        RuleInfo info = rule("own.defect", WARNING).info();
        RuleSet set = RuleSet.of(List.of(
                Rule.ofDay(info, (cluster, day) -> List.of(new Problem(PLACE, "It is the " + day + "."))),
                rule("own.other", NOTE, "Always.")));
        Cluster cluster = SampleCluster.with(c -> c.waive("own.defect", "we know"));
        assertThat(set.check(cluster).findings()).extracting(Finding::id).containsExactly("own.other");
        Report report = set.check(cluster, LocalDate.parse("2026-11-24"));
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "WARNING own.defect cluster.nodes: It is the 2026-11-24.",
                        "NOTE own.other cluster.nodes: Always.");
        assertThat(report.waived()).extracting(Finding::fix).containsExactly("Mend it.");
    }

    @Test
    void aWaiverOfARuleForOtherReleasesMatchesNothing() {
        RuleInfo info = RuleInfo.of(
                "own.defect",
                WARNING,
                rule -> rule.title("A defect")
                        .why("It hurts.")
                        .fix("Mend it.")
                        .sources("source")
                        .versions(VersionRange.since("2.0.0")));
        Rule rule = Rule.of(info, cluster -> List.of(new Problem(PLACE, "One.", "Mend it.")));
        assertThat(check(c -> c.waive("own.defect", "we know"), rule).findings())
                .extracting(Finding::id)
                .containsExactly("waiver.matches-nothing");
    }

    @Test
    void theSameProblemIsSaidOnce() {
        assertThat(check(c -> {}, rule("own.defect", NOTE, "One.", "One.")).findings())
                .hasSize(1);
    }

    @Test
    void theRulesOfASetAreAskedAboutTheClusterThatIsGiven() {
        Cluster sound = SampleCluster.sound();
        List<Cluster> asked = new ArrayList<>();
        Rule rule = Rule.of(rule("own.defect", NOTE).info(), cluster -> {
            asked.add(cluster);
            return List.of();
        });
        assertThat(RuleSet.of(List.of(rule)).check(sound).findings()).isEmpty();
        assertThat(asked).singleElement().isSameAs(sound);
    }
}
