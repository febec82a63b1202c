package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reads a cluster file in a process of its own and prints it as it would be written, or its refusal. */
final class ChildProgram {

    private ChildProgram() {}

    public static void main(String[] args) {
        try {
            System.out.print(ClusterFile.write(ClusterFile.read(Path.of(args[0]))));
        } catch (ClusterFileException e) {
            System.out.println(e.getMessage());
        }
    }

    /**
     * Runs it and returns what it printed and which classes it loaded, the latter only where it is started without {@code
     * prefix}.
     *
     * @param prefix a program that starts another one, with its options
     */
    static List<String> run(Path file, String... prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (prefix.length == 0) {
            command.add("-Xlog:class+load");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ChildProgram.class.getName(), file.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            String reason = "The program " + command.get(0) + " cannot be started.";
            if (Boolean.getBoolean("harborha.requirePrograms")) {
                fail(reason + " -Dharborha.requirePrograms=true makes that a failure.", e);
            }
            Assumptions.abort(reason);
            throw new IllegalStateException("unreachable", e);
        }
    }
}
