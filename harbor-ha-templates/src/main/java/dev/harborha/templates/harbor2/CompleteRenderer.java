package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.VersionRange;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.List;

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
        String install = cluster.deployment().installDir().text().substring(1);
        List<RenderedFile> files = new ArrayList<>(NodeFolders.of(
                cluster,
                node -> List.of(
                        RenderedFile.open(install + "/docker-compose.yml", ComposeFile.of(site, node)),
                        NodeTree.ofHarbor(
                                install + "/common/config/nginx/nginx.conf",
                                ProxyConfig.of(site, cluster.portOf(node)))),
                NodeTree.complete(site)));
        files.add(RenderedFile.open("INSTALL.md", InstallGuide.of(site)));
        return files;
    }
}
