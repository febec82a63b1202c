package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.testing.Clusters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The same cluster and keys give the same bytes. */
class SamenessProperties {

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound();
    }

    private static List<RenderedFile> files(Cluster cluster) {
        return List.copyOf(TestKeys.HARBOR.render(cluster, TestKeys.KEYS).files());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void renderingAgainGivesTheSame(@ForAll("clusters") Cluster cluster) {
        assertThat(files(cluster.toBuilder().build())).isEqualTo(files(cluster));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theOrderOfTheCallsDoesNotMatter(@ForAll("clusters") Cluster cluster, @ForAll Random random) {
        ClusterBuilder builder = Cluster.builder();
        List<List<Consumer<ClusterBuilder>>> calls = calls(cluster);
        while (!calls.isEmpty()) {
            // Nodes, balancers and time servers keep their order among themselves; all else is mixed.
            List<Consumer<ClusterBuilder>> next = calls.get(random.nextInt(calls.size()));
            next.remove(0).accept(builder);
            calls.removeIf(List::isEmpty);
        }
        Cluster again = builder.build();
        assertThat(again).isEqualTo(cluster);
        assertThat(files(again)).isEqualTo(files(cluster));
    }

    private static List<List<Consumer<ClusterBuilder>>> calls(Cluster cluster) {
        List<List<Consumer<ClusterBuilder>>> calls = new ArrayList<>();
        one(calls, c -> c.harbor(cluster.harbor()));
        cluster.upgradeFrom().ifPresent(before -> one(calls, c -> c.upgradeFrom(before)));
        one(calls, c -> c.publicUrl(cluster.publicUrl()));
        one(calls, c -> c.privateNetwork(cluster.privateNetwork()));
        each(calls, cluster.nodes(), ClusterBuilder::node);
        one(calls, c -> c.database(cluster.database()));
        cluster.redis().ifPresent(redis -> one(calls, c -> c.redis(redis)));
        one(calls, c -> c.storage(cluster.storage()));
        each(calls, cluster.loadBalancers(), ClusterBuilder::loadBalancer);
        cluster.virtualIp().ifPresent(vip -> one(calls, c -> c.virtualIp(vip)));
        each(calls, cluster.aliases(), (c, alias) -> c.aliases(alias.text()));
        one(calls, c -> c.adminPassword(cluster.adminPassword()));
        each(calls, cluster.timeServers(), (c, server) -> c.timeServers(server.text()));
        cluster.jobserviceNode().ifPresent(name -> one(calls, c -> c.jobserviceOn(name)));
        one(calls, c -> c.harborCfg(cluster.harborCfg()));
        cluster.redirect().ifPresent(redirect -> one(calls, c -> c.redirect(redirect)));
        cluster.storageCa().ifPresent(ca -> one(calls, c -> c.storageCa(ca.text())));
        cluster.nodeTls().ifPresent(tls -> one(calls, c -> c.nodeTls(tls)));
        one(calls, c -> c.internalTls(cluster.internalTls()));
        one(calls, c -> c.deployment(cluster.deployment()));
        one(calls, c -> c.harborYml(cluster.harborYml()));
        each(calls, cluster.waivers(), (c, waiver) -> c.waive(waiver.ruleId(), waiver.reason()));
        return calls;
    }

    private static void one(List<List<Consumer<ClusterBuilder>>> calls, Consumer<ClusterBuilder> call) {
        calls.add(new ArrayList<>(List.of(call)));
    }

    private static <T> void each(
            List<List<Consumer<ClusterBuilder>>> calls, List<T> parts, BiConsumer<ClusterBuilder, T> call) {
        List<Consumer<ClusterBuilder>> ordered = new ArrayList<>();
        parts.forEach(part -> ordered.add(c -> call.accept(c, part)));
        if (!ordered.isEmpty()) {
            calls.add(ordered);
        }
    }

    /** Another machine has other defaults, and reads the keys from a copy of the store. */
    @Example
    void anotherMachineGivesTheSame() throws Exception {
        Path folder = Files.createTempDirectory("elsewhere");
        try {
            TestKeys.KEYS.save(folder.resolve("keys"));
            Files.writeString(folder.resolve("server.crt"), TestKeys.certificate());
            Files.writeString(
                    folder.resolve("server.key"), TestKeys.certificateKey().reveal());
            Program.Result result = Program.run(
                            folder,
                            Map.of("LC_ALL", "tr_TR.ISO-8859-9", "LANG", "tr_TR", "TZ", "Pacific/Auckland"),
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Duser.language=tr",
                                    "-Duser.country=TR",
                                    "-Duser.timezone=Pacific/Auckland",
                                    "-Dfile.encoding=ISO-8859-9",
                                    "-Dline.separator=\r\n",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    RenderElsewhere.class.getName(),
                                    folder.resolve("keys").toString(),
                                    folder.resolve("out").toString(),
                                    folder.resolve("server.crt").toString(),
                                    folder.resolve("server.key").toString()))
                    .succeeded();
            assertThat(result.output())
                    .contains("tr_TR")
                    .contains("Pacific/Auckland")
                    .contains("ISO-8859-9");
            Map<String, Cluster> scenarios = Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey());
            Map<String, String> expected = new TreeMap<>();
            for (Map.Entry<String, Cluster> scenario : scenarios.entrySet()) {
                Bundle bundle = TestKeys.HARBOR.render(scenario.getValue(), TestKeys.KEYS);
                for (RenderedFile file : bundle.files()) {
                    expected.put(scenario.getKey() + "/" + file.path(), file.content());
                }
            }
            Map<String, String> found = new TreeMap<>();
            for (String path : expected.keySet()) {
                found.put(path, Files.readString(folder.resolve("out").resolve(path)));
            }
            assertThat(found).isEqualTo(expected);
        } finally {
            Program.removeFolder(folder);
        }
    }
}
