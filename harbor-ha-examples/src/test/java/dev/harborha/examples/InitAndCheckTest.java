package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.secret.Secret;
import dev.harborha.templates.clusterfile.ClusterFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitAndCheckTest {

    @TempDir
    Path folder;

    @Test
    void theSampleIsSoundAndNeedsNothingElse() {
        Run init = Run.of("init");
        assertThat(init.code()).isZero();
        assertThat(init.err()).isEmpty();

        Cluster cluster = ClusterFile.parse(init.out(), folder, Map.of());
        assertThat(cluster.nodes()).hasSize(2);
        assertThat(cluster.secrets().values()).hasSize(5).allMatch(Secret::isResolved);
        assertThat(init.out())
                .contains("env:DB_PASSWORD", "file:secrets/db-password")
                .matches("[ -~\n]*");

        Path file = folder.resolve("cluster.yaml");
        TextFiles.write(file, init.out());
        Run check = Run.of("check", file);
        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("WARNING secret.in-clear").doesNotContain("ERROR");
        assertThat(check.err()).isEmpty();
    }

    @Test
    void everySampleHasSecretsOfItsOwn() {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            ClusterFile.parse(Run.of("init").out(), folder, Map.of())
                    .secrets()
                    .values()
                    .forEach(secret -> drawn.add(secret.reveal()));
        }
        assertThat(drawn).hasSize(25).allMatch(secret -> secret.matches("[A-Za-z0-9]{24}"));
    }

    @Test
    void theNewestReleaseIsTakenUnlessOneIsNamed() {
        assertThat(Run.of("init").out()).contains("\nharbor: \"" + HarborVersion.newest() + "\"\n");
        assertThat(Run.of("init", "--harbor", "v0.5.0").out()).contains("\nharbor: \"0.5.0\"\n", "MySQL");
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                Arguments.of("1.10.19", "Harbor 1.10.19 is not supported; supported: 0.5, 2.0 to 2.15."),
                Arguments.of("2.16.0", "Harbor 2.16.0 is not supported; supported: 0.5, 2.0 to 2.15."),
                Arguments.of("2.14.9", "Harbor 2.14.9 was never tried; take 2.14.4, the last of 2.14 that was."),
                Arguments.of("v0.5.1", "Harbor 0.5.1 was never tried; take 0.5.0, the last of 0.5 that was."),
                Arguments.of("2.14", "\"2.14\" is no Harbor version; write all three numbers, as in \"2.14.4\""),
                Arguments.of("newest", "\"newest\" is no Harbor version"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void anyOtherReleaseIsRefusedWithOneToTake(String release, String said) {
        Run run = Run.of("init", "--harbor", release);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said).hasLineCount(2);
    }

    @Test
    void anErrorGivesExitCodeOne() throws IOException {
        Path file = Run.sample(folder);
        TextFiles.replace(file, "https://harbor.example.com", "https://10.0.0.11");

        Run check = Run.of("check", file);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("ERROR url.private-address: ", "ERROR url.node-address: ")
                .containsPattern("\n  " + Pattern.quote(file + ":") + "[0-9]+:1 \\(cluster\\.publicUrl\\)\n");

        Run json = Run.of("check", file, "--format", "json");
        assertThat(json.code()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(json.out());
        assertThat(report.get("version").asInt()).isEqualTo(1);
        assertThat(report.get("summary").get("errors").asInt()).isEqualTo(2);
        assertThat(report.get("findings")).isNotEmpty();
    }

    @Test
    void allThatIsWrongInAFileIsSaidWithItsPlace() {
        Path file = Run.sample(folder);
        TextFiles.replace(file, "publicUrl:", "publicURL:");
        TextFiles.replace(file, "\"10.0.0.12\"", "\"10.0.0.12:99999\"");

        Run check = Run.of("check", file);
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.out()).isEmpty();
        assertThat(check.err())
                .containsPattern("cluster\\.yaml:\\d+:\\d+: .*publicURL")
                .contains("publicUrl")
                .contains("99999")
                .doesNotContain("Exception");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("nothing.yaml");
        Path notText = folder.resolve("latin1.yaml");
        Files.write(notText, "harbor: \"é\"\n".getBytes(StandardCharsets.ISO_8859_1));
        for (Path file : new Path[] {missing, folder, notText}) {
            Run check = Run.of("check", file);
            assertThat(check.code()).isEqualTo(2);
            assertThat(check.out()).isEmpty();
            assertThat(check.err()).startsWith(file.toString()).hasLineCount(1).doesNotContain("Exception");
        }
    }

    @Test
    void aSecretWithoutAValueStopsRenderAndNotCheck() {
        Path file = Run.sample(folder);
        String sample = TextFiles.read(file);
        TextFiles.write(
                file,
                sample.replaceAll("(?m)^adminPassword: .*", "adminPassword: \"file:none\"")
                        .replaceAll("(?m)^  password: .*", "  password: \"env:HARBORHA_NEVER_SET\""));
        assertThat(Run.of("check", file).code()).isZero();

        Path keys = folder.resolve("new-keys");
        Run render = Run.of("render", file, "-o", folder.resolve("out"), "--keys", keys);
        assertThat(render.code()).isEqualTo(2);
        assertThat(render.err())
                .contains("cluster.adminPassword (the file none does not exist)")
                .contains("cluster.database.password (the environment variable HARBORHA_NEVER_SET is not set)")
                .contains("cluster.redis.password (the environment variable HARBORHA_NEVER_SET is not set)");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(keys).doesNotExist();
    }
}
