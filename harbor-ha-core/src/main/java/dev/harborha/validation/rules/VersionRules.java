package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.HarborVersion;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.stream.Collectors;

/** Rules on the release of Harbor. */
final class VersionRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "version.unsupported",
                            ERROR,
                            rule -> rule.title("This release of Harbor is not supported")
                                    .why(
                                            "Releases differ in the files they read; rendering for one that was never tried would be guessing.")
                                    .fix("Use a release of a supported line in .harbor(…).")
                                    .sources("https://goharbor.io/docs/2.14.0/administration/upgrade/")),
                    cluster -> cluster.harbor().isPatchOfSupported()
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("harbor"),
                                    "Harbor " + cluster.harbor() + " is not supported; supported: "
                                            + HarborVersion.supportedLines() + ".",
                                    "Use .harbor(\"" + HarborVersion.newest() + "\")."))),
            Rule.of(
                    RuleInfo.of(
                            "version.unknown-patch",
                            WARNING,
                            rule -> rule.title("This patch release of Harbor was never tried")
                                    .why("Patch releases seldom change what Harbor reads, but now and then one did.")
                                    .fix("Use a release that was tried, or waive version.unknown-patch after a test.")
                                    .sources("https://github.com/goharbor/harbor/releases")),
                    cluster ->
                            cluster.harbor().isSupported() || !cluster.harbor().isPatchOfSupported()
                                    ? List.of()
                                    : List.of(new Problem(
                                            Places.CLUSTER.child("harbor"),
                                            "Harbor " + cluster.harbor() + " was never tried; tried of its line: "
                                                    + tried(cluster.harbor()) + "."))));

    private VersionRules() {}

    private static String tried(HarborVersion version) {
        return version.supportedOfLine().stream().map(HarborVersion::toString).collect(Collectors.joining(", "));
    }
}
