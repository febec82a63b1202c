package dev.harborha.audit;

import java.util.Set;

/** The single values of a YAML text: plain, in single or in double quotes. */
final class YamlScalar {

    private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");

    private YamlScalar() {}

    static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /**
     * Looks for the quote that closes a value.
     *
     * @param text a text that holds the value
     * @param from where to begin, behind the opening quote
     * @return where the quote is; where there is none, {@code ~n} with n the place to go on at once the text has grown, which is
     *     behind its end when the last character is a backslash
     */
    static int scan(CharSequence text, char quote, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean escaped =
                    quote == '"' ? c == '\\' : c == '\'' && i + 1 < text.length() && text.charAt(i + 1) == '\'';
            if (!escaped && c == quote) {
                return i;
            }
            i += escaped ? 2 : 1;
        }
        return ~i;
    }

    /** Returns how long the quoted value is that a text begins with; the text's length where nothing closes it. */
    static int quotedLength(String text) {
        int end = scan(text, text.charAt(0), 1);
        return end < 0 ? text.length() : end + 1;
    }

    /** Returns where the colon is that ends a key; -1 where a text is no entry of a mapping. */
    static int colon(String text) {
        int from = !text.isEmpty() && isQuote(text.charAt(0)) ? quotedLength(text) : 0;
        for (int i = text.indexOf(':', from); i >= 0; i = text.indexOf(':', i + 1)) {
            if (i + 1 == text.length() || text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t') {
                return i;
            }
        }
        return -1;
    }

    /** Returns what a spelling stands for; an empty text for null. */
    static String value(String spelling) {
        if (spelling.length() > 1 && isQuote(spelling.charAt(0))) {
            int close = scan(spelling, spelling.charAt(0), 1);
            String inside = spelling.substring(1, close < 0 ? spelling.length() : close);
            return spelling.charAt(0) == '"' ? unescaped(inside) : inside.replace("''", "'");
        }
        return NULLS.contains(spelling) ? "" : spelling;
    }

    private static String unescaped(String inside) {
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        StringBuilder value = new StringBuilder(inside.length());
        int i = 0;
        while (i < inside.length()) {
            char c = inside.charAt(i);
            i++;
            if (c != '\\' || i == inside.length()) {
                value.append(c);
                continue;
            }
            char escape = inside.charAt(i);
            i++;
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (digits > 0 && isHex(inside, i, digits)) {
                value.appendCodePoint(Integer.parseInt(inside.substring(i, i + digits), 16));
                i += digits;
            } else {
                value.append(control(escape));
            }
        }
        return value.toString();
    }

    private static boolean isHex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        int most = digits == 8 ? 0x10ffff : 0xffff;
        for (int i = from; i < from + digits; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return Long.parseLong(text.substring(from, from + digits), 16) <= most;
    }

    private static char control(char escape) {
        return switch (escape) {
            case '0' -> '\0';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'e' -> '\u001b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'N' -> '\u0085';
            case 'L' -> '\u2028';
            case 'P' -> '\u2029';
            case '_' -> '\u00a0';
            default -> escape;
        };
    }
}
