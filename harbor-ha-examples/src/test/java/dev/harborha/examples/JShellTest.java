package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script in the JShell of this very Java. */
class JShellTest {

    private static final Path JSHELL = Path.of(System.getProperty("java.home"), "bin", "jshell");
    private static final Path SCRIPT = Path.of("jshell", "harbor-ha.jsh").toAbsolutePath();

    @Test
    void theScriptDescribesChecksAndRenders(@TempDir Path folder) throws IOException, InterruptedException {
        ChildProcess jshell = ChildProcess.run(
                folder,
                List.of(
                        JSHELL.toString(),
                        "-J-Duser.home=" + folder,
                        "-R-Djava.io.tmpdir=" + folder,
                        "--class-path",
                        System.getProperty("java.class.path"),
                        SCRIPT.toString()));
        assertThat(jshell.code()).isZero();
        assertThat(jshell.out())
                .contains("WARNING lb.single-load-balancer")
                .contains("Bundle of 50 files in " + folder)
                .contains("  nodes/harbor-2/opt/harbor/docker-compose.yml")
                .contains("/exit leaves.")
                .doesNotContain("Error:", "Exception");
        assertThat(jshell.err()).doesNotContain("Error", "Exception");
    }
}
