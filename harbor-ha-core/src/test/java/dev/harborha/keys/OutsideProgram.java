package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs that a test asks as outside judges, and the processes that it starts. */
final class OutsideProgram {

    private static final long SECONDS = 120;

    private OutsideProgram() {}

    /** What a process said and how it ended. */
    record Result(int exitCode, String output) {

        Result requireSuccess() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }
    }

    /** Skips the test, visibly, when a program is missing; fails it where programs are required. */
    static void require(String... command) {
        if (!answers(command)) {
            missing(command[0] + " is not installed");
        }
    }

    static void missing(String reason) {
        if (Boolean.getBoolean("harborha.requirePrograms")) {
            fail(reason + ", and harborha.requirePrograms is set");
        }
        abort(reason);
    }

    static boolean answers(String... command) {
        try {
            return run(command).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Result run(String... command) throws IOException {
        return run("", Map.of(), command);
    }

    /** Runs a command with some input; output and errors come together. */
    static Result run(String input, Map<String, String> environment, String... command) throws IOException {
        Process process = start(environment, List.of(command));
        CompletableFuture<String> output = outputOf(process);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return await(process, output);
    }

    static Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static CompletableFuture<String> outputOf(Process process) {
        InputStream stream = process.getInputStream();
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    static Result await(Process process, CompletableFuture<String> output) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("A process did not end within " + SECONDS + " seconds.");
            }
            return new Result(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    /** Returns the command that runs {@link KeyStoreProcess} in a JVM of its own, after the given words. */
    static List<String> keyStoreProcess(List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                KeyStoreProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
