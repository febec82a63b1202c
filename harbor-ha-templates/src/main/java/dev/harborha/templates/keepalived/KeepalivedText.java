package dev.harborha.templates.keepalived;

import java.util.regex.Pattern;

/**
 * A configuration of keepalived: blocks and lines of words. keepalived takes {@code #} and {@code !} for the beginning of a comment
 * wherever they stand, and knows no escape for them, so a word has letters, digits and a few signs, or is refused.
 */
final class KeepalivedText {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:/-]+");
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds a comment; a line break begins another comment line. */
    KeepalivedText comment(String why) {
        if (depth == 0 && text.length() > 0) {
            text.append('\n');
        }
        why.lines().forEach(line -> indented("# " + line));
        return this;
    }

    /**
     * Begins a block.
     *
     * @throws IllegalArgumentException if keepalived cannot carry a word
     */
    KeepalivedText begin(String... words) {
        indented(words(words) + " {");
        depth++;
        return this;
    }

    /** Ends the block that began last. */
    KeepalivedText end() {
        depth--;
        indented("}");
        return this;
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException if keepalived cannot carry a word
     */
    KeepalivedText line(String... words) {
        indented(words(words));
        return this;
    }

    private void indented(String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }

    private static String words(String... words) {
        for (String word : words) {
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        "keepalived cannot carry this text; use letters, digits and . _ : / - only.");
            }
        }
        return String.join(" ", words);
    }

    /** Returns the configuration. */
    @Override
    public String toString() {
        return text.toString();
    }
}
