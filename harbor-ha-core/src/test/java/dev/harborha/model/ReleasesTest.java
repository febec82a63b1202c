package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesTest {

    private static HarborVersion v(String text) {
        return HarborVersion.parse(text);
    }

    @Test
    void aChangeThatWasCarriedBackIsInTheLaterPatchesOfEachLine() {
        Releases releases = Releases.since("2.7.3", "2.8.4", "2.9.0");
        for (String there : List.of("2.7.3", "2.7.9999", "2.8.4", "2.9.0", "2.15.2", "3.0.0")) {
            assertThat(releases.contains(v(there))).as(there).isTrue();
        }
        for (String not : List.of("0.5.0", "2.6.4", "2.7.2", "2.8.0", "2.8.3")) {
            assertThat(releases.contains(v(not))).as(not).isFalse();
        }
        assertThat(releases).hasToString("2.7.3 to before 2.8.0, 2.8.4 to before 2.9.0, since 2.9.0");
    }

    @Test
    void aSingleLineIsARange() {
        assertThat(Releases.since("2.0.0")).isEqualTo(Releases.of(VersionRange.since("2.0.0")));
        assertThat(Releases.before("2.0.0")).isEqualTo(Releases.of(VersionRange.before("2.0.0")));
        assertThat(Releases.before("2.0.0")).hasToString("before 2.0.0");
        assertThat(Releases.before("2.0.0").contains(v("0.5.0"))).isTrue();
        assertThat(Releases.before("2.0.0").contains(v("2.0.0"))).isFalse();
        assertThat(Releases.all().contains(v("0.0.0"))).isTrue();
        assertThat(Releases.all()).hasToString("all");
    }

    @Test
    void aReleaseMayBeInAnyOfTheRanges() {
        Releases releases = Releases.of(VersionRange.before("1.0.0"), VersionRange.between("2.3.0", "2.5.0"));
        assertThat(releases.contains(v("0.5.0"))).isTrue();
        assertThat(releases.contains(v("2.4.3"))).isTrue();
        assertThat(releases.contains(v("1.10.19"))).isFalse();
        assertThat(releases.contains(v("2.5.0"))).isFalse();
    }

    @Test
    void noRangeAtAllIsRefused() {
        assertThatThrownBy(() -> Releases.of())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A set of releases needs at least one range.");
        assertThatThrownBy(() -> Releases.since()).hasMessage("A set of releases needs at least one range.");
    }

    @ParameterizedTest
    @CsvSource({"2.8.4, 2.7.3", "2.7.3, 2.7.4", "2.7.3, 2.7.3", "3.0.0, 2.9.0", "2.1.0, 1.2.0"})
    void linesOutOfTheirOrderAreRefused(String first, String second) {
        assertThatThrownBy(() -> Releases.since(first, second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Releases since " + first + " and since " + second
                        + " are not of different lines, oldest first.");
    }

    @Test
    void theNextMajorIsAnotherLine() {
        assertThat(Releases.since("1.10.19", "2.0.0")).hasToString("1.10.19 to before 1.11.0, since 2.0.0");
        assertThatThrownBy(() -> Releases.since("2.x"))
                .hasMessage("\"2.x\" is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".");
    }
}
