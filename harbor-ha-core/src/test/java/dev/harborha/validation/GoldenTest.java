package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison itself must be able to fail. */
class GoldenTest {

    @TempDir
    Path folder;

    private void withBase(Runnable test) {
        String before = System.getProperty("basedir");
        System.setProperty("basedir", folder.toString());
        try {
            test.run();
        } finally {
            if (before == null) {
                System.clearProperty("basedir");
            } else {
                System.setProperty("basedir", before);
            }
        }
    }

    @Test
    void aMissingFileIsWrittenAndFailsTheRunAndIsNeverChanged() throws Exception {
        Path file = folder.resolve("src/test/resources/a/b.txt");
        withBase(() -> {
            assertThatThrownBy(() -> Golden.assertEqual("a/b.txt", "one\n"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not exist");
            Golden.assertEqual("a/b.txt", "one\n");
            assertThatThrownBy(() -> Golden.assertEqual("a/b.txt", "two\n")).isInstanceOf(AssertionError.class);
        });
        assertThat(Files.readString(file)).isEqualTo("one\n");
    }
}
