package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

@Isolated("sets a system property")
class RealProgramTest {

    private static final String MISSING = "harbor-ha-no-such-program";

    @Test
    void findsAProgram() {
        assertThat(Files.isExecutable(RealProgram.require("sh").path())).isTrue();
    }

    @Test
    void missingProgramSkipsTheTestWithAReason() {
        withRequirePrograms(
                "false",
                () -> assertThatThrownBy(() -> RealProgram.require(MISSING))
                        .isInstanceOf(TestAbortedException.class)
                        .hasMessageContaining(MISSING + " is not installed"));
    }

    @Test
    void missingProgramFailsTheTestWhereProgramsAreRequired() {
        withRequirePrograms(
                "true",
                () -> assertThatThrownBy(() -> RealProgram.require(MISSING))
                        .isInstanceOf(AssertionFailedError.class)
                        .hasMessageContaining(MISSING + " is not installed"));
    }

    private static void withRequirePrograms(String value, Runnable body) {
        String before = System.getProperty(RealProgram.REQUIRE_PROGRAMS);
        System.setProperty(RealProgram.REQUIRE_PROGRAMS, value);
        try {
            body.run();
        } finally {
            if (before == null) {
                System.clearProperty(RealProgram.REQUIRE_PROGRAMS);
            } else {
                System.setProperty(RealProgram.REQUIRE_PROGRAMS, before);
            }
        }
    }
}
