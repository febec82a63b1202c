package dev.harborha.templates.keepalived;

import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.VirtualIp;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import dev.harborha.secret.Secret;
import dev.harborha.templates.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the files of keepalived for each load balancer of a cluster with a virtual IP. Written for keepalived 2.0 and later. */
public final class KeepalivedRenderer implements Renderer {

    private static final int FIRST_PRIORITY = 150;
    private static final int STEP = 10;

    /** Makes the renderer; ServiceLoader calls this. */
    public KeepalivedRenderer() {}

    @Override
    public String name() {
        return "keepalived";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return cluster.virtualIp().isPresent();
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Cluster cluster = context.cluster();
        VirtualIp vip = cluster.virtualIp().orElseThrow();
        List<RenderedFile> files = new ArrayList<>();
        for (int i = 0; i < cluster.loadBalancers().size(); i++) {
            LoadBalancer balancer = cluster.loadBalancers().get(i);
            String machine = "lb/" + balancer.name();
            String config = machine + "/etc/keepalived/keepalived.conf";
            String text = config(cluster, vip, i);
            files.add(vip.password().isPresent() ? RenderedFile.secret(config, text) : RenderedFile.open(config, text));
            files.add(script(
                    machine + "/etc/keepalived/check-balancer",
                    "check-balancer.sh.txt",
                    Map.of("port", Integer.toString(balancer.statusPort()))));
            files.add(script(
                    machine + "/etc/keepalived/notify",
                    "notify.sh.txt",
                    Map.of("vip", vip.address().text())));
        }
        return files;
    }

    private static RenderedFile script(String path, String template, Map<String, String> values) {
        return new RenderedFile(
                path,
                TextTemplate.resource(KeepalivedRenderer.class, template).fill(values),
                Mode.EXECUTABLE,
                Owner.ROOT,
                false);
    }

    private static String config(Cluster cluster, VirtualIp vip, int index) {
        List<LoadBalancer> balancers = cluster.loadBalancers();
        LoadBalancer self = balancers.get(index);
        KeepalivedText text = new KeepalivedText();
        text.comment("The virtual IP of " + cluster.publicUrl() + " at load balancer " + self.name()
                + ", rendered by harbor-ha.\n"
                + "Change the cluster's description and render again; an edit here is refused by the next run.");
        text.begin("global_defs")
                .line("router_id", self.name())
                .line("vrrp_version", vip.password().isPresent() ? "2" : "3")
                .line("enable_script_security")
                .line("script_user", "nobody", "nogroup")
                .end();
        text.comment("Asks the load balancer on this machine; one that does not answer gives the address away.");
        text.begin("vrrp_script", "harbor_balancer")
                .line("script", "/etc/keepalived/check-balancer")
                .line("interval", "1")
                .line("timeout", "2")
                .line("fall", "2")
                .line("rise", "2")
                .end();
        text.comment("All begin as BACKUP, and none takes the address back: whoever has it keeps it while it is well.");
        text.begin("vrrp_instance", "harbor")
                .line("state", "BACKUP")
                .line("nopreempt")
                .line("interface", vip.networkInterface())
                .line("virtual_router_id", Integer.toString(vip.routerIdOrDerived()))
                .line("priority", Integer.toString(FIRST_PRIORITY - STEP * index))
                .line("advert_int", vip.password().isPresent() ? "1" : "0.5")
                .line("unicast_src_ip", self.address().text());
        text.begin("unicast_peer");
        balancers.stream()
                .filter(other -> !other.name().equals(self.name()))
                .forEach(other -> text.line(other.address().text()));
        text.end();
        vip.password()
                .map(Secret::reveal)
                .ifPresent(password -> text.begin("authentication")
                        .line("auth_type", "PASS")
                        .line("auth_pass", password)
                        .end());
        text.begin("virtual_ipaddress")
                .line(vip.address() + "/" + vip.prefix(), "dev", vip.networkInterface())
                .end()
                .begin("track_script")
                .line("harbor_balancer")
                .end()
                .line("notify", "/etc/keepalived/notify")
                .end();
        return text.toString();
    }
}
