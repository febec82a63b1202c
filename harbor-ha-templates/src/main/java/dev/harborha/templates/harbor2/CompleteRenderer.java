package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.Node;
import dev.harborha.model.VersionRange;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes every file that {@code prepare} of Harbor 2.x would write, for each node, so that {@code docker compose up -d} is all
 * that is left to do and {@code prepare} is never run. What it would draw anew on each node at each run comes from the cluster's
 * keys.
 */
public final class CompleteRenderer implements Renderer {

    /** The releases whose files these are. */
    static final VersionRange RELEASES = VersionRange.between("2.0.0", "3.0.0");

    /** Makes the renderer; ServiceLoader calls this. */
    public CompleteRenderer() {}

    @Override
    public String name() {
        return "harbor-2-complete";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return RELEASES.contains(cluster.harbor()) && cluster.deployment().delivery() == Delivery.COMPLETE;
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Site site = new Site(context);
        Cluster cluster = site.cluster();
        List<RenderedFile> shared = NodeTree.complete(site);
        // Nodes share their texts; only what is published on the machine depends on the node.
        Map<Integer, String> composeByPort = new HashMap<>();
        Map<Integer, String> proxyByPort = new HashMap<>();
        List<RenderedFile> files = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            String machine = "nodes/" + node.name();
            String install = machine + cluster.deployment().installDir();
            List<RenderedFile> ofNode = new ArrayList<>();
            int port = cluster.portOf(node);
            ofNode.add(RenderedFile.open(
                    install + "/docker-compose.yml",
                    composeByPort.computeIfAbsent(port, same -> ComposeFile.of(site, node))));
            ofNode.add(NodeTree.ofHarbor(
                    install + "/common/config/nginx/nginx.conf",
                    proxyByPort.computeIfAbsent(port, same -> ProxyConfig.of(site, same))));
            shared.forEach(file -> ofNode.add(new RenderedFile(
                    machine + "/" + file.path(), file.content(), file.mode(), file.owner(), file.secret())));
            ofNode.addAll(BootUnit.files(cluster, machine));
            files.addAll(ofNode);
            files.add(new RenderedFile(
                    machine + "/install.sh",
                    InstallScript.of(cluster, ofNode, machine),
                    Mode.EXECUTABLE,
                    Owner.ROOT,
                    false));
        }
        files.add(RenderedFile.open("INSTALL.md", InstallGuide.of(site)));
        return files;
    }
}
