package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HarborVersion} and {@link VersionRange}. */
class HarborVersionTest {

    private static HarborVersion v(String text) {
        return HarborVersion.parse(text);
    }

    @ParameterizedTest
    @CsvSource({"2.14.4,2.14.4", "v0.5.0,0.5.0", "02.01.0,2.1.0", "9999.9999.9999,9999.9999.9999"})
    void isParsed(String text, String canonical) {
        assertThat(v(text)).hasToString(canonical).isEqualTo(v(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "2.14",
                "2.14.",
                ".14.4",
                "2.14.4.1",
                "2.14.4-rc1",
                "V2.14.4",
                "vv2.14.4",
                " 2.14.4",
                "2.14.4\n",
                "-2.14.4",
                "2.x.4",
                "2,14,4",
                "10000.0.0",
                "٢.١.٠"
            })
    void isRefused(String text) {
        assertThatThrownBy(() -> v(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text.replace("\n", "\\u000a")
                        + "\" is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".");
    }

    @ParameterizedTest
    @CsvSource({"-1,0,0,-1", "0,-7,0,-7", "0,0,10000,10000"})
    void aNumberOutOfRangeIsRefused(int major, int minor, int patch, int wrong) {
        assertThatThrownBy(() -> new HarborVersion(major, minor, patch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A Harbor version is made of numbers from 0 to 9999, as in \"2.14.4\"; " + wrong + " is none.");
    }

    @Test
    void isOrderedByItsNumbers() {
        assertThat(v("0.5.0")).isLessThan(v("0.5.1")).isLessThan(v("0.10.0")).isLessThan(v("1.0.0"));
        assertThat(v("2.9.5")).isLessThan(v("2.10.0")).isEqualByComparingTo(v("v2.9.5"));
        assertThat(v("2.9.5").isBefore(v("2.9.5"))).isFalse();
        assertThat(v("2.9.4").isBefore(v("2.9.5"))).isTrue();
        assertThat(v("2.9.6").isBefore(v("2.9.5"))).isFalse();
    }

    @Test
    void tellsWhatWasTried() {
        assertThat(HarborVersion.SUPPORTED).isSorted().contains(v("0.5.0"));
        assertThat(v("0.5.0").isSupported()).isTrue();
        assertThat(v("0.5.0").isPatchOfSupported()).isTrue();
        assertThat(v("0.5.9").isSupported()).isFalse();
        assertThat(v("0.5.9").isPatchOfSupported()).isTrue();
        assertThat(v("0.4.5").isPatchOfSupported()).isFalse();
        assertThat(v("1.5.0").isPatchOfSupported()).isFalse();
    }

    @Test
    void whatWasTriedIsSaidByLines() {
        assertThat(HarborVersion.supportedLines()).isEqualTo("0.5, 2.0 to 2.15");
        assertThat(HarborVersion.newest())
                .isEqualTo(v("2.15.2"))
                .isEqualTo(v("2.15.0").supportedOfLine().get(2));
        assertThat(v("2.9.77").supportedOfLine())
                .hasSize(6)
                .isSorted()
                .startsWith(v("2.9.0"))
                .endsWith(v("2.9.5"));
        assertThat(v("1.10.0").supportedOfLine()).isEmpty();
        assertThat(v("2.14.4").line()).isEqualTo("2.14");
    }

    @Test
    void theDatabaseIsPostgresqlSince160() {
        assertThat(v("1.5.9").databaseKind()).isEqualTo(DbKind.MYSQL);
        assertThat(v("1.6.0").databaseKind()).isEqualTo(DbKind.POSTGRESQL);
        assertThat(DbKind.MYSQL.label()).isEqualTo("MySQL");
        assertThat(DbKind.MYSQL.defaultPort()).isEqualTo(3306);
        assertThat(DbKind.MYSQL.defaultUsername()).isEqualTo("root");
        assertThat(DbKind.POSTGRESQL.label()).isEqualTo("PostgreSQL");
        assertThat(DbKind.POSTGRESQL.defaultPort()).isEqualTo(5432);
        assertThat(DbKind.POSTGRESQL.defaultUsername()).isEqualTo("postgres");
    }

    @Test
    void aRangeHoldsItsFirstReleaseAndNotTheOneAfterIt() {
        VersionRange range = VersionRange.between("2.0.0", "2.3.0");
        assertThat(range.contains(v("1.10.19"))).isFalse();
        assertThat(range.contains(v("2.0.0"))).isTrue();
        assertThat(range.contains(v("2.2.9999"))).isTrue();
        assertThat(range.contains(v("2.3.0"))).isFalse();
        assertThat(VersionRange.since("2.0.0").contains(v("2.0.0"))).isTrue();
        assertThat(VersionRange.since("2.0.0").contains(v("1.9999.9999"))).isFalse();
        assertThat(VersionRange.before("2.0.0").contains(v("2.0.0"))).isFalse();
        assertThat(VersionRange.before("2.0.0").contains(v("1.9999.9999"))).isTrue();
        assertThat(VersionRange.all().contains(v("0.0.0"))).isTrue();
        assertThat(VersionRange.all().contains(v("9999.9999.9999"))).isTrue();
    }

    @Test
    void aRangeIsPrintedAsPeopleWriteIt() {
        assertThat(VersionRange.all()).hasToString("all");
        assertThat(VersionRange.since("v2.0.0")).hasToString("since 2.0.0");
        assertThat(VersionRange.before("0.5.0")).hasToString("before 0.5.0");
        assertThat(VersionRange.between("2.0.0", "2.3.0")).hasToString("2.0.0 to before 2.3.0");
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThatThrownBy(() -> VersionRange.between("2.3.0", "2.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The range from 2.3.0 to before 2.0.0 holds no release.");
        assertThatThrownBy(() -> VersionRange.between("2.3.0", "2.3.0"))
                .hasMessage("The range from 2.3.0 to before 2.3.0 holds no release.");
        assertThatThrownBy(() -> VersionRange.since("2"))
                .hasMessage("\"2\" is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".");
    }
}
