package dev.harborha.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that pins an older Jackson: the command line, which reads and writes YAML and JSON, runs with Jackson 2.15 in the
 * place of the version that this library is built with, and says and writes the same.
 */
final class OlderJacksonIT {

    private static final String MAIN = "dev.harborha.examples.HarborHaCommand";

    @TempDir
    Path folder;

    @Test
    void rendersTheSameWithJackson215() throws Exception {
        String own = System.getProperty("java.class.path");
        String older = withOlderJackson(own);
        assertThat(older).contains("jackson-core-2.15.4.jar").doesNotContain("2.22");

        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, run(older, "init"));
        // The first render makes the keys that both use.
        run(older, "render", file.toString(), "-o", folder.resolve("older").toString());
        run(own, "render", file.toString(), "-o", folder.resolve("own").toString());
        assertThat(tree(folder.resolve("older"))).isNotEmpty().isEqualTo(tree(folder.resolve("own")));

        assertThat(run(older, "check", file.toString(), "--format", "json"))
                .contains("\"version\"")
                .isEqualTo(run(own, "check", file.toString(), "--format", "json"));
    }

    private static String withOlderJackson(String classPath) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : List.of(classPath.split(File.pathSeparator, -1))) {
            String name = String.valueOf(Path.of(entry).getFileName());
            if (!name.startsWith("jackson-") && !name.startsWith("snakeyaml-")) {
                entries.add(entry);
            }
        }
        try (Stream<Path> jars = Files.list(Path.of("target", "jackson-2.15"))) {
            jars.map(Path::toString).sorted().forEach(entries::add);
        }
        return String.join(File.pathSeparator, entries);
    }

    private String run(String classPath, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, MAIN));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ends within two minutes").isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    private static List<String> tree(Path root) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.add(root.relativize(file) + "\n" + Files.readString(file));
            }
        }
        return files;
    }
}
