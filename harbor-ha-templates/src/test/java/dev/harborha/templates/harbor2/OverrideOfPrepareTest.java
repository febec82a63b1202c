package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.prepare.HarborSource;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debian's docker-compose makes of the compose file that {@code prepare} itself wrote and of the override beside it. */
class OverrideOfPrepareTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    private static final Set<String> SCENARIOS = Set.of(
            "s3", "shared-filesystem", "metrics-https-internal-tls", "trace-jaeger", "proxy", "images-of-a-mirror");

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
    }

    static List<HarborVersion> releases() {
        return Scenario.newestOfEachLine();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void givesEveryServiceWhatTheTablesSay(HarborVersion release) throws IOException {
        for (Scenario scenario : Scenario.ALL) {
            if (scenario.runsOn(release) && SCENARIOS.contains(scenario.name())) {
                Cluster cluster = scenario.in(release);
                Path node = Files.createDirectory(folder.resolve(scenario.name()));
                PreparedNode.of(cluster, KEYS, node).succeeded();
                Cluster installed = PreparedNode.installer(cluster);
                Path install =
                        ComposeFolder.lay(TestKeys.HARBOR.render(installed, KEYS), installed, node.resolve("install"));
                JsonNode services = Judges.composeConfig(install).path("services");
                JsonNode expected = ComposeFolder.expected(cluster, KEYS);
                assertThat(ComposeFolder.environments(services))
                        .as(scenario.name())
                        .isEqualTo(expected);
            }
        }
    }
}
