package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.SoundClusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.PerProperty;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** The clusters that are made to be sound are sound, and they are as different as they are said to be. */
class SoundClusterProperties {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);

    /** Sees that the clusters were as different as they are said to be. */
    static final class EveryKind implements PerProperty.Lifecycle {

        static final Set<Object> MET = new HashSet<>();

        @Override
        public void before(PropertyLifecycleContext context) {
            MET.clear();
        }

        @Override
        public void onSuccess() {
            assertThat(MET)
                    .containsAll(SoundClusters.WARNINGS)
                    .containsAll(SoundClusters.NOTES)
                    .containsAll(HarborVersion.SUPPORTED)
                    .contains("s3", "azure", "gcs", "oss", "swift", "filesystem")
                    .contains(1, 2, 3, 5, 9);
        }
    }

    @Provide
    Arbitrary<Cluster> sound() {
        return SoundClusters.clusters();
    }

    /**
     * No error, and no more warnings and notes than those that are listed. Each of the listed ones is met, and so are all
     * releases, all kinds of stores, and one node as well as many.
     */
    @Property(tries = 2500, edgeCases = EdgeCasesMode.NONE)
    @PerProperty(EveryKind.class)
    void aSoundClusterHasNoErrorAndOnlyWhatIsListed(@ForAll("sound") Cluster cluster) {
        List<Finding> findings = HARBOR.check(cluster).findings();
        assertThat(findings).allMatch(finding -> switch (finding.severity()) {
            case ERROR -> false;
            case WARNING -> SoundClusters.WARNINGS.contains(finding.id());
            case NOTE -> SoundClusters.NOTES.contains(finding.id());
        });
        findings.forEach(finding -> EveryKind.MET.add(finding.id()));
        EveryKind.MET.add(cluster.harbor());
        EveryKind.MET.add(cluster.storage().driver());
        EveryKind.MET.add(cluster.nodes().size());
    }
}
