package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.TlsCertificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole {@code nginx.conf} of a load balancer. Written for nginx 1.18 and later.
 *
 * <p>Harbor is told the public authority as {@code Host} and the public scheme as {@code X-Forwarded-Proto}, both from the
 * model and not from the request, so what a client sends cannot change the addresses in Harbor's answers. Requests for
 * other names get no answer.
 */
final class LoadBalancerConfig {

    /** How long a layer or a commit may take between two reads or writes. */
    private static final String LONG_REQUEST = "900s";

    private final Cluster cluster;
    private final LoadBalancer balancer;
    private final PublicUrl url;

    private LoadBalancerConfig(Cluster cluster, LoadBalancer balancer) {
        this.cluster = cluster;
        this.balancer = balancer;
        this.url = cluster.publicUrl();
    }

    static String text(Cluster cluster, LoadBalancer balancer) {
        return NginxDirective.write(new LoadBalancerConfig(cluster, balancer).file());
    }

    private List<NginxDirective> file() {
        return List.of(
                directive("user", "www-data")
                        .because(
                                "Load balancer " + balancer.name() + " of " + url + ", rendered by harbor-ha.\n"
                                        + "Change the cluster's description and render again; an edit here is refused by the next run."),
                directive("worker_processes", "auto"),
                directive("worker_rlimit_nofile", "16384"),
                directive("pid", "/run/nginx.pid"),
                directive("error_log", "/var/log/nginx/error.log", "warn"),
                block(
                        "events",
                        List.of(
                                directive("worker_connections", "4096"),
                                directive("use", "epoll"),
                                directive("multi_accept", "on"))),
                block("http", http()));
    }

    private List<NginxDirective> http() {
        List<NginxDirective> http = new ArrayList<>(List.of(
                directive("access_log", "/var/log/nginx/access.log"),
                directive("server_tokens", "off"),
                directive("tcp_nodelay", "on"),
                block("upstream", upstream()).texts("harbor")));
        boolean endsTls = balancer.endsTlsFor(url);
        if (endsTls) {
            http.addAll(tls());
            int redirect = balancer.redirectPort();
            http.add(unknownNames(listen(redirect, "default_server")));
            http.add(block(
                            "server",
                            concat(
                                    listen(redirect),
                                    List.of(
                                            directive("server_name", url.host().urlText()),
                                            directive("return", "308").textAndVariable(url.toString(), "request_uri"))))
                    .because("308 keeps the method, so that a push is not turned into a GET."));
        }
        int port = balancer.portFor(url);
        http.add(unknownNames(endsTls ? listen(port, "ssl", "default_server") : listen(port, "default_server")));
        http.add(block(
                "server",
                concat(
                        endsTls ? listen(port, "ssl") : listen(port),
                        List.of(directive("server_name", url.host().urlText())),
                        proxying())));
        return http;
    }

    private static NginxDirective unknownNames(List<NginxDirective> listen) {
        return block("server", concat(listen, List.of(directive("server_name", "_"), directive("return", "444"))))
                .because("Names that are not ours get no answer.");
    }

    private List<NginxDirective> upstream() {
        List<NginxDirective> upstream = new ArrayList<>();
        upstream.add(directive("zone", "harbor_nodes", zoneKibibytes() + "k")
                .because("All worker processes share what they know about a node, so one failure is enough for all."));
        if (balancer.affinity() == Affinity.IP_HASH) {
            upstream.add(directive("ip_hash")
                    .because("A client network keeps its node; a login made on one node is known there."));
        }
        boolean first = true;
        for (Node node : cluster.nodes()) {
            NginxDirective server =
                    directive("server", cluster.addressOf(node).toString(), "max_fails=1", "fail_timeout=10s");
            upstream.add(
                    first
                            ? server.because("One failure takes a node out for 10 s; then one request tries it again.")
                            : server);
            first = false;
        }
        return upstream;
    }

    /** What nginx keeps of a node takes less than 2 KiB; 64 KiB is room enough for itself and a few dozen nodes. */
    private int zoneKibibytes() {
        return Math.max(64, 2 * cluster.nodes().size());
    }

    private List<NginxDirective> tls() {
        TlsCertificate.OnMachine paths = NginxLoadBalancerRenderer.certificatePaths(balancer);
        return concat(
                List.of(
                        directive("ssl_certificate", paths.certificate().text()),
                        directive("ssl_certificate_key", paths.key().text()),
                        directive("ssl_session_timeout", "1d"),
                        directive("ssl_session_cache", "shared:harbor:10m"),
                        directive("ssl_session_tickets", "off")),
                TlsDirectives.of(balancer.tlsProfile()));
    }

    private List<NginxDirective> proxying() {
        return List.of(
                directive("client_max_body_size", "0")
                        .because("Layers are as large as they are; the limit of 1 MiB answers a push with 413."),
                directive("chunked_transfer_encoding", "on"),
                block("location", location()).texts("/"));
    }

    private List<NginxDirective> location() {
        return List.of(
                directive("proxy_pass", "http://harbor"),
                directive("proxy_http_version", "1.1"),
                directive("proxy_set_header", "Host", url.authority())
                        .because("What Harbor builds its addresses from: the public ones, whatever the client sent."),
                directive("proxy_set_header", "X-Forwarded-Proto", url.scheme()),
                directive("proxy_set_header", "X-Real-IP").variable("remote_addr"),
                balancer.behindProxy()
                        ? directive("proxy_set_header", "X-Forwarded-For").variable("proxy_add_x_forwarded_for")
                        : directive("proxy_set_header", "X-Forwarded-For").variable("remote_addr"),
                directive("proxy_set_header", "X-Forwarded-Host", ""),
                directive("proxy_set_header", "Forwarded", ""),
                directive("proxy_buffering", "off")
                        .because("Layers stream through; nothing is kept on this machine's disk."),
                directive("proxy_request_buffering", "off"),
                directive("proxy_connect_timeout", "2s")
                        .because("A node that is gone is known within 2 s; a layer may take its time."),
                directive("proxy_read_timeout", LONG_REQUEST),
                directive("proxy_send_timeout", LONG_REQUEST),
                directive("proxy_next_upstream", "error", "timeout", "http_502", "http_503", "http_504")
                        .because(
                                "A node whose registry is dead still answers, with 502: that counts as a failure too."));
    }

    /** Listens on IPv4; on IPv6 too where the balancer or the public name is an IPv6 address. */
    private List<NginxDirective> listen(int port, String... options) {
        List<NginxDirective> listen = new ArrayList<>();
        listen.add(directive("listen", Integer.toString(port)).texts(options));
        if (balancer.address().isIpv6() || url.host().isIpv6()) {
            listen.add(directive("listen", "[::]:" + port).texts(options));
        }
        return listen;
    }

    @SafeVarargs
    private static List<NginxDirective> concat(List<NginxDirective>... parts) {
        List<NginxDirective> all = new ArrayList<>();
        for (List<NginxDirective> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
