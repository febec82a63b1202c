package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of this machine that read what was rendered. */
public final class Program {

    /** Set to {@code true}, a missing program is a failure and no skipped test. */
    static final String REQUIRE_PROGRAMS = "harborha.requirePrograms";

    /** Names a Python 2.7 that is not on the search path. */
    static final String PYTHON2 = "harborha.python2";

    private static final long SECONDS = 120;

    private Program() {}

    /** What a program said, errors among it, and how it ended. */
    public record Result(int exitCode, String output) {

        /** Returns this result of a program that succeeded. */
        public Result succeeded() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }
    }

    /** Finds a program on the search path and where daemons live. */
    public static Optional<Path> find(String name) {
        List<String> folders = new ArrayList<>();
        folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        folders.addAll(List.of("/usr/local/sbin", "/usr/sbin", "/sbin"));
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Finds a program, or ends the test: skipped with the reason, or failed where programs are required. */
    public static Path require(String name) {
        return find(name).orElseThrow(() -> missing("The program " + name + " is not installed."));
    }

    /** Finds a Python 3 that has PyYAML; absent if there is none. */
    public static Optional<Path> python3() {
        return find("python3")
                .filter(python -> run(Path.of(""), Map.of(), List.of(python.toString(), "-c", "import yaml"))
                                .exitCode()
                        == 0);
    }

    /** Finds a Python 2.7 that runs; absent if there is none. */
    static Optional<Path> python2() {
        String named = System.getProperty(PYTHON2, "");
        Optional<Path> found = named.isEmpty() ? find("python2.7") : Optional.of(Path.of(named));
        return found.filter(python -> isPython2(python));
    }

    private static boolean isPython2(Path python) {
        Result version = run(Path.of(""), Map.of(), List.of(python.toString(), "--version"));
        return version.exitCode() == 0 && version.output().contains("Python 2.7");
    }

    /** Returns what ends the test: skipped with the reason, or failed where programs are required. */
    public static RuntimeException missing(String reason) {
        if (Boolean.getBoolean(REQUIRE_PROGRAMS)) {
            throw new AssertionError(reason + " -D" + REQUIRE_PROGRAMS + "=true makes that a failure.");
        }
        return new TestAbortedException(reason);
    }

    /** Runs a program in a folder, with variables added to the environment. */
    public static Result run(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        try {
            Path output = Files.createTempFile("program", ".out");
            Process process = builder.redirectOutput(output.toFile()).start();
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(command.get(0) + " did not end within " + SECONDS + " seconds: "
                            + Files.readString(output, StandardCharsets.ISO_8859_1));
                }
                return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder of a test with all that is in it. */
    public static void removeFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
