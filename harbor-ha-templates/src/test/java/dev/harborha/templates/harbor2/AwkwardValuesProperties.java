package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.Trace;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.PythonJudge;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.testing.Texts;
import dev.harborha.validation.ValueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any value that a rule lets pass reaches the program that it is for, through the files of a whole node. */
class AwkwardValuesProperties {

    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("awkward");
    }

    @AfterTry
    void removeFolder() throws IOException {
        Program.removeFolder(folder);
    }

    @Provide
    Arbitrary<String> any() {
        return Texts.any();
    }

    @Provide
    Arbitrary<String> carried() {
        return Texts.any().filter(10_000, text -> isCarried(text, ValueReader.COMPOSE_QUOTED_ENV));
    }

    @Provide
    Arbitrary<String> line() {
        return Texts.line().filter(10_000, text -> isCarried(text, ValueReader.COMPOSE_QUOTED_ENV));
    }

    @Provide
    Arbitrary<String> ofDatabase() {
        return Texts.line()
                .filter(
                        10_000,
                        text -> isCarried(text, ValueReader.COMPOSE_QUOTED_ENV)
                                && isCarried(text, ValueReader.POSTGRESQL_DSN));
    }

    @Provide
    Arbitrary<String> carriedByInstaller() {
        return line().filter(10_000, text -> isCarried(text, ValueReader.COMPOSE_ENV));
    }

    @Provide
    Arbitrary<String> ofDatabaseByInstaller() {
        return carriedByInstaller().filter(10_000, text -> isCarried(text, ValueReader.POSTGRESQL_DSN));
    }

    private static boolean isCarried(String text, ValueReader reader) {
        return reader.losesIn(text).isEmpty();
    }

    @AddLifecycleHook(NeedsProgram.Compose1.class)
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void reachesTheEnvironment(
            @ForAll("carried") String admin,
            @ForAll("ofDatabase") String databaseUser,
            @ForAll("ofDatabase") String databasePassword,
            @ForAll("any") String redisPassword,
            @ForAll("line") String traceUser,
            @ForAll("carried") String tracePassword,
            @ForAll("carried") String token)
            throws IOException {
        Cluster cluster = Scenario.ALL.get(0).in(HarborVersion.newest()).toBuilder()
                .adminPassword(Secret.of(admin))
                .database(db -> db.address("pg.example.com")
                        .username(databaseUser)
                        .password(Secret.of(databasePassword))
                        .maxConnections(500))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of(redisPassword)))
                .harborYml(yml -> yml.metric()
                        .trivy(trivy -> trivy.githubToken(Secret.of(token)))
                        .trace(trace -> trace.exporter(new Trace.JaegerCollector(
                                new ServiceUrl("http://jaeger.example.com:14268/api/traces"),
                                Optional.of(traceUser),
                                Optional.of(Secret.of(tracePassword))))))
                .build();
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        Path install = ComposeFolder.lay(bundle, cluster, folder);
        JsonNode services = Judges.composeConfig(install).path("services");
        JsonNode expected = ComposeFolder.expected(cluster, TestKeys.KEYS);
        assertThat(ComposeFolder.environments(services)).isEqualTo(expected);
        assertThat(expected.at("/core/HARBOR_ADMIN_PASSWORD").asText()).isEqualTo(admin);
        assertThat(expected.at("/exporter/HARBOR_DATABASE_PASSWORD").asText()).isEqualTo(databasePassword);
        assertThat(expected.at("/jobservice/TRACE_JAEGER_USERNAME").asText()).isEqualTo(traceUser);
        for (String service : List.of("core", "jobservice", "registryctl", "trivy-adapter", "exporter")) {
            Map<String, String> version2 =
                    EnvReader.COMPOSE.read(Files.readString(install.resolve("common/config/" + service + "/env")));
            assertThat(PythonJudge.tree(version2)).isEqualTo(expected.path(service));
        }
    }

    /** The override has the environments in YAML; what {@code prepare} wrote of them does not count. */
    @AddLifecycleHook(NeedsProgram.Compose1.class)
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void reachesTheEnvironmentThroughTheOverride(
            @ForAll("carriedByInstaller") String admin,
            @ForAll("ofDatabaseByInstaller") String databasePassword,
            @ForAll("carriedByInstaller") String redisPassword,
            @ForAll("carriedByInstaller") String token)
            throws IOException {
        Cluster base = Scenario.ALL.get(0).in(HarborVersion.newest());
        Cluster cluster = PreparedNode.installer(base.toBuilder()
                .adminPassword(Secret.of(admin))
                .database(db -> db.address("pg.example.com")
                        .password(Secret.of(databasePassword))
                        .maxConnections(500))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of(redisPassword)))
                .harborYml(yml -> yml.metric().trivy(trivy -> trivy.githubToken(Secret.of(token))))
                .build());
        Cluster prepared =
                base.toBuilder().harborYml(yml -> yml.metric().trivy()).build();
        ComposeFolder.lay(TestKeys.HARBOR.render(prepared, TestKeys.KEYS), prepared, folder);
        Path install = ComposeFolder.lay(TestKeys.HARBOR.render(cluster, TestKeys.KEYS), cluster, folder);
        JsonNode services = Judges.composeConfig(install).path("services");
        JsonNode expected = ComposeFolder.expected(cluster, TestKeys.KEYS);
        assertThat(ComposeFolder.environments(services)).isEqualTo(expected);
        assertThat(expected.at("/core/HARBOR_ADMIN_PASSWORD").asText()).isEqualTo(admin);
        assertThat(expected.at("/exporter/HARBOR_DATABASE_PASSWORD").asText()).isEqualTo(databasePassword);
        assertThat(expected.at("/trivy-adapter/SCANNER_TRIVY_GITHUB_TOKEN").asText())
                .isEqualTo(token);
    }

    @AddLifecycleHook(NeedsProgram.Python3.class)
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void reachesTheRegistry(
            @ForAll("any") String redisPassword, @ForAll("any") String accessKey, @ForAll("any") String secretKey) {
        Cluster cluster = Scenario.ALL.get(0).in(HarborVersion.newest()).toBuilder()
                .redis(redis -> redis.address("redis.example.com").password(Secret.of(redisPassword)))
                .s3(s3 ->
                        s3.bucket("layers").region("eu-west-1").credentials(Secret.of(accessKey), Secret.of(secretKey)))
                .build();
        String path = "nodes/harbor-1/opt/harbor/common/config/registry/config.yml";
        JsonNode config = Judges.yaml(TestKeys.HARBOR
                .render(cluster, TestKeys.KEYS)
                .get(path)
                .orElseThrow()
                .content());
        assertThat(config.at("/redis/password").asText()).isEqualTo(redisPassword);
        assertThat(config.at("/storage/s3/accesskey").asText()).isEqualTo(accessKey);
        assertThat(config.at("/storage/s3/secretkey").asText()).isEqualTo(secretKey);
    }
}
