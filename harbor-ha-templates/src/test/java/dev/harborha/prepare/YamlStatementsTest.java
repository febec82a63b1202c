package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlStatementsTest {

    private static final String FILE = "common/config/registry/config.yml";

    @Test
    void namesValuesByTheWayToThem() {
        assertThat(Statements.ignoring().of(Map.of(FILE, """
                                        version: 0.1
                                        a:
                                          b: [x, {c: 1}]
                                          d.e: yes
                                        none:
                                        empty: {}
                                        nothing: []
                                        day: 2001-01-01
                                        """), EnvReader.RAW))
                .isEqualTo(Map.of(
                        FILE + ": version", "!float 0.1",
                        FILE + ": a.b[0]", "x",
                        FILE + ": a.b[1].c", "!int 1",
                        FILE + ": a.\"d.e\"", "!bool true",
                        FILE + ": none", "!null",
                        FILE + ": empty", "!map",
                        FILE + ": nothing", "!list",
                        FILE + ": day", "!date 2001-01-01"));
    }

    @Test
    void doesNotMindHowItIsWritten() {
        assertThat(Compared.texts(
                        FILE,
                        "---\n# A comment\na: {c: \"x y\", b: 1}\nl:\n- u\n- w\n",
                        "l: [u, w]\na:\n  b: 1\n  c: x y # here\n"))
                .isEmpty();
    }

    @Test
    void findsWhatDiffers() {
        assertThat(Compared.texts(FILE, "a: {b: 1, c: x, d: y}\nl: [u, w]\n", "a: {b: \"1\", c: z}\nl: [w, u]\n"))
                .containsExactly("a.b: !int 1, 1", "a.c: x, z", "a.d: y, -", "l[0]: u, w", "l[1]: w, u");
    }

    @Test
    void refusesWhatAReaderMayTakeDifferently() {
        assertThatThrownBy(() -> Compared.texts(FILE, "a: 1\na: 2\n", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(FILE + ": ValueError: a comes twice");
        assertThatThrownBy(() -> Compared.texts(FILE, "a: @b\n", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
