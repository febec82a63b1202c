package dev.harborha.templates.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxySectionTest {

    @Test
    void linesStandBelowTheirSectionAndCommentsAboveTheirLine() {
        HaproxySection one = HaproxySection.of("defaults").line("mode", "http").lineIf(false, "left", "out");
        HaproxySection other = HaproxySection.of("frontend", "public")
                .because("Why it is so.\nAnd more.")
                .lineIf(true, "bind", "*:443");

        assertThat(HaproxySection.write("What this is.", List.of(one, other))).isEqualTo("""
                        # What this is.

                        defaults
                          mode http

                        frontend public

                          # Why it is so.
                          # And more.
                          bind *:443
                        """);
    }

    @Test
    void wordsThatHaproxyWouldReadOtherwiseAreQuoted() {
        assertThat(HaproxySection.words("a", "two words", "#", "$HOME", "back\\slash", "it's", "\"", ""))
                .isEqualTo("a 'two words' '#' '$HOME' 'back\\slash' 'it'\\''s' '\"' ''");
        assertThat(HaproxySection.quote("%[src]")).isEqualTo("%[src]");
    }

    @Test
    void noWordEndsItsLine() {
        assertThatThrownBy(() -> HaproxySection.of("a").line("b\nstats enable"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This text has a control character, which has no place in haproxy.cfg.");
    }
}
