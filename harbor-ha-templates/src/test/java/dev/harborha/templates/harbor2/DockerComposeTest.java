package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debian's docker-compose makes of the compose file and the env files of a node, for every line of releases. */
class DockerComposeTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    /** What {@code prepare} would draw for itself. */
    private static final ClusterKeys OTHER_KEYS = ClusterKeys.generate(2048).withInternalTls();

    private static final Set<String> FULL =
            Set.of("s3", "redis-own-caches", "metrics-https-internal-tls", "trace-jaeger", "proxy", "cache");

    @TempDir
    Path folder;

    static List<HarborVersion> releases() {
        return Scenario.newestOfEachLine();
    }

    /** All scenarios at both ends; between them those that have most variables. */
    @ParameterizedTest
    @MethodSource("releases")
    void resolvesWhatTheTablesSay(HarborVersion release) throws IOException {
        boolean all = List.of(releases().get(0), HarborVersion.newest()).contains(release);
        for (Scenario scenario : Scenario.ALL) {
            if (scenario.runsOn(release) && (all || FULL.contains(scenario.name()))) {
                Cluster cluster = scenario.in(release);
                Path install = ComposeFolder.lay(
                        TestKeys.HARBOR.render(cluster, KEYS), cluster, folder.resolve(scenario.name()));
                JsonNode services = Judges.composeConfig(install).path("services");
                assertThat(ComposeFolder.environments(services))
                        .as(scenario.name())
                        .isEqualTo(ComposeFolder.expected(cluster, KEYS));
            }
        }
    }

    /** Whatever keys {@code prepare} draws for the files that it writes, those of the cluster count. */
    @ParameterizedTest
    @MethodSource("releases")
    void theOverrideWinsOverWhatPrepareDrew(HarborVersion release) throws IOException {
        for (Scenario scenario : Scenario.ALL) {
            if (scenario.runsOn(release) && FULL.contains(scenario.name())) {
                Cluster cluster = scenario.in(release);
                ComposeFolder.lay(
                        TestKeys.HARBOR.render(cluster, OTHER_KEYS), cluster, folder.resolve(scenario.name()));
                Cluster installed = PreparedNode.installer(cluster);
                Path install = ComposeFolder.lay(
                        TestKeys.HARBOR.render(installed, KEYS), installed, folder.resolve(scenario.name()));
                JsonNode services = Judges.composeConfig(install).path("services");
                assertThat(ComposeFolder.environments(services))
                        .as(scenario.name())
                        .isEqualTo(ComposeFolder.expected(cluster, KEYS));
                assertThat(services.at("/registry/volumes").toString())
                        .contains(install + "/harbor-ha/registry/config.yml:/etc/registry/config.yml:rw")
                        .contains(install + "/harbor-ha/registry/passwd:/etc/registry/passwd:rw");
            }
        }
    }

    /** The command itself says what the judge says, which runs its code without starting it each time. */
    @Test
    void theCommandSaysTheSame() throws IOException {
        Cluster cluster = Scenario.ALL.get(0).in(HarborVersion.newest());
        Path install = ComposeFolder.lay(TestKeys.HARBOR.render(cluster, KEYS), cluster, folder.resolve("command"));
        String said = Program.run(
                        install,
                        Map.of("COMPOSE_PROJECT_NAME", "harbor"),
                        List.of(Program.require("docker-compose").toString(), "config"))
                .succeeded()
                .output();
        assertThat(Judges.yaml(said)).isEqualTo(Judges.composeConfig(install));
    }

    @Test
    void itCanRefuse() throws IOException {
        Cluster cluster = Scenario.ALL.get(0).in(HarborVersion.newest());
        Path install = ComposeFolder.lay(TestKeys.HARBOR.render(cluster, KEYS), cluster, folder.resolve("refused"));
        Path file = install.resolve("docker-compose.yml");
        Files.writeString(file, Files.readString(file).replaceFirst("container_name:", "container_title:"));
        assertThatThrownBy(() -> Judges.composeConfig(install))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Unsupported config option for services.log: 'container_title'");
    }
}
