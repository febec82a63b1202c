package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
        assertThat(HarborSource.require().releasesAroundChanges())
                .isSubsetOf(releases)
                .isSorted()
                .containsAll(HarborSource.require().releasesThatDiffer());
    }

    /** 2.10.0 has the script of 2.9.0 again, without what 2.9.2 to 2.9.5 got; 2.12.1 to 2.12.4 have that of 2.12.0. */
    @Test
    void findsEachChange() {
        assertThat(HarborSource.require().releasesThatDiffer())
                .contains(parsed("2.0.0", "2.9.2", "2.10.0", "2.12.0", "2.13.0", "2.13.1"))
                .doesNotContain(parsed("2.12.1", "2.12.4"));
        assertThat(HarborSource.require().releasesAroundChanges())
                .contains(parsed("2.9.5", "2.12.0", "2.12.4"))
                .doesNotContain(parsed("2.12.1", "2.12.3"));
    }

    private static HarborVersion[] parsed(String... releases) {
        return Stream.of(releases).map(HarborVersion::parse).toArray(HarborVersion[]::new);
    }

    @Test
    void hasWhatTheReleaseShips() throws IOException {
        assertThat(HarborSource.require().template(HarborVersion.parse("2.9.5")))
                .contains("_version: 2.9.0");
    }
}
