package dev.harborha.examples;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test needs. */
final class RequiredProgram {

    private static final String REQUIRE_PROGRAMS = "harborha.requirePrograms";

    private RequiredProgram() {}

    /** Returns its path; without it the test is skipped with the reason, or fails where programs are required. */
    static String named(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name).toString();
            }
        }
        String reason = "The program " + name + " is not on the PATH.";
        if (Boolean.getBoolean(REQUIRE_PROGRAMS)) {
            fail(reason + " -D" + REQUIRE_PROGRAMS + "=true makes that a failure.");
        }
        Assumptions.abort(reason);
        throw new IllegalStateException("unreachable");
    }
}
