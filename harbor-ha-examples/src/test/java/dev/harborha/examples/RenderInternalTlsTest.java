package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the certificates between the containers come from when a cluster wants them. */
class RenderInternalTlsTest {

    private static final String CA = "data/secret/tls/harbor_internal_ca.crt";

    @TempDir
    Path folder;

    private Path file;
    private Path out;
    private Path keys;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
        TextFiles.replace(file, "# internalTls: true", "internalTls: true");
        out = folder.resolve("out");
        keys = folder.resolve("keys");
    }

    private String rendered() {
        return "Rendered 78 files to " + out + " with the keys in " + keys + ". Go on with " + out + "/INSTALL.md.\n";
    }

    @Test
    void aStoreWithoutThemGetsThemOnce() {
        assertThat(ClusterKeys.hasInternalTls(keys)).isFalse();
        Run first = Run.of("render", file, "-o", out);
        assertThat(first.code()).isZero();
        ClusterKeys made = ClusterKeys.load(keys);
        assertThat(first.err())
                .isEqualTo("The key store " + keys
                        + " now has certificates for TLS between the containers, which run out on "
                        + KeysFolder.lastDay(made) + ": back it up again.\n" + rendered());
        assertThat(TextFiles.tree(out))
                .containsEntry(
                        "nodes/harbor-1/" + CA, made.internalTls().orElseThrow().caCertificate())
                .containsEntry(
                        "nodes/harbor-2/" + CA, made.internalTls().orElseThrow().caCertificate());

        assertThat(Run.of("render", file, "-o", out).err()).isEqualTo(rendered());
        assertThat(ClusterKeys.load(keys)).isEqualTo(made);
        assertThat(Run.of("render", file, "-o", out, "--diff").code()).isZero();
    }

    @Test
    void aNewStoreHasThem() {
        Run run = Run.of("render", file, "-o", out, "--keys", folder.resolve("new"));
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .startsWith("Made the key store " + folder.resolve("new"))
                .hasLineCount(2);
        assertThat(ClusterKeys.hasInternalTls(folder.resolve("new"))).isTrue();
    }

    @Test
    void thoseOfAnOperatorAreTakenUp() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        ClusterKeys supplied = SampleKeys.KEYS.withInternalTls();
        supplied.save(elsewhere);
        Files.move(elsewhere.resolve("internal_tls"), keys.resolve("internal_tls"));
        Files.delete(keys.resolve("internal_tls/store"));

        Run run = Run.of("render", file, "-o", out);
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .startsWith("The key store " + keys + " now has certificates")
                .hasLineCount(2);
        assertThat(ClusterKeys.load(keys)).isEqualTo(supplied);
    }

    @Test
    void whoOnlyLooksGetsOthersForOnceAndIsToldSo() {
        Map<String, String> before = TextFiles.tree(keys);
        for (String mode : new String[] {"--dry-run", "--diff"}) {
            Run run = Run.of("render", file, "-o", out, mode);
            assertThat(run.code()).isEqualTo(mode.equals("--diff") ? 3 : 0);
            assertThat(run.err())
                    .startsWith("The key store " + keys
                            + " holds no certificates for TLS between the containers yet: throw-away ones are used, so their"
                            + " files will differ from those of a real run.\n")
                    .hasLineCount(2);
            assertThat(run.out()).contains(CA).doesNotContain("PRIVATE KEY");
            assertThat(TextFiles.tree(keys)).isEqualTo(before);
        }
        Run none = Run.of("render", file, "-o", out, "--dry-run", "--keys", folder.resolve("none"));
        assertThat(none.err())
                .startsWith("There is no key store at " + folder.resolve("none") + ": throw-away keys are used")
                .hasLineCount(2);
        assertThat(none.out()).contains(CA);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void whoOnlyLooksAtAStoreThatHasThemGetsThose() {
        Run.of("render", file, "-o", out);
        Run dryRun = Run.of("render", file, "-o", out, "--dry-run");
        assertThat(dryRun.err()).isEqualTo("Nothing would be written: " + out + " is as it would be rendered.\n");
    }
}
