package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static final HarborVersion RELEASE = HarborVersion.parse("2.4.0");
    private static final String ENV = "common/config/core/env: ";
    private static final Map<String, String> THEIRS =
            Map.of(ENV + "SAME", "1", ENV + "CHANGED", "2", ENV + "REMOVED", "3");
    private static final Map<String, String> OURS = Map.of(ENV + "SAME", "1", ENV + "CHANGED", "4", ENV + "ADDED", "5");

    private static List<String> undocumented(Documented documented) {
        return Differences.documented(documented).undocumented(RELEASE, THEIRS, OURS).stream()
                .map(Difference::name)
                .toList();
    }

    @Test
    void saysWhatPeopleNeed() {
        assertThat(Differences.between(RELEASE, THEIRS, OURS))
                .map(Difference::toString)
                .containsExactly("""
                        common/config/core/env: ADDED   [2.4.0]
                            theirs: (not there)
                            ours:   5""", """
                        common/config/core/env: CHANGED   [2.4.0]
                            theirs: 2
                            ours:   4""", """
                        common/config/core/env: REMOVED   [2.4.0]
                            theirs: 3
                            ours:   (not there)""");
        assertThat(new Difference(RELEASE, ENV + "A: B", Optional.empty(), Optional.empty()))
                .extracting(Difference::file, Difference::name)
                .containsExactly("common/config/core/env", "A: B");
    }

    @Test
    void documentsOneKind() {
        VersionRange all = VersionRange.all();
        assertThat(undocumented(Documented.added(all, ENV + "*", "why"))).containsExactly("CHANGED", "REMOVED");
        assertThat(undocumented(Documented.removed(all, ENV + "*", "why"))).containsExactly("ADDED", "CHANGED");
        assertThat(undocumented(Documented.changed(all, ENV + "*", "why"))).containsExactly("ADDED", "REMOVED");
    }

    @Test
    void documentsOneChange() {
        VersionRange all = VersionRange.all();
        assertThat(undocumented(Documented.changed(all, ENV + "CHANGED", "2", "4", "why")))
                .containsExactly("ADDED", "REMOVED");
        assertThat(undocumented(Documented.changed(all, ENV + "CHANGED", "2", "5", "why")))
                .containsExactly("ADDED", "CHANGED", "REMOVED");
    }

    @Test
    void documentsARangeOfReleases() {
        assertThat(undocumented(Documented.added(VersionRange.between("2.1.0", "2.4.1"), ENV + "ADDED", "why")))
                .containsExactly("CHANGED", "REMOVED");
        assertThat(undocumented(Documented.added(VersionRange.since("2.4.1"), ENV + "ADDED", "why")))
                .containsExactly("ADDED", "CHANGED", "REMOVED");
    }

    @Test
    void takesAPatternByTheLetterButForStars() {
        VersionRange all = VersionRange.all();
        assertThat(undocumented(Documented.added(all, "common/*/env: ADD*", "why")))
                .containsExactly("CHANGED", "REMOVED");
        assertThat(undocumented(Documented.added(all, "common/config/core/env: ADDE.", "why")))
                .contains("ADDED");
        assertThat(undocumented(Documented.added(all, "env: ADDED", "why"))).contains("ADDED");
    }

    @Test
    void remembersWhatMatchedNothing() {
        Documented used = Documented.added(VersionRange.all(), ENV + "ADDED", "why");
        Documented unused = Documented.removed(VersionRange.since("2.5.0"), ENV + "REMOVED", "why");
        Differences differences = Differences.documented(used, unused);
        assertThat(differences.unmatched()).containsExactly(used, unused);

        assertThat(differences.undocumented(RELEASE, THEIRS, OURS)).hasSize(2);
        assertThat(differences.unmatched()).containsExactly(unused);

        assertThat(differences.undocumented(HarborVersion.parse("2.5.0"), THEIRS, OURS))
                .hasSize(1);
        assertThat(differences.unmatched()).isEmpty();
    }
}
