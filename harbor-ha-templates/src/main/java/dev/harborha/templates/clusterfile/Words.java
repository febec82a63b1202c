package dev.harborha.templates.clusterfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How constants and numbers are written in a cluster file. */
final class Words {

    private Words() {}

    /** Returns the word for a constant: its name in lower case. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the constant of a word.
     *
     * @throws IllegalArgumentException if there is none; the message names all words
     */
    static <E extends Enum<E>> E parse(String text, Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(text)) {
                return constant;
            }
            words.add(of(constant));
        }
        throw new IllegalArgumentException(
                "Expected " + String.join(" or ", words) + "; found " + Shown.of(text) + ".");
    }

    /** Tells whether a text is a decimal number that every reader of YAML takes for the same: no leading zeros, no {@code _}. */
    static boolean isWholeNumber(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return !digits.isEmpty()
                && digits.length() <= 18
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
    }
}
