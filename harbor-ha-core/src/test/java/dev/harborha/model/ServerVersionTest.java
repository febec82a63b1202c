package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    private static ServerVersion v(String text) {
        return ServerVersion.parse(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "15", "9.6", "9.6.24", "15.0", "7.2.4", "9999.9999.9999"})
    void isParsedAndWrittenBack(String text) {
        assertThat(v(text)).hasToString(text).isEqualTo(v(text)).hasSameHashCodeAs(v(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0.9",
                "v15",
                "15.",
                ".6",
                "9..6",
                "15.4.0.1",
                "09.6",
                "9.06",
                "15.4 (Debian 15.4-1)",
                "16beta1",
                "7.x",
                " 15",
                "15\n",
                "-15",
                "9,6",
                "10000",
                "١٥",
                "latest"
            })
    void isRefused(String text) {
        assertThatThrownBy(() -> v(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"" + text.replace("\n", "\\u000a")
                                + "\" is no version of a server; write one to three numbers, as in \"15\", \"9.6\" or \"7.2.4\".");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        OptionalInt none = OptionalInt.empty();
        assertThatThrownBy(() -> new ServerVersion(0, none, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The major version of a server is 0; use 1 to 9999.");
        assertThatThrownBy(() -> new ServerVersion(1, OptionalInt.of(-1), none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The minor version of a server is -1; use 0 to 9999.");
        assertThatThrownBy(() -> new ServerVersion(1, OptionalInt.of(0), OptionalInt.of(10_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The patch version of a server is 10000; use 0 to 9999.");
        assertThatThrownBy(() -> new ServerVersion(1, none, OptionalInt.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A version with a third number needs the second one, too, as in \"7.2.4\".");
    }

    @ParameterizedTest
    @CsvSource({"9.6,10", "9.6.24,10", "12.9,13", "9.6,9.10", "7.2.3,7.2.4", "7.2,7.2.1", "13,13.1", "13,13.0.1"})
    void whatCameBefore(String older, String newer) {
        assertThat(v(older).isBefore(v(newer))).isTrue();
        assertThat(v(older).isBefore(newer)).isTrue();
        assertThat(v(newer).isBefore(older)).isFalse();
        assertThat(v(older)).isLessThan(v(newer));
    }

    /** What is not said counts as 0 and is no part of an older release; the order tells the two apart all the same. */
    @ParameterizedTest
    @CsvSource({"13,13.0", "13,13.0.0", "13.0,13.0.0", "7.2,7.2.0"})
    void whatIsNotSaidCountsAsZero(String less, String more) {
        assertThat(v(less).isBefore(more)).isFalse();
        assertThat(v(more).isBefore(less)).isFalse();
        assertThat(v(less)).isLessThan(v(more)).isNotEqualTo(v(more));
    }

    @Test
    void isNotBeforeItself() {
        assertThat(v("9.6").isBefore("9.6")).isFalse();
        assertThat(v("9.6")).isEqualByComparingTo(v("9.6"));
    }
}
