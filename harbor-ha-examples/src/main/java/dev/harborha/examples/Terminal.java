package dev.harborha.examples;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out standard output, for findings and other results
 * @param err standard error, for all else
 * @param interactive whether somebody watches standard error, so that progress may be shown there
 * @param colour whether results may have colours
 * @param debug whether the trace of an unexpected failure is shown
 */
record Terminal(Reader in, PrintWriter out, PrintWriter err, boolean interactive, boolean colour, boolean debug) {

    /** Returns the terminal of this process. Text is UTF-8 on every machine, as files are. */
    static Terminal ofProcess() {
        return new Terminal(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                isTerminal(2),
                isTerminal(1) && takesColour(System.getenv()),
                isSet(System.getenv("HARBORHA_DEBUG")));
    }

    /** Writes to the descriptor itself, because {@code System.out} keeps it to itself when a write fails. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), false);
    }

    /**
     * Looks where the descriptor leads: {@code System.console()} tells of the other two streams only. Where the system does not
     * show that, nobody is taken to watch.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Tells whether a terminal is to have colours: not a dumb one, and not where NO_COLOR is set (https://no-color.org). */
    static boolean takesColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0");
    }

    /** Writes a line to standard error at once. */
    void say(String line) {
        err.print(line);
        err.print('\n');
        err.flush();
    }
}
