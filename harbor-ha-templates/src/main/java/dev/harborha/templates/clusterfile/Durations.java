package dev.harborha.templates.clusterfile;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How spans of time are written in a cluster file: {@code 30s}, {@code 5m}, {@code 1h30m}, as Harbor and Go write them. */
final class Durations {

    private static final Pattern TEXT = Pattern.compile("(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?");

    private Durations() {}

    /**
     * Returns the span of time that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static Duration parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "Expected hours, minutes and seconds, as in \"30s\", \"5m\" or \"1h30m\"; found " + Shown.of(text)
                            + ".");
        }
        return Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)));
    }

    /**
     * Returns the hours that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for no whole number of hours
     */
    static int parseHours(String text) {
        Duration span = parse(text);
        if (!span.equals(Duration.ofHours(span.toHours()))) {
            throw new IllegalArgumentException("Expected whole hours, as in \"168h\"; found " + Shown.of(text) + ".");
        }
        return Math.toIntExact(span.toHours());
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Returns the text that {@link #parse} reads as the span of time, which has whole seconds. */
    static String of(Duration span) {
        long hours = span.toHours();
        int minutes = span.toMinutesPart();
        int seconds = span.toSecondsPart();
        String text = (hours == 0 ? "" : hours + "h")
                + (minutes == 0 ? "" : minutes + "m")
                + (seconds == 0 ? "" : seconds + "s");
        return text.isEmpty() ? "0s" : text;
    }
}
