package dev.harborha.templates.harbor2;

import dev.harborha.model.VersionRange;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.Documented;

/** Where what is rendered differs from what Harbor's own {@code prepare} writes, and why. */
final class MeantDifferences {

    private static final VersionRange ALL_OF_2 = VersionRange.since("2.0.0");

    static final Differences ALL = Differences.documented(
            Documented.changed(
                    ALL_OF_2,
                    "common/config/registry/config.yml: http.secret",
                    "placeholder",
                    "*",
                    "The word that Harbor ships is public; this one is drawn once for the cluster."),
            Documented.added(ALL_OF_2, "start.sh: content", "Starts Harbor at boot."));

    private MeantDifferences() {}
}
