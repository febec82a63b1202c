package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.PythonJudge;
import dev.harborha.templates.rendering.TestKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The YAML files of both deliveries mean the same to PyYAML, which Harbor's {@code prepare} uses, and to SnakeYAML. */
class YamlReadersTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    /** The oldest, one with everything that is gone by now or just came, and the newest. */
    static List<HarborVersion> releases() {
        return List.of(Scenario.newestOfEachLine().get(0), HarborVersion.parse("2.7.4"), HarborVersion.newest());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void twoReadersReadTheSame(HarborVersion release) {
        Set<String> texts = new HashSet<>();
        for (Scenario scenario : Scenario.ALL) {
            if (scenario.runsOn(release)) {
                Cluster cluster = scenario.in(release);
                addYaml(texts, cluster);
                addYaml(texts, PreparedNode.installer(cluster));
            }
        }
        assertThat(texts).hasSizeGreaterThan(50);
        for (String text : texts) {
            assertThat(Judges.yaml(text)).as(text).isEqualTo(PythonJudge.tree(snakeYaml(text)));
        }
    }

    private static void addYaml(Set<String> texts, Cluster cluster) {
        for (RenderedFile file : TestKeys.HARBOR.render(cluster, KEYS).files()) {
            if (file.path().endsWith(".yml")) {
                texts.add(file.content());
            }
        }
    }

    /** Unlike PyYAML, it refuses a key that stands twice. */
    private static Object snakeYaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text);
    }
}
