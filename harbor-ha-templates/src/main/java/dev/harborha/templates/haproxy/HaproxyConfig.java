package dev.harborha.templates.haproxy;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.model.NodeTls;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.RateLimit;
import dev.harborha.model.Timeouts;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import dev.harborha.templates.balancer.HealthPaths;
import dev.harborha.templates.balancer.MozillaTls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole {@code haproxy.cfg} of a load balancer. Written for HAProxy 2.4 and later.
 *
 * <p>Uploads have a backend of their own: what was under way to a lost node is ended at once there, so that clients begin the layer
 * again, while everything else is asked of another node. Each backend has a twin without checks for the time when no node passes
 * them, since a shared database that is out fails all checks at once.
 */
final class HaproxyConfig {

    /** Where the authority of the nodes' certificate lies. */
    static final String NODES_CA = "/etc/haproxy/tls/nodes-ca.crt";

    private static final String UPLOADS = "harbor_uploads";
    private static final String REST = "harbor";
    private static final String UNCHECKED = "_unchecked";

    /** How many proxies one behind the other are gone through, from the nearest one, to find the client. */
    private static final int PROXIES_IN_FRONT = 3;

    /** A node has 16 places a unit of weight on the ring of hashes, and with 16 places the shares of two nodes are 43 and 57 %. */
    private static final String HIGHEST_WEIGHT = "256";

    private final Cluster cluster;
    private final LoadBalancer balancer;
    private final PublicUrl url;
    private final Timeouts timeouts;
    private final boolean endsTls;
    private final boolean stream;

    private HaproxyConfig(Cluster cluster, LoadBalancer balancer) {
        this.cluster = cluster;
        this.balancer = balancer;
        this.url = cluster.publicUrl();
        this.timeouts = balancer.timeouts();
        this.endsTls = balancer.endsTlsFor(url);
        this.stream = balancer.passesThroughFor(url);
    }

    static String text(Cluster cluster, LoadBalancer balancer) {
        return new HaproxyConfig(cluster, balancer).file();
    }

    private String file() {
        List<HaproxySection> sections = new ArrayList<>(List.of(global(), defaults()));
        if (balancer.redirectsFor(url)) {
            sections.add(redirect());
        }
        sections.add(stream ? streamFrontend() : frontend());
        List<String> names = stream ? List.of(REST) : List.of(REST, UPLOADS);
        names.forEach(name -> sections.add(backend(name, true)));
        names.forEach(name -> sections.add(backend(name, false)));
        sections.add(status());
        return HaproxySection.write(
                "Load balancer " + balancer.name() + " of " + url + ", rendered by harbor-ha.\n"
                        + "Change the cluster's description and render again; an edit here is refused by the next run.",
                sections);
    }

    private HaproxySection global() {
        HaproxySection global = HaproxySection.of("global")
                .line("log", "/dev/log", "local0")
                .line("user", "haproxy")
                .line("group", "haproxy")
                .line("daemon")
                .because(
                        "Drains a node until the next reload: echo \"set server harbor/<node> state drain\" | socat - <socket>")
                .line("stats", "socket", "/run/haproxy/admin.sock", "mode", "660", "level", "admin")
                .line("stats", "timeout", "30s");
        if (endsTls) {
            boolean modern = balancer.tlsProfile() == TlsProfile.MODERN;
            global.lineIf(!modern, "ssl-default-bind-ciphers", MozillaTls.INTERMEDIATE_CIPHERS)
                    .line("ssl-default-bind-options", "ssl-min-ver", modern ? "TLSv1.3" : "TLSv1.2", "no-tls-tickets")
                    .lineIf(!modern, "tune.ssl.default-dh-param", "2048");
        }
        return global;
    }

    private HaproxySection defaults() {
        return HaproxySection.of("defaults")
                .line("log", "global")
                .line("mode", stream ? "tcp" : "http")
                .line("option", stream ? "tcplog" : "httplog")
                .line("option", "dontlognull")
                .line("timeout", "connect", seconds(timeouts.connect()))
                .line("timeout", "client", seconds(timeouts.upload()))
                .line("timeout", "server", seconds(stream ? timeouts.upload() : timeouts.api()))
                .lineIf(!stream, "timeout", "http-request", "60s")
                .lineIf(!stream, "timeout", "http-keep-alive", "60s")
                .line("timeout", "queue", seconds(timeouts.answer()))
                .line("timeout", "check", seconds(balancer.healthCheck().timeout()))
                .line("retries", "3")
                .line("option", "redispatch", "1")
                .lineIf(
                        !stream,
                        "retry-on",
                        "conn-failure",
                        "empty-response",
                        "response-timeout",
                        "500",
                        "502",
                        "503",
                        "504");
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    private HaproxySection redirect() {
        return bind(HaproxySection.of("frontend", "redirect").line("mode", "http"), balancer.redirectPort(), false)
                .because("308 keeps the method, so that a push is not turned into a GET.")
                .line(
                        "acl",
                        "ours",
                        "hdr(host)",
                        "-m",
                        "reg",
                        "-i",
                        names(Stream.concat(Stream.of(url.host()), cluster.aliases().stream())))
                .line("http-request", "reject", "unless", "ours")
                .line("http-request", "redirect", "prefix", url.toString(), "code", "308");
    }

    /** Returns a regular expression for the hosts with any port. */
    private static String names(Stream<Host> hosts) {
        return hosts.map(host -> host.urlText().replaceAll("[.\\[\\]]", "\\\\$0"))
                .collect(Collectors.joining("|", "^(", ")(:[0-9]+)?$"));
    }

    private HaproxySection bind(HaproxySection section, int port, boolean ssl) {
        List<String> words = new ArrayList<>();
        if (balancer.frontProxy().filter(FrontProxy::proxyProtocol).isPresent()) {
            section.line(ranges("acl", "front", "src"))
                    .line("tcp-request", "connection", "expect-proxy", "layer4", "if", "front");
        }
        if (ssl) {
            TlsCertificate.OnMachine paths = HaproxyLoadBalancerRenderer.certificatePaths(balancer);
            words.addAll(List.of(
                    "ssl", "crt", paths.certificate().text(), "alpn", balancer.http2() ? "h2,http/1.1" : "http/1.1"));
        }
        List<String> bind = new ArrayList<>(List.of("bind", "*:" + port));
        bind.addAll(words);
        section.line(bind.toArray(String[]::new));
        if (balancer.address().isIpv6()
                || url.host().isIpv6()
                || cluster.virtualIp().filter(vip -> vip.address().isIpv6()).isPresent()) {
            bind.set(1, "[::]:" + port);
            bind.add("v6only");
            section.line(bind.toArray(String[]::new));
        }
        return section;
    }

    /** Returns a line that ends with the ranges of the proxy in front. */
    private String[] ranges(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        balancer.frontProxy().orElse(FrontProxy.UNKNOWN).addresses().forEach(range -> line.add(range.toString()));
        return line.toArray(String[]::new);
    }

    private HaproxySection streamFrontend() {
        return bind(HaproxySection.of("frontend", "public"), balancer.portFor(url), false)
                .line("use_backend", REST + UNCHECKED, "if", "{", "nbsrv(" + REST + ")", "eq", "0", "}")
                .line("default_backend", REST);
    }

    private HaproxySection frontend() {
        HaproxySection front = bind(HaproxySection.of("frontend", "public"), balancer.portFor(url), endsTls);
        clients(front);
        if (!cluster.aliases().isEmpty()) {
            front.because("Further names lead to the public one, which cookies and tokens are made for.")
                    .line("acl", "alias", "hdr(host)", "-m", "reg", "-i", names(cluster.aliases().stream()))
                    .line("http-request", "redirect", "prefix", url.toString(), "code", "308", "if", "alias");
        }
        front.because("Names that are not ours get no answer.")
                .line("acl", "ours", "hdr(host)", "-m", "reg", "-i", names(Stream.of(url.host())))
                .line("http-request", "reject", "unless", "ours");
        balancer.rateLimit().ifPresent(limit -> rateLimit(front, limit));
        balancer.maxBodySize()
                .ifPresent(size -> front.line(
                        "http-request",
                        "deny",
                        "deny_status",
                        "413",
                        "if",
                        "{",
                        "req.hdr(content-length)",
                        "-m",
                        "int",
                        "gt",
                        Long.toString(size),
                        "}"));
        front.because("What Harbor builds its addresses from: the public ones, whatever the client sent.")
                .line("http-request", "set-header", "Host", url.authority())
                .line("http-request", "set-header", "X-Forwarded-Proto", url.scheme())
                .line("http-request", "set-header", "X-Real-IP", "%[src]")
                .line(
                        "http-request",
                        balancer.hidesClients() ? "add-header" : "set-header",
                        "X-Forwarded-For",
                        "%[src]")
                .line("http-request", "del-header", "X-Forwarded-Host")
                .line("http-request", "del-header", "X-Forwarded-Port")
                .line("http-request", "del-header", "Forwarded")
                .lineIf(endsTls, "http-response", "set-header", "Strict-Transport-Security", "max-age=31536000")
                .because("A small body is here before a node is chosen, so that it can be sent to another one.")
                .line("option", "http-buffer-request")
                .line("acl", "upload", "path_reg", "^/v2/.+/blobs/uploads/")
                .line("acl", "writes", "method", "PUT", "PATCH")
                .because("Where no node passes its check, all are asked: a bad answer is better than none.")
                .line(
                        "use_backend",
                        UPLOADS + UNCHECKED,
                        "if",
                        "upload",
                        "writes",
                        "{",
                        "nbsrv(" + UPLOADS + ")",
                        "eq",
                        "0",
                        "}")
                .line("use_backend", UPLOADS, "if", "upload", "writes")
                .line("use_backend", REST + UNCHECKED, "if", "{", "nbsrv(" + REST + ")", "eq", "0", "}")
                .line("default_backend", REST);
        return front;
    }

    private void clients(HaproxySection front) {
        FrontProxy proxy = balancer.frontProxy().orElse(FrontProxy.UNKNOWN);
        if (proxy.tellsClients() && !proxy.proxyProtocol()) {
            front.because("The proxy in front tells who its client is, be it a proxy of the same ranges; nobody else is"
                    + " believed.");
            List<String> believed = new ArrayList<>(List.of("front"));
            front.line(ranges("acl", "front", "src"));
            for (int back = 1; back <= PROXIES_IN_FRONT; back++) {
                String told = "hdr_ip(x-forwarded-for,-" + back + ")";
                List<String> line = new ArrayList<>(List.of("http-request", "set-src", told, "if"));
                line.addAll(believed);
                front.line(line.toArray(String[]::new));
                if (back < PROXIES_IN_FRONT) {
                    front.line(ranges("acl", "front_" + back, told));
                    believed.add("front_" + back);
                }
            }
        }
    }

    private static void rateLimit(HaproxySection front, RateLimit limit) {
        front.because("The requests of one client address in 10 seconds.")
                .line("stick-table", "type", "ipv6", "size", "100k", "expire", "30s", "store", "http_req_rate(10s)")
                .line("http-request", "track-sc0", "src")
                .line(
                        "http-request",
                        "deny",
                        "deny_status",
                        "429",
                        "if",
                        "{",
                        "sc_http_req_rate(0)",
                        "gt",
                        Long.toString(10L * limit.requestsPerSecond() + limit.burst()),
                        "}");
    }

    private HaproxySection backend(String name, boolean checked) {
        HaproxySection backend = HaproxySection.of("backend", checked ? name : name + UNCHECKED);
        method(backend);
        boolean uploads = name.equals(UPLOADS);
        if (!stream && uploads) {
            backend.because(
                            "An empty PUT ends an upload: the registry checks the digest, and S3 puts the parts together.")
                    .line("timeout", "server", seconds(timeouts.upload()))
                    .line(
                            "http-request",
                            "set-timeout",
                            "server",
                            seconds(timeouts.commit()),
                            "if",
                            "{",
                            "method",
                            "PUT",
                            "}",
                            "{",
                            "req.body_size",
                            "eq",
                            "0",
                            "}");
        } else if (!stream) {
            backend.because("What docker asks for is answered at once or never.")
                    .line(
                            "http-request",
                            "set-timeout",
                            "server",
                            seconds(timeouts.answer()),
                            "if",
                            "{",
                            "path_beg",
                            "/v2/",
                            "/service/",
                            "}");
        }
        if (!stream && !uploads) {
            backend.because("Outside of the registry, what changes something is not sent twice.")
                    .line(
                            "http-request",
                            "disable-l7-retry",
                            "if",
                            "{",
                            "method",
                            "POST",
                            "PATCH",
                            "}",
                            "!{",
                            "path_beg",
                            "/v2/",
                            "}");
        }
        if (checked) {
            check(backend, uploads);
        }
        for (Node node : cluster.nodes()) {
            List<String> server = new ArrayList<>(
                    List.of("server", node.name(), cluster.addressOf(node).toString()));
            server.addAll(toNode(checked));
            if (balancer.affinity() == Affinity.COOKIE && !stream) {
                server.addAll(List.of("cookie", node.name()));
            }
            if (balancer.affinity() == Affinity.SOURCE) {
                server.addAll(List.of("weight", HIGHEST_WEIGHT));
            }
            if (checked) {
                server.add("check");
            }
            if (node.drained()) {
                server.add("disabled");
            }
            backend.line(server.toArray(String[]::new));
        }
        return backend;
    }

    private void method(HaproxySection backend) {
        switch (balancer.affinity()) {
            case SOURCE ->
                backend.because("A client keeps its node; a node that is lost moves its own clients only.")
                        .line("balance", "source")
                        .line("hash-type", "consistent");
            case COOKIE -> {
                backend.line("balance", "roundrobin");
                List<String> cookie =
                        new ArrayList<>(List.of("cookie", "harbor_node", "insert", "indirect", "nocache", "httponly"));
                if (url.https()) {
                    cookie.add("secure");
                }
                backend.line(cookie.toArray(String[]::new));
            }
            case LEAST_CONNECTIONS -> backend.line("balance", "leastconn");
            case NONE -> backend.line("balance", "roundrobin");
            case IP_HASH -> throw new IllegalArgumentException("HAProxy has no ip_hash.");
        }
    }

    /** How the way to a node is encrypted, and its check, which is TLS even where clients' bytes are handed through as they are. */
    private List<String> toNode(boolean checked) {
        if (cluster.nodeTls().isEmpty() || (stream && !checked)) {
            return List.of();
        }
        NodeTls tls = cluster.nodeTls().get();
        String host = url.host().text();
        List<String> words = new ArrayList<>();
        if (stream) {
            words.add("check-ssl");
        } else {
            words.add("ssl");
            if (!url.host().isAddress()) {
                words.addAll(List.of("sni", "str(" + host + ")"));
            }
        }
        if (checked && !url.host().isAddress()) {
            words.addAll(List.of("check-sni", host));
        }
        if (tls.ca().isPresent()) {
            words.addAll(List.of("verify", "required", "ca-file", NODES_CA, "verifyhost", host));
        } else {
            words.addAll(List.of("verify", "none"));
        }
        return words;
    }

    private void check(HaproxySection backend, boolean uploads) {
        HealthCheck check = balancer.healthCheck();
        HealthProbe probe = check.probeFor(cluster.harbor());
        List<String> send = new ArrayList<>(List.of(
                "http-check",
                "send",
                "meth",
                probe instanceof HealthProbe.Canary ? "HEAD" : "GET",
                "uri",
                HealthPaths.of(probe),
                "ver",
                "HTTP/1.1",
                "hdr",
                "Host",
                url.authority(),
                "hdr",
                "X-Forwarded-Proto",
                url.scheme()));
        if (probe instanceof HealthProbe.Canary canary) {
            send.addAll(List.of("hdr", "Authorization", basic(canary)));
            send.addAll(List.of("hdr", "Accept", HealthPaths.MANIFEST_TYPES));
        }
        backend.because("Always with a Host header, without which a node answers 400.")
                .line("option", "httpchk")
                .line(send.toArray(String[]::new))
                .line("http-check", "expect", "status", Integer.toString(HealthPaths.statusOf(probe)));
        if (probe instanceof HealthProbe.Health) {
            backend.because("The status is 200 whatever is wrong; the text tells.")
                    .line("http-check", "expect", "!", "string", "unhealthy");
        }
        List<String> server = new ArrayList<>(List.of(
                "default-server",
                "inter",
                seconds(check.interval()),
                "fastinter",
                "500ms",
                "downinter",
                seconds(check.interval()),
                "fall",
                Integer.toString(check.fall()),
                "rise",
                Integer.toString(check.rise()),
                "slowstart",
                "10s"));
        if (!stream) {
            server.addAll(List.of("observe", "layer7", "error-limit", "1", "on-error", "sudden-death"));
        }
        if (uploads || stream) {
            server.addAll(List.of("on-marked-down", "shutdown-sessions"));
        }
        backend.line(server.toArray(String[]::new));
    }

    static String basic(HealthProbe.Canary canary) {
        byte[] both = (canary.username() + ":" + canary.password().reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private HaproxySection status() {
        return HaproxySection.of("frontend", "status")
                .because("Tells on loopback that HAProxy runs, and how the nodes are: /status and /stats.")
                .line("mode", "http")
                .line("bind", "127.0.0.1:" + balancer.statusPort())
                .line("http-request", "set-log-level", "silent")
                .line("timeout", "client", "10s")
                .line("monitor-uri", "/status")
                .line("stats", "enable")
                .line("stats", "uri", "/stats");
    }
}
