package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class ProgramsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void keys() {
        SampleKeys.KEYS.save(folder.resolve("keys"));
    }

    private interface Program {
        void start(String[] args) throws IOException;
    }

    private String run(Program program) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            program.start(new String[] {folder.toString()});
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void minimalCluster() throws IOException {
        assertThat(run(MinimalCluster::main)).contains("2 warnings").contains("go on with the INSTALL.md");
        assertThat(folder.resolve("out/nodes/harbor-2/make/harbor.cfg")).exists();
    }

    @Test
    void fullCluster() throws IOException {
        String said = run(FullCluster::main);
        assertThat(said)
                .contains("accepted: storage.sharing-unproven, because Pushes")
                .doesNotContain("ERROR", "WARNING")
                .contains("With a fourth node");
        assertThat(folder.resolve("out/lb/lb-a/etc/nginx/nginx.conf"))
                .content()
                .contains("/etc/nginx/tls/registry.crt");
        assertThat(folder.resolve("out/nodes/harbor-3/make/harbor.cfg"))
                .content()
                .contains("mail.example.com");
        assertThat(folder.resolve("out/nodes/harbor-4")).doesNotExist();
    }

    @Test
    void ownRuleAndRenderer() throws IOException {
        String said = run(OwnRuleAndRenderer::main);
        assertThat(said)
                .contains("WARNING example.unusual-node-name at cluster.nodes[registry-b]")
                .doesNotContain("example.unusual-node-name at cluster.nodes[harbor-1]");
        assertThat(folder.resolve("out/monitoring/etc/prometheus/targets/harbor.json"))
                .content()
                .contains("10.0.0.11:9100", "10.0.0.12:9100", "harbor.example.com");
        assertThat(folder.resolve("out/INSTALL.md")).exists();
    }
}
