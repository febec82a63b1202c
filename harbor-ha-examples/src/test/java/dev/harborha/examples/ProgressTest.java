package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    private static final String CLEAR = "\r\u001b[2K";

    @TempDir
    Path folder;

    @Test
    void isOneLineThatIsWrittenOverAndGoneAtTheEnd() {
        Path file = Run.sample(folder);
        Run watched = Run.watched("render", file, "-o", folder.resolve("out"), "--keys", folder.resolve("new"));
        assertThat(watched.code()).isZero();
        assertThat(watched.err())
                .startsWith(CLEAR + "Drawing the keys of the cluster …" + CLEAR)
                .contains(CLEAR + "Rendering …" + CLEAR)
                .contains(CLEAR + "Writing files: 50 of 50" + CLEAR);
        String left =
                watched.err().replaceAll("\r\u001b\\[2K[^\r\n]*(?=\r)", "").replace(CLEAR, "");
        assertThat(left).hasLineCount(2).startsWith("Made the key store").contains("\nRendered 50 files");
        assertThat(watched.out()).doesNotContain("\r");
    }

    @Test
    void isNotThereWhenNobodyWatches() {
        Path file = Run.sample(folder);
        Run run = Run.of("render", file, "-o", folder.resolve("out"));
        assertThat(run.err()).doesNotContain("\r", "\u001b");
    }
}
