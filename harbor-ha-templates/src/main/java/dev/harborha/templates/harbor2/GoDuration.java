package dev.harborha.templates.harbor2;

import java.time.Duration;

/** Durations as Go reads them: {@code 1h30m}, {@code 5m}, {@code 90s} as {@code 1m30s}, none as {@code 0}. */
final class GoDuration {

    private GoDuration() {}

    static String of(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.length() == 0 ? "0" : text.toString();
    }

    private static void append(StringBuilder text, long number, char unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }
}
