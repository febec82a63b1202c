package dev.harborha.templates.clusterfile;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How constants and numbers are written in a cluster file. */
final class Words {

    private Words() {}

    /** Returns the word for a constant: what it prints as, in lower case. */
    static String of(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    /** Returns all words of a type, as in {@code tcp or udp}. */
    static String all(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(" or "));
    }

    /**
     * Returns the constant of a word.
     *
     * @throws IllegalArgumentException if there is none; the message names all words
     */
    static <E extends Enum<E>> E parse(String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("Expected " + all(type) + "; found " + Shown.of(text) + ".");
    }

    /** Tells whether a text is a number in decimal digits, with or without a fraction, that every reader of YAML takes for the same. */
    static boolean isDecimalNumber(String text) {
        int point = text.indexOf('.');
        return point < 0
                ? isWholeNumber(text)
                : isWholeNumber(text.substring(0, point))
                        && point + 1 < text.length()
                        && text.chars().skip(point + 1L).allMatch(c -> c >= '0' && c <= '9');
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
