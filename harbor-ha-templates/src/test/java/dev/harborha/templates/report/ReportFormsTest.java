package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harborha.HarborHa;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form as it is, and held against its schema. */
class ReportFormsTest {

    private static final Report NOTHING = new Report(List.of());

    @Test
    void json() {
        String text = JsonReport.write(SampleReports.ofCluster());
        GoldenReport.assertEqual("sample.json", text);
        for (Report report : List.of(SampleReports.ofCluster(), SampleReports.ofBundle(), NOTHING)) {
            JsonNode read = Schemas.json(JsonReport.write(report));
            assertThat(Schemas.errorsOfJson(read)).isEmpty();
            assertThat(Schemas.strictErrorsOfJson(read)).isEmpty();
        }
    }

    @Test
    void theSchemaRefusesWhatIsNoReport() {
        JsonNode read = Schemas.json(JsonReport.write(SampleReports.ofCluster()));
        ObjectNode finding = (ObjectNode) read.path("findings").path(0);
        finding.put("severity", "fatal").remove("message");
        ((ObjectNode) finding.path("location")).put("line", 0);
        ((ObjectNode) read).put("version", 2).put("news", "good");
        assertThat(Schemas.errorsOfJson(read)).hasSize(4);
        assertThat(Schemas.strictErrorsOfJson(read)).hasSize(5);
    }

    @Test
    void theDocumentsHaveTheSchema() throws Exception {
        Path docs = Path.of(System.getProperty("basedir", ""), "../docs/report.schema.json");
        assertThat(Files.readString(docs)).isEqualTo(JsonReport.schema());
    }

    @Test
    void sarif() {
        GoldenReport.assertEqual("sample.sarif", SarifReport.write(SampleReports.ofCluster()));
        GoldenReport.assertEqual("bundle.sarif", SarifReport.write(SampleReports.ofBundle()));
        for (Report report : List.of(SampleReports.ofCluster(), SampleReports.ofBundle(), NOTHING)) {
            assertThat(Schemas.errorsOfSarif(Schemas.json(SarifReport.write(report))))
                    .isEmpty();
        }
    }

    @Test
    void theSchemaOfSarifRefusesWhatIsNoSarif() {
        JsonNode read = Schemas.json(SarifReport.write(SampleReports.ofCluster()));
        ObjectNode result =
                (ObjectNode) read.path("runs").path(0).path("results").path(0);
        result.put("level", "fatal").put("news", "good").remove("message");
        assertThat(Schemas.errorsOfSarif(read)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster.yaml         | cluster.yaml                 | %SRCROOT%
            ./a/../b c/é.yaml    | ./a/../b%20c/%C3%A9.yaml     | %SRCROOT%
            c:cluster#1?.yaml    | c%3Acluster%231%3F.yaml      | %SRCROOT%
            /srv/50%/cluster.yml | file:///srv/50%25/cluster.yml |
            """)
    void aPathIsWrittenAsTheReferenceOfAUri(String path, String uri, String base) {
        Finding finding = SampleReports.ofCluster().findings().get(0);
        Report report = new Report(List.of(new Finding(
                finding.rule(), finding.problem(), Optional.empty(), Optional.of(new Location(path, 3, 4)))));
        JsonNode place = Schemas.json(SarifReport.write(report)).at("/runs/0/results/0/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").textValue()).isEqualTo(uri);
        assertThat(place.at("/artifactLocation/uriBaseId").textValue()).isEqualTo(base);
        assertThat(place.at("/region/startLine").intValue()).isEqualTo(3);
        assertThat(place.at("/region/startColumn").intValue()).isEqualTo(4);
    }

    /** Lines move, findings stay; two findings of one rule at one element are two. */
    @Test
    void aFingerprintIsOfRuleAndElement() {
        Report report = SampleReports.ofCluster();
        List<String> before = fingerprints(report);
        assertThat(fingerprints(report.located(path -> Optional.of(new Location("other.yaml", 99, 1)))))
                .isEqualTo(before);
        List<Finding> more = new ArrayList<>(report.findings());
        Finding first = more.get(0);
        more.add(new Finding(first.rule(), new Problem(first.path(), "Z comes after it."), Optional.empty()));
        assertThat(fingerprints(new Report(more)))
                .containsAll(before)
                .hasSize(before.size() + 1)
                .doesNotHaveDuplicates();
    }

    private static List<String> fingerprints(Report report) {
        List<String> found = new ArrayList<>();
        Schemas.json(SarifReport.write(report))
                .at("/runs/0/results")
                .forEach(result -> found.add(result.path("partialFingerprints").toString()));
        return found;
    }

    @Test
    void junit() {
        String text = JUnitReport.write(SampleReports.ofCluster(), SampleReports.ASKED);
        GoldenReport.assertEqual("sample.xml", text);
        assertThat(Schemas.errorsOfJUnit(text)).isEmpty();
        assertThat(Schemas.errorsOfJUnit(JUnitReport.write(SampleReports.ofBundle(), List.of())))
                .isEmpty();
        assertThat(Schemas.errorsOfJUnit(JUnitReport.write(NOTHING, List.of()))).isEmpty();
        assertThat(Schemas.errorsOfJUnit(
                        JUnitReport.write(NOTHING, HarborHa.create().rules().catalogue())))
                .isEmpty();
    }

    @Test
    void theSchemaOfJUnitRefusesWhatIsNoReport() {
        String text = JUnitReport.write(SampleReports.ofCluster(), SampleReports.ASKED);
        assertThat(Schemas.errorsOfJUnit(text.replaceFirst("failures=\"[0-9]+\"", "")))
                .isNotEmpty();
        assertThat(Schemas.errorsOfJUnit(text.replace("<failure", "<broken").replace("</failure", "</broken")))
                .isNotEmpty();
    }
}
