package dev.harborha.audit;

import static dev.harborha.audit.SampleBundle.CERTIFICATE;
import static dev.harborha.audit.SampleBundle.OTHER_KEYS;
import static dev.harborha.audit.SampleBundle.REGISTRY;
import static dev.harborha.audit.SampleBundle.SECRETS;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.render.Bundle;
import dev.harborha.testkit.BundleRuleTester;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Golden;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bundle rule finds in files that were edited, word by word, and that it is silent otherwise. */
class BundleRuleTest {

    private static final HarborHa HARBOR = HarborHa.create();

    static Stream<String> ids() {
        return HARBOR.bundleRules().stream().map(rule -> rule.info().id());
    }

    private static BundleRule rule(String id) {
        return HARBOR.bundleRules().stream()
                .filter(found -> found.info().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> findings(String id, BundleExamples.Example example) {
        return HARBOR.on(example.day()).audit(example.bundle().bundle()).findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    @Test
    void everyRuleHasExamplesAndEveryExampleARule() {
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(BundleExamples.ALL.keySet());
        assertThat(Golden.names("bundle-rules"))
                .containsExactlyElementsOf(BundleExamples.ALL.keySet().stream()
                        .map(id -> id + ".txt")
                        .toList());
        BundleExamples.ALL.forEach((id, examples) -> {
            assertThat(examples.violating()).as("violations of %s", id).isNotEmpty();
            assertThat(examples.sound()).as("files without %s", id).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aViolationIsFound(String id) {
        StringBuilder text = new StringBuilder();
        BundleExamples.ALL.get(id).violating().forEach((what, example) -> {
            List<Finding> findings = findings(id, example);
            assertThat(findings).as("%s in: %s", id, what).isNotEmpty();
            text.append("# ").append(what).append('\n');
            for (Finding finding : findings) {
                text.append(finding.severity() + " " + id + " " + finding.path() + "\n  "
                        + finding.problem().message() + "\n  "
                        + finding.fix() + "\n");
            }
        });
        Golden.assertEqual("bundle-rules/" + id + ".txt", text.toString().replace(end(), "2028-05-17"));
    }

    /** Returns the day on which the certificates between the containers run out; it is another one with every run. */
    private static String end() {
        return LocalDate.ofInstant(SampleBundle.TLS.expiry(), ZoneOffset.UTC).toString();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void soundFilesAreLeftAlone(String id) {
        BundleExamples.ALL
                .get(id)
                .sound()
                .forEach((what, example) -> assertThat(findings(id, example))
                        .as("%s in: %s", id, what)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theContractIsKeptInEveryExample(String id) {
        BundleRule rule = rule(id);
        BundleExamples.ALL
                .get(id)
                .violating()
                .forEach((what, example) -> BundleRuleTester.of(rule)
                        .on(example.day())
                        .violated(what, example.bundle().bundle()));
        BundleExamples.ALL
                .get(id)
                .sound()
                .forEach((what, example) -> BundleRuleTester.of(rule)
                        .on(example.day())
                        .kept(what, example.bundle().bundle()));
    }

    @Test
    void filesThatAgreeAreSound() {
        HarborHa harbor = HARBOR.on(BundleExamples.DAY);
        assertThat(harbor.audit(of05().bundle())).hasToString("nothing found\n");
        assertThat(harbor.audit(of05().thirdNode().secondBalancer().bundle()).findings())
                .isEmpty();
        for (SampleBundle bundle : List.of(
                complete(),
                installer(),
                complete().thirdNode().secondBalancer(),
                complete().nodesWithTls(),
                installer().thirdNode(),
                complete().haproxy(),
                complete().haproxy().virtualIp(),
                complete().virtualIp(),
                complete().oneNode(),
                installer().oneNode())) {
            assertThat(harbor.audit(bundle.bundle()).findings())
                    .extracting(Finding::id)
                    .containsExactly("bundle.internal-tls-expiry");
        }
    }

    @Test
    void noFindingOfAnyRuleTellsASecret() {
        BundleExamples.ALL
                .values()
                .forEach(examples -> examples.violating().forEach((what, example) -> {
                    Report report =
                            HARBOR.on(example.day()).audit(example.bundle().bundle());
                    assertThat(report.toString())
                            .as(what)
                            .doesNotContain("sesame")
                            .doesNotContain(SECRETS);
                }));
    }

    @Test
    void theReportIsTheSameEveryTimeAndInOrder() {
        Bundle bundle = of05().thirdNode()
                .edit(TOKEN_KEY, text -> OTHER_KEYS.tokenKey().reveal())
                .replace(REGISTRY, "of+the+uploads", "sesame")
                .bundle();
        Report report = HARBOR.audit(bundle);
        assertThat(HARBOR.audit(bundle)).isEqualTo(report);
        assertThat(HARBOR.audit(Bundle.of(Map.of("again", List.copyOf(bundle.files())))))
                .isEqualTo(report);
        assertThat(report.findings())
                .extracting(Finding::id)
                .isSorted()
                .containsExactly(
                        "bundle.certificate-does-not-fit", "bundle.token-keys-differ", "bundle.upload-secrets-differ");
        assertThat(report.findings()).allMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** What is said of the first of several nodes with the same files is said of each. */
    @Test
    void everyNodeWithADefectIsNamed() {
        Bundle bundle = complete()
                .thirdNode()
                .remove(TOKEN_KEY_OF_3)
                .replaceOnAll(SampleBundle.CORE_ENV, "Ab3dEf7h", "")
                .bundle();
        Map<String, Integer> counts = new TreeMap<>();
        HARBOR.audit(bundle).findings().forEach(finding -> counts.merge(finding.id(), 1, Integer::sum));
        assertThat(counts).containsEntry("bundle.scanner-prefix-empty", 2).containsEntry("bundle.key-missing", 1);
    }

    private static final String TOKEN_KEY_OF_3 = SampleBundle.TOKEN_KEY_2X.replace("harbor-2", "harbor-3");

    @Test
    void whatTheKeysAreSureOfIsNotAskedAgain() {
        BundleRule rule = rule("bundle.registry-password-does-not-fit");
        BundleRule knowing = rule.knowing(SampleBundle.KEYS);
        Bundle another = complete()
                .edit(SampleBundle.PASSWD, text -> OTHER_KEYS.registryHtpasswd().reveal())
                .bundle();
        assertThat(knowing.info()).isSameAs(rule.info());
        assertThat(knowing.check(complete().bundle())).isEmpty();
        assertThat(knowing.check(another)).isEqualTo(rule.check(another)).hasSize(1);
        assertThat(rule.knowing(OTHER_KEYS).check(complete().bundle())).isEmpty();
        assertThat(SampleBundle.KEYS.isRegistryPair(
                        SampleBundle.KEYS.registryHtpasswd().reveal(),
                        OTHER_KEYS.registryPassword().reveal()))
                .isFalse();
        BundleRule other = rule("bundle.images-differ");
        assertThat(other.knowing(SampleBundle.KEYS)).isSameAs(other);
    }

    @Test
    void theCertificateOfOneNodeIsComparedWithItsOwnKey() {
        Bundle bundle = of05().edit(TOKEN_KEY, text -> OTHER_KEYS.tokenKey().reveal())
                .edit(CERTIFICATE, text -> OTHER_KEYS.tokenCertificate())
                .bundle();
        assertThat(HARBOR.audit(bundle).findings()).extracting(Finding::id).containsExactly("bundle.token-keys-differ");
    }
}
