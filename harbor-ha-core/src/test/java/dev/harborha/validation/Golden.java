package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Expected texts under {@code src/test/resources}. */
public final class Golden {

    private Golden() {}

    /**
     * Compares a text with the file of the given name. A file that does not exist is written, and the test fails so that
     * somebody reads it; one that exists is never changed by a run.
     */
    public static void assertEqual(String name, String actual) {
        Path file = Path.of(System.getProperty("basedir", ""), "src", "test", "resources")
                .resolve(name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual, StandardOpenOption.CREATE_NEW);
                fail("The expected text " + file + " did not exist; it was written now. Read it, keep it, run again.");
            }
            assertThat(actual)
                    .as("as in %s; remove that file to write it anew", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
