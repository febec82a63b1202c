package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge can say no. */
class NginxReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"a b; c;", "a;c;", "a\t;\nc;", "# x\na; # y;\nc;", "'a';c;", "\"a\" ;c;"})
    void findsTwoDirectives(String text) {
        assertThat(NginxReader.read(text).block()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a {", "a; }", ";", "{}", "a \"b", "a 'b'c;", "a { b }"})
    void refusesWhatNginxRefuses(String text) {
        assertThatThrownBy(() -> NginxReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b#c;", "a \"b#c\";", "a 'b#c';", "a b\\#c;"})
    void takesAHashInsideAWordAsItIs(String text) {
        assertThat(NginxReader.read(text).one("a").words().get(1)).isIn("b#c", "b\\#c");
    }
}
