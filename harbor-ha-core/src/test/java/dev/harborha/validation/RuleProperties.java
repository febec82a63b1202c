package dev.harborha.validation;

import static dev.harborha.model.ClusterArbitraries.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterArbitraries;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all rules and all clusters. */
class RuleProperties {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);

    @Provide
    Arbitrary<Cluster> clusters() {
        return ClusterArbitraries.clusters();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void noFindingTellsASecret(@ForAll("clusters") Cluster cluster) {
        Report report = HARBOR.check(cluster);
        assertThat(report.toString()).doesNotContain(MARKER);
        assertThat(report.findings().toString()).doesNotContain(MARKER);
        Report placed = report.located(path -> Optional.of(new Location("cluster.yaml", 1, 1)));
        assertThat(new TextReport(true, Integer.MAX_VALUE).write(placed)).doesNotContain(MARKER);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsFoundWasAskedFor(@ForAll("clusters") Cluster cluster) {
        assertThat(HARBOR.asked(cluster))
                .containsAll(HARBOR.check(cluster).findings().stream()
                        .map(Finding::rule)
                        .toList());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theSameClusterHasTheSameReport(@ForAll("clusters") Cluster cluster) {
        Report report = HARBOR.check(cluster);
        assertThat(HARBOR.check(cluster)).isEqualTo(report);
        assertThat(HarborHa.create()
                        .on(RuleExamples.DAY)
                        .check(cluster.toBuilder().build()))
                .isEqualTo(report)
                .hasToString(report.toString());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyFindingIsSaidOnceByARuleForItsRelease(@ForAll("clusters") Cluster cluster) {
        Set<Finding> seen = new HashSet<>();
        for (Finding finding : HARBOR.check(cluster).findings()) {
            assertThat(seen.add(finding)).as("%s is new", finding).isTrue();
            assertThat(HARBOR.rules().find(finding.id())).contains(finding.rule());
            assertThat(finding.rule().versions().contains(cluster.harbor())).isTrue();
            assertThat(finding.path().text()).startsWith("cluster.");
            assertThat(finding.problem().message()).endsWith(".").doesNotContain("\n");
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aWaiverHidesWarningsAndNotesAndNoErrors(@ForAll("clusters") Cluster cluster) {
        for (Finding finding : HARBOR.check(cluster).open()) {
            if (finding.id().startsWith("waiver.")) {
                continue;
            }
            Report waived =
                    HARBOR.check(cluster.toBuilder().waive(finding.id(), "seen").build());
            Optional<String> reason = finding.severity() == Severity.ERROR ? Optional.empty() : Optional.of("seen");
            assertThat(waived.findings()).contains(new Finding(finding.rule(), finding.problem(), reason));
            assertThat(waived.hasErrors()).isEqualTo(HARBOR.check(cluster).hasErrors());
        }
    }
}
