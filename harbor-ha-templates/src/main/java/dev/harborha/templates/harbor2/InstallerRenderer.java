package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.List;

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
        String install = cluster.deployment().installDir().text().substring(1);
        String override = ComposeOverride.of(site);
        List<RenderedFile> files = new ArrayList<>(NodeFolders.of(
                cluster,
                node -> {
                    int port = cluster.portOf(node);
                    List<RenderedFile> ofPort = new ArrayList<>();
                    ofPort.add(RenderedFile.secret(install + "/harbor.yml", HarborYmlFile.of(site, port, installed)));
                    ofPort.add(RenderedFile.secret(install + "/docker-compose.override.yml", override));
                    if (ComposeOverride.replacesProxy(site)) {
                        ofPort.add(NodeTree.ofHarbor(
                                install + "/" + InstallerFiles.FOLDER + "/nginx/nginx.conf",
                                ProxyConfig.of(site, port)));
                    }
                    return ofPort;
                },
                NodeTree.forInstaller(site)));
        files.add(RenderedFile.open("INSTALL.md", InstallGuide.of(site)));
        return files;
    }
}
