package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.model.Cluster;
import dev.harborha.model.Storage;
import dev.harborha.prepare.EnvReader;
import dev.harborha.testing.Clusters;
import dev.harborha.testing.Secrets;
import dev.harborha.testing.Storages;
import dev.harborha.testing.Texts;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The programs that read a node's files read what the cluster says. */
class RealReadersProperties {

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound05();
    }

    @Provide
    Arbitrary<Storage> storages() {
        return Storages.with(Secrets.resolved(Texts.any()));
    }

    private static NodeFiles first(Cluster cluster) {
        return NodeFiles.of(
                TestKeys.HARBOR.render(cluster, TestKeys.KEYS),
                cluster.nodes().get(0).name());
    }

    /** Go's reader of YAML is one of version 1.1, as PyYAML is. */
    @AddLifecycleHook(NeedsProgram.Python3.class)
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void pyYamlReadsTheStorage(@ForAll("storages") Storage storage) {
        NodeFiles node = first(Scenarios.post().toBuilder().storage(storage).build());
        String config = Judges.filledByPython3(
                        node.text("make/common/templates/registry/config.yml"),
                        Map.of("ui_url", "http://wrong.example.com"))
                .orElseThrow();
        JsonNode read = Judges.yaml(config);
        assertThat(read.at("/storage/" + storage.driver()))
                .isEqualTo(PythonJudge.tree(ExpectedStorage.of(storage, "/etc/harbor-ha/gcs-key.json")));
        assertThat(read).isEqualTo(node.registryConfig());
    }

    @AddLifecycleHook(NeedsProgram.Compose1.class)
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void dockerComposesOfAllAgesReadTheSame(@ForAll("clusters") Cluster cluster) {
        NodeFiles node = first(cluster);
        for (String template : new String[] {"ui/env", "jobservice/env"}) {
            String text = node.prepared(template);
            Map<String, String> raw = EnvReaders.raw(text);
            assertThat(EnvReader.COMPOSE.read(text)).isEqualTo(raw);
            assertThat(Judges.compose1(text)).isEqualTo(PythonJudge.tree(raw));
        }
    }

    @AddLifecycleHook(NeedsProgram.Python2.class)
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void python2ReadsTheConfigurationAndFillsTheTemplates(@ForAll("clusters") Cluster cluster) {
        NodeFiles node = first(cluster);
        assertThat(Judges.cfg(node.text("make/harbor.cfg"))).isEqualTo(PythonJudge.tree(node.cfg()));
        assertThat(node.cfg())
                .containsEntry("harbor_admin_password", cluster.adminPassword().reveal());
        assertThat(node.cfg())
                .containsEntry("db_password", cluster.database().password().reveal());
        for (String path : new String[] {"ui/env", "jobservice/env", "registry/config.yml", "nginx/nginx.http.conf"}) {
            assertThat(Judges.filledByPython2(node.text("make/common/templates/" + path), node.values()))
                    .contains(node.prepared(path));
        }
    }
}
