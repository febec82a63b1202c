package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.templates.clusterfile.ClusterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} and {@code render} write in each format, and where to. */
class CheckFormatsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
        TextFiles.replace(file, "https://harbor.example.com", "https://10.0.0.11");
    }

    private int lineOf(String text) {
        return TextFiles.read(file).lines().toList().indexOf(text) + 1;
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void findingsTellTheLineOfTheFile() throws IOException {
        int line = lineOf("publicUrl: \"https://10.0.0.11\"");
        assertThat(line).isPositive();
        assertThat(Run.of("check", file).out())
                .contains("\n  " + file + ":" + line + ":1 (cluster.publicUrl)\n    The public URL is");

        JsonNode finding = json(Run.of("check", file, "--format=json").out()).at("/findings/0");
        assertThat(finding.at("/path").textValue()).isEqualTo("cluster.publicUrl");
        assertThat(finding.at("/location/file").textValue()).isEqualTo(file.toString());
        assertThat(finding.at("/location/line").intValue()).isEqualTo(line);

        JsonNode place = json(Run.of("check", file, "--format=sarif").out())
                .at("/runs/0/results/0/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").textValue()).isEqualTo("file://" + file);
        assertThat(place.at("/region/startLine").intValue()).isEqualTo(line);

        assertThat(Run.of("check", file, "--format=junit").out())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"harbor-ha\"")
                .contains("<testcase classname=\"harbor-ha.lb\" name=\"lb.duplicate-name\" time=\"0\"/>")
                .contains(file + ":" + line + ":1 (cluster.publicUrl)");
    }

    @Test
    void renderTellsItToo() throws IOException {
        int line = lineOf("publicUrl: \"https://10.0.0.11\"");
        Path out = folder.resolve("out");
        Run text = Run.of("render", file, "-o", out);
        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).contains("  " + file + ":" + line + ":1 (cluster.publicUrl)\n");
        Run sarif = Run.of("render", file, "-o", out, "--format=sarif");
        assertThat(sarif.code()).isEqualTo(1);
        assertThat(sarif.out())
                .isEqualTo(Run.of("check", file, "--format=sarif").out());
        Run junit = Run.of("render", file, "-o", out, "--format=junit");
        assertThat(junit.out())
                .isEqualTo(Run.of("check", file, "--format=junit").out());
        assertThat(out).doesNotExist();

        TextFiles.replace(file, "https://10.0.0.11", "https://harbor.example.com");
        Run rendered = Run.of("render", file, "-o", out, "--format=junit");
        assertThat(rendered.code()).isZero();
        assertThat(rendered.out()).contains("name=\"bundle.token-keys-differ\"").endsWith("</testsuites>\n");
        assertThat(rendered.err()).startsWith("Rendered ");
        assertThat(json(Run.of("render", file, "-o", out, "--format=sarif").out())
                        .at("/runs/0/results"))
                .isNotEmpty();
    }

    @Test
    void coloursAreForTerminals() {
        Run coloured = Run.coloured("check", file);
        assertThat(coloured.out()).contains("\u001b[1;31mERROR\u001b[0m");
        assertThat(coloured.out().replaceAll("\u001b\\[[0-9;]+m", ""))
                .isEqualTo(Run.of("check", file).out());
        for (String format : new String[] {"json", "sarif", "junit"}) {
            assertThat(Run.coloured("check", file, "--format", format).out()).doesNotContain("\u001b");
        }
        Path report = folder.resolve("report.txt");
        Run.coloured("check", file, "-o", report);
        assertThat(TextFiles.read(report)).isEqualTo(Run.of("check", file).out());

        assertThat(Terminal.takesColour(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.takesColour(Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(Terminal.takesColour(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Terminal.takesColour(Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void aReportIsWrittenToAFile() throws IOException {
        Path report = folder.resolve("report.sarif");
        TextFiles.write(report, "of an earlier run, and longer than nothing\n");
        Run run = Run.of("check", file, "--format", "sarif", "-o", report);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).matches("Wrote the report to \\S+report\\.sarif: 2 errors, .*\\.\n");
        assertThat(TextFiles.read(report))
                .isEqualTo(Run.of("check", file, "--format", "sarif").out());
        Path fresh = folder.resolve("fresh");
        assertThat(Run.of("check", file, "--output=" + fresh).code()).isEqualTo(1);
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThat(Files.getPosixFilePermissions(fresh)).isEqualTo(Files.getPosixFilePermissions(plain));
        assertThat(hidden()).isEmpty();
    }

    private List<Path> hidden() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path report = folder.resolve("report");
        TextFiles.write(report, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), report);
        assertThat(Run.of("check", file, "-o", link).code()).isEqualTo(1);
        assertThat(link).isSymbolicLink();
        assertThat(TextFiles.read(report)).isEqualTo(Run.of("check", file).out());
    }

    /** What cannot be written whole is not written, and nothing is left beside it. */
    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        refused(folder, " is no file; name another one, or leave --output out to write to standard output.");
        refused(Path.of("/dev/null"), " is no file; name another one");
        refused(folder.resolve("none/report"), " cannot be written: its folder does not exist.");
        refused(file.resolve("report"), " cannot be written: ");
        refused(Path.of("/proc/harbor-ha"), " cannot be written: ");
        Path wrong = folder.resolve("wrong.yaml");
        TextFiles.write(wrong, "harbour: 1\n");
        Path report = folder.resolve("report");
        TextFiles.write(report, "old");
        assertThat(Run.of("check", wrong, "-o", report).code()).isEqualTo(2);
        assertThat(TextFiles.read(report)).isEqualTo("old");
        assertThat(hidden()).isEmpty();
        assertThat(Path.of("/dev/null")).exists();
    }

    private void refused(Path output, String said) {
        Run run = Run.of("check", file, "-o", output);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith(output + said).hasLineCount(1);
    }

    @Test
    void noFormatShowsASecret() {
        List<String> secrets = ClusterFile.load(file).cluster().secrets().values().stream()
                .map(secret -> secret.reveal())
                .toList();
        assertThat(secrets).hasSizeGreaterThan(3);
        for (String format : new String[] {"text", "json", "sarif", "junit"}) {
            String out = Run.of("check", file, "--format", format).out();
            assertThat(secrets).noneMatch(out::contains);
        }
    }
}
