package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.model.SslMode;
import dev.harborha.prepare.Containers;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.RealPrepare;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process that has a pool of connections to the database trusts the authority of its certificate: it is in the folder
 * from which the entrypoints of Harbor's images add to the authorities of their system ({@code install_cert.sh}).
 */
class DatabaseAuthorityTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final String ADDED = "/harbor_cust_cert/storage_ca_bundle.crt";
    private static final Releases EXPORTER = Releases.since("2.2.0");

    @TempDir
    Path folder;

    private static Cluster cluster(HarborVersion release, Consumer<ClusterBuilder> more) {
        return new Scenario(
                        "authority",
                        Releases.all(),
                        more.andThen(c -> c.database(db -> db.address("pg.example.com")
                                .password(Secret.of("database-password"))
                                .sslMode(SslMode.VERIFY_CA)
                                .ca(Scenario.OTHER_PEM)
                                .maxConnections(500))))
                .in(release);
    }

    private static Consumer<ClusterBuilder> withExporter(HarborVersion release) {
        return EXPORTER.contains(release) ? c -> c.harborYml(yml -> yml.metric()) : c -> {};
    }

    private static List<String> withPool(HarborVersion release) {
        return EXPORTER.contains(release) ? List.of("core", "jobservice", "exporter") : List.of("core", "jobservice");
    }

    static List<HarborVersion> lines() {
        return Scenario.newestOfEachLine();
    }

    /** Returns what each process with a pool finds among the authorities to add. */
    private static Map<String, String> added(Containers containers, HarborVersion release) {
        return withPool(release).stream()
                .collect(Collectors.toMap(
                        process -> process, process -> containers.files().getOrDefault(process + ADDED, "nothing")));
    }

    private static Map<String, String> everywhere(HarborVersion release, String authorities) {
        return withPool(release).stream().collect(Collectors.toMap(process -> process, process -> authorities));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isTrustedByEveryProcessWithAPool(HarborVersion release) {
        Consumer<ClusterBuilder> exporter = withExporter(release);
        Map<Consumer<ClusterBuilder>, String> expected = Map.of(
                exporter,
                Scenario.OTHER_PEM,
                exporter.andThen(c -> c.storageCa(Scenario.PEM)),
                Scenario.PEM + Scenario.OTHER_PEM,
                exporter.andThen(c -> c.storageCa(Scenario.OTHER_PEM)),
                Scenario.OTHER_PEM);
        expected.forEach((more, authorities) -> {
            Cluster cluster = cluster(release, more);
            Containers complete = Containers.of(
                    PreparedNode.complete(TestKeys.HARBOR.render(cluster, KEYS), cluster, first(cluster)),
                    cluster.deployment().installDir().text(),
                    EnvReader.COMPOSE);
            assertThat(added(complete, release)).isEqualTo(everywhere(release, authorities));
        });
    }

    /** With the release's own {@code prepare}, which empties that folder, run twice. */
    @ParameterizedTest
    @MethodSource("lines")
    void isTrustedAfterEveryRunOfPrepare(HarborVersion release) throws IOException {
        HarborSource.require();
        Cluster cluster = cluster(release, withExporter(release).andThen(c -> c.storageCa(Scenario.PEM)));
        Path home = Files.createDirectory(folder.resolve("node"));
        for (int run = 1; run <= 2; run++) {
            RealPrepare prepare = PreparedNode.prepare(cluster, KEYS, first(cluster));
            Containers installed = Containers.of(
                    new TreeMap<>(PreparedNode.installed(
                            cluster, prepare, prepare.run(home).succeeded())),
                    cluster.deployment().installDir().text(),
                    EnvReader.COMPOSE);
            assertThat(added(installed, release))
                    .as("run " + run)
                    .isEqualTo(everywhere(release, Scenario.PEM + Scenario.OTHER_PEM));
        }
    }

    private static Node first(Cluster cluster) {
        return cluster.nodes().get(0);
    }
}
