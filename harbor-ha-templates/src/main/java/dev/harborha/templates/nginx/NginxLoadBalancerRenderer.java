package dev.harborha.templates.nginx;

import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.NodeTls;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.List;

/** Writes the files of each load balancer that is nginx, and its certificate where the cluster holds it. */
public final class NginxLoadBalancerRenderer implements Renderer {

    /** Makes the renderer; ServiceLoader calls this. */
    public NginxLoadBalancerRenderer() {}

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return cluster.loadBalancers().stream().anyMatch(NginxLoadBalancerRenderer::isOurs);
    }

    private static boolean isOurs(LoadBalancer balancer) {
        return balancer.program() == LoadBalancerProgram.NGINX;
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Cluster cluster = context.cluster();
        List<RenderedFile> files = new ArrayList<>();
        cluster.loadBalancers().stream()
                .filter(NginxLoadBalancerRenderer::isOurs)
                .forEach(balancer -> files.addAll(files(cluster, balancer)));
        return files;
    }

    private static List<RenderedFile> files(Cluster cluster, LoadBalancer balancer) {
        String machine = "lb/" + balancer.name();
        List<RenderedFile> files = new ArrayList<>();
        cluster.nodeTls()
                .flatMap(NodeTls::ca)
                .ifPresent(ca -> files.add(
                        RenderedFile.open(machine + LoadBalancerConfig.NODES_CA, withFinalNewline(ca.text()))));
        files.add(RenderedFile.open(machine + "/etc/nginx/nginx.conf", LoadBalancerConfig.text(cluster, balancer)));
        files.add(RenderedFile.open(machine + UpstreamConfig.PATH, UpstreamConfig.text(cluster, balancer)));
        if (cluster.servingNodes().size() > 1) {
            for (RenderedFile file : NodeChecker.files(cluster, balancer)) {
                files.add(new RenderedFile(
                        machine + "/" + file.path(), file.content(), file.mode(), file.owner(), file.secret()));
            }
        }
        if (balancer.endsTlsFor(cluster.publicUrl()) && balancer.certificate() instanceof TlsCertificate.Pem pem) {
            files.add(RenderedFile.open(
                    machine + certificatePaths(balancer).certificate(), withFinalNewline(pem.chain())));
            files.add(RenderedFile.secret(
                    machine + certificatePaths(balancer).key(),
                    withFinalNewline(pem.key().reveal())));
        }
        return files;
    }

    /** Returns where a balancer finds its certificate and key: PEM that the cluster holds goes to the default paths. */
    static TlsCertificate.OnMachine certificatePaths(LoadBalancer balancer) {
        return balancer.certificate() instanceof TlsCertificate.OnMachine there ? there : TlsCertificate.NGINX_DEFAULT;
    }

    private static String withFinalNewline(String pem) {
        return pem.strip() + "\n";
    }
}
