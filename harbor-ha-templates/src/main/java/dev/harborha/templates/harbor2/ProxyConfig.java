package dev.harborha.templates.harbor2;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;
import static dev.harborha.templates.nginx.NginxDirective.entry;

import dev.harborha.model.Metric;
import dev.harborha.model.NodeTls;
import dev.harborha.model.Releases;
import dev.harborha.templates.nginx.NginxDirective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code nginx.conf} of a node's own proxy. In every release it lets the load balancer's {@code X-Forwarded-Proto} through,
 * which Harbor's own does since 2.3; before, the registry behind an https load balancer answers uploads with {@code Location:
 * http://} (<a href="https://github.com/goharbor/harbor/pull/14308">pull request 14308</a>).
 */
final class ProxyConfig {

    private static final String INTERNAL_CA = "/harbor_cust_cert/harbor_internal_ca.crt";
    private static final String LONG_REQUEST = "900";

    /** Releases in which core may take its time for the web interface's own requests, with plain http. */
    private static final Releases LONG_LOGINS = Releases.since("2.12.0");

    private static final Releases LONG_UPLOADS = Releases.since("2.0.1");
    private static final Releases CHARTS = Releases.before("2.8.0");
    private static final Releases PORTAL_TLS = Releases.since("2.1.0");
    private static final Releases JOBSERVICE_METRICS = Releases.since("2.3.0");
    private static final ByRelease<String> CONNECTIONS = ByRelease.of("1024").since("2.3.0", "3096");
    private static final ByRelease<List<String>> PROTOCOLS =
            ByRelease.of(List.of("TLSv1.2")).since("2.9.0", List.of("TLSv1.2", "TLSv1.3"));

    static final String CIPHERS = "!aNULL:kECDH+AESGCM:ECDH+AESGCM:RSA+AESGCM:kECDH+AES:ECDH+AES:RSA+AES:";
    static final String STRONG_CIPHERS = "ECDHE+AESGCM:DHE+AESGCM:ECDHE+RSA+SHA256:DHE+RSA+SHA256:!AES128";

    private final Site site;
    private final Optional<NodeTls> nodeTls;

    private ProxyConfig(Site site) {
        this.site = site;
        this.nodeTls = site.cluster().nodeTls();
    }

    /**
     * Returns the text of the file.
     *
     * @param httpsPort the port of the node to which plain http is redirected, where the node speaks https
     */
    static String of(Site site, int httpsPort) {
        return NginxDirective.write(new ProxyConfig(site).file(httpsPort));
    }

    private List<NginxDirective> file(int httpsPort) {
        return List.of(
                directive("worker_processes", "auto")
                        .because("Rendered by harbor-ha. Change the cluster's description and render again."),
                directive("pid", "/tmp/nginx.pid"),
                block(
                        "events",
                        List.of(
                                directive("worker_connections", CONNECTIONS.in(site.release())),
                                directive("use", "epoll"),
                                directive("multi_accept", "on"))),
                block("http", http(httpsPort)));
    }

    private List<NginxDirective> http(int httpsPort) {
        List<NginxDirective> http = new ArrayList<>(temporaryFolders());
        http.add(directive("tcp_nodelay", "on"));
        if (nodeTls.isPresent()) {
            http.add(directive("include", "/etc/nginx/conf.d/*.upstream.conf"));
        }
        http.add(directive("proxy_http_version", "1.1"));
        http.add(upstream("core", "core:" + site.servicePort()));
        http.add(upstream("portal", "portal:" + (portalTls() ? 8443 : 8080)));
        http.add(directive("log_format", "timed_combined")
                .format("$remote_addr - \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" "
                        + "$request_time $upstream_response_time $pipe"));
        http.add(directive("access_log", "/dev/stdout", "timed_combined"));
        http.add(block(
                        "map",
                        List.of(
                                directive("default").variable("http_x_forwarded_proto"),
                                entry("").variable("scheme")))
                .variable("http_x_forwarded_proto")
                .variable("x_forwarded_proto")
                .because("The load balancer's word on http or https stands; without one, this server's own."));
        if (nodeTls.isPresent()) {
            http.add(directive("include", "/etc/nginx/conf.d/*.server.conf"));
        }
        http.add(block("server", server()));
        nodeTls.ifPresent(tls -> http.add(block(
                "server",
                List.of(
                        directive("listen", "8080"),
                        directive("return", "308").format("https://$host:" + httpsPort + "$request_uri")))));
        site.yml().metric().ifPresent(metric -> metrics(http, metric));
        return http;
    }

    static List<NginxDirective> temporaryFolders() {
        return List.of(
                directive("client_body_temp_path", "/tmp/client_body_temp"),
                directive("proxy_temp_path", "/tmp/proxy_temp"),
                directive("fastcgi_temp_path", "/tmp/fastcgi_temp"),
                directive("uwsgi_temp_path", "/tmp/uwsgi_temp"),
                directive("scgi_temp_path", "/tmp/scgi_temp"));
    }

    private static NginxDirective upstream(String name, String server) {
        return block("upstream", List.of(directive("server", server))).texts(name);
    }

    private boolean portalTls() {
        return site.cluster().internalTls() && PORTAL_TLS.contains(site.release());
    }

    private List<NginxDirective> server() {
        List<NginxDirective> server = new ArrayList<>();
        nodeTls.ifPresentOrElse(tls -> server.addAll(tls(tls)), () -> server.add(directive("listen", "8080")));
        server.add(directive("server_tokens", "off"));
        server.add(directive("client_max_body_size", "0")
                .because("Layers are as large as they are; the limit of 1 MiB answers a push with 413."));
        if (nodeTls.isPresent()) {
            server.add(directive("chunked_transfer_encoding", "on"));
            server.add(directive(
                    "add_header", "Strict-Transport-Security", "max-age=31536000; includeSubdomains; preload"));
        }
        server.add(directive("add_header", "X-Frame-Options", "DENY"));
        server.add(directive("add_header", "Content-Security-Policy", "frame-ancestors 'none'"));
        server.add(directive(
                "include", "/etc/nginx/conf.d/harbor." + (nodeTls.isPresent() ? "https" : "http") + ".*.conf"));
        String hostOfPages = nodeTls.isPresent() ? "http_host" : "host";
        server.add(location("/", "portal", "/", portalTls(), hostOfPages, "/; HttpOnly; Secure", false));
        server.add(location(
                "/c/",
                "core",
                "/c/",
                site.cluster().internalTls(),
                "host",
                "/; Secure",
                nodeTls.isEmpty() && LONG_LOGINS.contains(site.release())));
        server.add(toCore("/api/", "host", "/; Secure", false));
        if (CHARTS.contains(site.release())) {
            server.add(toCore("/chartrepo/", "host", "/; Secure", false));
        }
        server.add(notFound("/v1/"));
        server.add(toCore("/v2/", "http_host", "", LONG_UPLOADS.contains(site.release())));
        server.add(toCore("/service/", hostOfPages, "/; Secure", false));
        server.add(notFound("/service/notifications")
                .because("Job services tell their own core by themselves; nobody else may."));
        return server;
    }

    private NginxDirective toCore(String path, String host, String cookiePath, boolean takesLong) {
        return location(path, "core", path, site.cluster().internalTls(), host, cookiePath, takesLong);
    }

    private NginxDirective location(
            String path,
            String upstream,
            String upstreamPath,
            boolean byTls,
            String host,
            String cookiePath,
            boolean takesLong) {
        List<NginxDirective> location = new ArrayList<>();
        location.add(directive("proxy_pass", (byTls ? "https://" : "http://") + upstream + upstreamPath));
        if (byTls) {
            location.add(directive("proxy_ssl_certificate", "/etc/harbor/tls/proxy.crt"));
            location.add(directive("proxy_ssl_certificate_key", "/etc/harbor/tls/proxy.key"));
            location.add(directive("proxy_ssl_trusted_certificate", INTERNAL_CA));
            location.add(directive("proxy_ssl_verify_depth", "2"));
            location.add(directive("proxy_ssl_verify", "on"));
            location.add(directive("proxy_ssl_session_reuse", "on"));
        }
        location.add(directive("proxy_set_header", "Host").variable(host));
        location.add(directive("proxy_set_header", "X-Real-IP").variable("remote_addr"));
        location.add(directive("proxy_set_header", "X-Forwarded-For").variable("proxy_add_x_forwarded_for"));
        location.add(directive("proxy_set_header", "X-Forwarded-Proto").variable("x_forwarded_proto"));
        if (nodeTls.isPresent() && !cookiePath.isEmpty()) {
            location.add(directive("proxy_cookie_path", "/", cookiePath));
        }
        location.add(directive("proxy_buffering", "off"));
        location.add(directive("proxy_request_buffering", "off"));
        if (takesLong) {
            location.add(directive("proxy_send_timeout", LONG_REQUEST));
            location.add(directive("proxy_read_timeout", LONG_REQUEST));
        }
        return block("location", location).texts(path);
    }

    private static NginxDirective notFound(String path) {
        return block("location", List.of(directive("return", "404"))).texts(path);
    }

    private List<NginxDirective> tls(NodeTls tls) {
        List<NginxDirective> server = new ArrayList<>(listenTls(site, 8443));
        server.add(directive("ssl_certificate", "/etc/cert/server.crt"));
        server.add(directive("ssl_certificate_key", "/etc/cert/server.key"));
        server.addAll(tlsSettings(site, tls.strongSslCiphers()));
        return server;
    }

    /** Listens by TLS on the address families that the cluster wants. */
    static List<NginxDirective> listenTls(Site site, int port) {
        List<NginxDirective> listen = new ArrayList<>();
        if (site.yml().ipFamily().ipv4()) {
            listen.add(directive("listen", Integer.toString(port), "ssl"));
        }
        if (site.yml().ipFamily().ipv6()) {
            listen.add(directive("listen", "[::]:" + port, "ssl"));
        }
        return listen;
    }

    static List<NginxDirective> tlsSettings(Site site, boolean strong) {
        return List.of(
                directive("ssl_protocols").texts(PROTOCOLS.in(site.release()).toArray(String[]::new)),
                directive("ssl_ciphers", strong ? STRONG_CIPHERS : CIPHERS),
                directive("ssl_prefer_server_ciphers", "on"),
                directive("ssl_session_cache", "shared:SSL:10m"));
    }

    private void metrics(List<NginxDirective> http, Metric metric) {
        boolean jobservice = JOBSERVICE_METRICS.contains(site.release());
        http.add(upstream("core_metrics", "core:" + metric.port()));
        if (jobservice) {
            http.add(upstream("js_metrics", "jobservice:" + metric.port()));
        }
        http.add(upstream("registry_metrics", "registry:" + metric.port()));
        http.add(upstream("harbor_exporter", "exporter:8080"));
        List<NginxDirective> location = new ArrayList<>();
        location.add(metricsOf("core", "core_metrics"));
        if (jobservice) {
            location.add(metricsOf("jobservice", "js_metrics"));
        }
        location.add(metricsOf("registry", "registry_metrics"));
        location.add(directive("proxy_pass", "http://harbor_exporter"));
        http.add(block(
                "server",
                List.of(directive("listen", "9090"), block("location", location).texts("=", metric.path()))));
    }

    private static NginxDirective metricsOf(String component, String upstream) {
        return block("if", List.of(directive("proxy_pass", "http://" + upstream)))
                .ifEqual("arg_comp", component);
    }
}
