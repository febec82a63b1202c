package dev.harborha.templates.harbor2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.PythonJudge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a service finds in its container: the rendered files of a node under the paths where a compose file mounts them.
 *
 * @param files the texts by their paths in the container
 * @param missing what is mounted and is neither rendered nor made by the node's {@code install.sh}
 */
record Container(SortedMap<String, String> files, List<String> missing) {

    private record Mount(String source, String target) {

        static Mount of(JsonNode volume) {
            if (volume.isTextual()) {
                String[] parts = volume.asText().split(":", -1);
                return new Mount(withoutSlash(parts[0]), withoutSlash(parts[1]));
            }
            return new Mount(
                    volume.path("source").asText(), volume.path("target").asText());
        }

        private static String withoutSlash(String path) {
            return path.replaceFirst("/$", "");
        }
    }

    /** Returns what the first node's compose file of that name mounts for a service. */
    static Container of(Bundle bundle, Cluster cluster, String composeFile, Service service) {
        return of(bundle, cluster, read(composeFile(bundle, cluster, composeFile)), service);
    }

    /** Returns what a compose file of the first node mounts for a service. */
    static Container of(Bundle bundle, Cluster cluster, JsonNode compose, Service service) {
        Node node = cluster.nodes().get(0);
        String machine = "nodes/" + node.name();
        String install = cluster.deployment().installDir().text();
        String script = bundle.get(machine + "/install.sh").orElseThrow().content();
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode volume : compose.path("services").path(service.text()).path("volumes")) {
            mounts.add(Mount.of(volume));
        }
        // A mount inside another one is made after it.
        mounts.sort(Comparator.comparing(mount -> mount.target().length()));
        SortedMap<String, String> files = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (Mount mount : mounts) {
            String source =
                    mount.source().startsWith("./") ? install + mount.source().substring(1) : mount.source();
            boolean found = script.contains(" " + source + "\n") || script.contains(" " + source + "/");
            for (RenderedFile file : bundle.files()) {
                String path = file.path();
                if (path.equals(machine + source) || path.startsWith(machine + source + "/")) {
                    files.put(mount.target() + path.substring(machine.length() + source.length()), file.content());
                    found = true;
                }
            }
            if (!found) {
                missing.add(source);
            }
        }
        return new Container(files, missing);
    }

    /** Returns the names of the services of the first node, by which its containers call each other. */
    static List<String> services(Bundle bundle, Cluster cluster) {
        List<String> names = new ArrayList<>();
        read(composeFile(bundle, cluster, "docker-compose.yml"))
                .path("services")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    /** Returns the text of the first node's compose file of that name. */
    static String composeFile(Bundle bundle, Cluster cluster, String name) {
        String install =
                "nodes/" + cluster.nodes().get(0).name() + cluster.deployment().installDir();
        return bundle.get(install + "/" + name).orElseThrow().content();
    }

    /** Reads a compose file as a tree. */
    static JsonNode read(String yaml) {
        return PythonJudge.tree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }
}
