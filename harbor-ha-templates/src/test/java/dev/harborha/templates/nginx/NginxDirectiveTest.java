package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NginxDirectiveTest {

    @Test
    void indentsAndSeparates() {
        String text = NginxDirective.write(List.of(
                directive("user", "www-data").because("one\ntwo"),
                directive("pid", "/run/nginx.pid"),
                block("events", List.of(directive("use", "epoll"))),
                directive("after", "it"),
                block(
                        "http",
                        List.of(block(
                                "server", List.of(directive("return", "301").textAndVariable("https://a", "uri")))))));
        assertThat(text).isEqualTo("""
                        # one
                        # two
                        user www-data;
                        pid /run/nginx.pid;

                        events {
                          use epoll;
                        }

                        after it;

                        http {
                          server {
                            return 301 https://a$uri;
                          }
                        }
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "plain ~ name plain;",
                "a.b-c_d:/1 ~ name a.b-c_d:/1;",
                "two words ~ name \"two words\";",
                "a;b ~ name \"a;b\";",
                "{ ~ name \"{\";",
                "# ~ name \"#\";",
                "say \"no\" ~ name \"say \\\"no\\\"\";",
                "it's ~ name \"it's\";",
                "back\\slash ~ name \"back\\\\slash\";",
                "^^ ~ name \"\";",
                "é ~ name \"é\";"
            })
    void quotesWhatHasToBeQuoted(String text, String written) {
        assertThat(directive("name", text)).hasToString(written + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "a$b", "$scheme", "$$", "\\$"})
    void refusesADollar(String text) {
        assertThatThrownBy(() -> directive("name", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nginx would take the \"$\" in this text for a variable; choose a text without it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "a\tb", "\u0000", "a\u007f", "\u0085"})
    void refusesAControlCharacter(String text) {
        assertThatThrownBy(() -> directive("name", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This text has a control character, which has no place in nginx.conf.");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThatThrownBy(() -> directive("name", "a\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This text holds half a surrogate pair, which no file can carry.");
    }
}
