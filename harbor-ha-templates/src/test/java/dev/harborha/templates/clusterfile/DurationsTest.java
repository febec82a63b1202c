package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S, 30s",
        "0s, PT0S, 0s",
        "0h0m0s, PT0S, 0s",
        "5m0s, PT5M, 5m",
        "1h30m, PT1H30M, 1h30m",
        "90m, PT1H30M, 1h30m",
        "24h, PT24H, 24h",
        "1h1s, PT1H1S, 1h1s",
        "3601s, PT1H1S, 1h1s",
        "010s, PT10S, 10s",
        "999999999h999999999m999999999s, PT1016944443H25M39S, 1016944443h25m39s",
    })
    void isReadAndWrittenInItsShortestForm(String text, Duration span, String shortest) {
        assertThat(Durations.parse(text)).isEqualTo(span);
        assertThat(Durations.of(span)).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "5 m",
                " 5m",
                "5m ",
                "-5m",
                "+5m",
                "1.5h",
                "5M",
                "1d",
                "500ms",
                "30s5m",
                "5m5m",
                "s",
                "PT5M",
                "1h30",
                "٣s",
                "1000000000s",
                "5m\n"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected hours, minutes and seconds, as in \"30s\", \"5m\" or \"1h30m\"; found \""
                        + text.replace("\n", "\\u000a") + "\".");
    }

    @Test
    void hoursAreWhole() {
        assertThat(Durations.parseHours("168h")).isEqualTo(168);
        assertThat(Durations.parseHours("120m")).isEqualTo(2);
        assertThatThrownBy(() -> Durations.parseHours("90m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected whole hours, as in \"168h\"; found \"90m\".");
        assertThatThrownBy(() -> Durations.parseHours("7d")).hasMessageStartingWith("Expected hours, minutes");
    }
}
