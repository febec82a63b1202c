package dev.harborha.templates.harbor2;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.NodeTls;
import dev.harborha.model.Releases;
import dev.harborha.templates.nginx.NginxDirective;
import java.util.ArrayList;
import java.util.List;

/** The {@code nginx.conf} of the portal, which serves the web interface's files; since 2.1. */
final class PortalConfig {

    static final Releases EXISTS = Releases.since("2.1.0");

    private static final Releases API_EXPLORER = Releases.since("2.7.0");

    private PortalConfig() {}

    static String of(Site site) {
        List<NginxDirective> server = new ArrayList<>();
        if (site.cluster().internalTls()) {
            server.addAll(ProxyConfig.listenTls(site, 8443));
            server.add(directive("ssl_certificate", "/etc/harbor/tls/portal.crt"));
            server.add(directive("ssl_certificate_key", "/etc/harbor/tls/portal.key"));
            server.addAll(ProxyConfig.tlsSettings(
                    site,
                    site.cluster().nodeTls().map(NodeTls::strongSslCiphers).orElse(false)));
        } else {
            server.add(directive("listen", "8080"));
        }
        server.add(directive("server_name", "localhost"));
        server.add(directive("root", "/usr/share/nginx/html"));
        server.add(directive("index", "index.html", "index.htm"));
        server.add(directive("include", "/etc/nginx/mime.types"));
        server.add(directive("gzip", "on"));
        server.add(directive("gzip_min_length", "1000"));
        server.add(directive("gzip_proxied", "expired", "no-cache", "no-store", "private", "auth"));
        server.add(directive(
                "gzip_types",
                "text/plain",
                "text/css",
                "application/json",
                "application/javascript",
                "application/x-javascript",
                "text/xml",
                "application/xml",
                "application/xml+rss",
                "text/javascript"));
        if (API_EXPLORER.contains(site.release())) {
            server.add(fallback("/devcenter-api-2.0", "/swagger-ui-index.html"));
        }
        server.add(fallback("/", "/index.html"));
        server.add(block(
                        "location",
                        List.of(directive("add_header", "Cache-Control", "no-store, no-cache, must-revalidate")))
                .texts("=", "/index.html"));
        List<NginxDirective> http = new ArrayList<>(ProxyConfig.temporaryFolders());
        http.add(block("server", server));
        return NginxDirective.write(List.of(
                directive("worker_processes", "auto")
                        .because("Rendered by harbor-ha. Change the cluster's description and render again."),
                directive("pid", "/tmp/nginx.pid"),
                block("events", List.of(directive("worker_connections", "1024"))),
                block("http", http)));
    }

    private static NginxDirective fallback(String path, String page) {
        return block(
                        "location",
                        List.of(directive("try_files")
                                .variable("uri")
                                .format("$uri/")
                                .texts(page)))
                .texts(path);
    }
}
