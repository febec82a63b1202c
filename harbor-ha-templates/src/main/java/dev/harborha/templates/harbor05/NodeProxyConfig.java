package dev.harborha.templates.harbor05;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.templates.nginx.NginxDirective;
import dev.harborha.templates.text.PythonTemplate;
import java.util.List;

/**
 * The {@code nginx.http.conf} of a node's own proxy, as a template of {@code prepare}. It sets no {@code X-Forwarded-Proto},
 * so that the load balancer's word reaches the registry: with the line that Harbor 0.5.0 ships, the registry behind an https
 * load balancer answers uploads with {@code Location: http://} and pushes retry for ever.
 */
final class NodeProxyConfig {

    private NodeProxyConfig() {}

    static String text() {
        List<NginxDirective> server = List.of(
                directive("listen", "80"),
                directive("client_max_body_size", "0"),
                block("location", to("http://ui")).texts("/"),
                block("location", List.of(directive("return", "404")))
                        .texts("/service/notifications")
                        .because("The registry tells the ui itself; nobody else may."),
                block("location", List.of(directive("return", "404"))).texts("/v1/"),
                block("location", to("http://registry")).texts("/v2/"));
        return PythonTemplate.escape(NginxDirective.write(List.of(
                directive("worker_processes", "auto").because("Rendered by harbor-ha; a template of Harbor's prepare."),
                block(
                        "events",
                        List.of(
                                directive("worker_connections", "1024"),
                                directive("use", "epoll"),
                                directive("multi_accept", "on"))),
                block(
                        "http",
                        List.of(
                                directive("tcp_nodelay", "on"),
                                directive("proxy_http_version", "1.1"),
                                block("upstream", List.of(directive("server", "registry:5000")))
                                        .texts("registry"),
                                block("upstream", List.of(directive("server", "ui:80")))
                                        .texts("ui"),
                                block("server", server))))));
    }

    private static List<NginxDirective> to(String upstream) {
        return List.of(
                directive("proxy_pass", upstream),
                directive("proxy_set_header", "Host")
                        .variable("http_host")
                        .because("X-Forwarded-Proto and X-Real-IP come from the load balancer and pass as they are."),
                directive("proxy_set_header", "X-Forwarded-For").variable("proxy_add_x_forwarded_for"),
                directive("proxy_buffering", "off"),
                directive("proxy_request_buffering", "off"),
                directive("proxy_read_timeout", "900s"),
                directive("proxy_send_timeout", "900s"));
    }
}
