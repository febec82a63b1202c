package dev.harborha.templates.report;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.ModelPath;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.util.List;
import java.util.Optional;

/** Reports with one of everything. */
final class SampleReports {

    static final RuleInfo BROKEN = rule(ERROR, "node.broken", VersionRange.since("2.0.0"));
    static final RuleInfo WEAK = rule(WARNING, "node.weak", VersionRange.all());
    static final RuleInfo ODD = rule(NOTE, "lb.odd", VersionRange.before("2.0.0"));
    static final RuleInfo ACCEPTED = rule(WARNING, "lb.accepted", VersionRange.between("2.0.0", "2.3.0"));
    static final RuleInfo KEPT = rule(ERROR, "db.kept", VersionRange.all());

    /** The rules that were asked. */
    static final List<RuleInfo> ASKED = List.of(BROKEN, WEAK, ODD, ACCEPTED, KEPT);

    private SampleReports() {}

    private static RuleInfo rule(Severity severity, String id, VersionRange versions) {
        return RuleInfo.of(
                id,
                severity,
                rule -> rule.title("Title of " + id)
                        .why("It hurts {a lot} where <b>it</b> strikes.")
                        .fix("Mend " + id + ".")
                        .sources("docs/local.md", "https://example.com/" + id)
                        .versions(versions));
    }

    private static ModelPath node(String name) {
        return ModelPath.cluster().child("nodes").key(name);
    }

    /** Returns findings of each severity in a cluster that was read from a file, one of a kind waived, one without a place. */
    static Report ofCluster() {
        return new Report(List.of(
                new Finding(BROKEN, new Problem(node("n-1"), "The node n-1 is broken."), Optional.empty(), place(4, 5)),
                new Finding(
                        BROKEN,
                        new Problem(node("n-2"), "Quote \" backslash \\ é 😀 {0} <&> ]]>.", "Mend n-2."),
                        Optional.empty(),
                        place(6, 5)),
                new Finding(
                        WEAK,
                        new Problem(node("n-2").child("address"), "The node n-2 is weak."),
                        Optional.empty(),
                        place(7, 5)),
                new Finding(
                        ODD, new Problem(ModelPath.cluster().child("timeServers"), "Nothing there."), Optional.empty()),
                new Finding(
                        ACCEPTED,
                        new Problem(ModelPath.cluster().child("loadBalancers"), "There is one."),
                        Optional.of("a lab, for \"now\""),
                        place(9, 1))));
    }

    private static Optional<Location> place(int line, int column) {
        return Optional.of(new Location("etc/my cluster.yaml", line, column));
    }

    /** Returns a finding in a rendered file. */
    static Report ofBundle() {
        RuleInfo rule = rule(ERROR, "bundle.differ", VersionRange.all());
        ModelPath path = ModelPath.file("nodes/n-1/opt/harbor/common/config/core/env");
        return new Report(List.of(new Finding(rule, new Problem(path, "They differ."), Optional.empty())));
    }
}
