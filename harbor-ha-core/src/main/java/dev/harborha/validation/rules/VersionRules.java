package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules on the release of Harbor. */
final class VersionRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";

    /** How many lines back upstream describes and tests upgrades, and how many it mends. */
    private static final int TRIED_LINES = 3;

    private static final Map<VersionRange, String> KNOWN_BAD = knownBad();

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
                                                    + tried(cluster.harbor()) + "."))),
            Rule.of(
                    RuleInfo.of(
                            "version.downgrade",
                            ERROR,
                            rule -> rule.title("An older release cannot follow a newer one")
                                    .why(
                                            "Core moves the database's schema forward when it starts, and never back: the older release does not"
                                                    + " know the schema and ends. The only way back is the backup.")
                                    .fix(
                                            "Use the release that runs, or a later one, in .harbor(…); or restore the database from before"
                                                    + " the upgrade and correct .upgradeFrom(…).")
                                    .symptoms("no migration found for version …", "Dirty database version …")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/",
                                            HARBOR + "issues/23551")),
                    ofUpgrade((cluster, from) -> Problems.when(
                            cluster.harbor().isBefore(from),
                            Places.CLUSTER.child("upgradeFrom"),
                            () -> "Harbor " + from + " runs, and " + cluster.harbor() + " is older."))),
            Rule.of(
                    RuleInfo.of(
                            "version.upgrade-skips-releases",
                            WARNING,
                            rule -> rule.title("The upgrade skips more releases than anybody tries")
                                    .why(
                                            "Upstream describes and tests the way from the three lines before; from further away the migrations meet"
                                                    + " data that nobody has tried them on, and a database that is left half-way is marked as"
                                                    + " dirty: no node starts.")
                                    .fix(
                                            "Go by way of the lines between: render, install and start each of them once, with a backup"
                                                    + " before each step.")
                                    .symptoms("Dirty database version …", "failed to upgrade database: …")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/",
                                            HARBOR + "issues/19469")),
                    ofUpgrade(VersionRules::skipping)),
            Rule.of(
                    RuleInfo.of(
                            "version.upgrade-keeps-keys",
                            NOTE,
                            rule -> rule.title("A cluster that exists has keys, which must stay")
                                    .why(
                                            "What is in the database was encrypted with the old secretkey; with a new one the passwords of LDAP, OIDC"
                                                    + " and replication targets are garbage, without any error. Until 2.1 robot accounts are tokens"
                                                    + " that private_key.pem signed, and end with it.")
                                    .fix(
                                            "Render with the key store that the cluster was rendered with; for one that another tool set up,"
                                                    + " put its secretkey, private_key.pem and root.crt into the store before ClusterKeys.loadOrGenerate(…).")
                                    .symptoms("LDAP Result Code 49", "the registry is unhealthy")
                                    .sources(
                                            HARBOR + "issues/13569", HARBOR + "issues/13481", HARBOR + "issues/13536")),
                    ofUpgrade((cluster, from) -> Problems.when(
                            !cluster.harbor().isBefore(from),
                            Places.CLUSTER.child("upgradeFrom"),
                            () -> "Harbor " + from
                                    + " runs already: its secretkey and token key must be in the key store."))),
            Rule.of(
                    RuleInfo.of(
                            "version.upgrade-drops-clair",
                            WARNING,
                            rule -> rule.title("The upgrade drops Clair")
                                    .why(
                                            "Harbor has no Clair since 2.2: its reports are gone, and policies that rest on them stop pulls until"
                                                    + " another scanner has scanned everything again.")
                                    .fix(
                                            "Turn the scanner on with .harborYml(yml -> yml.trivy()) and scan all before you rely on policies.")
                                    .sources(
                                            HARBOR + "releases/tag/v2.2.0",
                                            "https://goharbor.io/docs/2.14.0/administration/vulnerability-scanning/")
                                    .versions(VersionRange.since("2.2.0"))),
                    ofUpgrade((cluster, from) -> dropped(cluster, from, "2.2.0", "Clair"))),
            Rule.of(
                    RuleInfo.of(
                            "version.upgrade-drops-charts",
                            WARNING,
                            rule -> rule.title("The upgrade drops the chart repository")
                                    .why(
                                            "Harbor has no ChartMuseum since 2.8: charts that were pushed to it are still in the store, but nobody"
                                                    + " serves them any more.")
                                    .fix("Push the charts as OCI artifacts (helm push) before the upgrade.")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/",
                                            HARBOR + "releases/tag/v2.8.0")
                                    .versions(VersionRange.since("2.8.0"))),
                    ofUpgrade((cluster, from) -> dropped(cluster, from, "2.8.0", "ChartMuseum"))),
            Rule.of(
                    RuleInfo.of(
                            "version.upgrade-drops-notary",
                            WARNING,
                            rule -> rule.title("The upgrade drops Notary")
                                    .why(
                                            "Harbor has no Notary since 2.9: signatures of Docker Content Trust are gone, and clients with"
                                                    + " DOCKER_CONTENT_TRUST=1 can pull nothing.")
                                    .fix("Sign with Cosign or Notation before the upgrade.")
                                    .symptoms("remote trust data does not exist")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/",
                                            HARBOR + "releases/tag/v2.9.0")
                                    .versions(VersionRange.since("2.9.0"))),
                    ofUpgrade((cluster, from) -> dropped(cluster, from, "2.9.0", "Notary"))),
            Rule.of(
                    RuleInfo.of(
                            "version.known-bad",
                            WARNING,
                            rule -> rule.title("This release has a fault that others do not have")
                                    .why(
                                            "Some releases carry a fault that shows on every cluster, or on those with several nodes, and that a"
                                                    + " neighbour does not have. Each finding names the fault.")
                                    .fix("Use another patch of the line in .harbor(…).")
                                    .symptoms(
                                            "CSRF token invalid",
                                            "Retry: sending hook event error: …",
                                            "invalid port … after host")
                                    .sources(HARBOR + "issues/14683", HARBOR + "pull/14748", HARBOR + "pull/14602")),
                    cluster -> KNOWN_BAD.entrySet().stream()
                            .filter(fault -> fault.getKey().contains(cluster.harbor()))
                            .map(fault -> new Problem(
                                    Places.CLUSTER.child("harbor"),
                                    "Harbor " + cluster.harbor() + ": " + fault.getValue()))
                            .toList()),
            Rule.of(
                    RuleInfo.of(
                            "version.webhooks-repeat",
                            NOTE,
                            rule -> rule.title("Webhooks of this release were reported to be sent without an end")
                                    .why(
                                            "Somebody saw core log the same failing webhooks again and again after the upgrade to 2.15.2; the"
                                                    + " report is open, and nobody has said yet on which clusters it happens.")
                                    .fix(
                                            "Look at the log of the job service after the upgrade where you use webhooks; 2.15.1 in .harbor(…)"
                                                    + " does not have the report.")
                                    .symptoms("Retry: sending hook event error: …")
                                    .sources(HARBOR + "issues/23793")
                                    .versions(VersionRange.between("2.15.2", "2.15.3"))),
                    cluster -> List.of(new Problem(
                            Places.CLUSTER.child("harbor"),
                            "Harbor " + cluster.harbor()
                                    + " was reported to send failing webhooks again without an end."))),
            Rule.of(
                    RuleInfo.of(
                            "version.no-longer-maintained",
                            NOTE,
                            rule -> rule.title("This line of Harbor gets no more fixes")
                                    .why(
                                            "Upstream mends the newest three lines; what is found in an older one, security holes among it, stays.")
                                    .fix("Plan the way to a newer line in .harbor(…).")
                                    .sources(HARBOR + "blob/main/SECURITY.md", HARBOR + "blob/main/RELEASES.md")),
                    cluster -> Problems.when(
                            cluster.harbor().isPatchOfSupported() && isOld(cluster.harbor()),
                            Places.CLUSTER.child("harbor"),
                            () -> "Harbor " + cluster.harbor().line()
                                    + " is older than the three lines that get fixes; the newest"
                                    + " that this library knows is "
                                    + HarborVersion.newest().line() + ".")));

    private VersionRules() {}

    /** Faults of single releases, as people reported them; each text ends a sentence that begins with the release. */
    private static Map<VersionRange, String> knownBad() {
        Map<VersionRange, String> faults = new LinkedHashMap<>();
        faults.put(
                VersionRange.between("2.1.0", "2.1.5"),
                "what a job has to report to core is sent again without an end when core does not take it; 2.1.5 mends it"
                        + " (pull request 14601).");
        faults.put(
                VersionRange.between("2.2.0", "2.2.2"),
                "one trigger of a schedule may run more than once, and what a job has to report is sent again without an end;"
                        + " 2.2.2 mends both (pull requests 14748 and 14602).");
        return faults;
    }

    private interface UpgradeCheck {
        List<Problem> of(Cluster cluster, HarborVersion from);
    }

    private static Function<Cluster, List<Problem>> ofUpgrade(UpgradeCheck check) {
        return cluster ->
                cluster.upgradeFrom().map(from -> check.of(cluster, from)).orElse(List.of());
    }

    private static List<Problem> skipping(Cluster cluster, HarborVersion from) {
        HarborVersion to = cluster.harbor();
        int skipped = to.major() == from.major() ? to.minor() - from.minor() : Integer.MAX_VALUE;
        return Problems.when(
                from.isBefore(to) && skipped > TRIED_LINES,
                Places.CLUSTER.child("upgradeFrom"),
                () -> "Harbor " + from + " is more than " + TRIED_LINES + " lines before " + to + ".",
                () -> to.major() == from.major()
                        ? "Go to a release of " + from.major() + "." + (from.minor() + TRIED_LINES)
                                + " first, and on from there, with a backup before each step."
                        : "Go by way of 1.10 and 2.0, as Harbor's upgrade guide for those says, with a backup before each"
                                + " step.");
    }

    private static List<Problem> dropped(Cluster cluster, HarborVersion from, String since, String what) {
        return Problems.when(
                from.isBefore(HarborVersion.parse(since)),
                Places.CLUSTER.child("upgradeFrom"),
                () -> "Harbor " + from + " could have " + what + "; " + cluster.harbor() + " has not.");
    }

    private static boolean isOld(HarborVersion version) {
        HarborVersion newest = HarborVersion.newest();
        return version.major() < newest.major() || version.minor() + TRIED_LINES <= newest.minor();
    }

    private static String tried(HarborVersion version) {
        return version.supportedOfLine().stream().map(HarborVersion::toString).collect(Collectors.joining(", "));
    }
}
