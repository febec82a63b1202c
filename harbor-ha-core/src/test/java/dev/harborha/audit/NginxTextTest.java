package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of nginx as nginx reads it. */
class NginxTextTest {

    private static final NginxText.Directive FILE = NginxText.read("""
            # client_max_body_size 1m;
            user nginx;
            http {
              proxy_set_header Host $http_host; # not this; one
              log_format main '$remote_addr "a;b" {' "it\\"s";
              server {
                listen 443 ssl;
                location ~ ^/v[12]/$ { proxy_pass http://${name}; proxy_set_header X "" ; }
                location / { proxy_pass http://b; }
              }
              map $a $b { default ""; }
            }
            """);

    @Test
    void directivesAreATree() {
        assertThat(FILE.all("user")).hasSize(1);
        assertThat(FILE.all("client_max_body_size")).isEmpty();
        assertThat(FILE.everywhere("log_format").findFirst().orElseThrow().arguments())
                .containsExactly("main", "$remote_addr \"a;b\" {", "it\"s");
        List<NginxText.Directive> passes = FILE.everywhere("proxy_pass").toList();
        assertThat(passes).extracting(NginxText.Directive::argument).containsExactly("http://${name}", "http://b");
        assertThat(passes.get(0).around("location").orElseThrow().arguments()).containsExactly("~", "^/v[12]/$");
        assertThat(passes.get(0).around("events")).isEmpty();
        assertThat(FILE.all("user").get(0)).hasToString("user[nginx]");
    }

    /** Directives of a kind are inherited only by a block that has none of them. */
    @Test
    void theInnermostBlockCounts() {
        List<NginxText.Directive> passes = FILE.everywhere("proxy_pass").toList();
        assertThat(passes.get(0).inForce("proxy_set_header").get(0).arguments()).containsExactly("X", "");
        assertThat(passes.get(1).inForce("proxy_set_header").get(0).arguments()).containsExactly("Host", "$http_host");
        assertThat(passes.get(1).inForce("proxy_buffering")).isEmpty();
    }

    @Test
    void anIncludedFileStandsInItsBlock() {
        NginxText.Directive http = FILE.all("http").get(0);
        NginxText.Directive pass = NginxText.readInside("server { location / { proxy_pass http://c; } }", http)
                .everywhere("proxy_pass")
                .findFirst()
                .orElseThrow();
        assertThat(pass.inForce("proxy_set_header").get(0).arguments()).containsExactly("Host", "$http_host");
        assertThat(http.everywhere("proxy_pass")).hasSize(2);
    }

    @Test
    void theTemplatesOf05DoubleTheDollarSign() {
        assertThat(NginxText.read("proxy_set_header Host $$http_host;")
                        .all("proxy_set_header")
                        .get(0)
                        .arguments())
                .containsExactly("Host", "$http_host");
    }

    @Test
    void damagedTextsHaveAnEnd() {
        assertThat(NginxText.read("a b; c } d e; } f { g h;").everywhere("g")).hasSize(1);
        assertThat(NginxText.read("a 'not closed; b c;").all("b")).isEmpty();
        assertThat(NginxText.read("a { b").everywhere("b")).isEmpty();
        assertThat(NginxText.read("x\\")).hasToString("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {", "{", "}", "a ", "\"", "'a", "\\", "${", ";", "a;", "#", "a { } "})
    @Timeout(30)
    void longTextsEndSoon(String part) {
        NginxText.Directive file = NginxText.read(part.repeat(50_000));
        assertThat(file.everywhere("b")).isEmpty();
        assertThat(NginxText.read(part.repeat(50_000) + "b c;").everywhere("nothing"))
                .isEmpty();
    }
}
