package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.Node;
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
 * Writes what Harbor's own installer needs on each node: a {@code harbor.yml} that the release's {@code prepare} accepts, the keys
 * that it then does not draw, and a {@code docker-compose.override.yml} that puts the cluster's values over everything that it
 * draws anew at each run.
 */
public final class InstallerRenderer implements Renderer {

    /** Makes the renderer; ServiceLoader calls this. */
    public InstallerRenderer() {}

    @Override
    public String name() {
        return "harbor-2-installer";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return CompleteRenderer.RELEASES.contains(cluster.harbor())
                && cluster.deployment().delivery() == Delivery.INSTALLER;
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Site site = new Site(context);
        Cluster cluster = site.cluster();
        InstallerFiles installed = new InstallerFiles(cluster);
        String override = ComposeOverride.of(site);
        List<RenderedFile> shared = NodeTree.forInstaller(site);
        Map<Integer, String> ymlByPort = new HashMap<>();
        Map<Integer, String> proxyByPort = new HashMap<>();
        List<RenderedFile> files = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            String machine = "nodes/" + node.name();
            String install = machine + cluster.deployment().installDir();
            int port = cluster.portOf(node);
            List<RenderedFile> ofNode = new ArrayList<>();
            ofNode.add(RenderedFile.secret(
                    install + "/harbor.yml",
                    ymlByPort.computeIfAbsent(port, same -> HarborYmlFile.of(site, same, installed))));
            ofNode.add(RenderedFile.secret(install + "/docker-compose.override.yml", override));
            if (ComposeOverride.replacesProxy(site)) {
                ofNode.add(NodeTree.ofHarbor(
                        install + "/" + InstallerFiles.FOLDER + "/nginx/nginx.conf",
                        proxyByPort.computeIfAbsent(port, same -> ProxyConfig.of(site, same))));
            }
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
