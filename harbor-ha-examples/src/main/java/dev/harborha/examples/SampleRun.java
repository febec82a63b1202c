package dev.harborha.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The command line's main job, from nothing: {@code init}, {@code check} and {@code render} in one folder, and a look at
 * what was made. The README's first command runs it.
 */
public final class SampleRun {

    private SampleRun() {}

    /**
     * Runs the three commands.
     *
     * @param args the folder to work in; what an earlier run left there is kept and used
     */
    public static void main(String[] args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "harbor-ha-sample");
        Terminal terminal = Terminal.ofProcess();
        try {
            int code = run(folder, terminal);
            terminal.out().flush();
            System.exit(code);
        } catch (IOException | UncheckedIOException e) {
            terminal.say("The sample could not be written to " + folder + ": " + e.getMessage());
            System.exit(ExitCode.WRONG_INPUT);
        }
    }

    static int run(Path folder, Terminal terminal) throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Path output = folder.resolve("out");
        Files.createDirectories(folder);
        terminal.out().println("$ harbor-ha init > " + file);
        if (!Files.exists(file)) {
            StringWriter sample = new StringWriter();
            int code = HarborHaCommand.run(onto(sample, terminal), "init");
            if (code != ExitCode.OK) {
                return code;
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, sample.toString());
        }
        terminal.out().println("$ harbor-ha render " + file + " -o " + output);
        terminal.out().flush();
        int code = HarborHaCommand.run(terminal, "render", file.toString(), "-o", output.toString());
        if (code == ExitCode.OK) {
            terminal.out().println();
            printTree(folder, terminal.out());
        }
        return code;
    }

    private static Terminal onto(StringWriter text, Terminal terminal) {
        return new Terminal(terminal.in(), new PrintWriter(text), terminal.err(), false, false, terminal.debug());
    }

    private static void printTree(Path folder, PrintWriter out) throws IOException {
        out.println(folder + "/");
        printBelow(folder, "", out);
    }

    private static void printBelow(Path folder, String indent, PrintWriter out) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted(Comparator.comparing(Path::toString)).toList();
        }
        for (Path entry : entries) {
            Path shown = withoutForks(entry);
            Path name = folder.relativize(shown);
            if (Files.isDirectory(shown)) {
                out.println(indent + "  " + name + "/");
                printBelow(shown, indent + "  ", out);
            } else {
                out.println(String.format(
                        Locale.ROOT,
                        "%-56s %s %6d",
                        indent + "  " + name,
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(shown)),
                        Files.size(shown)));
            }
        }
    }

    /** Goes down while a folder holds nothing but one folder, so that the tree stays short. */
    private static Path withoutForks(Path entry) throws IOException {
        Path shown = entry;
        while (Files.isDirectory(shown)) {
            List<Path> below;
            try (Stream<Path> listed = Files.list(shown)) {
                below = listed.limit(2).toList();
            }
            if (below.size() != 1 || !Files.isDirectory(below.get(0))) {
                return shown;
            }
            shown = below.get(0);
        }
        return shown;
    }
}
