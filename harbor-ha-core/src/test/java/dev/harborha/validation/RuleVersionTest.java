package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that hold for some releases only, on both sides of each of their bounds. */
class RuleVersionTest {

    private static final HarborHa HARBOR = HarborHa.create().on(RuleExamples.DAY);

    /** For every bound: the rule, a release beside it, and whether the rule applies to that one. */
    static Stream<Arguments> bounds() {
        List<Arguments> bounds = new ArrayList<>();
        for (RuleInfo info : HARBOR.rules().catalogue()) {
            VersionRange range = info.versions();
            range.from().ifPresent(first -> {
                bounds.add(Arguments.of(info.id(), first, true));
                bounds.add(Arguments.of(info.id(), lastBefore(first), false));
            });
            range.before().ifPresent(end -> {
                bounds.add(Arguments.of(info.id(), lastBefore(end), true));
                bounds.add(Arguments.of(info.id(), end, false));
            });
        }
        return bounds.stream();
    }

    private static HarborVersion lastBefore(HarborVersion version) {
        if (version.patch() > 0) {
            return new HarborVersion(version.major(), version.minor(), version.patch() - 1);
        }
        return version.minor() > 0
                ? new HarborVersion(version.major(), version.minor() - 1, 9999)
                : new HarborVersion(version.major() - 1, 9999, 9999);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void aRuleAppliesToItsReleasesOnly(String id, HarborVersion release, boolean applies) {
        for (Cluster example : RuleExamples.ALL.get(id).violating().values()) {
            Cluster cluster = example.toBuilder().harbor(release).build();
            assertThat(HARBOR.check(cluster).findings().stream()
                            .anyMatch(finding -> finding.id().equals(id)))
                    .as("%s with %s", id, release)
                    .isEqualTo(applies);
        }
    }

    /** Whatever the release, one of two rules speaks of a load balancer without affinity. */
    @Test
    void affinityIsAnErrorBefore2AndANoteSince() {
        for (String release : List.of("0.5.0", "1.10.19", "2.0.0", "2.14.4")) {
            Cluster cluster = RuleExamples.ALL.get("lb.no-session-affinity").violating().get("round robin").toBuilder()
                    .harbor(release)
                    .build();
            assertThat(HARBOR.check(cluster).findings().stream()
                            .filter(finding -> finding.id().startsWith("lb."))
                            .map(finding -> finding.severity() + " " + finding.id()))
                    .as(release)
                    .containsExactly(
                            release.startsWith("2.") ? "NOTE lb.session-affinity-off" : "ERROR lb.no-session-affinity");
        }
    }
}
