package dev.harborha.testing;

import dev.harborha.validation.ValueReader;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that people type, and those that break programs. */
public final class Texts {

    /** Words that one reader of YAML or another takes for something else, and pieces that end a quotation somewhere. */
    private static final List<String> AWKWARD = List.of(
            "no",
            "Yes",
            "on",
            "OFF",
            "y",
            "null",
            "~",
            "NULL",
            "true",
            "False",
            "012",
            "0o17",
            "0x1F",
            "1_000",
            "1e3",
            ".5",
            ".inf",
            "-.INF",
            ".NaN",
            "1:30",
            "2001-01-01",
            "2001-12-14t21:59:43.10-05:00",
            "-",
            "--- x",
            "...",
            "?",
            ": ",
            "a: b",
            "#",
            " #c",
            "a #b",
            "[x]",
            "{x}",
            "&a",
            "*a",
            "!t",
            "|",
            ">",
            "%",
            "@x",
            "`x`",
            "'",
            "\"",
            "''",
            "\"\"",
            "\\",
            "\\n",
            "\\u0041",
            "$",
            "$$",
            "${X}",
            "$(id)",
            "@{name}",
            "{{x}}",
            "{% x %}",
            ";",
            " ; c",
            "{",
            "}",
            "});",
            "<<",
            "=",
            "a=b",
            "env:X",
            "file:x",
            "literal:x",
            " ",
            "  x  ",
            "\t",
            "é",
            "ß",
            "日本",
            "😀",
            "\u00a0",
            "\ufeff",
            "\u202eabc",
            "Ω≈ç",
            "e\u0301");

    private Texts() {}

    /** Returns well-formed texts of 1 to about 60 characters: any Unicode, line breaks and control characters included. */
    public static Arbitrary<String> any() {
        Arbitrary<String> breaking = Arbitraries.of(
                "\n",
                "\r\n",
                "\r",
                "\u0000",
                "\u0007",
                "\u001b[31m",
                "\u007f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\ufffe",
                "a\n b",
                "\n\n",
                " \n",
                "\n---\n",
                "\n...\n",
                "x\n# y",
                "a\n\tb");
        return pieces(Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(AWKWARD)),
                Tuple.of(2, breaking),
                Tuple.of(1, codePoints(0, Character.MAX_CODE_POINT)),
                Tuple.of(3, ascii())));
    }

    /** Returns texts that the model takes for one line of free text. */
    public static Arbitrary<String> line() {
        return pieces(Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of(AWKWARD)),
                        Tuple.of(1, codePoints(0xa0, Character.MAX_CODE_POINT)),
                        Tuple.of(3, ascii())))
                .filter(text -> text.chars().noneMatch(Texts::breaksLine));
    }

    /** Returns lines of printable ASCII that all the given programs read as they are written. */
    public static Arbitrary<String> carriedBy(ValueReader... readers) {
        return pieces(Arbitraries.oneOf(
                        ascii(),
                        Arbitraries.of(AWKWARD).filter(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f))))
                .filter(10_000, survives(readers));
    }

    /** Tells of a text whether all the given programs read it as it is written. */
    static Predicate<String> survives(ValueReader... readers) {
        return text -> List.of(readers).stream()
                .allMatch(reader -> reader.losesIn(text).isEmpty());
    }

    private static Arbitrary<String> pieces(Arbitrary<String> piece) {
        return piece.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join("", list));
    }

    private static Arbitrary<String> ascii() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(12);
    }

    private static Arbitrary<String> codePoints(int least, int most) {
        return Arbitraries.integers()
                .between(least, most)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString);
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
