package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.HarborVersion;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code start.sh} with a Docker that writes down what it is asked, and fails as often as it is told to. */
class StartScriptTest {

    /** Fails the first calls of {@code up} for all containers, as Docker does while the log container does not listen yet. */
    private static final String DOCKER = """
            #!/bin/sh
            echo "${0##*/} in $PWD: $*" >> "$CALLS"
            case "$*" in
              *" version") [ "$PLUGIN" = yes ]; exit ;;
              *"up -d") [ "$(grep -c 'up -d$' "$CALLS")" -gt "$FAILURES" ]; exit ;;
            esac
            """;

    private static final Bundle BUNDLE =
            TestKeys.HARBOR.render(Scenario.ALL.get(0).in(HarborVersion.parse("2.14.4")), TestKeys.KEYS);

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void script() throws IOException {
        script = Files.createDirectories(folder.resolve("opt/the harbor")).resolve("start.sh");
        program(
                script,
                BUNDLE.get("nodes/harbor-1/opt/harbor/start.sh").orElseThrow().content());
        // All that the script needs, so that no Docker of this machine is found.
        Files.createDirectory(folder.resolve("bin"));
        for (String name : List.of("sh", "dirname", "seq", "sleep", "grep")) {
            program(folder.resolve("bin").resolve(name), "#!/bin/sh\nexec " + Program.require(name) + " \"$@\"\n");
        }
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Program.Result start(boolean plugin, int failures) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", folder.resolve("bin").toString(),
                "CALLS", folder.resolve("calls").toString(),
                "PLUGIN", plugin ? "yes" : "no",
                "FAILURES", Integer.toString(failures),
                "HARBOR_RETRY_SECONDS", "0"));
        environment.put("CDPATH", folder.toString());
        return Program.run(
                folder, environment, List.of(folder.resolve("bin/sh").toString(), "opt/the harbor/start.sh"));
    }

    private List<String> calls() throws IOException {
        String here = folder.toRealPath() + "/opt/the harbor";
        return Files.readAllLines(folder.resolve("calls")).stream()
                .map(line -> line.replace(here, "HERE"))
                .toList();
    }

    private void has(String... programs) throws IOException {
        for (String name : programs) {
            program(folder.resolve("bin").resolve(name), DOCKER);
        }
    }

    @Test
    void startsTheLogContainerFirst() throws IOException {
        has("docker", "docker-compose");
        assertThat(start(true, 0).succeeded().output()).isEmpty();
        assertThat(calls())
                .containsExactly(
                        "docker in HERE: compose version",
                        "docker in HERE: compose up -d log",
                        "docker in HERE: compose up -d");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 59})
    void triesAgainUntilAllContainersRun(int failures) throws IOException {
        has("docker");
        List<String> said = new ArrayList<>();
        List<String> asked = new ArrayList<>(List.of("docker in HERE: compose version"));
        for (int attempt = 1; attempt <= failures + 1; attempt++) {
            asked.add("docker in HERE: compose up -d log");
            asked.add("docker in HERE: compose up -d");
            if (attempt <= failures) {
                said.add("start.sh: attempt " + attempt + " of 60 failed");
            }
        }
        assertThat(start(true, failures).succeeded().output().lines()).isEqualTo(said);
        assertThat(calls()).isEqualTo(asked);
    }

    @Test
    void withoutThePluginItUsesDockerCompose() throws IOException {
        has("docker", "docker-compose");
        start(false, 1).succeeded();
        assertThat(calls())
                .containsExactly(
                        "docker in HERE: compose version",
                        "docker-compose in HERE: up -d log",
                        "docker-compose in HERE: up -d",
                        "docker-compose in HERE: up -d log",
                        "docker-compose in HERE: up -d");
    }

    @Test
    void givesUpWithASentence() throws IOException {
        has("docker");
        Program.Result result = start(true, 1000);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).endsWith("""
                        start.sh: attempt 60 of 60 failed
                        start.sh: Harbor did not start; see "docker compose ps" and the lines above
                        """);
        assertThat(Collections.frequency(calls(), "docker in HERE: compose up -d"))
                .isEqualTo(60);
    }

    @Test
    void withoutAnyComposeItSaysSoAtOnce() throws IOException {
        has("docker");
        Program.Result result = start(false, 0);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .isEqualTo("start.sh: there is neither \"docker compose\" nor docker-compose; install one of them\n");
    }
}
