package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEditTest {

    @TempDir
    private Path folder;

    @Test
    void replacesTheGroupAndNothingElse() throws IOException {
        Path edited = ConfigEdit.of(file("pid /run/a;\nlog /run/a;\n"))
                .replace("^pid (\\S+);$", "/tmp/$1", 1)
                .addBehind("^log \\S+;$", "more;", 1)
                .writeTo(folder.resolve("deep/edited"));

        assertThat(Files.readString(edited)).isEqualTo("pid /tmp/$1;\nlog /run/a;\nmore;\n");
    }

    @Test
    void refusesAPatternThatDoesNotFit() throws IOException {
        ConfigEdit edit = ConfigEdit.of(file("listen 80;\nlisten 80;\n"));

        assertThatThrownBy(() -> edit.replace("^listen (80);$", "8080", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected 1 times")
                .hasMessageContaining("found 2");
        assertThatThrownBy(() -> edit.replace("^pid (.+);$", "x", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("found 0");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config"), text);
    }
}
