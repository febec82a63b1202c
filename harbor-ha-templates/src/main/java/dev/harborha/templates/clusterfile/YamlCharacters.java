package dev.harborha.templates.clusterfile;

import java.util.Locale;

/**
 * The characters that may stand in a file as they are. Control characters may not in any YAML; the three further line breaks
 * of Unicode may, but readers differ on whether they end a line.
 */
final class YamlCharacters {

    private YamlCharacters() {}

    /** Returns whether all characters may stand there; the first one that may not is reported. */
    static boolean check(int[] source, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < source.length; i++) {
            int c = source[i];
            if (!allowed(c)) {
                problems.add(new Mark(line, column), "", message(c));
                return false;
            }
            if (c == '\n' || (c == '\r' && (i + 1 == source.length || source[i + 1] != '\n'))) {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return true;
    }

    private static boolean allowed(int c) {
        if (c < 0x7f) {
            return c >= ' ' || c == '\n' || c == '\r' || c == '\t';
        }
        return c >= 0xa0 && c != 0x2028 && c != 0x2029 && !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff;
    }

    private static String message(int c) {
        if (c >= 0xd800 && c <= 0xdfff) {
            return "Here is half a surrogate pair, which no file can carry; give well-formed text.";
        }
        String number = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        return "The character U+" + "0".repeat(4 - number.length()) + number
                + " cannot stand in YAML as it is; remove it, or write it as " + Shown.escape(c) + " in double quotes.";
    }
}
