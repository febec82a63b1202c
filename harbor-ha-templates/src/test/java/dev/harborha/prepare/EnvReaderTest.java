package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values of compose are those that compose-go says. */
class EnvReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a=b", " a ", "\"a\"", "'", "$a", "${", "a # b", "\\"})
    void prepareMeansWhatItWrites(String value) {
        assertThat(EnvReader.RAW.read("# A comment\n\nKEY=" + value + "\nNEXT=1\n"))
                .isEqualTo(Map.of("KEY", value, "NEXT", "1"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '>', textBlock = """
            a b              >a b
            a # b            >a
            a#b              >a#b
            a"b'             >a"b'
            a\\nb            >a\\nb
            a$$b             >a$b
            a$b_1            >ax_1
            "a # b"          >a # b
            "a\\"b"          >a"b
            "a'b" # c        >a'b
            'a"b'            >a"b
            'a\\'b'          >a'b
            'a$$b\\n'        >a$$b\\n
            "a\\\\b"         >a\\b
            "a\\$b"          >a$b
            "a$$b"           >a$b
            "a\\tb"          >a	b
            "a\\x\\1b"       >a\\x\\1b
            "a\\0101b"       >aAb
            "a\\012b"        >a\\012b
            "\\\\$b_1"       >\\x_1
            """)
    void composeReadsAValue(String written, String meant) {
        assertThat(EnvReader.COMPOSE.read("b_1=x_1\nKEY=" + written + "\nNEXT : 1"))
                .isEqualTo(Map.of("b_1", "x_1", "KEY", meant, "NEXT", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "KEY\nA=1",
                "=1",
                "A B=1",
                "A=\"b",
                "A='b",
                "A=\"b\"c",
                "A=${",
                "A=$b",
                "A=${b:-c}",
                "A=\"$b\""
            })
    void composeRefuses(String text) {
        assertThatThrownBy(() -> EnvReader.COMPOSE.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
