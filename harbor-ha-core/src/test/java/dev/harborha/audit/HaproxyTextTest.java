package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.audit.HaproxyText.Line;
import dev.harborha.audit.HaproxyText.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of HAProxy as HAProxy reads it. */
class HaproxyTextTest {

    private static final List<Section> FILE = HaproxyText.read("""
            stray line
            global # all
              log /dev/log local0
            defaults one
              timeout client 1m
            defaults two from one
              timeout server 2m
              mode http
            frontend public
              bind *:443 ssl crt "/etc/a b.pem" crt /etc/c.pem # not this
              acl ours hdr(host) -m reg '^a\\.b#c"$' # nor this
              http-request set-header X a\\ b\\#c\\'d
              http-request set-header Y 'it'\\''s'
            backend named from one
              mode tcp
              server a 10.0.0.1:80
            """);

    private static Section section(int index) {
        return FILE.get(index);
    }

    private static List<String> words(Section section, String... start) {
        return section.inForce(start).stream()
                .flatMap(line -> line.words().stream())
                .toList();
    }

    @Test
    void linesStandInSections() {
        assertThat(FILE)
                .extracting(Section::kind)
                .containsExactly("global", "defaults", "defaults", "frontend", "backend");
        assertThat(FILE).extracting(Section::name).containsExactly("", "one", "two", "public", "named");
        assertThat(section(0).lines()).hasSize(1);
        assertThat(section(3).lines()).hasSize(4);
        assertThat(section(3)).hasToString("frontend …");
        assertThat(section(3).lines().get(0)).hasToString("bind …");
    }

    @Test
    void whatASectionDoesNotSayItsDefaultsSay() {
        assertThat(words(section(3), "mode")).containsExactly("mode", "http");
        assertThat(words(section(3), "timeout", "server")).containsExactly("timeout", "server", "2m");
        assertThat(words(section(3), "timeout", "client")).containsExactly("timeout", "client", "1m");
        assertThat(words(section(4), "mode")).containsExactly("mode", "tcp");
        assertThat(words(section(4), "timeout", "client")).containsExactly("timeout", "client", "1m");
        assertThat(words(section(4), "timeout", "server")).isEmpty();
    }

    @Test
    void quotesAndBackslashesAreTakenAway() {
        Line bind = section(3).lines().get(0);
        assertThat(bind.allAfter("crt")).containsExactly("/etc/a b.pem", "/etc/c.pem");
        assertThat(bind.after("crt")).contains("/etc/a b.pem");
        assertThat(bind.after("alpn")).isEmpty();
        assertThat(bind.word(9)).isEmpty();
        assertThat(section(3).lines().get(1).words()).endsWith("^a\\.b#c\"$");
        assertThat(section(3).lines().get(2).word(3)).isEqualTo("a b#c'd");
        assertThat(section(3).lines().get(3).word(3)).isEqualTo("it's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frontend",
                "frontend \"",
                "frontend a\n  bind 'x",
                "frontend a\n  bind x\\",
                "backend a from a\n  server",
                "defaults a from a\n  mode",
                "\u0000 \ud800 '\u0000"
            })
    @Timeout(10)
    void everyTextHasAnEnd(String text) {
        assertThat(HaproxyText.read(text)).hasSizeLessThan(2);
        assertThat(HaproxyText.read((text + "\n").repeat(5000)))
                .hasSizeLessThan(5001)
                .allSatisfy(section -> assertThat(section.inForce("nothing")).isEmpty());
    }
}
