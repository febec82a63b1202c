package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.HarborVersion;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rules on the release of Harbor. */
final class VersionRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "version.unsupported",
                            ERROR,
                            "This release of Harbor is not supported",
                            "Releases differ in the files they read; rendering for one that was never tried would be guessing.",
                            "README.md"),
                    cluster -> cluster.harbor().isPatchOfSupported()
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("harbor"),
                                    "Harbor " + cluster.harbor() + " is not supported; supported: " + supported() + ".",
                                    "Use .harbor(\"" + HarborVersion.newest() + "\")."))),
            Rule.of(
                    RuleInfo.of(
                            "version.unknown-patch",
                            WARNING,
                            "This patch release of Harbor was never tried",
                            "Patch releases seldom change what Harbor reads, but now and then one did.",
                            "README.md"),
                    cluster -> cluster.harbor().isSupported()
                                    || !cluster.harbor().isPatchOfSupported()
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("harbor"),
                                    "Harbor " + cluster.harbor() + " was never tried; tried of its line: "
                                            + tried(cluster.harbor()) + ".",
                                    "Use a release that was tried, or waive version.unknown-patch after a test."))));

    private VersionRules() {}

    /** The lines of releases, as in "0.5, 2.0 to 2.15": a line is what two releases with the same first two numbers share. */
    private static String supported() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < HarborVersion.SUPPORTED.size(); ) {
            HarborVersion first = HarborVersion.SUPPORTED.get(i);
            HarborVersion last = first;
            while (i < HarborVersion.SUPPORTED.size()
                    && HarborVersion.SUPPORTED.get(i).major() == first.major()) {
                last = HarborVersion.SUPPORTED.get(i++);
            }
            parts.add(first.minor() == last.minor() ? line(first) : line(first) + " to " + line(last));
        }
        return String.join(", ", parts);
    }

    private static String line(HarborVersion version) {
        return version.major() + "." + version.minor();
    }

    private static String tried(HarborVersion version) {
        return HarborVersion.SUPPORTED.stream()
                .filter(known -> known.major() == version.major() && known.minor() == version.minor())
                .map(HarborVersion::toString)
                .collect(Collectors.joining(", "));
    }
}
