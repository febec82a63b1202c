package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.Cluster;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.NodeTls;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.RateLimit;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.Subnet;
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

    /** Where the authority of the nodes' certificate lies. */
    static final String NODES_CA = "/etc/nginx/tls/nodes-ca.crt";

    /** Since then {@code http2} is a directive, and a word of {@code listen} no more. */
    private static final String HTTP2_DIRECTIVE_SINCE = "1.25.1";

    private final Cluster cluster;
    private final LoadBalancer balancer;
    private final PublicUrl url;
    private final boolean endsTls;
    private final boolean stream;

    private LoadBalancerConfig(Cluster cluster, LoadBalancer balancer) {
        this.cluster = cluster;
        this.balancer = balancer;
        this.url = cluster.publicUrl();
        this.endsTls = balancer.endsTlsFor(url);
        this.stream = balancer.passesThroughFor(url);
    }

    static String text(Cluster cluster, LoadBalancer balancer) {
        return NginxDirective.write(new LoadBalancerConfig(cluster, balancer).file());
    }

    private List<NginxDirective> file() {
        List<NginxDirective> file = new ArrayList<>(List.of(
                directive("user", "www-data")
                        .because(
                                "Load balancer " + balancer.name() + " of " + url + ", rendered by harbor-ha.\n"
                                        + "Change the cluster's description and render again; an edit here is refused by the next run."),
                directive("worker_processes", "auto"),
                directive("worker_rlimit_nofile", "16384"),
                directive("pid", "/run/nginx.pid"),
                directive("error_log", "/var/log/nginx/error.log", "warn")));
        if (stream) {
            file.add(directive("include", "/etc/nginx/modules-enabled/*.conf")
                    .because("Debian's package of the stream module, libnginx-mod-stream, enables it there."));
        }
        file.add(block(
                "events",
                List.of(
                        directive("worker_connections", "4096"),
                        directive("use", "epoll"),
                        directive("multi_accept", "on"))));
        if (stream) {
            file.add(block("stream", stream()));
        }
        file.add(block("http", http()));
        return file;
    }

    /** TLS is handed through: connections, not requests. */
    private List<NginxDirective> stream() {
        List<NginxDirective> server = new ArrayList<>(listen(balancer.portFor(url), words(false, false)));
        server.addAll(realAddresses());
        server.add(directive("proxy_pass", UpstreamConfig.NAME));
        server.add(
                directive("proxy_connect_timeout", balancer.timeouts().connect().toSeconds() + "s"));
        server.add(directive("proxy_timeout", balancer.timeouts().upload().toSeconds() + "s")
                .because("A layer under way may be silent for so long."));
        return List.of(
                directive("log_format", "harbor")
                        .format("$remote_addr [$time_iso8601] $status $bytes_sent $bytes_received $session_time"
                                + " node=$upstream_addr connect=$upstream_connect_time"),
                directive("access_log", "/var/log/nginx/access.log", "harbor"),
                directive("include", UpstreamConfig.PATH),
                block("server", server));
    }

    private List<NginxDirective> http() {
        List<NginxDirective> http = new ArrayList<>();
        http.add(directive("log_format", "harbor")
                .format(
                        "$remote_addr - $remote_user [$time_iso8601] \"$request\" $status $body_bytes_sent $request_length"
                                + " \"$http_user_agent\" node=$upstream_addr answered=$upstream_status took=$request_time"
                                + " node_took=$upstream_response_time")
                .because("Which node answered what, and how long it took; several where one was asked after another."));
        http.add(directive("access_log", "/var/log/nginx/access.log", "harbor"));
        http.add(directive("server_tokens", "off"));
        http.add(directive("tcp_nodelay", "on"));
        if (!stream) {
            http.addAll(realAddresses());
            http.add(directive("include", UpstreamConfig.PATH));
            http.add(ProxyLocations.kinds());
            balancer.rateLimit().ifPresent(limit -> http.addAll(rateZone(limit)));
        }
        if (endsTls) {
            http.addAll(tls());
        }
        if (balancer.redirectsFor(url)) {
            int redirect = balancer.redirectPort();
            http.add(unknownNames(listen(redirect, words(false, true))));
            http.add(redirect(listen(redirect, words(false, false)), names())
                    .because("308 keeps the method, so that a push is not turned into a GET."));
        }
        if (!stream) {
            http.addAll(publicServers());
        }
        http.add(status());
        return http;
    }

    private List<NginxDirective> publicServers() {
        int port = balancer.portFor(url);
        List<NginxDirective> servers = new ArrayList<>();
        servers.add(unknownNames(listen(port, words(endsTls, true))));
        if (!cluster.aliases().isEmpty()) {
            servers.add(redirect(
                            listen(port, words(endsTls, false)),
                            cluster.aliases().stream().map(Host::urlText).toList())
                    .because("Further names lead to the public one, which cookies and tokens are made for."));
        }
        servers.add(block(
                "server",
                concat(
                        listen(port, words(endsTls, false)),
                        http2(),
                        List.of(directive("server_name", url.host().urlText())),
                        proxying())));
        return servers;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(url.host().urlText()));
        cluster.aliases().stream().map(Host::urlText).forEach(names::add);
        return names;
    }

    private NginxDirective redirect(List<NginxDirective> listen, List<String> names) {
        return block(
                "server",
                concat(
                        listen,
                        List.of(
                                directive("server_name", names.toArray(String[]::new)),
                                directive("return", "308").textAndVariable(url.toString(), "request_uri"))));
    }

    private static NginxDirective unknownNames(List<NginxDirective> listen) {
        return block("server", concat(listen, List.of(directive("server_name", "_"), directive("return", "444"))))
                .because("Names that are not ours get no answer.");
    }

    /** Whether this machine itself is well, for keepalived and for whoever watches it. */
    private NginxDirective status() {
        return block(
                        "server",
                        List.of(
                                directive("listen", "127.0.0.1:" + balancer.statusPort()),
                                directive("access_log", "off"),
                                block("location", List.of(directive("stub_status")))
                                        .texts("=", "/status"),
                                block("location", List.of(directive("return", "404")))
                                        .texts("/")))
                .because("Tells on loopback that nginx runs, and how many connections it has.");
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

    private boolean http2AsDirective() {
        return balancer.programVersion()
                .filter(version -> !version.isBefore(ServerVersion.parse(HTTP2_DIRECTIVE_SINCE)))
                .isPresent();
    }

    private List<NginxDirective> http2() {
        return endsTls && balancer.http2() && http2AsDirective() ? List.of(directive("http2", "on")) : List.of();
    }

    private List<NginxDirective> proxying() {
        List<NginxDirective> proxying = new ArrayList<>();
        proxying.add(directive(
                        "client_max_body_size",
                        balancer.maxBodySize().isPresent()
                                ? Long.toString(balancer.maxBodySize().getAsLong())
                                : "0")
                .because("Layers are as large as they are; the limit of 1 MiB answers a push with 413."));
        proxying.add(directive("chunked_transfer_encoding", "on"));
        if (endsTls) {
            proxying.add(directive("add_header", "Strict-Transport-Security", "max-age=31536000", "always"));
            proxying.add(directive("proxy_hide_header", "Strict-Transport-Security"));
        }
        balancer.rateLimit().ifPresent(limit -> {
            NginxDirective rate = directive("limit_req", "zone=harbor_clients");
            proxying.add(limit.burst() == 0 ? rate : rate.texts("burst=" + limit.burst(), "nodelay"));
            proxying.add(directive("limit_req_status", "429"));
        });
        cluster.nodeTls().ifPresent(tls -> proxying.addAll(tlsToNodes(tls)));
        proxying.addAll(forwarding());
        proxying.addAll(new ProxyLocations(cluster, balancer).all());
        return proxying;
    }

    private static List<NginxDirective> rateZone(RateLimit limit) {
        return List.of(directive("limit_req_zone")
                .variable("binary_remote_addr")
                .texts("zone=harbor_clients:10m", "rate=" + limit.requestsPerSecond() + "r/s"));
    }

    /** The nodes show a certificate of the public name, which is asked for, and verified where its authority is known. */
    private List<NginxDirective> tlsToNodes(NodeTls tls) {
        List<NginxDirective> directives = new ArrayList<>();
        directives.add(directive("proxy_ssl_server_name", "on"));
        directives.add(directive("proxy_ssl_name", url.host().text()));
        if (tls.ca().isPresent()) {
            directives.add(directive("proxy_ssl_trusted_certificate", NODES_CA));
            directives.add(directive("proxy_ssl_verify", "on"));
            directives.add(directive("proxy_ssl_verify_depth", "3"));
        }
        return directives;
    }

    private List<NginxDirective> forwarding() {
        return List.of(
                directive("proxy_http_version", "1.1"),
                directive("proxy_set_header", "Host", url.authority())
                        .because("What Harbor builds its addresses from: the public ones, whatever the client sent."),
                directive("proxy_set_header", "X-Forwarded-Proto", url.scheme()),
                directive("proxy_set_header", "X-Real-IP").variable("remote_addr"),
                balancer.hidesClients()
                        ? directive("proxy_set_header", "X-Forwarded-For").variable("proxy_add_x_forwarded_for")
                        : directive("proxy_set_header", "X-Forwarded-For").variable("remote_addr"),
                directive("proxy_set_header", "X-Forwarded-Host", ""),
                directive("proxy_set_header", "X-Forwarded-Port", ""),
                directive("proxy_set_header", "Forwarded", ""),
                directive("proxy_buffering", "off")
                        .because("Layers that are pulled stream through, in pieces as large as a record of TLS."),
                directive("proxy_buffer_size", "16k"),
                directive("proxy_buffers", "4", "16k"),
                directive("proxy_connect_timeout", balancer.timeouts().connect().toSeconds() + "s")
                        .because("A node that is gone is known soon."));
    }

    /** Where the proxy in front is known, what it says of a client is believed, and from nobody else. */
    private List<NginxDirective> realAddresses() {
        FrontProxy proxy = balancer.frontProxy().orElse(FrontProxy.UNKNOWN);
        if (!proxy.tellsClients()) {
            return List.of();
        }
        List<NginxDirective> directives = new ArrayList<>();
        for (Subnet range : proxy.addresses()) {
            directives.add(directive("set_real_ip_from", range.toString()));
        }
        if (!stream) {
            directives.add(directive("real_ip_header", proxy.proxyProtocol() ? "proxy_protocol" : "X-Forwarded-For"));
            directives.add(directive("real_ip_recursive", "on"));
        }
        return directives;
    }

    /** Returns what stands behind the port in a {@code listen}. */
    private String[] words(boolean ssl, boolean fallback) {
        List<String> words = new ArrayList<>();
        if (ssl) {
            words.add("ssl");
            if (balancer.http2() && !http2AsDirective()) {
                words.add("http2");
            }
        }
        if (balancer.frontProxy().filter(FrontProxy::proxyProtocol).isPresent()) {
            words.add("proxy_protocol");
        }
        if (fallback) {
            words.add("default_server");
        }
        return words.toArray(String[]::new);
    }

    /** Listens on IPv4; on IPv6 too where an address or a name of this cluster's front is one. */
    private List<NginxDirective> listen(int port, String... options) {
        List<NginxDirective> listen = new ArrayList<>();
        listen.add(directive("listen", Integer.toString(port)).texts(options));
        if (balancer.address().isIpv6()
                || url.host().isIpv6()
                || cluster.virtualIp().filter(vip -> vip.address().isIpv6()).isPresent()) {
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
