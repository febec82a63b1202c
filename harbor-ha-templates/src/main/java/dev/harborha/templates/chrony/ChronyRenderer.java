package dev.harborha.templates.chrony;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.Node;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the time servers of each node as a source file of chrony, {@code /etc/chrony/sources.d/harbor.sources}, which
 * chrony 4.0 and later reads from there (<a href="https://chrony-project.org/doc/4.0/chrony.conf.html">sourcedir</a>).
 */
public final class ChronyRenderer implements Renderer {

    /** Makes the renderer; ServiceLoader calls this. */
    public ChronyRenderer() {}

    @Override
    public String name() {
        return "chrony";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return !cluster.timeServers().isEmpty();
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        String sources = context.cluster().timeServers().stream()
                .map(Host::text)
                .map(server -> "server " + server + " iburst\n")
                .collect(Collectors.joining());
        return context.cluster().nodes().stream()
                .map(Node::name)
                .map(node -> RenderedFile.open("nodes/" + node + "/etc/chrony/sources.d/harbor.sources", sources))
                .toList();
    }
}
