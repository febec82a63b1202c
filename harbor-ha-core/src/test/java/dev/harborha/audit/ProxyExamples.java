package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.BALANCER;
import static dev.harborha.audit.SampleBundle.COMPOSE;
import static dev.harborha.audit.SampleBundle.CORE_ENV;
import static dev.harborha.audit.SampleBundle.HAPROXY;
import static dev.harborha.audit.SampleBundle.HARBOR_CFG;
import static dev.harborha.audit.SampleBundle.HARBOR_YML;
import static dev.harborha.audit.SampleBundle.NGINX_2X;
import static dev.harborha.audit.SampleBundle.NODE_PROXY;
import static dev.harborha.audit.SampleBundle.OF_2X;
import static dev.harborha.audit.SampleBundle.OVERRIDE;
import static dev.harborha.audit.SampleBundle.UI_ENV;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

/** Examples for the rules on proxies and on the way from the public address to the nodes. */
final class ProxyExamples {

    private static final String PROTO = "proxy_set_header X-Forwarded-Proto https;";
    private static final String HOST = "proxy_set_header Host harbor.example.com;";

    private static final String HAPROXY_PROTO = "http-request set-header X-Forwarded-Proto https";
    private static final String STRIPPED =
            "proxy_set_header X-Forwarded-Host \"\";\n      proxy_set_header Forwarded \"\";";

    private ProxyExamples() {}

    /** Returns a load balancer whose server lies in a file of its own. */
    private static SampleBundle included(String inHttp) {
        SampleBundle bundle = complete();
        String text = bundle.get(BALANCER).content();
        int server = text.indexOf("  server {");
        return bundle.edit(BALANCER, any -> text.substring(0, server) + "  include conf.d/*.conf;\n" + inHttp + "}\n")
                .add(
                        "lb/lb-1/etc/nginx/conf.d/harbor.conf",
                        text.substring(server, text.lastIndexOf('}'))
                                .replace("client_max_body_size 0;", "")
                                .replace(HOST, "")
                                .replace(PROTO, "")
                                .replace(STRIPPED, ""));
    }

    static void describe() {
        headers();
        balancers();
    }

    /** Returns a load balancer with nginx, and another one with HAProxy whose file is changed. */
    private static SampleBundle mixed(String target, String replacement) {
        String haproxy = complete()
                .haproxy()
                .replace(HAPROXY, target, replacement)
                .get(HAPROXY)
                .content();
        return complete().add(HAPROXY.replace("lb-1", "lb-2"), haproxy);
    }

    private static void headers() {
        String header = "proxy_set_header X-Forwarded-Proto ";
        rule("bundle.forwarded-proto-overwritten")
                .bad(
                        "as Harbor's template has it",
                        of05().replace(NODE_PROXY, "proxy_pass", header + "$$scheme; proxy_pass"))
                .bad("after prepare", of05().replace(NODE_PROXY, "proxy_pass", header + "  $scheme ; proxy_pass"))
                .bad("as the prepare of 2.0 writes it", complete().replace(NGINX_2X, "$x_forwarded_proto", "$scheme"))
                .bad(
                        "beside a harbor.yml",
                        installer().edit(OF_2X + "harbor-ha/nginx/nginx.conf", text -> text + header + "$scheme;\n"))
                .good(
                        "in a comment",
                        of05().replace(NODE_PROXY, "proxy_pass", "# " + header + "$$scheme;\n proxy_pass"))
                .good(
                        "the node speaks https itself",
                        complete().nodesWithTls().replace(NGINX_2X, "$x_forwarded_proto", "$scheme"))
                .good(
                        "the public URL is http",
                        of05().replaceOnAll(UI_ENV, "https://", "http://")
                                .replace(NODE_PROXY, "proxy_pass", header + "$$scheme; proxy_pass"));
        rule("bundle.forwarded-proto-missing")
                .bad("none", complete().replace(BALANCER, PROTO, ""))
                .bad("the wrong one", complete().replace(BALANCER, PROTO, header + "http;"))
                .bad(
                        "its own, which is http",
                        complete()
                                .replace(BALANCER, "listen 443 ssl;", "listen 80;")
                                .replace(BALANCER, PROTO, header + "$scheme;"))
                .good("its own, which is https", complete().replace(BALANCER, PROTO, header + "$scheme;"))
                .good(
                        "somebody's in front of it",
                        complete().replace(BALANCER, PROTO, header + "$http_x_forwarded_proto;"))
                .good("around an included server", included(PROTO + HOST))
                .bad("HAProxy says none", complete().haproxy().replace(HAPROXY, HAPROXY_PROTO, ""))
                .bad("HAProxy says the wrong one", complete().haproxy().replace(HAPROXY, "Proto https", "Proto http"))
                .good("https to the nodes", complete().nodesWithTls().replace(BALANCER, PROTO, ""))
                .good(
                        "HAProxy computes it",
                        complete().haproxy().replace(HAPROXY, "Proto https", "Proto %[var(txn.p)]"))
                .good(
                        "HAProxy as it was done before 2.1",
                        complete().haproxy().replace(HAPROXY, HAPROXY_PROTO, "reqadd X-Forwarded-Proto:\\ https"))
                .good(
                        "HAProxy behind a proxy that says it",
                        complete()
                                .haproxy()
                                .replace(HAPROXY, "ssl crt /etc/haproxy/tls/harbor.pem", "")
                                .replace(HAPROXY, HAPROXY_PROTO, ""))
                .good(
                        "HAProxy with https to the nodes",
                        complete()
                                .nodesWithTls()
                                .haproxy()
                                .edit(HAPROXY, text -> text.replaceAll("(10[.0-9]+):80", "$1:443 ssl verify none"))
                                .replace(HAPROXY, HAPROXY_PROTO, ""));
        rule("bundle.host-not-passed")
                .bad("none", complete().replace(BALANCER, HOST, ""))
                .bad("that of the upstream", complete().replace(BALANCER, HOST, "proxy_set_header Host $proxy_host;"))
                .bad("another name", complete().replace(BALANCER, HOST, "proxy_set_header Host harbor-1;"))
                .bad(
                        "the port is lost",
                        complete()
                                .replaceOnAll(CORE_ENV, "https://harbor.example.com", "https://harbor.example.com:8443")
                                .replace(BALANCER, HOST, "proxy_set_header Host $host;"))
                .bad("inside the node", complete().replace(NGINX_2X, "Host $http_host", "Host core"))
                .bad(
                        "HAProxy says another name",
                        complete()
                                .haproxy()
                                .replace(HAPROXY, "set-header Host harbor.example.com", "set-header Host harbor-1"))
                .good("as the client says it", complete().replace(BALANCER, HOST, "proxy_set_header Host $http_host;"))
                .good(
                        "HAProxy leaves it",
                        complete().haproxy().replace(HAPROXY, "http-request set-header Host harbor.example.com", ""))
                .good(
                        "a variable of one's own",
                        complete().replace(BALANCER, HOST, "proxy_set_header Host $public_name;"))
                .good("around an included server", included(PROTO + HOST));
        rule("bundle.client-headers-passed")
                .bad(
                        "both",
                        complete()
                                .replace(BALANCER, "proxy_set_header X-Forwarded-Host \"\";", "")
                                .replace(BALANCER, "proxy_set_header Forwarded \"\";", ""))
                .bad("one", complete().replace(BALANCER, "proxy_set_header Forwarded \"\";", ""))
                .bad("HAProxy", complete().haproxy().replace(HAPROXY, "http-request del-header Forwarded\n", "\n"))
                .good("of one's own", complete().replace(BALANCER, "X-Forwarded-Host \"\"", "X-Forwarded-Host $host"))
                .good("around an included server", included(PROTO + HOST + STRIPPED))
                .good("HAProxy", complete().haproxy())
                .good(
                        "HAProxy hands bytes through",
                        complete()
                                .nodesWithTls()
                                .haproxy()
                                .replace(HAPROXY, "mode http", "mode tcp")
                                .replace(HAPROXY, "http-request del-header Forwarded\n", "\n"));
        rule("bundle.body-size-limited")
                .bad("nginx's own limit", complete().replace(BALANCER, "client_max_body_size 0;", ""))
                .bad(
                        "10 MiB inside the node",
                        complete().replace(NGINX_2X, "client_max_body_size 0;", "client_max_body_size 10m;"))
                .bad(
                        "in bytes",
                        complete().replace(BALANCER, "client_max_body_size 0;", "client_max_body_size 1073741823;"))
                .good("1 GiB", complete().replace(BALANCER, "client_max_body_size 0;", "client_max_body_size 1G;"))
                .good(
                        "by a variable",
                        complete().replace(BALANCER, "client_max_body_size 0;", "client_max_body_size $most;"))
                .good("around an included server", included("client_max_body_size 0;"));
        rule("bundle.redirect-loop")
                .bad(
                        "http to nodes with https",
                        complete()
                                .nodesWithTls()
                                .replace(BALANCER, "https://harbor;", "http://harbor;")
                                .replace(BALANCER, ":443;", ":80;"))
                .bad("by harbor.yml", installer().replaceOnAll(HARBOR_YML, "http:\n", "https:\n  port: 443\nhttp:\n"))
                .bad("HAProxy", complete().nodesWithTls().haproxy())
                .good("https to nodes with https", complete().nodesWithTls())
                .good(
                        "HAProxy with https",
                        complete()
                                .nodesWithTls()
                                .haproxy()
                                .edit(HAPROXY, text -> text.replaceAll("(10[.0-9]+):80", "$1:443 ssl")))
                .good(
                        "HAProxy hands bytes through",
                        complete().nodesWithTls().haproxy().replace(HAPROXY, "mode http", "mode tcp"));
    }

    private static void balancers() {
        rule("bundle.public-url-missing")
                .bad("none", complete().replaceOnAll(CORE_ENV, "EXT_ENDPOINT", "# EXT_ENDPOINT"))
                .bad("no scheme", of05().replaceOnAll(UI_ENV, "https://", ""))
                .bad(
                        "no scheme, and a password",
                        complete().replaceOnAll(CORE_ENV, "https://harbor.example.com", "u:of+the+core@harbor"))
                .good("prepare makes it", installer().replaceOnAll(OVERRIDE, "EXT_ENDPOINT", "OTHER"))
                .good("a template's variable", of05().replaceOnAll(UI_ENV, "https://harbor.example.com", "$ui_url"))
                .good(
                        "through an anchor",
                        installer()
                                .replaceOnAll(HARBOR_YML, "external_url", "# external_url")
                                .replaceOnAll(
                                        OVERRIDE,
                                        "services:\n",
                                        "x-core: &core {EXT_ENDPOINT: \"https://harbor.example.com\"}\nservices:\n")
                                .replaceOnAll(
                                        OVERRIDE,
                                        "      EXT_ENDPOINT: \"https://harbor.example.com\"\n",
                                        "      <<: *core\n"));
        rule("bundle.public-url-malformed")
                .bad(
                        "a slash at its end",
                        complete().replaceOnAll(CORE_ENV, "https://harbor.example.com", "https://harbor.example.com/"))
                .bad(
                        "a path and a password",
                        complete()
                                .replaceOnAll(
                                        CORE_ENV,
                                        "https://harbor.example.com",
                                        "https://u:of+the+core@harbor.example.com/harbor"))
                .bad(
                        "a port in the hostname",
                        installer()
                                .replaceOnAll(
                                        HARBOR_YML,
                                        "hostname: \"harbor.example.com\"",
                                        "hostname: \"harbor.example.com:8443\""))
                .bad(
                        "a URL as hostname",
                        of05().replaceOnAll(
                                        HARBOR_CFG,
                                        "hostname = harbor.example.com",
                                        "hostname = harbor.example.com/harbor"))
                .good(
                        "a port",
                        complete()
                                .replaceOnAll(
                                        CORE_ENV, "https://harbor.example.com", "https://harbor.example.com:8443"))
                .good(
                        "a port in the hostname of 0.5",
                        of05().replaceOnAll(HARBOR_CFG, "harbor.example.com", "harbor.example.com:8443"))
                .good(
                        "an IPv6 address",
                        installer()
                                .replaceOnAll(
                                        HARBOR_YML, "hostname: \"harbor.example.com\"", "hostname: \"2001:db8::1\""));
        rule("bundle.public-url-is-node")
                .bad("an address", complete().replaceOnAll(CORE_ENV, "https://harbor.example.com", "https://10.0.0.11"))
                .bad("on one node", of05().replaceOnAll(UI_ENV, "harbor.example.com", "10.0.0.12:8443"))
                .good(
                        "another address",
                        complete().replaceOnAll(CORE_ENV, "https://harbor.example.com", "https://10.0.0.10"));
        rule("bundle.balancer-lacks-node")
                .bad("one of two", complete().replace(BALANCER, "server 10.0.0.12:80;", ""))
                .bad(
                        "three of two",
                        of05().replace(BALANCER, "server 10.0.0.12:80;", "server 10.0.0.12:80; server 10.0.0.13:80;"))
                .bad(
                        "one of two with HAProxy",
                        complete().haproxy().replace(HAPROXY, "server harbor-2 10.0.0.12:80", "# harbor-2"))
                .good("HAProxy", complete().haproxy())
                .good(
                        "a name of them all",
                        complete()
                                .replace(BALANCER, "server 10.0.0.12:80;", "")
                                .replace(BALANCER, "10.0.0.11", "nodes.example.com"))
                .good("a machine without Harbor", complete().add("nodes/witness/etc/motd", "Hello.\n"));
        rule("bundle.balancers-differ")
                .bad("another machine", complete().secondBalancer().replace(BALANCER, "10.0.0.12", "10.0.0.13"))
                .bad(
                        "another machine, with HAProxy",
                        complete()
                                .haproxy()
                                .secondBalancer()
                                .replace(HAPROXY, "10.0.0.12:80 check", "ipv4@10.0.0.13:80 check"))
                .bad("nginx here, HAProxy there", mixed("10.0.0.12:80", "10.0.0.13:80"))
                .good("nginx here, HAProxy there, the same machines", mixed("server harbor-2", "server second"))
                .good(
                        "another order",
                        complete()
                                .secondBalancer()
                                .replace(
                                        BALANCER,
                                        "server 10.0.0.11:80;\n    server 10.0.0.12:80;",
                                        "server 10.0.0.12:80;\n    server 10.0.0.11;"));
        rule("bundle.port-not-published")
                .bad("another port", complete().replace(BALANCER, "10.0.0.12:80", "10.0.0.12:8080"))
                .bad("of the node", complete().replace(COMPOSE, "80:8080", "81:8080"))
                .bad("by harbor.yml", installer().replaceOnAll(HARBOR_YML, "port: 80", "port: 81"))
                .bad("by HAProxy", complete().haproxy().replace(HAPROXY, "10.0.0.12:80", "10.0.0.12:8080"))
                .good("on one address only", complete().replace(COMPOSE, "80:8080", "10.0.0.12:80:8080/tcp"))
                .good(
                        "in the long form",
                        complete().replace(COMPOSE, "- \"80:8080\"", "- {target: 8080, published: 80}"))
                .good("nobody knows of 0.5", of05().replace(BALANCER, ":80", ":8080"));
    }
}
