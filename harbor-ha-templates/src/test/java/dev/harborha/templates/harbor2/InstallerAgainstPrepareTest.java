package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.prepare.Containers;
import dev.harborha.prepare.Difference;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.RealPrepare;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After the release's own {@code prepare} has run on a node of the installer's way, its containers see the same as those of the
 * complete way, the cluster's keys among it; and so they do on every node, and after every other run.
 */
class InstallerAgainstPrepareTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    /** Values that prepare writes as they are, into YAML that says something else then. */
    private static final Scenario AWKWARD = new Scenario(
            "awkward",
            Releases.since("2.7.2", "2.8.1"),
            c -> c.adminPassword(Secret.of("*a: {b} [c] d# %e 'f' \"g\" \\ \\\\h!"))
                    .redis(redis -> redis.address("redis.example.com")
                            .password(Secret.of("@r/e?d&i=s: [%41] {x} 'y' \"z\" \\ 1#|`")))
                    .database(db -> db.address("pg.example.com")
                            .username("har.bor")
                            .password(Secret.of("p#:%41{w}[d]*&!|>@,='\"`"))
                            .maxConnections(500)));

    private static final List<Scenario> SCENARIOS =
            Stream.concat(Scenario.ALL.stream(), Stream.of(AWKWARD)).toList();

    /** Those that run on both nodes, and twice on the first one. */
    private static final Set<String> ON_BOTH_NODES = Set.of(
            "s3",
            "nodes-on-another-port",
            "https-nodes-with-pem",
            "internal-tls",
            "redis-tls",
            "metrics-https-internal-tls",
            "cache",
            "syslog-server",
            "awkward");

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
    }

    static List<HarborVersion> releases() {
        return HarborSource.require().releasesAroundChanges();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void containersSeeTheSameAsInTheCompleteWay(HarborVersion release) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Scenario scenario : SCENARIOS) {
            if (scenario.runsOn(release)) {
                Cluster cluster = scenario.in(release);
                Node first = cluster.nodes().get(0);
                Path home = Files.createDirectory(folder.resolve(scenario.name()));
                SortedMap<String, String> installed = prepared(cluster, first, home);
                SortedMap<String, String> complete = complete(cluster, first).statements();
                add(wrong, scenario + ": ", Differences.between(release, installed, complete));
                if (ON_BOTH_NODES.contains(scenario.name())) {
                    SortedMap<String, String> again = prepared(cluster, first, home);
                    add(wrong, scenario + ", once more: ", Differences.between(release, installed, again));
                    Node second = cluster.nodes().get(1);
                    SortedMap<String, String> other =
                            prepared(cluster, second, Files.createDirectory(folder.resolve(scenario.name() + "-2")));
                    add(
                            wrong,
                            scenario + ", on the other node: ",
                            Differences.between(release, withoutPorts(installed), withoutPorts(other)));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    static List<HarborVersion> oldestAndNewest() {
        List<HarborVersion> releases = releases();
        return List.of(releases.get(0), releases.get(releases.size() - 1));
    }

    /** {@link Containers} puts both compose files together as docker-compose itself does. */
    @ParameterizedTest
    @MethodSource("oldestAndNewest")
    void dockerComposePutsTheFilesTogetherLikeThat(HarborVersion release) throws IOException {
        Path compose = Program.require("docker-compose");
        for (Scenario scenario : SCENARIOS) {
            if (scenario.runsOn(release) && ON_BOTH_NODES.contains(scenario.name())) {
                Cluster cluster = scenario.in(release);
                String install = cluster.deployment().installDir().text();
                SortedMap<String, String> machine =
                        machine(cluster, cluster.nodes().get(0), folder.resolve(scenario.name()));
                Path root = folder.resolve(scenario.name() + "-root");
                for (Map.Entry<String, String> file : machine.entrySet()) {
                    Path path = root.resolve(file.getKey().substring(1));
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.getValue());
                }
                Containers expected = Containers.of(machine, install, EnvReader.COMPOSE);
                String config = Program.run(
                                root.resolve(install.substring(1)), Map.of(), List.of(compose.toString(), "config"))
                        .succeeded()
                        .output();
                machine.remove(install + "/docker-compose.override.yml");
                machine.put(install + "/docker-compose.yml", config.replace(root.toString(), ""));
                SortedMap<String, String> put =
                        Containers.of(machine, install, EnvReader.COMPOSE).statements();
                SortedMap<String, String> statements = expected.statements();
                // It always names a version, and never what is so by default.
                statements.remove("docker-compose.yml: networks.harbor.external", "!bool false");
                statements.remove("docker-compose.yml: version");
                put.remove("docker-compose.yml: version");
                assertThat(Differences.between(release, statements, put))
                        .as(scenario.name())
                        .isEmpty();
            }
        }
    }

    private static void add(List<String> wrong, String where, List<Difference> differences) {
        differences.forEach(difference -> wrong.add(where + difference));
    }

    /** Runs prepare on a node, and returns the node's files. */
    private static SortedMap<String, String> machine(Cluster cluster, Node node, Path home) throws IOException {
        RealPrepare prepare = PreparedNode.prepare(cluster, KEYS, node);
        return PreparedNode.installed(
                cluster, prepare, prepare.run(Files.createDirectories(home)).succeeded());
    }

    /** Runs prepare on a node, and returns what its containers then see. */
    private static SortedMap<String, String> prepared(Cluster cluster, Node node, Path home) throws IOException {
        Containers containers = Containers.of(
                machine(cluster, node, home), cluster.deployment().installDir().text(), EnvReader.COMPOSE);
        holdTheKeys(containers, cluster);
        return containers.statements();
    }

    private static Containers complete(Cluster cluster, Node node) {
        return Containers.of(
                PreparedNode.complete(TestKeys.HARBOR.render(cluster, KEYS), cluster, node),
                cluster.deployment().installDir().text(),
                EnvReader.COMPOSE);
    }

    /** The port of a node is what nodes may differ in; the proxy sends to it who comes by http. */
    private static SortedMap<String, String> withoutPorts(SortedMap<String, String> statements) {
        SortedMap<String, String> more = new TreeMap<>(statements);
        more.keySet().removeIf(name -> name.startsWith("docker-compose.yml: services.proxy.ports["));
        more.replaceAll((name, value) -> name.startsWith("proxy/etc/nginx/nginx.conf: ")
                ? value.replaceAll("https://\\$host:\\d+\\$", "https://\\$host:PORT\\$")
                : value);
        return more;
    }

    private static void holdTheKeys(Containers node, Cluster cluster) {
        String core = KEYS.coreSecret().reveal();
        String jobservice = KEYS.jobserviceSecret().reveal();
        for (String service : List.of("core", "jobservice", "registryctl")) {
            assertThat(node.environments().get(service))
                    .containsEntry("CORE_SECRET", core)
                    .containsEntry("JOBSERVICE_SECRET", jobservice);
        }
        for (String service : List.of("core", "jobservice")) {
            assertThat(node.environments().get(service))
                    .containsEntry(
                            "REGISTRY_CREDENTIAL_PASSWORD",
                            KEYS.registryPassword().reveal());
        }
        assertThat(node.environments().get("core"))
                .containsEntry("CSRF_KEY", KEYS.csrfKey().reveal())
                .containsEntry("HARBOR_ADMIN_PASSWORD", cluster.adminPassword().reveal())
                .containsEntry(
                        "POSTGRESQL_PASSWORD", cluster.database().password().reveal())
                .containsEntry("EXT_ENDPOINT", cluster.publicUrl().toString());
        if (cluster.harbor().compareTo(HarborVersion.parse("2.8.0")) >= 0) {
            assertThat(node.environments().get("core"))
                    .containsEntry("ROBOT_SCANNER_NAME_PREFIX", KEYS.robotScannerNamePrefix());
        }
        assertThat(node.files())
                .containsEntry("core/etc/core/key", KEYS.secretKey().reveal())
                .containsEntry("core/etc/core/private_key.pem", KEYS.tokenKey().reveal())
                .containsEntry("registry/etc/registry/root.crt", KEYS.tokenCertificate())
                .containsEntry(
                        "registry/etc/registry/passwd", KEYS.registryHtpasswd().reveal() + "\n");
        Map<String, String> statements = node.statements();
        for (String service : List.of("registry", "registryctl")) {
            assertThat(statements)
                    .containsEntry(
                            service + "/etc/registry/config.yml: http.secret",
                            KEYS.registryHttpSecret().reveal());
        }
        if (cluster.internalTls()) {
            InternalTls tls = KEYS.internalTls().orElseThrow();
            for (String service : List.of("core", "jobservice", "registry", "registryctl", "proxy")) {
                assertThat(node.files())
                        .containsEntry(service + "/harbor_cust_cert/harbor_internal_ca.crt", tls.caCertificate());
            }
            assertThat(node.files())
                    .containsEntry(
                            "core/etc/harbor/ssl/core.key",
                            tls.key(InternalTls.Component.CORE).reveal())
                    .containsEntry(
                            "registry/etc/harbor/tls/registry.crt", tls.certificate(InternalTls.Component.REGISTRY));
        }
    }
}
