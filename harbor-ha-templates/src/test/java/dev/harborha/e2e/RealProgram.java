package dev.harborha.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the machine that a test starts.
 *
 * @param name the program's name, as typed in a shell
 * @param path where it was found
 */
record RealProgram(String name, Path path) {

    /** Set to {@code true}, a missing program is a failure, not a skipped test. */
    static final String REQUIRE_PROGRAMS = "harborha.requirePrograms";

    /** Daemons live here, and the search path of ordinary users often leaves these folders out. */
    private static final List<String> DAEMON_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /**
     * Finds a program, or ends the test.
     *
     * @param name the program's name
     * @return the program
     * @throws org.opentest4j.TestAbortedException if it is missing: the test is reported as skipped, with the reason
     * @throws AssertionError if it is missing and {@code -Dharborha.requirePrograms=true} is set
     */
    static RealProgram require(String name) {
        List<String> folders = new ArrayList<>();
        String searchPath = System.getenv("PATH");
        if (searchPath != null) {
            folders.addAll(List.of(searchPath.split(File.pathSeparator)));
        }
        folders.addAll(DAEMON_FOLDERS);
        for (String folder : folders) {
            Path candidate = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return new RealProgram(name, candidate);
            }
        }
        String reason = "The program " + name + " is not installed; looked on the PATH and in " + DAEMON_FOLDERS + ".";
        if (Boolean.getBoolean(REQUIRE_PROGRAMS)) {
            fail(reason + " -D" + REQUIRE_PROGRAMS + "=true makes that a failure.");
        }
        Assumptions.abort(reason);
        throw new IllegalStateException("unreachable");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
