package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write in YAML, and what is read of it; texts of programs are compared with Jackson in harbor-ha-templates. */
class YamlOutlineTest {

    private static Map<String, String> read(String text) {
        return YamlOutline.read(text).all();
    }

    @Test
    void mappingsAndSequencesInBothStyles() {
        assertThat(read("""
                        %YAML 1.1
                        ---
                        # a comment
                        services:
                          core:   # of core
                            env_file: [a, "b # c", {d: e, 'f g': [h]}]
                            ports:
                            - 80:8080
                            -   - nested
                                - https://x#y
                            - target: 8080
                              published: "80"
                        empty: {}
                        nothing:
                        last: {a: , b: ~, c}
                        ...
                        """))
                .isEqualTo(Map.ofEntries(
                        Map.entry("services.core.env_file[0]", "a"),
                        Map.entry("services.core.env_file[1]", "b # c"),
                        Map.entry("services.core.env_file[2].d", "e"),
                        Map.entry("services.core.env_file[2].f g[0]", "h"),
                        Map.entry("services.core.ports[0]", "80:8080"),
                        Map.entry("services.core.ports[1][0]", "nested"),
                        Map.entry("services.core.ports[1][1]", "https://x#y"),
                        Map.entry("services.core.ports[2].target", "8080"),
                        Map.entry("services.core.ports[2].published", "80"),
                        Map.entry("nothing", ""),
                        Map.entry("last.a", ""),
                        Map.entry("last.b", ""),
                        Map.entry("last.c", "")));
    }

    @Test
    void quotesAndEscapes() {
        assertThat(read("""
                        "a b": 'it''s: # this'
                        b: "tab\\t, quote \\", line\\nend, \\x41\\u0042\\U00000043, pair \\ud83d\\ude00, \\/"
                        c: "over
                          two  \\
                          lines

                          and a paragraph"
                        d: 'over

                          two'
                        e: plain over
                          two lines
                        f: not closed: "
                        g: "\\"
                        h: it's
                        """))
                .containsEntry("a b", "it's: # this")
                .containsEntry("b", "tab\t, quote \", line\nend, ABC, pair \ud83d\ude00, /")
                .containsEntry("c", "over two  lines\nand a paragraph")
                .containsEntry("d", "over\ntwo")
                .containsEntry("e", "plain over two lines")
                .containsEntry("f", "not closed: \"")
                .hasEntrySatisfying("g", value -> assertThat(value).startsWith("\""));
    }

    @Test
    void blockScalars() {
        assertThat(read("""
                        literal: |
                          a # no comment

                            b
                          - c: d
                        strip: |-
                          a
                        keep: |+
                          a

                        folded: >
                          a
                          b

                          c
                            d
                          e
                        in:
                          - |
                            x
                          - y
                        indented: |2
                            two more
                        """))
                .containsEntry("literal", "a # no comment\n\n  b\n- c: d\n")
                .containsEntry("strip", "a")
                .containsEntry("keep", "a\n\n")
                .containsEntry("folded", "a b\nc\n  d\ne\n")
                .containsEntry("in[0]", "x\n")
                .containsEntry("in[1]", "y")
                .containsEntry("indented", "  two more\n");
    }

    @Test
    void anchorsAliasesAndMergeKeys() {
        assertThat(read("""
                        x-base: &base
                          a: 1
                          nested: {b: 2, c: 3}
                        x-more: &more {d: 4}
                        one:
                          <<: *base
                          nested: {b: 5}
                        two:
                          e: 6
                          <<: [*base, *more]
                        three: *more
                        four: [&word hello, *word]
                        five: *nobody
                        six: !!str &tagged x
                        """))
                .containsEntry("one.a", "1")
                .containsEntry("one.nested.b", "5")
                .doesNotContainKey("one.nested.c")
                .containsEntry("two.a", "1")
                .containsEntry("two.nested.c", "3")
                .containsEntry("two.d", "4")
                .containsEntry("two.e", "6")
                .containsEntry("three.d", "4")
                .containsEntry("six", "x")
                .doesNotContainKey("five");
    }

    @Test
    void anOutlineFindsItsParts() {
        YamlOutline yaml = YamlOutline.read("a:\n  b: [x, y]\n  c:\n    d: 1\n  c-e: 2\nab: 3\n");
        assertThat(yaml.keys("")).containsExactly("a", "ab");
        assertThat(yaml.keys("a")).containsExactlyInAnyOrder("b", "c", "c-e");
        assertThat(yaml.keys("a.c")).containsExactly("d");
        assertThat(yaml.items("a.b")).containsExactly("a.b[0]", "a.b[1]");
        assertThat(yaml.items("a.c")).isEmpty();
        assertThat(yaml.section("a.c")).containsOnlyKeys("a.c.d");
        assertThat(yaml.section("ab")).containsOnlyKeys("ab");
        assertThat(yaml.has("a.b")).isTrue();
        assertThat(yaml.has("a.b[1]")).isTrue();
        assertThat(yaml.has("b")).isFalse();
        assertThat(yaml.value("ab")).contains("3");
        assertThat(yaml.value("a")).isEmpty();
    }

    @Test
    void whatIsNoYamlIsPassedOver() {
        assertThat(read("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"))
                .isEmpty();
        assertThat(read("a: 1\n what is this\n\tnor this\nb: 2\n")).containsEntry("b", "2");
        assertThat(read("\ufeffa: 1\r\nb: 2\r\n")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(read("{\"a\": {\"b\": [1, 2]}}\n")).isEqualTo(Map.of("a.b[0]", "1", "a.b[1]", "2"));
    }

    /** Each of these is a text of some hundred thousand characters that other readers have died of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "{a: ",
                "- ",
                "a:\n ",
                "\"",
                "'",
                "\\",
                "a: \"",
                "a: '\n",
                "|\n",
                "a: |\n",
                "&a ",
                "a: &a ",
                "*a ",
                "a: &a [*a, *a]\n",
                "x: &x\n  <<: *x\n",
                " #",
                "a: # b\n",
                "\"a\" # ",
                "a: [\n",
                "a: {\"",
                ", ",
                ":",
                ": ",
                "\t",
                "\n"
            })
    @Timeout(30)
    void longTextsEndSoon(String part) {
        long begin = System.nanoTime();
        assertThat(read(part.repeat(50_000)).size()).isLessThanOrEqualTo(200_000);
        assertThat(read("a: " + part.repeat(50_000) + "\nb: 1\n").size()).isLessThanOrEqualTo(200_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    /** A text whose aliases say each other's content ten times would be larger than any memory. */
    @Test
    void aliasesOfAliasesAreLimited() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            text.append("a" + i + ": &a" + i + " [")
                    .append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("x]\n");
        }
        assertThat(read(text.toString()).size()).isLessThan(50_000);
    }

    @Test
    void noValueIsShownByAccident() {
        assertThat(new Setting("of+the+core", SampleBundle.complete().get(SampleBundle.CORE_ENV)).toString())
                .isEqualTo("Setting in " + SampleBundle.CORE_ENV);
        assertThat(RedisPlace.ofUrl("redis://u:of+the+redis@host:6379/3").orElseThrow())
                .hasToString("database 3 of host:6379");
    }
}
