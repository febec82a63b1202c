package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One program that runs in the foreground, with its output in a file.
 *
 * <p>Only this process and those that it started itself are ever ended, by their process ids.
 */
final class RunningProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Path log;

    private RunningProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program with a clean environment: nothing is inherited but the search path.
     *
     * @param name how messages and the log file call it
     * @param folder its working folder, which also gets the log file
     * @param environment its environment variables
     * @param command the program and its arguments
     * @return the running program
     */
    static RunningProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        String searchPath = builder.environment().get("PATH");
        builder.environment().clear();
        if (searchPath != null) {
            builder.environment().put("PATH", searchPath);
        }
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new RunningProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + command, e);
        }
    }

    /**
     * Waits until the program accepts connections.
     *
     * @param address where it is to listen
     * @return this process
     * @throws IllegalStateException with the end of its log, if it ends or does not listen in time
     */
    RunningProcess awaitListening(InetSocketAddress address) {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        name + " ended with status " + process.exitValue() + " at its start:\n" + logTail(40));
            }
            if (listens(address)) {
                return this;
            }
            pause(20);
        }
        throw new IllegalStateException(
                name + " does not listen on " + address + " after " + START.toSeconds() + " seconds:\n" + logTail(40));
    }

    /**
     * Waits for the program to end by itself.
     *
     * @return its exit status
     */
    int awaitEnd() {
        try {
            if (!process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new IllegalStateException(name + " did not end in time:\n" + logTail(40));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.exitValue();
    }

    /** Ends the program and all processes that it started at once (SIGKILL), as a lost machine would. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        // The parent went first, so that it could not replace the children that follow.
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(STOP.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Returns how much memory this process and those that it started have (VmRSS), in bytes. */
    long residentMemory() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(handle -> residentMemory(handle.pid()))
                .sum();
    }

    private static long residentMemory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    /** Returns how long processors have worked for this process and those that it started and that still run. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Returns how large the files are that this process and those that it started have open, and that have no name any more, as
     * nginx makes them for what it keeps for a while.
     */
    long bytesOfRemovedFiles() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(handle -> bytesOfRemovedFiles(handle.pid()))
                .sum();
    }

    private static long bytesOfRemovedFiles(long pid) {
        long bytes = 0;
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : open.toList()) {
                String name = Files.readSymbolicLink(file).toString();
                if (name.startsWith("/") && name.endsWith(" (deleted)") && !name.startsWith("/dev/")) {
                    bytes += Files.size(file);
                }
            }
        } catch (IOException | UncheckedIOException closed) {
            return bytes;
        }
        return bytes;
    }

    /** Returns the process id. */
    long pid() {
        return process.pid();
    }

    /**
     * Sends a signal to the program alone.
     *
     * @param name the signal's name, without {@code SIG}
     */
    void signal(String name) {
        signal(name, List.of(process.toHandle()));
    }

    /** Stops the program and all processes that it started where they are (SIGSTOP), as a machine that hangs. */
    void freeze() {
        signal(
                "STOP",
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .toList());
    }

    /** Lets a frozen program go on. */
    void thaw() {
        signal(
                "CONT",
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .toList());
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(handle -> command.add(Long.toString(handle.pid())));
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Tells whether the program runs.
     *
     * @return true until it has ended
     */
    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Reads what the program has printed.
     *
     * @return its standard output and standard error
     */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the end of what the program has printed.
     *
     * @param lines how many lines at most
     * @return the last lines
     */
    String logTail(int lines) {
        List<String> all = log().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** Ends the program in order (SIGTERM), and with force if it takes too long. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }

    /**
     * Tells whether anybody accepts connections.
     *
     * @param address where
     * @return true if somebody does
     */
    static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
