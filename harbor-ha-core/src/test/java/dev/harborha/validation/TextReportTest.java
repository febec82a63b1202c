package dev.harborha.validation;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.HarborHa;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SampleCluster;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static RuleInfo rule(Severity severity, String id) {
        return RuleInfo.of(
                id,
                severity,
                rule -> rule.title("Title of " + id)
                        .why("It hurts.")
                        .fix("Mend " + id + ".")
                        .sources("https://example.com/" + id, "second"));
    }

    private static Finding finding(RuleInfo rule, String part, String message, Optional<String> fix) {
        return new Finding(rule, new Problem(ModelPath.cluster().child(part), message, fix), Optional.empty());
    }

    private static Finding placed(Finding finding, int line) {
        Location place = new Location("cluster.yaml", line, 3);
        return new Finding(finding.rule(), finding.problem(), finding.waived(), Optional.of(place));
    }

    private static Finding waived(Finding finding) {
        return new Finding(finding.rule(), finding.problem(), Optional.of("we know"));
    }

    private static Report mixed() {
        RuleInfo error = rule(ERROR, "a.error");
        RuleInfo warning = rule(WARNING, "b.warning");
        return new Report(List.of(
                waived(finding(rule(WARNING, "d.waived"), "e", "Waived.", Optional.empty())),
                finding(rule(NOTE, "c.note"), "d", "Noted.", Optional.of("Look at it.")),
                placed(finding(warning, "c", "Second.", Optional.empty()), 12),
                finding(warning, "b", "First.", Optional.of("Mend the first.")),
                placed(finding(error, "a", "Broken.", Optional.empty()), 1)));
    }

    @Test
    void eachRuleIsNamedOnceWithAllThatItFound() {
        assertThat(TextReport.plain().write(mixed())).isEqualTo("""
                        ERROR a.error: Title of a.error
                          cluster.yaml:1:3 (cluster.a)
                            Broken.
                          Fix: Mend a.error.
                          See: https://example.com/a.error

                        WARNING b.warning: Title of b.warning
                          cluster.b
                            First.
                            Fix: Mend the first.
                          cluster.yaml:12:3 (cluster.c)
                            Second.
                            Fix: Mend b.warning.
                          See: https://example.com/b.warning

                        NOTE c.note: Title of c.note
                          cluster.d
                            Noted.
                          Fix: Look at it.
                          See: https://example.com/c.note

                        waived d.waived: Title of d.waived
                          cluster.e
                            Waived.
                          Accepted because: we know

                        1 error, 2 warnings, 1 note (1 waived)
                        """);
        assertThat(TextReport.plain().write(new Report(List.of()))).isEqualTo("nothing found\n");
    }

    @Test
    void coloursAddNothingButThemselves() {
        String coloured = TextReport.coloured().write(mixed());
        assertThat(coloured)
                .contains("\u001b[1;31mERROR\u001b[0m \u001b[1ma.error\u001b[0m: Title")
                .contains("\u001b[1;33mWARNING\u001b[0m ")
                .contains("\u001b[1;36mNOTE\u001b[0m ")
                .contains("\u001b[2mwaived\u001b[0m ");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]+m", ""))
                .isEqualTo(TextReport.plain().write(mixed()));
    }

    @Test
    void ofManyFindingsSomeAreListed() {
        RuleInfo rule = rule(WARNING, "node.broken");
        List<Finding> findings = new ArrayList<>();
        IntStream.range(0, 10_000)
                .mapToObj(i -> finding(rule, "n" + (10_000 + i), "Broken " + i + ".", Optional.empty()))
                .forEach(findings::add);
        IntStream.range(0, 12)
                .mapToObj(i ->
                        waived(finding(rule(NOTE, "node.odd"), "n" + (10 + i), "Odd " + i + ".", Optional.empty())))
                .forEach(findings::add);
        Report report = new Report(findings);

        assertThat(TextReport.plain().write(report))
                .contains("Broken 9.\n  … and 9990 more\n  Fix: Mend node.broken.\n")
                .contains("Odd 9.\n  … and 2 more\n  Accepted because: we know\n")
                .endsWith("10000 warnings (12 waived)\n")
                .doesNotContain("Broken 10.", "Odd 10.")
                .hasLineCount(2 + 2 * 10 + 1 + 2 + 1 + 2 * 10 + 2 + 2);
        assertThat(new TextReport(false, 12).write(report)).contains("Odd 11.\n  Accepted");
        assertThat(new TextReport(false, 10_000).write(report)).contains("Broken 9999.\n  Fix:");
    }

    @Test
    void atLeastOneFindingIsListed() {
        assertThatThrownBy(() -> new TextReport(true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A report lists at least 1 finding of each rule; found 0.");
    }

    /** Whoever describes a cluster, or writes a rule, does not talk to the terminal of him who reads the report. */
    @Test
    void controlCharactersAreSpelledOut() {
        RuleInfo rule = RuleInfo.of(
                "a.b", WARNING, r -> r.title("T\u001b[2J").why("w").fix("F\r").sources("s\u0007"));
        Problem problem = new Problem(ModelPath.cluster().key("x\u009b"), "One\ntwo\tthree\u0000");
        Finding finding = new Finding(rule, problem, Optional.empty(), Optional.of(new Location("f\u001b.yaml", 1, 2)));
        Finding accepted = new Finding(rule(NOTE, "c.d"), problem, Optional.of("b\u001b[31mc"));
        assertThat(TextReport.coloured().write(new Report(List.of(finding, accepted))))
                .contains(
                        "T\\u001b[2J", "F\\u000d", "s\\u0007", "f\\u001b.yaml:1:2 (cluster[x\\u009b])", "b\\u001b[31mc")
                .contains("    One\n    two\\u0009three\\u0000\n");
    }

    /** A cluster with much that is wrong, as an operator sees it. */
    @Test
    void theReportOfABadCluster() {
        ClusterBuilder cluster = SampleCluster.frame()
                .publicUrl("http://10.0.0.12")
                .node("harbor-1", "10.0.0.12")
                .database(db -> db.address("localhost").password(Secret.literal("root123")))
                .redis(redis -> redis.address("10.0.0.9").password(Secret.of("a,b")))
                .loadBalancer(lb -> lb.nginx("10.0.0.9").affinity(Affinity.NONE).behindProxy())
                .waive("time.no-servers", "the machines are guests of one host that keeps the time")
                .waive("db.node-local", "it is a tunnel")
                .waive("lb.single-load-balancer", "for now");
        IntStream.rangeClosed(4, 20).forEach(i -> cluster.node("harbor-" + i, "10.0.0.12"));
        Cluster bad = cluster.build();
        Golden.assertEqual(
                "reports/bad-cluster.txt",
                TextReport.plain().write(HarborHa.create().check(bad)));
    }
}
