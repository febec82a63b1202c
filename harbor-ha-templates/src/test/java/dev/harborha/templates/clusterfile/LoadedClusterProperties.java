package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.ModelPath;
import dev.harborha.secret.Secret;
import dev.harborha.testing.Clusters;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Places are held against those that SnakeYAML itself tells of a file. */
class LoadedClusterProperties {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)]");

    private Path file = Path.of("");

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("cluster", ".yaml");
    }

    @AfterProperty
    void removeFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    /**
     * Where a walk over the nodes of a file ends.
     *
     * @param mark where the last element that is there begins
     * @param value that element
     * @param whole whether it is the one that was looked for
     */
    private record End(Mark mark, Node value, boolean whole) {}

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everySecretStandsWhereItsPlaceSays(@ForAll("clusters") Cluster cluster) throws IOException {
        String yaml = ClusterFile.write(cluster);
        Files.writeString(file, yaml);
        LoadedCluster loaded = ClusterFile.load(file);
        Node root = compose(yaml);
        for (Map.Entry<ModelPath, Secret> entry : cluster.secrets().entrySet()) {
            String path = entry.getKey().text();
            if (path.startsWith("cluster.loadBalancers") && hasTwoOfOneName(cluster)) {
                continue; // that path names both
            }
            End end = walk(root, path);
            assertThat(end.whole()).as("%s is in the file", path).isTrue();
            assertThat(end.value())
                    .isInstanceOfSatisfying(
                            ScalarNode.class,
                            scalar -> assertThat(scalar.getValue())
                                    .as("the value of %s", path)
                                    .isEqualTo(SecretText.of(entry.getValue())));
            Location place = loaded.locate(entry.getKey()).orElseThrow();
            assertSame(path, place, end);
            assertThat(textAt(yaml, place)).startsWith(path.substring(path.lastIndexOf('.') + 1) + ":");
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyFindingIsWhereTheFileHasItsElement(@ForAll("clusters") Cluster cluster) throws IOException {
        String yaml = ClusterFile.write(cluster);
        Files.writeString(file, yaml);
        LoadedCluster loaded = ClusterFile.load(file);
        Node root = compose(yaml);
        List<Finding> findings = HarborHa.create()
                .check(loaded.cluster())
                .located(loaded::locate)
                .findings();
        assertThat(findings).isNotEmpty();
        for (Finding finding : findings) {
            String path = asInFile(root, finding.path().text());
            End end = walk(root, path);
            assertSame(path, finding.location().orElseThrow(), end);
            // Such a setting is always said, but for the idle connections, which follow the open ones.
            boolean said = finding.id().equals("setting.not-in-release") && !path.endsWith(".maxIdleConns");
            assertThat(end.whole() || !said).as("%s is in the file", path).isTrue();
        }
    }

    private static boolean hasTwoOfOneName(Cluster cluster) {
        return cluster.loadBalancers().stream()
                        .map(LoadBalancer::name)
                        .distinct()
                        .count()
                < cluster.loadBalancers().size();
    }

    private static Node compose(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Yaml(options).compose(new StringReader(yaml));
    }

    private static void assertSame(String path, Location place, End end) {
        assertThat(place.line() + ":" + place.column())
                .as("the place of %s", path)
                .isEqualTo((end.mark().getLine() + 1) + ":" + (end.mark().getColumn() + 1));
    }

    private static String textAt(String yaml, Location place) {
        String line = yaml.lines().skip(place.line() - 1L).findFirst().orElseThrow();
        return line.substring(line.offsetByCodePoints(0, place.column() - 1));
    }

    /** Returns the path with the file's own keys, for what rules name by the model's. */
    private static String asInFile(Node root, String path) {
        String spelled = path.replace(".database.pool.", ".database.")
                .replaceFirst("redis\\.databases\\.(\\w+)$", "redis.$1Database")
                .replaceFirst("uploadPurging\\.(age|interval)Hours$", "uploadPurging.$1")
                .replaceFirst("(frontProxy)\\.addresses$", "$1.from");
        Matcher balancer =
                Pattern.compile("(.*loadBalancers\\[[^]]+])\\.address").matcher(spelled);
        if (balancer.matches()) {
            return Stream.of("nginx", "haproxy", "external")
                    .map(program -> balancer.group(1) + "." + program)
                    .filter(key -> walk(root, key).whole())
                    .findFirst()
                    .orElse(spelled);
        }
        if (spelled.endsWith(".redis.address")
                && walk(root, "cluster.redis.sentinel").whole()) {
            return "cluster.redis.sentinel";
        }
        if (spelled.endsWith(".tenantDomain") && !walk(root, spelled).whole()) {
            return spelled + "Id";
        }
        return spelled;
    }

    /** Goes from element to element as long as the file has the next one. */
    private static End walk(Node root, String path) {
        Node node = root;
        Mark mark = root.getStartMark();
        String last = "";
        Matcher step = STEP.matcher(path);
        for (int at = "cluster".length(); at < path.length(); at = step.end()) {
            assertThat(step.find(at)).as(path).isTrue();
            Optional<NodeTuple> entry = step.group(1) == null ? Optional.empty() : entry(node, step.group(1));
            Optional<Node> item = step.group(1) == null ? item(node, last, step.group(2)) : Optional.empty();
            if (entry.isEmpty() && item.isEmpty()) {
                return new End(mark, node, false);
            }
            last = step.group(1) == null ? last : step.group(1);
            mark = entry.map(found -> found.getKeyNode().getStartMark())
                    .orElseGet(() -> item.orElseThrow().getStartMark());
            node = entry.map(NodeTuple::getValueNode).orElseGet(item::orElseThrow);
        }
        return new End(mark, node, true);
    }

    private static Optional<NodeTuple> entry(Node node, String key) {
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(tuple ->
                                ((ScalarNode) tuple.getKeyNode()).getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the last item of that name. */
    private static Optional<Node> item(Node node, String list, String name) {
        Optional<Node> found = Optional.empty();
        if (node instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                Node item = sequence.getValue().get(i);
                String own = entry(item, list.equals("waivers") ? "rule" : "name")
                        .map(tuple -> ((ScalarNode) tuple.getValueNode()).getValue())
                        .orElse("lb-" + (i + 1));
                if (own.equals(name)) {
                    found = Optional.of(item);
                }
            }
        }
        return found;
    }
}
