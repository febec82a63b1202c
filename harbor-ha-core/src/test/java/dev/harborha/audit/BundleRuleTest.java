package dev.harborha.audit;

import static dev.harborha.audit.SampleBundle.CERTIFICATE;
import static dev.harborha.audit.SampleBundle.HARBOR_CFG;
import static dev.harborha.audit.SampleBundle.KEYS;
import static dev.harborha.audit.SampleBundle.NODE_PROXY;
import static dev.harborha.audit.SampleBundle.OTHER_KEYS;
import static dev.harborha.audit.SampleBundle.REGISTRY;
import static dev.harborha.audit.SampleBundle.SECRET_KEY;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY;
import static dev.harborha.audit.SampleBundle.UI_ENV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Golden;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bundle rule finds in files that were edited, word by word. */
class BundleRuleTest {

    private static final HarborHa HARBOR = HarborHa.create();

    private static final Map<String, Map<String, SampleBundle>> VIOLATING = new TreeMap<>();

    private static void violating(String id, String what, SampleBundle bundle) {
        VIOLATING.computeIfAbsent(id, any -> new LinkedHashMap<>()).put(what, bundle);
    }

    private static SampleBundle sample() {
        return new SampleBundle();
    }

    static {
        String header = "  proxy_set_header X-Forwarded-Proto ";
        violating(
                "bundle.token-keys-differ",
                "another key",
                sample().edit(TOKEN_KEY, text -> OTHER_KEYS.tokenKey().reveal())
                        .edit(CERTIFICATE, text -> OTHER_KEYS.tokenCertificate()));
        violating(
                "bundle.token-keys-differ",
                "another key on two of three nodes",
                sample().edit(TOKEN_KEY, text -> OTHER_KEYS.tokenKey().reveal()).thirdNode());
        violating(
                "bundle.certificate-does-not-fit",
                "the certificate of another key",
                sample().edit(CERTIFICATE, text -> OTHER_KEYS.tokenCertificate()));
        violating("bundle.certificate-does-not-fit", "no certificate", sample().edit(CERTIFICATE, text -> "sesame"));
        violating("bundle.certificate-does-not-fit", "no key", sample().edit(TOKEN_KEY, text -> "sesame"));
        violating(
                "bundle.secret-keys-differ",
                "another secret key",
                sample().edit(SECRET_KEY, text -> "0123456789abcdef"));
        violating("bundle.secret-keys-differ", "a newline at its end", sample().edit(SECRET_KEY, text -> text + "\n"));
        violating(
                "bundle.realms-differ",
                "the realm of a node",
                sample().replace(REGISTRY, "https://harbor.example.com", "http://10.0.0.12"));
        violating("bundle.realms-differ", "no realm", sample().replace(REGISTRY, "    realm:", "    # realm:"));
        violating(
                "bundle.upload-secrets-differ",
                "another upload secret",
                sample().replace(REGISTRY, "of-the-uploads", "placeholder"));
        violating(
                "bundle.upload-secrets-differ",
                "no upload secret",
                sample().replace(REGISTRY, "    secret:", "    # "));
        violating(
                "bundle.environments-differ",
                "another database",
                sample().replace(UI_ENV, "mysql.example.com", "mysql"));
        violating(
                "bundle.environments-differ",
                "sessions shared by one node only",
                sample().edit(UI_ENV, text -> text + "_REDIS_URL=redis:6379,100,,0\n"));
        violating(
                "bundle.environments-differ",
                "another password and host in harbor.cfg, and keys drawn anew",
                sample().replace(HARBOR_CFG, "of-the-database", "sesame")
                        .replace(HARBOR_CFG, "harbor.example.com", "10.0.0.12")
                        .edit(HARBOR_CFG, text -> text + "customize_crt = on\n"));
        violating(
                "bundle.forwarded-proto-overwritten",
                "the header as Harbor's template has it",
                sample().replace(NODE_PROXY, "}", header + "$$scheme;\n}"));
        violating(
                "bundle.forwarded-proto-overwritten",
                "the header after prepare",
                sample().replace(NODE_PROXY, "}", header + "  $scheme ;\n}"));
        violating("bundle.private-key-readable", "the token key", sample().open(TOKEN_KEY));
        violating(
                "bundle.private-key-readable",
                "a key beside a certificate",
                sample().edit(CERTIFICATE, text -> text + "-----BEGIN EC PRIVATE KEY-----\n"));
    }

    static Stream<String> ids() {
        return HARBOR.bundleRules().stream().map(rule -> rule.info().id());
    }

    private static List<Finding> findings(String id, Bundle bundle) {
        return HARBOR.audit(bundle).findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    @Test
    void everyRuleHasAnExampleAndEveryExampleARule() {
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(VIOLATING.keySet());
        assertThat(Golden.names("bundle-rules"))
                .containsExactlyElementsOf(
                        VIOLATING.keySet().stream().map(id -> id + ".txt").toList());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aViolationIsFound(String id) {
        StringBuilder text = new StringBuilder();
        VIOLATING.get(id).forEach((what, bundle) -> {
            List<Finding> findings = findings(id, bundle.bundle());
            assertThat(findings).as("%s in: %s", id, what).isNotEmpty();
            text.append("# ").append(what).append('\n');
            for (Finding finding : findings) {
                text.append(finding.severity() + " " + id + " " + finding.path() + "\n  "
                        + finding.problem().message() + "\n  "
                        + finding.problem().fix() + "\n");
            }
        });
        Golden.assertEqual("bundle-rules/" + id + ".txt", text.toString());
    }

    @Test
    void filesThatAgreeAreSound() {
        assertThat(HARBOR.audit(sample().bundle())).hasToString("nothing found\n");
        assertThat(HARBOR.audit(sample().thirdNode().bundle()).findings()).isEmpty();
    }

    @Test
    void whatMayDifferMayDiffer() {
        Bundle bundle = sample().replace(UI_ENV, "LOG_LEVEL=debug", "LOG_LEVEL=info")
                .edit(UI_ENV, text -> "# comment\n\n" + text)
                .replace(HARBOR_CFG, "workers = 3", "workers = 5")
                .edit(REGISTRY, text -> text + "log:\n  level: info\n")
                .bundle();
        assertThat(HARBOR.audit(bundle).findings()).isEmpty();
    }

    @Test
    void aNodeMaySetTheHeaderWhereThePublicUrlIsHttp() {
        SampleBundle http = sample().replace(UI_ENV, "https://", "http://")
                .replace(UI_ENV.replace("harbor-2", "harbor-1"), "https://", "http://")
                .replace(NODE_PROXY, "}", "proxy_set_header X-Forwarded-Proto $$scheme;\n}");
        assertThat(HARBOR.audit(http.bundle()).findings()).isEmpty();
    }

    @Test
    void aHeaderInACommentIsNone() {
        SampleBundle bundle = sample().replace(NODE_PROXY, "}", "  # proxy_set_header X-Forwarded-Proto $$scheme;\n}");
        assertThat(HARBOR.audit(bundle.bundle()).findings()).isEmpty();
    }

    @Test
    void noFindingTellsASecret() {
        VIOLATING
                .values()
                .forEach(examples -> examples.values().forEach(example -> {
                    Report report = HARBOR.audit(example.bundle());
                    assertThat(report.hasErrors()).isTrue();
                    assertThat(report.toString())
                            .doesNotContain(
                                    "sesame",
                                    "of-the-uploads",
                                    "of-the-database",
                                    "0123456789abcdef",
                                    KEYS.secretKey().reveal(),
                                    KEYS.tokenKey()
                                            .reveal()
                                            .lines()
                                            .skip(1)
                                            .findFirst()
                                            .orElseThrow());
                }));
    }

    @Test
    void theReportIsTheSameEveryTimeAndInOrder() {
        Bundle bundle = sample().thirdNode()
                .edit(TOKEN_KEY, text -> OTHER_KEYS.tokenKey().reveal())
                .replace(REGISTRY, "of-the-uploads", "placeholder")
                .bundle();
        Report report = HARBOR.audit(bundle);
        assertThat(HARBOR.audit(bundle)).isEqualTo(report);
        assertThat(report.findings())
                .extracting(Finding::id)
                .isSorted()
                .containsExactly(
                        "bundle.certificate-does-not-fit", "bundle.token-keys-differ", "bundle.upload-secrets-differ");
        assertThat(report.findings()).allMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
