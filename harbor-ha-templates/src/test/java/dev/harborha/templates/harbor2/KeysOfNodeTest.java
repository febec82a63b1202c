package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Releases;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What openssl and htpasswd say of the keys that each container finds where its configuration looks for them. */
class KeysOfNodeTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final Releases METRIC = Releases.since("2.2.0");
    private static final String CA = "/harbor_cust_cert/harbor_internal_ca.crt";

    /** The pair of each service that speaks TLS; the first portal does not. */
    private static final Map<Service, String> PAIRS = Map.of(
            Service.CORE, "/etc/harbor/ssl/core",
            Service.JOBSERVICE, "/etc/harbor/ssl/job_service",
            Service.REGISTRY, "/etc/harbor/tls/registry",
            Service.REGISTRYCTL, "/etc/harbor/ssl/registryctl",
            Service.PORTAL, "/etc/harbor/tls/portal",
            Service.PROXY, "/etc/harbor/tls/proxy",
            Service.TRIVY_ADAPTER, "/etc/harbor/ssl/trivy_adapter");

    @TempDir
    Path folder;

    private Cluster cluster;
    private Bundle bundle;

    static List<HarborVersion> releases() {
        return List.of(Scenario.newestOfEachLine().get(0), HarborVersion.newest());
    }

    private void render(HarborVersion release) {
        cluster = Scenario.ALL.get(0).in(release).toBuilder()
                .internalTls()
                .nodeTls(tls -> tls.certificatePem(TestKeys.certificate(), TestKeys.certificateKey()))
                .harborYml(yml -> {
                    yml.trivy();
                    if (METRIC.contains(release)) {
                        yml.metric();
                    }
                })
                .build();
        bundle = TestKeys.HARBOR.render(cluster, KEYS);
    }

    /** Lays down what a container finds, and returns its root. */
    private Path root(Service service) throws IOException {
        Path root = folder.resolve(service.text());
        for (Map.Entry<String, String> file : files(service).entrySet()) {
            put(root, file.getKey(), file.getValue());
        }
        return root;
    }

    private SortedMap<String, String> files(Service service) {
        return Container.of(bundle, cluster, "docker-compose.yml", service).files();
    }

    private static Path put(Path root, String path, String content) throws IOException {
        Path target = root.resolve(path.substring(1));
        Files.createDirectories(target.getParent());
        return Files.writeString(target, content);
    }

    private static String openssl(Path root, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Program.require("openssl").toString()));
        for (String argument : arguments) {
            command.add(argument.startsWith("/") ? root + argument : argument);
        }
        return Program.run(root, Map.of(), command).succeeded().output();
    }

    private static void assertPair(Path root, String pair) {
        assertThat(openssl(root, "x509", "-noout", "-pubkey", "-in", pair + ".crt"))
                .isEqualTo(openssl(root, "pkey", "-pubout", "-in", pair + ".key"));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyServiceShowsACertificateOfItsOwnNameThatAllTrust(HarborVersion release) throws IOException {
        render(release);
        for (Service service : Service.values()) {
            if (PAIRS.containsKey(service) && (service != Service.PORTAL || PortalConfig.EXISTS.contains(release))) {
                Path root = root(service);
                String pair = PAIRS.get(service);
                assertPair(root, pair);
                // The portal calls nobody, so it has no authority to trust.
                if (service != Service.PORTAL) {
                    assertThat(openssl(
                                    root,
                                    "verify",
                                    "-x509_strict",
                                    "-purpose",
                                    "sslserver",
                                    "-verify_hostname",
                                    service.text(),
                                    "-CAfile",
                                    CA,
                                    pair + ".crt"))
                            .contains(": OK");
                }
                EnvTables.of(service).ifPresent(table -> {
                    Map<String, String> environment = environment(service);
                    assertThat(environment.values()).contains(pair + ".crt", pair + ".key");
                    if (service != Service.TRIVY_ADAPTER) {
                        assertThat(environment).containsEntry("INTERNAL_TLS_TRUST_CA_PATH", CA);
                    }
                });
            } else {
                assertThat(files(service))
                        .noneSatisfy((path, text) -> assertThat(path).endsWith(".key"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void tokensAreSignedByTheKeyWhoseCertificateTheRegistryHas(HarborVersion release) throws IOException {
        render(release);
        Path core = root(Service.CORE);
        String key = "/etc/core/private_key.pem";
        assertThat(files(Service.CORE).get(key)).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(openssl(core, "rsa", "-check", "-noout", "-in", key)).contains("RSA key ok");
        assertThat(openssl(core, "pkey", "-pubout", "-in", key))
                .isEqualTo(
                        openssl(root(Service.REGISTRY), "x509", "-noout", "-pubkey", "-in", "/etc/registry/root.crt"));
        assertThat(files(Service.CORE).get("/etc/core/key")).matches("[A-Za-z0-9]{16}");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theNodeShowsTheCertificateThatItWasGiven(HarborVersion release) throws IOException {
        render(release);
        Path proxy = root(Service.PROXY);
        assertPair(proxy, "/etc/cert/server");
        assertThat(files(Service.PROXY).get("/etc/nginx/nginx.conf"))
                .contains("ssl_certificate /etc/cert/server.crt;", "ssl_certificate_key /etc/cert/server.key;");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void htpasswdKnowsThePasswordThatCoreSends(HarborVersion release) throws IOException {
        render(release);
        Path file = root(Service.REGISTRY).resolve("etc/registry/passwd");
        for (Service service : List.of(Service.CORE, Service.JOBSERVICE)) {
            Map<String, String> environment = environment(service);
            String name = environment.get("REGISTRY_CREDENTIAL_USERNAME");
            String password = environment.get("REGISTRY_CREDENTIAL_PASSWORD");
            assertThat(htpasswd(file, name, password).succeeded().output()).contains("correct");
            assertThat(htpasswd(file, name, password + "x").exitCode()).isNotZero();
        }
    }

    private Map<String, String> environment(Service service) {
        String path =
                "nodes/harbor-1" + cluster.deployment().installDir() + "/common/config/" + service.text() + "/env";
        return new TreeMap<>(
                EnvReader.COMPOSE.read(bundle.get(path).orElseThrow().content()));
    }

    private Program.Result htpasswd(Path file, String name, String password) {
        return Program.run(
                folder,
                Map.of(),
                List.of(Program.require("htpasswd").toString(), "-vb", file.toString(), name, password));
    }
}
