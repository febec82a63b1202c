package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderRefusalTest {

    @TempDir
    Path folder;

    private Path file;
    private Path out;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
        out = folder.resolve("out");
    }

    private static void refused(Run run, String said) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(said).doesNotContain("Exception", "\tat ");
    }

    @Test
    void somebodyElsesEditIsKept() throws IOException {
        Run.of("render", file, "-o", out);
        Path edited = out.resolve("lb/lb-1/var/lib/harbor-lb/upstream.conf");
        TextFiles.write(edited, TextFiles.read(edited) + "# by hand\n");
        TextFiles.replace(file, "10.0.0.12", "10.0.0.13");
        Map<String, String> before = TextFiles.tree(out);

        refused(Run.of("render", file, "-o", out), "lb/lb-1/var/lib/harbor-lb/upstream.conf");
        Run dryRun = Run.of("render", file, "-o", out, "--dry-run");
        refused(dryRun, "somebody else made or changed 1 file");
        assertThat(dryRun.out())
                .contains("change  lb/lb-1/var/lib/harbor-lb/upstream.conf  (made or changed by somebody else)\n");
        assertThat(Run.of("render", file, "-o", out, "--dry-run", "--force").code())
                .isZero();
        Run diff = Run.of("render", file, "-o", out, "--diff");
        assertThat(diff.code()).isEqualTo(3);
        assertThat(diff.out()).contains("-# by hand");
        Run json = Run.of("render", file, "-o", out, "--diff", "--format=json");
        assertThat(new ObjectMapper().readTree(json.out()).get("changes").findValuesAsText("foreign"))
                .containsOnlyOnce("true");
        assertThat(TextFiles.tree(out)).isEqualTo(before);

        assertThat(Run.of("render", file, "-o", out, "--force").code()).isZero();
        assertThat(TextFiles.read(edited)).doesNotContain("# by hand").contains("10.0.0.13");
    }

    @Test
    void keysInTheOutputFolderAreRefused() throws IOException {
        Files.createDirectory(out);
        Path link = Files.createSymbolicLink(folder.resolve("link"), out);
        Path[][] pairs = {
            {out, out},
            {out, out.resolve("keys")},
            {out, link.resolve("a/b")},
            {link, out.resolve("keys")},
            {folder, folder.resolve("keys")},
            {folder.resolve("new/../new"), folder.resolve("new/keys")},
        };
        for (Path[] pair : pairs) {
            for (String mode : new String[] {"--force", "--dry-run", "--diff"}) {
                refused(Run.of("render", file, "-o", pair[0], "--keys", pair[1], mode), "name another folder");
            }
        }
        refused(Run.of("render", file, "-o", folder), "The key store " + folder.resolve("keys"));
        assertThat(out).isEmptyDirectory();
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(Run.of("render", file, "-o", folder.resolve("keys-of-nobody"))
                        .code())
                .isZero();
    }

    @Test
    void keysThatCannotBeUsedAreRefused() throws IOException {
        Path notAFolder = folder.resolve("file");
        TextFiles.write(notAFolder, "");
        refused(Run.of("render", file, "-o", out, "--keys", notAFolder), "is no folder");

        TextFiles.write(folder.resolve("keys/secretkey"), "short\n");
        refused(Run.of("render", file, "-o", out), "secretkey");
        Files.delete(folder.resolve("keys/secretkey"));
        refused(Run.of("render", file, "-o", out), "restore it from a backup");
        refused(Run.of("render", file, "-o", out, "--diff"), "restore it from a backup");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        TextFiles.write(out, "a file");
        refused(Run.of("render", file, "-o", out), out.toString());
        refused(Run.of("render", file, "-o", out.resolve("below")), out.toString());
        // Nobody can make files there, root neither.
        refused(Run.of("render", file, "-o", "/proc/harbor-ha"), "/proc/harbor-ha");
        assertThat(TextFiles.read(out)).isEqualTo("a file");
    }

    @Test
    void aClusterFileThatIsWrongIsSaidOnStandardErrorAlone() {
        TextFiles.replace(file, "harbor: ", "harbour: ");
        Run json = Run.of("render", file, "-o", out, "--format=json");
        refused(json, "harbour");
        assertThat(json.out()).isEmpty();
        refused(Run.of("render", folder.resolve("none.yaml"), "-o", out), "none.yaml");
        assertThat(out).doesNotExist();
    }

    @Test
    void aReleaseThatIsNotSupportedIsAnError() {
        TextFiles.write(file, Run.of("init", "--harbor", "0.5.0").out());
        TextFiles.replace(file, "harbor: \"0.5.0\"", "harbor: \"0.4.5\"");
        Run run = Run.of("render", file, "-o", out);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("ERROR version.unsupported", "ERROR storage.s3-before-0.5.0");
        assertThat(out).doesNotExist();
    }
}
