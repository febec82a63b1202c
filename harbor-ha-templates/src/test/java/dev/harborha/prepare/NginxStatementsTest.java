package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxStatementsTest {

    private static final String FILE = "common/config/nginx/nginx.conf";

    private static final String THEIRS = """
            worker_processes auto;
            http {
              # A comment
              upstream core {
                server core:8080;
              }
              log_format short '$remote_addr - '
                '"$request" ';
              map $http_x_forwarded_proto $x_forwarded_proto {
                default $http_x_forwarded_proto;
                ""      $scheme;
              }
              server {
                listen 8443 ssl;
                listen [::]:8443 ssl;
                ssl_ciphers '!aNULL:RSA';
                add_header X-Frame-Options DENY;
                location = /metrics {
                  if ($arg_comp = core) { proxy_pass http://core_metrics; }
                  if ($arg_comp = jobservice) { proxy_pass http://js_metrics; }
                }
                location / {
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Real-IP $remote_addr;
                  proxy_cookie_path / "/; Secure";
                }
              }
            }
            """;

    private static final String OTHERWISE = """
            http { server { location / { proxy_cookie_path "/" '/; Secure'; proxy_set_header X-Real-IP "$remote_addr";
                proxy_set_header "Host" $http_host; }
              location = /metrics {
                if ( $arg_comp = core ) { proxy_pass http://core_metrics; }
                if ($arg_comp = "jobservice") { proxy_pass "http://js_metrics"; } }
              add_header X-Frame-Options DENY; ssl_ciphers !aNULL:RSA; listen [::]:8443 ssl; listen 8443 ssl; }
            map $http_x_forwarded_proto $x_forwarded_proto { '' $scheme; default "$http_x_forwarded_proto"; }
            log_format short '$remote_addr - "$request" ';
            upstream core { server core:8080; } }
            worker_processes auto;
            """;

    @Test
    void namesDirectivesByTheirBlocks() {
        assertThat(Statements.ignoring().of(Map.of(FILE, THEIRS), EnvReader.RAW))
                .containsEntry(FILE + ": worker_processes", "auto")
                .containsEntry(FILE + ": http/upstream[core]/server[core:8080]", "present")
                .containsEntry(FILE + ": http/log_format[short]", "$remote_addr - \"$request\" ")
                .containsEntry(FILE + ": http/map[$http_x_forwarded_proto $x_forwarded_proto]/\"\"", "$scheme")
                .containsEntry(FILE + ": http/server[listen 8443]/listen[[::]:8443]", "ssl")
                .containsEntry(FILE + ": http/server[listen 8443]/location[/]/proxy_set_header[Host]", "$http_host")
                .containsEntry(FILE + ": http/server[listen 8443]/location[/]/proxy_cookie_path", "/ \"/; Secure\"")
                .containsEntry(
                        FILE + ": http/server[listen 8443]/location[= /metrics]/if[($arg_comp = core)]/proxy_pass",
                        "http://core_metrics")
                .containsEntry(
                        FILE + ": http/server[listen 8443]/location[= /metrics]/order of what is carried out",
                        "if[($arg_comp = core)], if[($arg_comp = jobservice)]");
    }

    @Test
    void doesNotMindHowItIsWritten() {
        assertThat(Compared.texts(FILE, THEIRS, OTHERWISE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto;                           | 2;                   | worker_processes: auto, 2
            server core:8080;               | server core:8080 max_fails=0; | http/upstream[core]/server[core:8080]: present, max_fails=0
            X-Real-IP $remote_addr          | X-Real-IP $realip    | http/server[listen 8443]/location[/]/proxy_set_header[X-Real-IP]: $remote_addr, $realip
            add_header X-Frame-Options DENY;| ''                   | http/server[listen 8443]/add_header[X-Frame-Options]: DENY, -
            add_header X-Frame-Options DENY;| add_header X-Frame-Options DENY; add_header X-Frame-Options DENY;| http/server[listen 8443]/add_header[X-Frame-Options]#2: -, DENY
            "/; Secure"                     | / Secure             | http/server[listen 8443]/location[/]/proxy_cookie_path: / "/; Secure", / / Secure
            """)
    void findsWhatDiffers(String theirs, String ours, String difference) {
        assertThat(THEIRS).contains(theirs);
        assertThat(Compared.texts(FILE, THEIRS, THEIRS.replace(theirs, ours))).containsExactly(difference);
    }

    @Test
    void mindsTheOrderOfWhatIsCarriedOut() {
        String theirs = "server { if ($a) { return 404; } if ($b) { return 403; } }";
        String ours = "server { if ($b) { return 403; } if ($a) { return 404; } }";
        assertThat(Compared.texts(FILE, theirs, ours))
                .containsExactly(
                        "server[listen 80]/order of what is carried out: if[($a)], if[($b)], if[($b)], if[($a)]");
    }

    @Test
    void mindsTheOrderOfPatterns() {
        List<String> found = Compared.texts(
                FILE,
                "location ~ ^/a {} location /c {} location ~ ^/b {}",
                "location /c {} location ~ ^/b {} location ~ ^/a {}");
        assertThat(found)
                .containsExactly(
                        "order of patterns: location[~ ^/a], location[~ ^/b], location[~ ^/b], location[~ ^/a]");
    }
}
