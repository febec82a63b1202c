package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.testing.Clusters;
import dev.harborha.testing.Texts;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.StringReader;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The forms for programs hold for every report: of any cluster, and of rules that say whatever they like. */
@AddLifecycleHook(NeedsProgram.Python3.class)
class ReportFormsProperties {

    private static final HarborHa HARBOR = HarborHa.create();

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    /** Findings with awkward texts wherever somebody else chooses them. */
    @Provide
    Arbitrary<Report> reports() {
        Arbitrary<String> texts = Texts.any().filter(text -> !text.isBlank());
        Arbitrary<RuleInfo> rules = Combinators.combine(
                        Arbitraries.of("a.one", "a.two", "b.one", "c.d.e"),
                        Arbitraries.of(Severity.class),
                        texts,
                        texts)
                .as((id, severity, title, source) -> RuleInfo.of(
                        id,
                        severity,
                        rule -> rule.title(title).why(title).fix(source).sources(source)));
        Arbitrary<ModelPath> paths = Arbitraries.oneOf(
                texts.map(key -> ModelPath.cluster().child("nodes").key(key)),
                texts.map(name -> ModelPath.file("nodes/n/" + name)));
        Arbitrary<Optional<Location>> places =
                texts.map(file -> new Location(file, 1 + file.length(), 1)).optional();
        Arbitrary<Finding> findings = Combinators.combine(rules, paths, texts, texts.optional(0.3), places)
                .as((rule, path, message, waived, place) ->
                        new Finding(rule, new Problem(path, message), waived, place));
        return findings.list().ofMaxSize(8).map(Report::new);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void ofAnyCluster(@ForAll("clusters") Cluster cluster) {
        Report report = HARBOR.check(cluster)
                .located(path ->
                        Optional.of(new Location("cluster.yaml", path.text().length(), 1)));
        json(report);
        sarif(report);
        Document junit = junit(report, HARBOR.asked(cluster));
        assertThat(junit.getElementsByTagName("testcase").getLength())
                .isEqualTo(HARBOR.asked(cluster).size());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ofRulesThatSayWhatTheyLike(@ForAll("reports") Report report) {
        json(report);
        sarif(report);
        junit(report, List.of());
    }

    private static void json(Report report) {
        JsonNode read = Schemas.json(JsonReport.write(report));
        assertThat(Schemas.strictErrorsOfJson(read)).isEmpty();
        assertThat(read.path("findings")).hasSameSizeAs(report.findings());
    }

    private static void sarif(Report report) {
        JsonNode read = Schemas.json(SarifReport.write(report));
        assertThat(Schemas.errorsOfSarif(read)).isEmpty();
        JsonNode run = read.at("/runs/0");
        assertThat(run.path("results")).hasSameSizeAs(report.findings());
        Set<String> fingerprints = new HashSet<>();
        for (int i = 0; i < report.findings().size(); i++) {
            Finding finding = report.findings().get(i);
            JsonNode result = run.path("results").path(i);
            JsonNode rule =
                    run.at("/tool/driver/rules").path(result.path("ruleIndex").asInt());
            assertThat(result.path("ruleId").textValue()).isEqualTo(finding.id());
            assertThat(rule.path("id").textValue()).isEqualTo(finding.id());
            assertThat(shown(rule.at("/shortDescription/text")))
                    .isEqualTo(finding.rule().title());
            assertThat(rule.at("/defaultConfiguration/level")).isEqualTo(result.path("level"));
            assertThat(shown(result.at("/message/text")))
                    .isEqualTo(finding.problem().message() + "\nFix: " + finding.fix());
            assertThat(result.at("/suppressions/0/justification").textValue())
                    .isEqualTo(finding.waived().orElse(null));
            assertThat(fingerprints.add(result.path("partialFingerprints").toString()))
                    .isTrue();
            JsonNode place = result.at("/locations/0");
            JsonNode uri = place.at("/physicalLocation/artifactLocation/uri");
            if (finding.path().isFile()) {
                assertThat(URI.create(uri.textValue()).getPath())
                        .isEqualTo(finding.path().text());
                assertThat(run.path("originalUriBaseIds")
                                .has(place.at("/physicalLocation/artifactLocation/uriBaseId")
                                        .textValue()))
                        .isTrue();
            } else {
                assertThat(place.at("/logicalLocations/0/fullyQualifiedName").textValue())
                        .isEqualTo(finding.path().text());
                assertThat(Optional.ofNullable(uri.textValue())
                                .map(text -> URI.create(text).getPath()))
                        .isEqualTo(finding.location().map(Location::file));
            }
        }
    }

    /** What a viewer shows of a message without arguments. */
    private static String shown(JsonNode message) {
        return message.textValue().replace("{{", "{").replace("}}", "}");
    }

    private static Document junit(Report report, List<RuleInfo> asked) {
        String text = JUnitReport.write(report, asked);
        assertThat(Schemas.errorsOfJUnit(text)).isEmpty();
        Document read = parsed(text);
        Element root = read.getDocumentElement();
        NodeList cases = read.getElementsByTagName("testcase");
        assertThat(root.getAttribute("tests")).isEqualTo(Integer.toString(cases.getLength()));
        assertThat(root.getAttribute("failures"))
                .isEqualTo(Integer.toString(read.getElementsByTagName("failure").getLength()));
        Set<String> ids = report.findings().stream().map(Finding::id).collect(Collectors.toSet());
        int said = 0;
        for (int i = 0; i < cases.getLength(); i++) {
            Element of = (Element) cases.item(i);
            boolean speaks = of.getFirstChild() != null;
            assertThat(speaks).isEqualTo(ids.contains(of.getAttribute("name")));
            said += speaks ? 1 : 0;
        }
        assertThat(said).isEqualTo(ids.size());
        return read;
    }

    private static Document parsed(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError(xml, e);
        }
    }
}
