package dev.harborha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Processes that tests start: programs of the system, and JVMs of their own. */
public final class ChildProcess {

    private static final long SECONDS = 60;

    private ChildProcess() {}

    /** How a process ended, and what it wrote to standard output and standard error. */
    public record Result(int exitCode, String output) {

        Result requireSuccess() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }
    }

    /** Runs a main class in a JVM of its own, after the given words, and waits for its end. */
    public static Result java(List<String> before, Class<?> main, String... arguments) {
        return await(startJava(before, main, arguments));
    }

    static Process startJava(List<String> before, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    static Process start(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result await(Process process) {
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("A process did not end within " + SECONDS + " seconds; it said: " + output.join());
            }
            return new Result(process.exitValue(), output.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Returns the words before a command that take root's power to ignore modes away; none for other users. */
    public static List<String> withoutRootPowers() {
        if (!await(start(List.of("id", "-u"))).output().strip().equals("0")) {
            return List.of();
        }
        List<String> words = List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner");
        require("setpriv (util-linux) is missing, so root cannot be kept from ignoring modes", words);
        return words;
    }

    /** Skips the test, visibly, when the given words cannot run {@code true}; fails where programs are required. */
    static void require(String reason, List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.add("true");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Result result = await(process);
            if (result.exitCode() != 0) {
                missing(reason + ": " + result.output().strip());
            }
        } catch (IOException e) {
            missing(reason + ": " + e.getMessage());
        }
    }

    private static void missing(String reason) {
        if (Boolean.getBoolean("harborha.requirePrograms")) {
            fail(reason + "; harborha.requirePrograms is set, so this fails");
        }
        abort(reason);
    }
}
