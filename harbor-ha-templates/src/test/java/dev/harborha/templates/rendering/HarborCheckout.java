package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The {@code make} folder of Harbor 0.5.0's source with a node's rendered tree over it, on a machine whose files are in a folder
 * of the test.
 *
 * @param make the folder that holds {@code prepare}
 * @param data the folder that stands for {@code /data}
 */
record HarborCheckout(Path make, Path data) {

    private static final String SOURCE = "harborha.harborSource";

    /** Lays a node over the source that {@code -Dharborha.harborSource} names; skips the test without it. */
    static HarborCheckout of(Path folder, Bundle bundle, String node) throws IOException {
        String source = System.getProperty(SOURCE, "");
        assumeTrue(!source.isEmpty(), SOURCE + " is not set; it names a git folder of Harbor");
        Path machine = Files.createDirectories(folder.resolve(node));
        Path archive = machine.resolve("make.tar");
        run(machine, Program.require("git"), "-C", source, "archive", "-o", archive.toString(), "0.5.0", "make");
        run(machine, Program.require("tar"), "-xf", archive.toString());
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith("nodes/" + node + "/")) {
                Path target = folder.resolve(file.path().substring("nodes/".length()));
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.content());
            }
        }
        return new HarborCheckout(machine.resolve("make"), machine.resolve("data"));
    }

    /** Runs Harbor's own script and returns what it wrote, by path. */
    SortedMap<String, String> prepare() throws IOException {
        Path python = Program.python2()
                .orElseThrow(() ->
                        new TestAbortedException("There is no Python 2.7; -D" + Program.PYTHON2 + "=PATH names one."));
        Program.Result result = Program.run(
                        make,
                        Map.of("LC_ALL", "C"),
                        List.of(python.toString(), "./prepare", "--data-volume", data.toString()))
                .succeeded();
        assertThat(result.output()).contains("loaded secret key").contains("The configuration files are ready");
        SortedMap<String, String> written = new TreeMap<>();
        Path config = make.resolve("common/config");
        try (Stream<Path> files = Files.walk(config)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.put(config.relativize(file).toString(), Files.readString(file));
            }
        }
        return written;
    }

    private static void run(Path folder, Path program, String... arguments) {
        Program.run(
                        folder,
                        Map.of(),
                        Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                                .toList())
                .succeeded();
    }
}
