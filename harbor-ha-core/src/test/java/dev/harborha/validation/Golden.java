package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Expected texts under {@code src/test/resources}. */
public final class Golden {

    private Golden() {}

    private static Path path(String name) {
        return Path.of(System.getProperty("basedir", ""), "src", "test", "resources")
                .resolve(name);
    }

    /** Returns the names of the expected texts in a folder, in order. */
    public static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compares a text with the file of the given name. A file that does not exist is written, and the test fails so that
     * somebody reads it; one that exists is never changed by a run.
     */
    public static void assertEqual(String name, String actual) {
        Path file = path(name);
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
