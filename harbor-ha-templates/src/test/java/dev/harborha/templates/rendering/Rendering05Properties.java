package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.model.Storage;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.testing.Clusters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the files of every sound cluster of Harbor 0.5. */
class Rendering05Properties {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final int TRIES = 60;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound05();
    }

    private static Bundle render(Cluster cluster) {
        return TestKeys.HARBOR.render(cluster, KEYS);
    }

    private static NodeFiles node(Bundle bundle, Node node) {
        return NodeFiles.of(bundle, node.name());
    }

    /** The generator leaves out no kind of storage that the model knows. */
    @Example
    void everyKindOfStorageIsRendered() {
        Set<Class<?>> missing = new HashSet<>(Arrays.asList(Storage.class.getPermittedSubclasses()));
        Clusters.sound05()
                .sampleStream()
                .limit(2000)
                .takeWhile(cluster -> !missing.isEmpty())
                .forEach(cluster -> {
                    if (missing.remove(cluster.storage().getClass())) {
                        Bundle bundle = render(cluster);
                        for (Node node : cluster.nodes()) {
                            assertThat(node(bundle, node)
                                            .registryConfig()
                                            .path("storage")
                                            .fieldNames())
                                    .toIterable()
                                    .containsExactly("cache", cluster.storage().driver(), "maintenance", "delete");
                        }
                    }
                });
        assertThat(missing).isEmpty();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void clientsAreSentToOneRealm(@ForAll("clusters") Cluster cluster) {
        Bundle bundle = render(cluster);
        for (Node node : cluster.nodes()) {
            NodeFiles files = node(bundle, node);
            assertThat(files.registryConfig().at("/auth/token/realm").asText())
                    .isEqualTo(cluster.publicUrl() + "/service/token");
            assertThat(files.uiEnv())
                    .containsEntry("EXT_ENDPOINT", cluster.publicUrl().toString());
            assertThat(files.jobserviceEnv())
                    .containsEntry("EXT_ENDPOINT", cluster.publicUrl().toString());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void allNodesHaveOneSetOfKeys(@ForAll("clusters") Cluster cluster) {
        Bundle bundle = render(cluster);
        for (Node node : cluster.nodes()) {
            NodeFiles files = node(bundle, node);
            assertThat(files.text("make/common/templates/ui/private_key.pem"))
                    .isEqualTo(KEYS.tokenKey().reveal());
            assertThat(files.text("make/common/templates/registry/root.crt")).isEqualTo(KEYS.tokenCertificate());
            assertThat(files.text("data/secretkey"))
                    .isEqualTo(KEYS.secretKey().reveal())
                    .hasSize(16);
            for (Map<String, String> env : List.of(files.uiEnv(), files.jobserviceEnv())) {
                assertThat(env).containsEntry("UI_SECRET", KEYS.uiSecret().reveal());
                assertThat(env).containsEntry("SECRET_KEY", KEYS.secretKey().reveal());
            }
            assertThat(files.registryConfig().at("/http/secret").asText())
                    .isEqualTo(KEYS.registryHttpSecret().reveal());
        }
    }

    /** Nodes differ in nothing but their way to a job service that only one of them runs. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void nodesHaveTheSameFiles(@ForAll("clusters") Cluster cluster) {
        Bundle bundle = render(cluster);
        NodeFiles first = node(bundle, cluster.nodes().get(0));
        for (Node node : cluster.nodes()) {
            NodeFiles files = node(bundle, node);
            assertThat(files.paths()).isEqualTo(first.paths());
            for (String path : files.paths()) {
                if (!path.endsWith("ui/env") || cluster.jobserviceNode().isEmpty()) {
                    assertThat(files.text(path)).as(path).isEqualTo(first.text(path));
                }
            }
            boolean runsJobs = cluster.jobserviceNode().map(node.name()::equals).orElse(true);
            assertThat(files.uiEnv().get("JOB_SERVICE_URL").equals("http://jobservice"))
                    .isEqualTo(runsJobs);
        }
    }

    /** {@code prepare} decodes what it reads by the machine's locale, of which ASCII is the common part. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatPrepareReadsIsAscii(@ForAll("clusters") Cluster cluster) {
        for (RenderedFile file : render(cluster).files()) {
            if (file.path().startsWith("nodes/")) {
                assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(file.content()))
                        .as(file.path())
                        .isTrue();
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theStorageIsWhatTheRegistryIsTold(@ForAll("clusters") Cluster cluster) {
        JsonNode storage =
                node(render(cluster), cluster.nodes().get(0)).registryConfig().path("storage");
        assertThat(storage.path(cluster.storage().driver()))
                .isEqualTo(PythonJudge.tree(ExpectedStorage.of(cluster.storage(), "/etc/harbor-ha/gcs-key.json")));
    }
}
