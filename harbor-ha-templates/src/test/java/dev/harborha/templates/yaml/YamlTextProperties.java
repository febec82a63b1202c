package dev.harborha.templates.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.testing.PythonYaml;
import dev.harborha.testing.Texts;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlTextProperties {

    private static @Nullable PythonYaml python;

    @AfterContainer
    static void stop() {
        if (python != null) {
            python.close();
        }
    }

    /** A tree under one key, so that lists and plain values come at the top too. */
    @Provide
    Arbitrary<Map<String, Object>> trees() {
        return values(2).map(value -> Map.of("tree", value));
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Texts.any().map(text -> text),
                Texts.any().map(text -> text),
                Arbitraries.just("").map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().between(-1e6, 1e6).map(BigDecimal::valueOf),
                Arbitraries.of(true, false).map(truth -> truth));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Object> lists =
                Arbitraries.lazy(() -> values(depth - 1)).list().ofMaxSize(3).map(list -> list);
        Arbitrary<Object> maps = Arbitraries.maps(keys(), Arbitraries.lazy(() -> values(depth - 1)))
                .ofMaxSize(3)
                .map(LinkedHashMap::new);
        return Arbitraries.oneOf(leaf, lists, maps);
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "no",
                        "Yes",
                        "on",
                        "OFF",
                        "y",
                        "N",
                        "null",
                        "NULL",
                        "true",
                        "False",
                        "e1",
                        "inf",
                        "NaN",
                        "_",
                        "_1",
                        "a-b",
                        "a.b",
                        "a/b",
                        "A_",
                        "n",
                        "Infinity",
                        "x".repeat(200)),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8));
    }

    @Property(tries = 1500)
    void snakeYamlReadsTheSameValues(@ForAll("trees") Map<String, Object> tree) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(YamlText.write(tree));

        assertThat(longs(read)).isEqualTo(longs(tree));
    }

    @Property(tries = 1500)
    void pyYamlReadsTheSameValues(@ForAll("trees") Map<String, Object> tree) throws IOException {
        if (python == null) {
            python = PythonYaml.start();
        }
        Object read = new ObjectMapper().readValue(python.read(YamlText.write(tree)), Object.class);

        assertThat(longs(read)).isEqualTo(longs(tree));
    }

    @Property(tries = 500)
    void theTextIsAsciiInLinesThatEndWithANewlineAndHasNoMarker(@ForAll("trees") Map<String, Object> tree) {
        String text = YamlText.write(tree);

        assertThat(text).matches("[\\x20-\\x7e\\n]*\\n").doesNotContain("---\n");
    }

    /** Readers choose between int and long by size; here all whole numbers are longs, and all others doubles. */
    private static Object longs(Object value) {
        if (value instanceof BigDecimal || value instanceof Double) {
            return ((Number) value).doubleValue() + 0.0; // -0.0 has no sign in BigDecimal
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlTextProperties::longs).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> copy.put(key, longs(member)));
            return List.of(List.copyOf(copy.keySet()), copy); // the order of the keys counts
        }
        return value;
    }
}
