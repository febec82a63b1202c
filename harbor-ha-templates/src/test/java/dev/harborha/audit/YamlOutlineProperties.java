package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.templates.yaml.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reader of YAML that the rules on files have, against Jackson's. */
class YamlOutlineProperties {

    private static final String BREAKS = "\u0085\u2028\u2029";

    private static final ObjectMapper JACKSON = new ObjectMapper(new YAMLFactory());

    /** As people and other programs write it: bare words, literal blocks, long lines split. */
    private static final ObjectMapper PLAIN = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build());

    private static final ObjectMapper INDENTED = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    /** A line separator of Unicode breaks a line in YAML, but not in JSON; so it is escaped. */
    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

    /** Returns what Jackson reads, in the words of the outline. */
    private static SortedMap<String, String> outline(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        try {
            flatten(JACKSON.readTree(text), "", values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }

    private static void flatten(JsonNode node, String path, SortedMap<String, String> values) {
        if (node.isObject()) {
            ((ObjectNode) node)
                    .properties()
                    .forEach(entry -> flatten(
                            entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), values));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(node.get(i), path + "[" + i + "]", values);
            }
        } else {
            values.put(path, node.isNull() ? "" : node.asText());
        }
    }

    private static Arbitrary<Object> leaves(boolean anyBreak) {
        Arbitrary<Object> words = Arbitraries.of(
                "",
                "a",
                "two words",
                "it's",
                "say \"so\"",
                "a: b",
                "a #b",
                "#",
                "-",
                "- a",
                "{x}",
                "[x]",
                "*a",
                "&a",
                "!t",
                "|",
                ">",
                "~",
                "null",
                "true",
                "2.14.0",
                "tab\there",
                "line\nend",
                "line\n",
                "\nline",
                " padded ",
                "back\\slash",
                "$x ${y} $$",
                "https://user:p%40ss@host:8443/path?x=1#y",
                "é ü 中 \ud83d\ude00",
                "\u2028",
                "\u0085",
                "\u00a0",
                "\u0007",
                "a long line that is so long that a writer of YAML with a width of eighty characters will break it: \\ here");
        Arbitrary<Object> all = Arbitraries.oneOf(
                words,
                Arbitraries.strings()
                        .ofMaxLength(30)
                        .filter(YamlOutlineProperties::isText)
                        .map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        return anyBreak
                ? all
                : all.filter(
                        leaf -> BREAKS.chars().noneMatch(c -> leaf.toString().indexOf(c) >= 0));
    }

    /** What YAML has no place for: halves of pairs, and characters that are none. */
    private static boolean isText(String text) {
        return text.codePoints()
                .allMatch(c -> (c >= 0x20 && c <= 0xd7ff && c != 0x7f) || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff));
    }

    private static Arbitrary<Object> trees(int depth, boolean anyBreak) {
        if (depth == 0) {
            return leaves(anyBreak);
        }
        Arbitrary<Object> below = trees(depth - 1, anyBreak);
        return Arbitraries.oneOf(
                leaves(anyBreak),
                below.list().ofMaxSize(4).map(list -> (Object) list),
                maps(below).map(map -> (Object) map));
    }

    private static Arbitrary<Map<String, Object>> maps(Arbitrary<Object> below) {
        Arbitrary<String> keys = Arbitraries.strings()
                .withChars("abcXYZ019_/-")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> "k" + text);
        return Combinators.combine(
                        keys.list().ofMaxSize(5).uniqueElements(), below.list().ofSize(5))
                .as((names, values) -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        map.put(names.get(i), values.get(i));
                    }
                    return map;
                });
    }

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return maps(trees(3, true));
    }

    /** Returns documents without the breaks of lines that only Unicode knows, which writers of YAML do not carry all alike. */
    @Provide
    Arbitrary<Map<String, Object>> plainDocuments() {
        return maps(trees(3, false));
    }

    private static void readsLikeJackson(String text) {
        assertThat(YamlOutline.read(text).all()).as(text).isEqualTo(outline(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatThisLibraryWrites(@ForAll("documents") Map<String, Object> document) {
        readsLikeJackson(YamlText.write(document));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatOthersWrite(@ForAll("plainDocuments") Map<String, Object> document) throws IOException {
        readsLikeJackson(JACKSON.writeValueAsString(document));
        readsLikeJackson(INDENTED.writeValueAsString(document));
        readsLikeJackson(JSON.writeValueAsString(document));
        readsLikeJackson("all: " + JSON.writeValueAsString(document) + "\n");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatPeopleWrite(@ForAll("plainDocuments") Map<String, Object> document) throws IOException {
        readsLikeJackson(PLAIN.writeValueAsString(document));
    }

    @Example
    void everyRenderedFile() {
        int[] count = {0};
        Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey())
                .values()
                .forEach(cluster -> {
                    for (RenderedFile file :
                            TestKeys.HARBOR.render(cluster, TestKeys.KEYS).files()) {
                        if (file.path().endsWith(".yml")) {
                            readsLikeJackson(file.content());
                            count[0]++;
                        }
                    }
                });
        assertThat(count[0]).isGreaterThan(40);
    }
}
