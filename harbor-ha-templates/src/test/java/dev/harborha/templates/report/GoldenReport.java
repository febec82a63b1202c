package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Expected reports beside the resources of the tests of this package. */
final class GoldenReport {

    private GoldenReport() {}

    /** Compares with the file of the given name. A missing one is written and fails the run; an existing one is never changed. */
    static void assertEqual(String name, String actual) {
        Path file =
                Path.of(System.getProperty("basedir", ""), "src/test/resources/dev/harborha/templates/report", name);
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, actual, StandardOpenOption.CREATE_NEW);
                fail("The expected report " + file
                        + " did not exist; it was written now. Read it, keep it, run again.");
            }
            assertThat(actual)
                    .as("as in %s; remove that file to write it anew", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
