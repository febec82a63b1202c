package dev.harborha.model;

import static dev.harborha.model.ClusterArbitraries.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClusterProperties {

    @Provide
    Arbitrary<Cluster> clusters() {
        return ClusterArbitraries.clusters();
    }

    @Provide
    Arbitrary<List<List<Consumer<ClusterBuilder>>>> descriptions() {
        return ClusterArbitraries.descriptions();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theOrderOfCallsDoesNotMatter(
            @ForAll("descriptions") List<List<Consumer<ClusterBuilder>>> groups, @ForAll Random random) {
        ClusterBuilder mixed = Cluster.builder();
        List<Deque<Consumer<ClusterBuilder>>> left = new ArrayList<>();
        groups.stream().filter(group -> !group.isEmpty()).forEach(group -> left.add(new ArrayDeque<>(group)));
        while (!left.isEmpty()) {
            Deque<Consumer<ClusterBuilder>> group = left.get(random.nextInt(left.size()));
            group.remove().accept(mixed);
            left.removeIf(Deque::isEmpty);
        }
        Cluster cluster = ClusterArbitraries.build(groups);
        assertThat(mixed.build()).isEqualTo(cluster).hasSameHashCodeAs(cluster);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aClusterIsBuiltAgainFromItsParts(@ForAll("clusters") Cluster cluster) {
        assertThat(cluster.toBuilder().build()).isEqualTo(cluster).hasSameHashCodeAs(cluster);
        assertThat(new Cluster(
                        cluster.harbor(),
                        cluster.upgradeFrom(),
                        cluster.publicUrl(),
                        cluster.privateNetwork(),
                        cluster.nodes(),
                        cluster.database(),
                        cluster.redis(),
                        cluster.storage(),
                        cluster.redirect(),
                        cluster.storageCa(),
                        cluster.loadBalancers(),
                        cluster.virtualIp(),
                        cluster.aliases(),
                        cluster.adminPassword(),
                        cluster.timeServers(),
                        cluster.jobserviceNode(),
                        cluster.nodeTls(),
                        cluster.internalTls(),
                        cluster.deployment(),
                        cluster.harborYml(),
                        cluster.harborCfg(),
                        cluster.waivers()))
                .isEqualTo(cluster);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBuilderMakesTheSameClusterTwiceAndKeepsOutOfTheFirst(@ForAll("clusters") Cluster cluster) {
        ClusterBuilder builder = cluster.toBuilder();
        Cluster first = builder.build();
        builder.node("added", "198.51.100.1").timeServers("added.example.com").waive("added.rule", "added");
        assertThat(first).isEqualTo(cluster).isNotEqualTo(builder.build());
        assertThat(builder.withoutNode("added").build().nodes()).isEqualTo(cluster.nodes());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void noTextOfAClusterTellsASecret(@ForAll("clusters") Cluster cluster) {
        assertThat(cluster.toString()).doesNotContain(MARKER);
        assertThat(cluster.storage().toString()).doesNotContain(MARKER);
        assertThat(cluster.database() + " " + cluster.redis() + " " + cluster.harborCfg() + " " + cluster.harborYml()
                        + " " + cluster.nodeTls() + " " + cluster.loadBalancers() + " " + cluster.virtualIp())
                .doesNotContain(MARKER);
        assertThat(cluster.secrets().toString()).doesNotContain(MARKER);
        assertThat(cluster.secrets().values())
                .filteredOn(secret -> secret.isResolved())
                .allSatisfy(secret -> assertThat(secret.reveal()).contains(MARKER));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theListsOfAClusterCannotBeChanged(@ForAll("clusters") Cluster cluster) {
        for (List<?> list : List.of(
                cluster.nodes(),
                cluster.loadBalancers(),
                cluster.timeServers(),
                cluster.aliases(),
                cluster.waivers())) {
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
