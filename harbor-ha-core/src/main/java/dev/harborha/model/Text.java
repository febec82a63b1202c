package dev.harborha.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The checks that free texts of the model share. */
final class Text {

    private static final int LONGEST = 1024;

    private Text() {}

    /** Returns {@code value} if it is a single line of text: not empty, no control characters, at most 1024 characters. */
    static String line(String what, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(capital(what) + " must not be empty.");
        }
        requireLength(what, value);
        if (value.chars().anyMatch(Text::breaksLine)) {
            throw new IllegalArgumentException(capital(what) + " " + Quoted.of(value)
                    + " has a control character or a line break; give one line of text.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(capital(what) + " holds half a surrogate pair; give well-formed text.");
        }
        return value;
    }

    /** Returns {@code value} if {@code pattern} matches it; {@code expected} ends the message, as in "use letters". */
    static String matching(String what, String value, Pattern pattern, String expected) {
        requireLength(what, value); // before the pattern, which takes a frame of the stack for each of its repetitions
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(capital(what) + " is " + Quoted.of(value) + "; " + expected + ".");
        }
        return value;
    }

    private static void requireLength(String what, String value) {
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    capital(what) + " has " + value.length() + " characters; at most " + LONGEST + " are allowed.");
        }
    }

    /** Returns {@code value} if it is a whole number of seconds in the range. */
    static Duration seconds(String what, Duration value, long least, long most) {
        between(what, value.toSeconds(), least, most, "seconds");
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(capital(what) + " has a fraction of a second; use whole seconds.");
        }
        return value;
    }

    /** Returns {@code value} if it lies in the range. */
    static long between(String what, long value, long least, long most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(capital(what) + " is " + value + "; use " + least + " to " + most
                    + (unit.isEmpty() ? "" : " " + unit) + ".");
        }
        return value;
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    static String capital(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }
}
