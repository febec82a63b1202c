package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cluster;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.TestKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The compose files of both deliveries, of every scenario in every line of releases. */
class ComposeFilesTest {

    /** Names a file with a schema of the compose specification, beside the one that docker-compose 1.29 has. */
    private static final String SCHEMA = "harborha.composeSchema";

    private static final Optional<Path> OF_DOCKER_COMPOSE = Optional.empty();
    private static final ClusterKeys KEYS = TestKeys.KEYS;

    private static final Map<String, JsonNode> FILES = new LinkedHashMap<>();
    private static final Map<String, Set<String>> MISSING = new LinkedHashMap<>();

    @BeforeAll
    static void render() {
        for (HarborVersion release : Scenario.newestOfEachLine()) {
            for (Scenario scenario : Scenario.ALL) {
                if (scenario.runsOn(release)) {
                    Cluster cluster = scenario.in(release);
                    add(cluster, "docker-compose.yml", scenario + " in " + release);
                    add(
                            PreparedNode.installer(cluster),
                            "docker-compose.override.yml",
                            scenario + " in " + release + " by the installer");
                }
            }
        }
        assertThat(FILES).hasSizeGreaterThan(500);
    }

    @AfterAll
    static void forget() {
        FILES.clear();
        MISSING.clear();
    }

    private static void add(Cluster cluster, String composeFile, String name) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        JsonNode file = FILES.computeIfAbsent(Container.composeFile(bundle, cluster, composeFile), Container::read);
        Set<String> missing = missing(bundle, cluster, file);
        if (!missing.isEmpty()) {
            MISSING.put(name, missing);
        }
    }

    /** Returns what nobody brings: neither the bundle and its script, nor who runs the machine, nor Docker itself. */
    private static Set<String> missing(Bundle bundle, Cluster cluster, JsonNode file) {
        Set<String> missing = new TreeSet<>();
        for (Service service : Service.values()) {
            missing.addAll(Container.of(bundle, cluster, file, service).missing());
        }
        missing.remove(cluster.harborYml().log().location().text());
        if (cluster.storage() instanceof SharedFilesystem share) {
            missing.remove(share.path().text());
        } else if (cluster.storage() instanceof GcsStorage gcs) {
            gcs.keyFile().map(AbsolutePath::text).ifPresent(missing::remove);
        }
        return missing;
    }

    /** A file that is mounted and is not there keeps a container from starting, or becomes an empty folder. */
    @Test
    void whatIsMountedIsThere() {
        assertThat(MISSING).isEmpty();
    }

    @Test
    void areAcceptedByTheSchemaOfDockerCompose() {
        assertAccepted(OF_DOCKER_COMPOSE);
    }

    @Test
    void areAcceptedByTheSchemaThatIsNamed() {
        String named = System.getProperty(SCHEMA, "");
        assumeTrue(
                !named.isEmpty(), SCHEMA + " is not set; it names a file with a schema of the compose specification");
        assertAccepted(Optional.of(Path.of(named)));
    }

    private static void assertAccepted(Optional<Path> schema) {
        FILES.forEach((text, file) ->
                assertThat(Judges.composeErrors(schema, file)).as(text).isEmpty());
        JsonNode wrong = FILES.values().iterator().next().deepCopy();
        ((ObjectNode) wrong.at("/services/core")).put("container_title", "core").put("network_mode", 1);
        assertThat(Judges.composeErrors(schema, wrong))
                .hasSize(2)
                .anyMatch(error -> error.startsWith("$.services.core: ") && error.contains("'container_title'"))
                .anyMatch(error -> error.startsWith("$.services.core.network_mode: "));
    }
}
