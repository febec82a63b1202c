package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The folder of every node, with the script that lays it down. Nodes share their texts: each is made once, and what depends on
 * the port of a node once for each port.
 */
final class NodeFolders {

    private final Cluster cluster;
    private final Function<Node, List<RenderedFile>> ofPort;
    private final List<RenderedFile> shared;
    private final Map<Integer, List<RenderedFile>> byPort = new HashMap<>();

    private NodeFolders(Cluster cluster, Function<Node, List<RenderedFile>> ofPort, List<RenderedFile> shared) {
        this.cluster = cluster;
        this.ofPort = ofPort;
        this.shared = new ArrayList<>(shared);
        this.shared.addAll(BootUnit.files(cluster));
    }

    /**
     * Returns the files of all nodes.
     *
     * @param ofPort returns the files whose texts depend on the port of a node, at the same paths for every port
     * @param shared the files that are the same on every node
     */
    static List<RenderedFile> of(
            Cluster cluster, Function<Node, List<RenderedFile>> ofPort, List<RenderedFile> shared) {
        NodeFolders folders = new NodeFolders(cluster, ofPort, shared);
        List<RenderedFile> files = new ArrayList<>();
        String script = "";
        for (Node node : cluster.nodes()) {
            String machine = "nodes/" + node.name();
            List<RenderedFile> ofNode = folders.filesIn(machine, node);
            if (script.isEmpty()) {
                script = InstallScript.of(cluster, ofNode, machine);
            }
            files.addAll(ofNode);
            files.add(new RenderedFile(machine + "/install.sh", script, Mode.EXECUTABLE, Owner.ROOT, false));
        }
        return files;
    }

    private List<RenderedFile> filesIn(String machine, Node node) {
        List<RenderedFile> own = byPort.computeIfAbsent(cluster.portOf(node), port -> ofPort.apply(node));
        List<RenderedFile> files = new ArrayList<>(own.size() + shared.size());
        own.forEach(file -> files.add(at(machine, file)));
        shared.forEach(file -> files.add(at(machine, file)));
        return files;
    }

    private static RenderedFile at(String machine, RenderedFile file) {
        return new RenderedFile(machine + "/" + file.path(), file.content(), file.mode(), file.owner(), file.secret());
    }
}
