package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class HarborSourceTest {

    @Test
    void namesWhatIsMissing() {
        assertThat(PrepareNeeds.missing(
                        List.of("sh", "no-such-program"), Map.of("/no/such/program", "a-package"), Map.of()))
                .containsExactly("no-such-program", "/no/such/program (Debian: a-package)");
    }

    @Test
    void namesTheModulesThatAreMissing() {
        HarborSource.require();
        assertThat(PrepareNeeds.missing(List.of(), Map.of(), Map.of("json", "python3", "no_such_module", "a-package")))
                .containsExactly("Python module no_such_module in /usr/bin/python3 (Debian: a-package)");
    }

    @Test
    void aMissingProgramIsAFailure() {
        assertThatThrownBy(() -> HarborSource.requireNone(List.of("x", "y (Debian: z)")))
                .isInstanceOf(AssertionError.class)
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessage("Harbor's prepare cannot run, as there is no x, no y (Debian: z)."
                        + " -Dharborha.harborSource is set, which makes that a failure.");
    }

    @Test
    void listsReleasesInTheirOrder() {
        List<HarborVersion> releases = HarborSource.require().releases();

        assertThat(releases)
                .isSorted()
                .startsWith(HarborVersion.parse("2.0.0"))
                .contains(HarborVersion.parse("2.15.2"));
        assertThat(HarborSource.require().releasesThatDiffer())
                .isSubsetOf(releases)
                .contains(HarborVersion.parse("2.0.0"), HarborVersion.parse("2.13.1"))
                .doesNotContain(HarborVersion.parse("2.12.4"));
    }

    @Test
    void hasWhatTheReleaseShips() throws IOException {
        assertThat(HarborSource.require().template(HarborVersion.parse("2.9.5")))
                .contains("_version: 2.9.0");
    }
}
