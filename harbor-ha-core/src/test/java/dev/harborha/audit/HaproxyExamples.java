package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.BALANCER;
import static dev.harborha.audit.SampleBundle.HAPROXY;
import static dev.harborha.audit.SampleBundle.complete;

/** Examples for the rules on HAProxy. */
final class HaproxyExamples {

    private static final String CHECK = "option httpchk\n  http-check send meth GET uri /v2/ ver HTTP/1.1"
            + " hdr Host harbor.example.com hdr Authorization 'of+the+canary'";
    private static final String FALLBACK = "use_backend harbor_unchecked if { nbsrv(harbor) eq 0 }";

    private HaproxyExamples() {}

    private static SampleBundle haproxy(String target, String replacement) {
        return complete().haproxy().replace(HAPROXY, target, replacement);
    }

    static void describe() {
        rule("bundle.check-without-host")
                .bad("none", haproxy("hdr Host harbor.example.com ", ""))
                .bad("in one line", haproxy(CHECK, "option httpchk GET /v2/ HTTP/1.1"))
                .bad(
                        "the version alone in that line",
                        haproxy(CHECK, "option httpchk GET /v2/ HTTP/1.1\n  http-check send hdr A b"))
                .good("it is there", complete().haproxy())
                .good("in one line", haproxy(CHECK, "option httpchk GET /v2/ HTTP/1.1\\r\\nHost:\\ harbor.example.com"))
                .good("HTTP/1.0 needs none", haproxy(CHECK, "option httpchk GET /v2/"))
                .good("connections are checked", haproxy(CHECK, ""))
                .good(
                        "nothing is checked",
                        haproxy("hdr Host harbor.example.com ", "").replace(HAPROXY, ":80 check", ":80"));
        rule("bundle.servers-unchecked")
                .bad("one", haproxy("12:80 check", "12:80"))
                .bad("all", haproxy(":80 check", ":80"))
                .bad("said so", haproxy("12:80 check", "12:80 check no-check"))
                .bad("a listen", haproxy("frontend redirect", """
                        listen other
                          bind *:8443
                          http-request set-header Host harbor.example.com
                          server a 10.0.0.11:80
                          server b 10.0.0.12:80 check
                        frontend redirect"""))
                .good(
                        "by default",
                        haproxy(":80 check", ":80")
                                .replace(HAPROXY, "server harbor-1", "default-server check\n  server harbor-1"))
                .good("a server that follows another one", haproxy("12:80 check", "12:80 track harbor/harbor-1"))
                .good("one server", haproxy("server harbor-2", "# server").replace(HAPROXY, "11:80 check", "11:80"))
                .good("the last resort", haproxy("12:80 check", "12:80 backup"))
                .good(
                        "the other way round",
                        haproxy(FALLBACK, "use_backend harbor if { nbsrv(harbor) gt 0 }")
                                .replace(HAPROXY, "default_backend harbor", "default_backend harbor_unchecked"));
        rule("bundle.no-unchecked-fallback")
                .bad("none", haproxy(FALLBACK, ""))
                .bad(
                        "one that is checked as well",
                        haproxy("11:80\n", "11:80 check\n").replace(HAPROXY, "12:80\n", "12:80 check\n"))
                .good("it is there", complete().haproxy())
                .good(
                        "by a name",
                        haproxy(FALLBACK, "acl lost nbsrv(harbor) lt 1\n  use_backend harbor_unchecked if lost"))
                .good("a last resort", haproxy(FALLBACK, "").replace(HAPROXY, "12:80 check", "12:80 check backup"))
                .good("nothing is checked", haproxy(FALLBACK, "").replace(HAPROXY, ":80 check", ":80"));
        rule("bundle.balancer-cuts-layers")
                .bad("the client", haproxy("timeout client 15m", "timeout client 30s"))
                .bad("the node", haproxy("timeout server 15m", ""))
                .bad("in milliseconds", haproxy("timeout server 15m", "timeout server 5000"))
                .good("15 minutes", complete().haproxy())
                .good(
                        "for ends of layers",
                        haproxy("timeout server 15m", "http-request set-timeout server 300s if { method PUT }"))
                .good("a minute", haproxy("15m", "60s"))
                .good("for ever", haproxy("timeout client 15m", "timeout client 0"))
                .good("a variable", haproxy("timeout client 15m", "timeout client \"${PATIENCE}\""));
        rule("bundle.balancer-tls-old")
                .bad("HAProxy", haproxy("ssl-min-ver TLSv1.2", "ssl-min-ver TLSv1.0"))
                .bad("by one port", haproxy("harbor.pem", "harbor.pem ssl-min-ver SSLv3"))
                .bad("nothing else", haproxy("harbor.pem", "harbor.pem force-tlsv11"))
                .bad(
                        "nginx",
                        complete().replace(BALANCER, "listen 443", "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; listen 443"))
                .good("HAProxy", complete().haproxy())
                .good("HAProxy says nothing", haproxy("ssl-default-bind-options ssl-min-ver TLSv1.2", ""))
                .good("another port", haproxy("bind *:80", "bind *:80 ssl crt /etc/other.pem ssl-min-ver TLSv1.0"))
                .good("nginx", complete().replace(BALANCER, "listen 443", "ssl_protocols TLSv1.2 TLSv1.3; listen 443"));
    }
}
