package dev.harborha.templates.balancer;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsMode;
import dev.harborha.model.VirtualIp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code INSTALL.md} says about the load balancers of a cluster. */
public final class BalancerGuide {

    private final Cluster cluster;
    private final PublicUrl url;

    private BalancerGuide(Cluster cluster) {
        this.cluster = cluster;
        this.url = cluster.publicUrl();
    }

    /** Returns the chapter, without its heading and without a line break at its end. */
    public static String of(Cluster cluster) {
        return new BalancerGuide(cluster).text();
    }

    private String text() {
        List<String> parts = new ArrayList<>();
        cluster.loadBalancers().forEach(balancer -> parts.add(one(balancer)));
        cluster.virtualIp().ifPresent(vip -> parts.add(virtualIp(vip)));
        canary().ifPresent(parts::add);
        return String.join("\n", parts);
    }

    private String one(LoadBalancer balancer) {
        String head = "- " + balancer.name() + " (" + balancer.address() + "), " + balancer.program();
        List<String> steps = switch (balancer.program()) {
            case NGINX -> nginx(balancer);
            case HAPROXY -> haproxy(balancer);
            case EXTERNAL -> external(balancer);
        };
        return head + ":\n" + steps.stream().map(step -> "  - " + step).collect(Collectors.joining("\n"));
    }

    private List<String> nginx(LoadBalancer balancer) {
        List<String> steps = new ArrayList<>();
        boolean checked = cluster.servingNodes().size() > 1;
        steps.add("Install `nginx`"
                + (balancer.passesThroughFor(url) ? ", `libnginx-mod-stream`" : "")
                + (checked ? ", `curl` and `iproute2`." : "."));
        balancer.uploadSpool()
                .map(AbsolutePath::text)
                .ifPresent(folder -> steps.add("`install -d -o www-data -m 0700 " + folder
                        + "`, with room for all layers under way at once."));
        steps.add(copy(balancer));
        certificate(balancer).ifPresent(steps::add);
        front(balancer).ifPresent(steps::add);
        steps.add("`nginx -t && systemctl reload nginx`.");
        if (checked) {
            steps.add(
                    "`systemctl daemon-reload && systemctl enable harbor-lb-apply.path harbor-lb-check.service`, and each time"
                            + "\n    `systemctl restart harbor-lb-apply.path harbor-lb-check.service`: they ask the nodes how they do,"
                            + " and leave out\n    those that cannot serve; `journalctl -u harbor-lb-check` tells which.");
        }
        return steps;
    }

    private List<String> haproxy(LoadBalancer balancer) {
        List<String> steps = new ArrayList<>(List.of("Install `haproxy`.", copy(balancer)));
        certificate(balancer).ifPresent(steps::add);
        front(balancer).ifPresent(steps::add);
        steps.add("`haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy`.");
        steps.add("How the nodes are: `curl -s 'http://127.0.0.1:" + balancer.statusPort() + "/stats;csv'`.");
        return steps;
    }

    /** File by file: what copies folders too would give {@code /} and {@code /etc} the modes and owners of the bundle's. */
    private static String copy(LoadBalancer balancer) {
        return "Copy the folder `lb/" + balancer.name() + "` to the machine, and in it as root:"
                + "\n    `find . -type f -exec sh -c 'install -D -m \"$(stat -c %a \"$1\")\" \"$1\" \"/$1\"' - {} \\;`"
                + "\n    Each file gets its place and keeps its mode; folders that are there stay as they are.";
    }

    private Optional<String> certificate(LoadBalancer balancer) {
        if (!balancer.endsTlsFor(url) || !(balancer.certificate() instanceof TlsCertificate.OnMachine there)) {
            return Optional.empty();
        }
        return Optional.of("The certificate with its chain must lie at `" + there.certificate() + "`, its key "
                + (there.key().equals(there.certificate())
                        ? "behind it in the same file."
                        : "at `" + there.key() + "`."));
    }

    private Optional<String> front(LoadBalancer balancer) {
        return url.https() && balancer.tls() == TlsMode.PLAIN_HTTP
                ? Optional.of("TLS ends at the proxy in front of it, which must send on `Host: " + url.authority()
                        + "`: other names get no answer.")
                : Optional.empty();
    }

    /** What somebody else's load balancer must do. */
    private List<String> external(LoadBalancer balancer) {
        HealthProbe probe = balancer.healthCheck().probeFor(cluster.harbor());
        List<String> steps = new ArrayList<>();
        steps.add("Nothing is rendered for it. Send requests for `" + url + "` to "
                + cluster.servingNodes().stream()
                        .map(node -> "`" + cluster.addressOf(node) + "`")
                        .collect(Collectors.joining(", "))
                + (cluster.nodeTls().isPresent() ? ", with TLS." : ", as plain http."));
        if (balancer.passesThroughFor(url)) {
            steps.add("Hand TLS through on port " + balancer.portFor(url) + ".");
        } else {
            steps.add("Send on `Host: " + url.authority() + "` and `X-Forwarded-Proto: " + url.scheme()
                    + "`, and the client's address as\n    `X-Forwarded-For`; remove `Forwarded`, `X-Forwarded-Host` and\n    `X-Forwarded-Port`"
                    + " of the client's.");
            steps.add("Let bodies of any size through, without keeping them first.");
        }
        steps.add("Wait at least " + balancer.timeouts().upload().toSeconds()
                + " seconds between two parts of a layer (the idle timeout), and no more than "
                + balancer.timeouts().connect().toSeconds() + " seconds\n    for a connection to a node.");
        steps.add("Check each node every " + balancer.healthCheck().interval().toSeconds() + " seconds: `GET "
                + HealthPaths.of(probe) + "` with `Host: " + url.authority() + "` answers "
                + HealthPaths.statusOf(probe)
                + (probe instanceof HealthProbe.Health
                        ? " whatever is wrong; `unhealthy`\n    must not stand in the text. One that looks at the status alone should ask"
                                + " `/api/v2.0/ping`, and does not see a\n    dead registry."
                        : "."));
        if (balancer.affinity() != Affinity.NONE) {
            steps.add("A client keeps its node.");
        }
        return steps;
    }

    private String virtualIp(VirtualIp vip) {
        return "- The virtual IP " + vip.address() + ", on every load balancer:\n"
                + "  - Install `keepalived` and `curl`; the files are among those copied already.\n"
                + "  - `" + vip.networkInterface()
                + "` must be the interface that gets it, and protocol 112 (VRRP) must pass between "
                + cluster.loadBalancers().stream()
                        .map(balancer -> balancer.address().text())
                        .collect(Collectors.joining(", "))
                + ".\n  - `keepalived -t && systemctl restart keepalived`; `journalctl -t harbor-lb` tells who has the address.";
    }

    private Optional<String> canary() {
        return cluster.loadBalancers().stream()
                .flatMap(balancer -> balancer.healthCheck().probe().stream())
                .filter(HealthProbe.Canary.class::isInstance)
                .map(HealthProbe.Canary.class::cast)
                .findFirst()
                .map(canary -> "- The canary: make the project and a robot `" + canary.username()
                        + "` that may pull from it, and push any small image as\n  `" + url.authority() + "/"
                        + canary.repository() + ":" + canary.reference()
                        + "`. Until then no node passes its check, and all are asked.");
    }
}
