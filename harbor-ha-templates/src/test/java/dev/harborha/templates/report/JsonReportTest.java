package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static Finding finding(String id, Severity severity, String message, Optional<String> waived) {
        return new Finding(
                RuleInfo.of(
                        id,
                        severity,
                        rule -> rule.title("Title of " + id)
                                .why("why")
                                .fix("Fix.")
                                .sources("https://example.com/a", "docs/b.md")),
                new Problem(ModelPath.cluster().child("nodes").key("n-1"), message, "Fix it."),
                waived);
    }

    @Test
    void writesEveryKeyInAFixedForm() {
        Report report = new Report(List.of(
                finding("b.noted", Severity.NOTE, "note", Optional.of("because \"x\"")),
                finding(
                        "a.broken",
                        Severity.ERROR,
                        "quote \" backslash \\ newline \n é 😀 \u2028 \u0001",
                        Optional.empty())));

        assertThat(JsonReport.write(report)).isEqualTo("""
                        {
                          "version": 1,
                          "summary": {
                            "errors": 1,
                            "warnings": 0,
                            "notes": 0,
                            "waived": 1
                          },
                          "findings": [
                            {
                              "id": "a.broken",
                              "severity": "error",
                              "path": "cluster.nodes[n-1]",
                              "message": "quote \\" backslash \\\\ newline \\n é 😀 \u2028 \\u0001",
                              "fix": "Fix it.",
                              "title": "Title of a.broken",
                              "versions": "all",
                              "sources": [
                                "https://example.com/a",
                                "docs/b.md"
                              ]
                            },
                            {
                              "id": "b.noted",
                              "severity": "note",
                              "path": "cluster.nodes[n-1]",
                              "message": "note",
                              "fix": "Fix it.",
                              "title": "Title of b.noted",
                              "versions": "all",
                              "sources": [
                                "https://example.com/a",
                                "docs/b.md"
                              ],
                              "waived": "because \\"x\\""
                            }
                          ]
                        }
                        """);
    }

    @Test
    void nothingFoundIsAnEmptyList() {
        assertThat(JsonReport.write(new Report(List.of()))).isEqualTo("""
                        {
                          "version": 1,
                          "summary": {
                            "errors": 0,
                            "warnings": 0,
                            "notes": 0,
                            "waived": 0
                          },
                          "findings": [ ]
                        }
                        """);
    }

    @Test
    void aRealReportIsReadBackWhole() throws IOException {
        Cluster cluster = Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("http://10.0.0.11")
                .node("harbor-1", "10.0.0.11")
                .database(db -> db.address("10.0.0.11").password(Secret.literal("s3cret")))
                .s3(s3 -> s3.bucket("layers").region("nowhere"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .waive("lb.single-load-balancer", "lab")
                .adminPassword(Secret.literal("s3cret")));
        Report report = HarborHa.create().check(cluster);

        String json = JsonReport.write(report);
        JsonNode read = new ObjectMapper().readTree(json);

        assertThat(json).doesNotContain("s3cret");
        assertThat(read.get("findings")).hasSize(report.findings().size()).hasSizeGreaterThan(5);
        assertThat(read.get("summary").get("errors").intValue())
                .isPositive()
                .isEqualTo(report.of(Severity.ERROR).size());
        assertThat(read.get("summary").get("waived").intValue()).isEqualTo(1);
        for (int i = 0; i < report.findings().size(); i++) {
            JsonNode one = read.get("findings").get(i);
            Finding finding = report.findings().get(i);
            assertThat(one.get("id").textValue()).isEqualTo(finding.id());
            assertThat(one.get("message").textValue())
                    .isEqualTo(finding.problem().message());
            assertThat(Optional.ofNullable(one.get("waived")).map(JsonNode::textValue))
                    .isEqualTo(finding.waived());
        }
    }
}
