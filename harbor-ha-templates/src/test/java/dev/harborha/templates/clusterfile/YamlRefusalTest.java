package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.and;
import static dev.harborha.templates.clusterfile.Sample.problems;
import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no YAML, or YAML that a cluster file does not use. "s3cret" must never be shown. */
class YamlRefusalTest {

    private static final String BACKSLASH =
            "Double quotes hold a backslash here that begins no escape of YAML; double the"
                    + " backslash, or use single quotes.";
    private static final String RESERVED =
            "This begins with a character that YAML keeps for itself; put the text in double quotes.";
    private static final String QUOTES = "The quotes that begin here are not closed.";
    private static final String BRACKET =
            "The bracket that begins here is not closed, or a comma is missing in it; put a text"
                    + " that begins with a bracket in double quotes.";
    private static final String COLON =
            "A colon with a blank after it cannot stand here; put a text that holds one in double quotes, or mend the"
                    + " indentation.";
    private static final String INDENT = "This line does not fit the ones above; mend its indentation.";
    private static final String AFTER =
            "Text follows a value that is complete already; put the whole text in quotes, or mend"
                    + " the indentation.";
    private static final String TAB = "A tab cannot stand here in YAML; use blanks.";
    private static final String NO_COLON = "This is no \"key: value\"; a colon with a blank after it is missing.";
    private static final String MISSING = "A value or a closing bracket is missing here.";
    private static final String BLOCK =
            "After \"|\" or \">\" the text begins on the next line; put a text that begins with one of them in double quotes.";
    private static final String MARKS =
            "A text that begins with \"&\" or \"*\" means something else in YAML; put it in double quotes.";
    private static final String WORD = "A key must be a word, not a list, a map or an alias.";
    private static final String ALIAS =
            "Aliases (\"*name\") are not supported; write the value out, or put a text that begins with \"*\" in double quotes.";
    private static final String ANCHOR =
            "Anchors (\"&name\") are not supported; remove it, or put a text that begins with \"&\" in double quotes.";
    private static final String TAG =
            "Tags (\"!name\") are not supported; remove it, or put a text that begins with \"!\" in double quotes.";

    static List<Arguments> syntax() {
        return List.of(
                Arguments.of("password: \"s3cret", "1:11: " + QUOTES),
                Arguments.of("a: x\npassword: 's3cret\nb: y", "2:11: " + QUOTES),
                Arguments.of("password: 's3cret\n---\n'", "1:11: " + QUOTES),
                Arguments.of("password: \"s3\\cret\"", "1:15: " + BACKSLASH),
                Arguments.of("password: \"s3\\xcret\"", "1:16: " + BACKSLASH),
                Arguments.of("password: @s3cret", "1:11: " + RESERVED),
                Arguments.of("password: `s3cret`", "1:11: " + RESERVED),
                Arguments.of("password: %s3cret", "1:11: " + RESERVED),
                Arguments.of("password: s3cret: x", "1:17: " + COLON),
                Arguments.of("a: x\n  password: s3cret", "2:11: " + COLON),
                Arguments.of("password: [s3cret", "1:11: " + BRACKET),
                Arguments.of("password: {a: s3cret", "1:11: " + BRACKET),
                Arguments.of("password: [s3cret s3cret: x y: z]", "1:11: " + BRACKET),
                Arguments.of("password: {", "1:12: " + MISSING),
                Arguments.of("address: [2001:db8::1]:6379", "1:23: " + AFTER),
                Arguments.of("password: 's3cret' s3cret", "1:20: " + AFTER),
                Arguments.of("a:\n    b: c\n  password: s3cret", "3:3: " + INDENT),
                Arguments.of("- a\npassword: s3cret", "2:1: " + INDENT),
                Arguments.of("\tpassword: s3cret", "1:1: " + TAB),
                Arguments.of("a:\n\tpassword: s3cret", "2:1: " + TAB),
                Arguments.of("{password: 's3cret',\ta: b}", "1:21: " + TAB),
                Arguments.of("a: x\npassword:s3cret\n", "2:1: " + NO_COLON),
                Arguments.of("a: x\npassword s3cret\nb: x", "2:1: " + NO_COLON),
                Arguments.of("password: |s3cret", "1:12: " + BLOCK),
                Arguments.of("password: >s3cret", "1:12: " + BLOCK),
                Arguments.of("password: &", "1:12: " + MARKS),
                Arguments.of("password: *", "1:12: " + MARKS),
                Arguments.of("? [s3cret]\n: a", "1:4: " + WORD),
                Arguments.of("{s3cret: a}: a", "1:2: " + WORD),
                Arguments.of("password: !<s3cret", "1:19: " + YamlSyntax.GENERAL),
                Arguments.of("%YAML 3.0\n---\na: s3cret", "1:1: " + YamlSyntax.GENERAL));
    }

    @ParameterizedTest
    @MethodSource("syntax")
    void aTextThatIsNoYamlIsRefusedInOurOwnWords(String yaml, String expected) {
        assertThat(problems(yaml)).containsExactly(expected);
    }

    static List<Arguments> features() {
        return List.of(
                Arguments.of("env:DB", "&s3cret x", "12:13: cluster.database.password: " + ANCHOR),
                Arguments.of("env:DB", "&s3cret", "12:13: cluster.database.password: " + ANCHOR),
                Arguments.of("env:DB", "&s3cret {a: s3cret}", "12:13: cluster.database.password: " + ANCHOR),
                Arguments.of("env:DB", "*s3cret", "12:13: cluster.database.password: " + ALIAS),
                Arguments.of("env:DB", "!s3cret x", "12:13: cluster.database.password: " + TAG),
                Arguments.of("env:DB", "!s3cret", "12:13: cluster.database.password: " + TAG),
                Arguments.of("env:DB", "!!binary czNjcmV0", "12:13: cluster.database.password: " + TAG),
                Arguments.of("env:DB", "!!str s3cret", "12:13: cluster.database.password: " + TAG),
                Arguments.of("env:DB", "! s3cret", "12:13: cluster.database.password: " + TAG),
                Arguments.of("[ntp1.example.com]", "!!set [a]", "20:14: cluster.timeServers: " + TAG),
                Arguments.of("[ntp1.example.com]", "[a, *b]", "20:18: cluster.timeServers[#2]: " + ALIAS),
                Arguments.of("waivers:", "&w waivers:", "24:1: cluster: " + ANCHOR),
                Arguments.of("waivers:", "!w waivers:", "24:1: cluster: " + TAG),
                Arguments.of(
                        "redis:\n",
                        "redis:\n  <<: {password: s3cret}\n",
                        "14:3: cluster.redis: The merge key \"<<\" is not supported; write the keys out."));
    }

    @ParameterizedTest
    @MethodSource("features")
    void whatMakesOnePlaceDependOnAnotherIsRefused(String piece, String replacement, String expected) {
        assertThat(problems(with(piece, replacement))).contains(expected).allMatch(line -> !line.contains("s3cret"));
    }

    @Test
    void quotedTextsMayBeginWithAnything() {
        for (String text : List.of("&a", "*a", "!a", "%a", "@a", "|a", ">a", "#a", "{a", "[a", "- a", "a: b", "a #b")) {
            assertThat(Sample.read(with("env:ADMIN", "\"" + text + "\""))
                            .adminPassword()
                            .reveal())
                    .isEqualTo(text);
            assertThat(Sample.read(with("env:ADMIN", "'" + text + "'"))
                            .adminPassword()
                            .reveal())
                    .isEqualTo(text);
        }
    }

    @Test
    void aKeyThatIsGivenTwiceIsRefused() {
        assertThat(problems(and("adminPassword: s3cret\n")))
                .containsExactly(
                        "27:1: cluster: The key \"adminPassword\" is given a second time; the first is in line 19. Remove"
                                + " one of them.");
        assertThat(problems(with("    address: 10.0.0.12", "    address: 10.0.0.12\n    'address': 10.0.0.13")))
                .containsExactly(
                        "8:5: cluster.nodes[#2]: The key \"address\" is given a second time; the first is in line 7."
                                + " Remove one of them.");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems(and("---\nharbor: s3cret\n")))
                .containsExactly(
                        "28:1: A second document begins here; a cluster file holds one, so remove the line \"---\".");
    }

    @Test
    void oneDocumentMayHaveItsMarkers() {
        assertThat(Sample.read("%YAML 1.1\n---\n" + Sample.TEXT + "...\n")).isEqualTo(Sample.read(Sample.TEXT));
    }

    @Test
    void jsonIsYamlToo() {
        String json =
                "{\"harbor\": \"0.5.0\", \"nodes\": [{\"name\": \"😀\", \"address\": \"10.0.0.1\"}, 1], \"foo\": 1}";

        assertThat(problems(json))
                .hasSize(4)
                .contains(
                        "1:69: cluster.nodes[#2]: Expected a map of keys and values, found text.",
                        "1:73: cluster: Unknown key \"foo\"; " + Sample.KNOWN);
    }

    @Test
    void deepNestingIsRefusedBeforeItCostsAnything() {
        String expected = "Lists and maps are nested more than 12 deep here; no cluster file is.";

        assertThat(problems("a: " + "[".repeat(1_000_000))).containsExactly("1:16: " + expected);
        assertThat(problems("{a: ".repeat(100_000))).containsExactly("1:53: " + expected);
        assertThat(problems("- ".repeat(5_000))).containsExactly("1:27: " + expected);
    }

    @Test
    void charactersThatReadersDisagreeOnAreRefused() {
        assertThat(problems("harbor: 0.5.0\npassword: s3\u0007cret"))
                .containsExactly(
                        "2:13: The character U+0007 cannot stand in YAML as it is; remove it, or write it as \\u0007 in"
                                + " double quotes.");
        for (int c : new int[] {0, 0x1b, 0x7f, 0x80, 0x85, 0x9f, 0x2028, 0x2029, 0xfffe, 0xffff}) {
            assertThat(problems("a: \"😀" + Character.toString(c) + "\""))
                    .containsExactly(String.format(
                            "1:6: The character U+%04X cannot stand in YAML as it is; remove it, or write it as \\u%04x in double"
                                    + " quotes.",
                            c, c));
        }
        assertThat(problems("a: \ud83d"))
                .containsExactly("1:4: Here is half a surrogate pair, which no file can carry; give well-formed text.");
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(Sample.read(Sample.TEXT.replace("\n", "\r\n"))).isEqualTo(Sample.read(Sample.TEXT));
        assertThat(problems(with("env:ADMIN", "env:A-").replace("\n", "\r\n")))
                .singleElement()
                .asString()
                .startsWith("19:16: ");
        assertThat(problems("a: 1\r\r\nb: \u0000")).singleElement().asString().startsWith("3:4: ");
    }
}
