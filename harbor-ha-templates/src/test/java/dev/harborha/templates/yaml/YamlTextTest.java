package dev.harborha.templates.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @Test
    void writesMapsInTheirOrderWithEveryStringInQuotes() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("z", "a");
        inner.put("a", List.of("x", Map.of("k", "v"), List.of()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", "0.1");
        tree.put("no", 1);
        tree.put("count", 5_368_709_120L);
        tree.put("on", true);
        tree.put("share", new BigDecimal("1E-7"));
        tree.put("inner", inner);
        tree.put("empty", Map.of());

        assertThat(YamlText.write(tree)).isEqualTo("""
                        version: "0.1"
                        "no": 1
                        count: 5368709120
                        "on": true
                        share: 0.0000001
                        inner:
                          z: "a"
                          a:
                            - "x"
                            - k: "v"
                            - []
                        empty: {}
                        """);
    }

    @Test
    void spellsOutWhateverIsNotPrintableAscii() {
        assertThat(YamlText.write(Map.of("k", "é\u2028\u0000\t\"\\/\n😀")))
                .isEqualTo("k: \"\\xe9\\L\\0\\t\\\"\\\\/\\n\\U0001f600\"\n");
    }

    @Test
    void doesNotSplitLongLines() {
        assertThat(YamlText.write(Map.of("k", "word ".repeat(200))).lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<<", "1a", "a b", "a:", "é", "a\n", "-a", "a\u2028"})
    void refusesKeysThatSomeReaderWouldChange(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlText.write(Map.of("top", Map.of(key, "s3cret"))))
                .withMessage(
                        "A key at top is not of letters, digits and _ . / - beginning with a letter or an underscore, so"
                                + " some readers of YAML would change it.");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlText.write(Map.of("a", List.of("ok", "s3cret \ud83d"))))
                .withMessage("The text at a[1] holds half a surrogate pair, which no file can carry.");
    }

    @Test
    void refusesOtherTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlText.write(Map.of("a", 1.5)))
                .withMessage(
                        "The value at a is no map, list, string, integer, long, decimal or boolean, which are what is"
                                + " written.");
    }
}
