package dev.harborha.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that people type, paste and mistype. */
public final class AwkwardText {

    /** Quotes, separators, comment signs, controls, line breaks of all kinds, invisible marks, emoji, halves of pairs. */
    private static final String[] PIECES = {
        "a",
        "Z",
        "0",
        "9",
        "harbor",
        ".",
        "-",
        "_",
        "/",
        ":",
        "@",
        "[",
        "]",
        "::1",
        "10.0.0.1",
        "https://",
        "ldap://",
        "\"",
        "'",
        "`",
        "$",
        "${x}",
        "$$",
        "\\",
        ";",
        " ;",
        "#",
        " #",
        "{",
        "}",
        "%",
        "%s",
        "&",
        "*",
        "!",
        "|",
        ">",
        "<",
        "=",
        ",",
        "?",
        "~",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "é",
        "ß",
        "中",
        "\u212a",
        "\u0130",
        "😀",
        "\ud83d",
        "\ude00",
        "..",
        "../",
        "-----BEGIN",
        "null",
        "true",
        "env:X",
        "\n- x: y"
    };

    private AwkwardText() {}

    /** Returns texts of such pieces, long and short, among texts of any characters. */
    public static Arbitrary<String> any() {
        Arbitrary<String> pieces = Arbitraries.of(PIECES).list().ofMaxSize(6).map(list -> String.join("", list));
        Arbitrary<String> units = Arbitraries.integers()
                .between(0, 0xffff)
                .map(unit -> String.valueOf((char) (int) unit))
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(30);
        Arbitrary<String> longOnes = Arbitraries.of("a", ".", "/a", "-a", "a.", "ab-", "é", "😀", "0.", "[", ":")
                .flatMap(piece -> Arbitraries.integers().between(60, 6000).map(piece::repeat));
        return Arbitraries.frequencyOf(
                Tuple.of(8, pieces), Tuple.of(3, ascii), Tuple.of(2, units), Tuple.of(1, longOnes));
    }
}
