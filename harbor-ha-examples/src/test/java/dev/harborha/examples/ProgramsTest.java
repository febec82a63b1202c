package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Jobservice;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.NodeTls;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(folder.resolve("out/nodes/harbor-2/opt/harbor/docker-compose.yml"))
                .exists();
    }

    @Test
    void fullCluster() throws IOException {
        String said = run(FullCluster::main);
        assertThat(said)
                .contains("accepted: storage.carries-all-traffic, because The store")
                .contains("Found in the files: ")
                .doesNotContain("ERROR", "WARNING")
                .contains("With a fourth node 46 files would change.");
        assertThat(folder.resolve("out/lb/lb-a/etc/nginx/nginx.conf"))
                .content()
                .contains("/etc/nginx/tls/registry.crt");
        assertThat(folder.resolve("out/nodes/harbor-3/srv/harbor/docker-compose.yml"))
                .content()
                .contains("8443:8443", "mirror.example.com/goharbor/harbor-core:v2.15.2");
        assertThat(folder.resolve("out/nodes/harbor-4")).doesNotExist();
    }

    /** Every call that describes a part of Harbor 2.x stands in that program, but for other choices and what only 0.5 has. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                ClusterBuilder.class,
                Deployment.Builder.class,
                HarborLog.Builder.class,
                HarborYml.Builder.class,
                Jobservice.Builder.class,
                LoadBalancer.Builder.class,
                NodeTls.Builder.class,
                OutboundProxy.Builder.class,
                S3Storage.Builder.class,
                SharedDb.Builder.class,
                SharedRedis.Builder.class,
                Trace.Builder.class,
                Trivy.Builder.class
            })
    void fullClusterLeavesNoCallOut(Class<?> builder) {
        Set<String> otherStores = Set.of("azure", "gcs", "oss", "swift", "sharedFilesystem", "storage");
        Set<String> otherChoices =
                Set.of("external", "certificatePem", "installer", "delivery", "noUploadPurging", "jaegerAgent", "otel");
        Set<String> of05 = Set.of("kind", "jobserviceOn", "harborCfg", "sessionDatabase", "poolSize");
        Set<String> ofNoUseHere = Set.of("withoutNode", "drain", "build", "jaeger");
        String program = TextFiles.read(Path.of("src/main/java/dev/harborha/examples/FullCluster.java"));
        assertThat(builder.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .extracting(Method::getName)
                .filteredOn(name ->
                        Stream.of(otherStores, otherChoices, of05, ofNoUseHere).noneMatch(left -> left.contains(name)))
                .isNotEmpty()
                .allMatch(call -> program.contains("." + call + "("));
    }

    @Test
    void harbor05Cluster() throws IOException {
        assertThat(run(Harbor05Cluster::main))
                .contains("waived storage.sharing-unproven")
                .doesNotContain("ERROR", "WARNING")
                .contains("go on with the INSTALL.md");
        assertThat(folder.resolve("out/lb/lb-a/etc/nginx/nginx.conf"))
                .content()
                .contains("/etc/nginx/tls/registry.crt");
        assertThat(folder.resolve("out/nodes/harbor-3/make/harbor.cfg"))
                .content()
                .contains("mail.example.com");
    }

    @Test
    void ownRuleAndRenderer() throws IOException {
        String said = run(OwnRuleAndRenderer::main);
        assertThat(said)
                .containsPattern("WARNING example\\.unusual-node-name: .*\n  cluster\\.nodes\\[registry-b]\n")
                .doesNotContain("cluster.nodes[harbor-1]");
        assertThat(folder.resolve("out/monitoring/etc/prometheus/targets/harbor.json"))
                .content()
                .contains("10.0.0.11:9100", "10.0.0.12:9100", "harbor.example.com");
        assertThat(folder.resolve("out/INSTALL.md")).exists();
    }
}
