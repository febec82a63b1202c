package dev.harborha.templates.clusterfile;

/** A text as a message shows it: in double quotes, shortened, on one line. Never used for secrets. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = 0;
        for (int count = 0; end < text.length() && count < LONGEST; count++) {
            int c = text.codePointAt(end);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(escape(c));
            } else {
                shown.appendCodePoint(c);
            }
            end += Character.charCount(c);
        }
        return shown.append(end < text.length() ? "…\"" : "\"").toString();
    }

    /**
     * Returns a key, up to a colon in it: {@code password:text} without a blank is one word to YAML, and holds what was meant
     * as a value.
     */
    static String key(String key) {
        int colon = key.indexOf(':');
        return of(colon < 0 ? key : key.substring(0, colon) + ":…");
    }

    /** Returns a character of at most four hexadecimal digits as an escape of YAML's double quotes. */
    static String escape(int c) {
        String digits = Integer.toHexString(c);
        return "\\u" + "0".repeat(4 - digits.length()) + digits;
    }
}
