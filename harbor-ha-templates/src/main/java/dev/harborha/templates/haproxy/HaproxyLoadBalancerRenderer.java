package dev.harborha.templates.haproxy;

import dev.harborha.model.Cluster;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.NodeTls;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.List;

/** Writes the files of each load balancer that is HAProxy, and its certificate where the cluster holds it. */
public final class HaproxyLoadBalancerRenderer implements Renderer {

    private static final String CONFIG = "/etc/haproxy/haproxy.cfg";

    /** Makes the renderer; ServiceLoader calls this. */
    public HaproxyLoadBalancerRenderer() {}

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return cluster.loadBalancers().stream().anyMatch(HaproxyLoadBalancerRenderer::isOurs);
    }

    private static boolean isOurs(LoadBalancer balancer) {
        return balancer.program() == LoadBalancerProgram.HAPROXY;
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Cluster cluster = context.cluster();
        List<RenderedFile> files = new ArrayList<>();
        cluster.loadBalancers().stream()
                .filter(HaproxyLoadBalancerRenderer::isOurs)
                .forEach(balancer -> files.addAll(files(cluster, balancer)));
        return files;
    }

    private static List<RenderedFile> files(Cluster cluster, LoadBalancer balancer) {
        String machine = "lb/" + balancer.name();
        List<RenderedFile> files = new ArrayList<>();
        String text = HaproxyConfig.text(cluster, balancer);
        boolean holdsPassword = balancer.healthCheck().probeFor(cluster.harbor()) instanceof HealthProbe.Canary;
        files.add(
                holdsPassword
                        ? RenderedFile.secret(machine + CONFIG, text)
                        : RenderedFile.open(machine + CONFIG, text));
        cluster.nodeTls()
                .flatMap(NodeTls::ca)
                .ifPresent(ca -> files.add(RenderedFile.open(
                        machine + HaproxyConfig.NODES_CA, ca.text().strip() + "\n")));
        if (balancer.endsTlsFor(cluster.publicUrl()) && balancer.certificate() instanceof TlsCertificate.Pem pem) {
            files.add(RenderedFile.secret(
                    machine + certificatePaths(balancer).certificate(),
                    pem.chain().strip() + "\n" + pem.key().reveal().strip() + "\n"));
        }
        return files;
    }

    /** Returns where a balancer finds its certificate and key: PEM that the cluster holds goes to the default path. */
    static TlsCertificate.OnMachine certificatePaths(LoadBalancer balancer) {
        return balancer.certificate() instanceof TlsCertificate.OnMachine there
                ? there
                : TlsCertificate.HAPROXY_DEFAULT;
    }
}
