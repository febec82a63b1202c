package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.VersionRange;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Harbor's own {@code prepare} runs here as it does in its image. */
class PrepareRunTest {

    private static final HarborVersion LATEST = HarborVersion.parse("2.15.2");
    private static final VersionRange NAMES_ITS_ROBOTS = VersionRange.since("2.8.0");

    /** Drawn once and kept by prepare. */
    private static final ClusterKeys KEYS = TestKeys.KEYS;

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
    }

    static List<HarborVersion> releases() {
        return HarborSource.require().releasesThatDiffer();
    }

    private static RealPrepare plain(HarborVersion release) {
        return withKeys(RealPrepare.of(release, PlainHarborYml.of(release)));
    }

    private static RealPrepare withKeys(RealPrepare prepare) {
        return prepare.data("secret/keys/secretkey", KEYS.secretKey().reveal())
                .data("secret/core/private_key.pem", KEYS.tokenKey().reveal())
                .data("secret/registry/root.crt", KEYS.tokenCertificate());
    }

    private static SortedMap<String, String> statements(Prepared prepared, String... ignored) {
        return Statements.ignoring(ignored).of(prepared.files(), EnvReader.RAW);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void drawsSecretsAndNothingElseAnew(HarborVersion release) throws IOException {
        RealPrepare prepare = plain(release).withTrivy();
        Prepared first = prepare.run(folder).succeeded();
        Prepared second = prepare.run(folder).succeeded();

        saysWhatHarborYmlSays(release, statements(first));
        assertThat(Differences.between(release, statements(first), statements(second)))
                .extracting(Difference::statement)
                .containsExactlyElementsOf(drawnOnEachRun(release));
        assertThat(second.access()).isEqualTo(first.access());
        assertThat(first.files())
                .containsEntry("data/secret/keys/secretkey", KEYS.secretKey().reveal())
                .containsEntry(
                        "data/secret/core/private_key.pem", KEYS.tokenKey().reveal())
                .containsEntry("data/secret/registry/root.crt", KEYS.tokenCertificate());
    }

    private static List<String> drawnOnEachRun(HarborVersion release) {
        List<String> drawn = new ArrayList<>(List.of(
                "common/config/core/env: CORE_SECRET",
                "common/config/core/env: CSRF_KEY",
                "common/config/core/env: JOBSERVICE_SECRET",
                "common/config/core/env: REGISTRY_CREDENTIAL_PASSWORD",
                "common/config/jobservice/env: CORE_SECRET",
                "common/config/jobservice/env: JOBSERVICE_SECRET",
                "common/config/jobservice/env: REGISTRY_CREDENTIAL_PASSWORD",
                "common/config/registryctl/env: CORE_SECRET",
                "common/config/registryctl/env: JOBSERVICE_SECRET"));
        if (NAMES_ITS_ROBOTS.contains(release)) {
            drawn.add("common/config/core/env: ROBOT_SCANNER_NAME_PREFIX");
        }
        return drawn.stream().sorted().toList();
    }

    private static void saysWhatHarborYmlSays(HarborVersion release, SortedMap<String, String> statements) {
        assertThat(statements)
                .containsEntry("common/config/core/env: EXT_ENDPOINT", "https://harbor.example.com")
                .containsEntry("common/config/core/env: POSTGRESQL_PASSWORD", "db-password")
                .containsEntry("common/config/core/env: WITH_TRIVY", "True")
                .containsEntry("common/config/registry/config.yml: storage.s3.secretkey", "secret-key")
                .containsEntry("common/config/registry/config.yml: storage.redirect.disable", "!bool true")
                .containsEntry("common/config/registry/config.yml: redis.addr", "redis.example.com:6379")
                .containsEntry("common/config/registry/config.yml: redis.db", "!int 1")
                .containsEntry("common/config/registry/passwd: harbor_registry_user", "bcrypt, cost 5")
                .containsEntry("docker-compose.yml: services.core.image", "goharbor/harbor-core:v" + release)
                .containsEntry("docker-compose.yml: services.trivy-adapter.restart", "always")
                .doesNotContainKeys(
                        "docker-compose.yml: services.postgresql.image", "docker-compose.yml: services.redis.image");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void breaksDownWithoutHostname(HarborVersion release) throws IOException {
        String nameless = PlainHarborYml.of(release).replace("hostname: ", "host: ");
        Prepared prepared = RealPrepare.of(release, nameless).run(folder);

        assertThat(prepared.exitCode()).isEqualTo(1);
        assertThat(prepared.output()).endsWith("KeyError: 'hostname'\n");
        assertThat(prepared.files()).isEmpty();
    }

    @Test
    void refusesASampleHostname() throws IOException {
        String sample = PlainHarborYml.of(LATEST).replace("node-1.example.com", "reg.mydomain.com");
        Prepared prepared = RealPrepare.of(LATEST, sample).run(folder);

        assertThat(prepared.exitCode()).isEqualTo(255);
        assertThat(prepared.output()).contains("Please specify hostname");
    }

    @Test
    void refusesAFlagThatTheReleaseDoesNotKnow() throws IOException {
        Prepared prepared = plain(LATEST).flag("--with-notary").run(folder);

        assertThat(prepared.exitCode()).isEqualTo(2);
        assertThat(prepared.output()).contains("--with-notary");
    }

    @Test
    void theFileThatTheReleaseShipsIsRefusedOnlyForItsExamples() throws IOException {
        String shipped = HarborSource.require().template(LATEST);
        Prepared prepared = RealPrepare.of(
                        LATEST,
                        shipped.replace("hostname: reg.mydomain.com", "hostname: harbor.example.com")
                                .replace("/your/certificate/path", "/etc/harbor/tls.crt")
                                .replace("/your/private/key/path", "/etc/harbor/tls.key"))
                .hostFiles(Map.of(
                        "/etc/harbor/tls.crt",
                        TestKeys.certificate(),
                        "/etc/harbor/tls.key",
                        TestKeys.certificateKey().reveal()))
                .run(folder)
                .succeeded();

        assertThat(prepared.files())
                .containsEntry("data/secret/cert/server.crt", TestKeys.certificate())
                .containsEntry(
                        "data/secret/cert/server.key", TestKeys.certificateKey().reveal());
        assertThat(prepared.access())
                .containsEntry("data/secret/cert/server.key", new Prepared.Access("600", 10000, 10000))
                .containsEntry("data/secret/keys/secretkey", new Prepared.Access("600", 10000, 10000))
                .containsEntry("data/database/", new Prepared.Access("700", 999, 999));
        assertThat(prepared.files().get("data/secret/keys/secretkey")).hasSize(16);
        assertThat(prepared.files().get("data/secret/core/private_key.pem"))
                .startsWith("-----BEGIN RSA PRIVATE KEY-----");
    }

    /** As it is with Harbor: the authority of the components is missing when the data is elsewhere (issue 22373). */
    @Test
    void trustsItsOwnComponentsOnlyWithDataInItsUsualPlace() throws IOException {
        assertThat(withInternalTls("/data").files())
                .containsKey("common/config/shared/trust-certificates/harbor_internal_ca.crt")
                .containsKey("common/config/shared/trust-certificates/storage_ca_bundle.crt");
        assertThat(withInternalTls("/srv/harbor").files())
                .doesNotContainKey("common/config/shared/trust-certificates/harbor_internal_ca.crt")
                .containsKey("common/config/shared/trust-certificates/storage_ca_bundle.crt")
                .containsKey("data/secret/tls/core.key");
    }

    private Prepared withInternalTls(String dataVolume) throws IOException {
        String yml = PlainHarborYml.of(LATEST)
                        .replace("data_volume: /data", "data_volume: " + dataVolume)
                        .replace("storage_service:", "storage_service:\n  ca_bundle: " + dataVolume + "/bundle.crt")
                + """
                internal_tls:
                  enabled: true
                  dir: /etc/harbor/internal
                """;
        String certificate = certificate();
        RealPrepare prepare = withKeys(RealPrepare.of(LATEST, yml))
                .hostFile(dataVolume + "/bundle.crt", certificate)
                .hostFile("/etc/harbor/internal/harbor_internal_ca.crt", certificate);
        for (String part : List.of("proxy", "core", "job_service", "registryctl", "registry", "portal")) {
            prepare = prepare.hostFile("/etc/harbor/internal/" + part + ".crt", certificate)
                    .hostFile(
                            "/etc/harbor/internal/" + part + ".key",
                            KEYS.tokenKey().reveal());
        }
        return prepare.run(Files.createDirectory(folder.resolve(dataVolume.replace('/', '-'))))
                .succeeded();
    }

    private String certificate() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), KEYS.tokenKey().reveal());
        List<String> command = new ArrayList<>(List.of(
                Program.require("openssl").toString(), "req", "-x509", "-key", key.toString(), "-subj", "/CN=core"));
        command.addAll(List.of("-addext", "subjectAltName=DNS:core"));
        return Program.run(folder, Map.of(), command).succeeded().output();
    }

    /** No reader of statements passes over anything. */
    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void everyLineMatters(String text) throws IOException {
        HarborVersion release = HarborVersion.parse(text);
        Prepared prepared = plain(release).withTrivy().run(folder).succeeded();
        SortedMap<String, String> unnoticed = new TreeMap<>();
        prepared.files().forEach((path, content) -> {
            SortedMap<String, String> whole = only(path, content);
            List<String> lines = content.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                List<String> others = new ArrayList<>(lines);
                String line = others.remove(i);
                if (!line.matches("\\s*(#.*)?|---") && says(path, String.join("\n", others) + "\n", whole)) {
                    unnoticed.put(path + ", line " + (i + 1), line);
                }
            }
        });

        assertThat(unnoticed).isEmpty();
    }

    private static SortedMap<String, String> only(String path, String content) {
        return Statements.ignoring().of(Map.of(path, content), EnvReader.RAW);
    }

    private static boolean says(String path, String content, SortedMap<String, String> statements) {
        try {
            return only(path, content).equals(statements);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void whoIsNotRootGetsTheSame() throws IOException {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can run it both ways");
        String[] drawn = drawnOnEachRun(LATEST).toArray(String[]::new);
        RealPrepare prepare = plain(LATEST).withTrivy();
        Prepared asRoot =
                prepare.run(Files.createDirectory(folder.resolve("root")), true).succeeded();
        Prepared asUser = prepare.run(Files.createDirectory(folder.resolve("user")), false)
                .succeeded();

        assertThat(statements(asUser, drawn)).isEqualTo(statements(asRoot, drawn));
        assertThat(asUser.accessStatements()).isEqualTo(asRoot.accessStatements());
    }

    @Test
    void leavesNothingButTheNode() throws IOException {
        plain(LATEST).run(folder).succeeded();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "hostfs", "input", "install", "shim");
        }
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    }
}
