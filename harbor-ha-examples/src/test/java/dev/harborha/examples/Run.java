package dev.harborha.examples;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/** What one run of the command line in this process said. */
record Run(int code, String out, String err) {

    /** Runs the command line, with nobody watching. */
    static Run of(Object... args) {
        return run("", false, false, args);
    }

    /** Runs the command line with somebody at a terminal. */
    static Run watched(Object... args) {
        return run("", true, false, args);
    }

    /** Runs the command line with standard output at a terminal. */
    static Run coloured(Object... args) {
        return run("", false, true, args);
    }

    /** Runs the command line with a text at standard input. */
    static Run reading(String in, Object... args) {
        return run(in, false, false, args);
    }

    private static Run run(String in, boolean interactive, boolean colour, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new StringReader(in), new PrintWriter(out), new PrintWriter(err), interactive, colour, false);
        int code = HarborHaCommand.run(
                terminal, Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    /** Writes a sample cluster to a folder, and puts keys beside it that are drawn once for all tests. */
    static Path sample(Path folder) {
        Path file = folder.resolve("cluster.yaml");
        TextFiles.write(file, of("init").out());
        SampleKeys.KEYS.save(folder.resolve("keys"));
        return file;
    }
}
