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
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.keys.InternalTls;
import dev.harborha.render.Bundle;
import dev.harborha.testkit.BundleRuleTester;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Golden;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        return SampleBundle.of05();
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
        violatingIn2x();
        violating("bundle.private-key-readable", "the token key", sample().open(TOKEN_KEY));
        violating(
                "bundle.private-key-readable",
                "a key beside a certificate",
                sample().edit(CERTIFICATE, text -> text + "-----BEGIN EC PRIVATE KEY-----\n"));
    }

    private static void violatingIn2x() {
        violating(
                "bundle.token-keys-differ",
                "another key of 2.x",
                complete()
                        .edit(
                                SampleBundle.TOKEN_KEY_2X,
                                text -> OTHER_KEYS.tokenKey().reveal()));
        violating(
                "bundle.secret-keys-differ",
                "another secret key of 2.x",
                complete().edit(SampleBundle.SECRET_KEY_2X, text -> "0123456789abcdef"));
        violating(
                "bundle.environments-differ",
                "secrets of 2.x that prepare would have drawn",
                complete()
                        .replace(SampleBundle.CORE_ENV, "of-the-forms", "sesame")
                        .replace(SampleBundle.CORE_ENV, "of-the-jobs", "sesame")
                        .replace(SampleBundle.JOBSERVICE_ENV, "of-the-jobs", "sesame"));
        violating(
                "bundle.environments-differ",
                "another job queue",
                complete().replace(SampleBundle.JOBSERVICE, "6379/2", "6379/3"));
        violating(
                "bundle.environments-differ",
                "Trivy on one node only",
                complete().edit(SampleBundle.CORE_ENV, text -> text + "WITH_TRIVY=True\n"));
        violating(
                "bundle.environments-differ",
                "another secret in an override",
                installer().replace(SampleBundle.OVERRIDE, "of-the-forms", "sesame"));
        violating(
                "bundle.environments-differ",
                "another database in harbor.yml, and a public URL in one of them only",
                installer()
                        .replace(SampleBundle.HARBOR_YML, "of-the-database", "sesame")
                        .replace(SampleBundle.HARBOR_YML, "external_url", "# external_url"));
        violating(
                "bundle.upload-secrets-differ",
                "the word that Harbor ships, on one node",
                complete().replace(SampleBundle.REGISTRY_2X, "of-the-uploads", "placeholder"));
        violating(
                "bundle.storages-differ",
                "another bucket",
                complete().replace(SampleBundle.REGISTRY_2X, "layers", "images"));
        violating(
                "bundle.storages-differ",
                "another driver",
                complete().replace(SampleBundle.REGISTRY_2X, "  s3:", "  gcs:"));
        violating(
                "bundle.images-differ",
                "an older release",
                complete().replace(SampleBundle.COMPOSE, "v2.14.4", "v2.13.0"));
        violating(
                "bundle.container-secrets-differ",
                "core and jobservice",
                complete()
                        .replace(SampleBundle.JOBSERVICE_ENV, "of-the-core", "sesame")
                        .replace(SampleBundle.JOBSERVICE_ENV, "of the $registry", "sesame"));
        violating(
                "bundle.container-secrets-differ",
                "inside an override",
                installer().edit(SampleBundle.OVERRIDE, text -> text.replaceFirst("of-the-core", "sesame")));
        violating(
                "bundle.internal-tls-does-not-fit",
                "the certificate of another container",
                complete()
                        .edit(
                                SampleBundle.TLS_FOLDER + "core.crt",
                                text -> SampleBundle.TLS.certificate(InternalTls.Component.REGISTRY)));
        violating(
                "bundle.internal-tls-does-not-fit",
                "another key",
                complete()
                        .edit(
                                SampleBundle.TLS_FOLDER + "portal.key",
                                text -> SampleBundle.TLS
                                        .key(InternalTls.Component.CORE)
                                        .reveal()));
        violating(
                "bundle.internal-tls-does-not-fit",
                "no key, and no certificate",
                complete()
                        .remove(SampleBundle.TLS_FOLDER + "core.key")
                        .edit(SampleBundle.TLS_FOLDER + "registry.crt", text -> "sesame"));
        violating(
                "bundle.internal-tls-does-not-fit",
                "another authority",
                complete().edit(SampleBundle.TLS_FOLDER + "harbor_internal_ca.crt", text -> KEYS.tokenCertificate()));
        violating("bundle.internal-tls-expiry", "certificates that fit", complete());
        violating(
                "bundle.forwarded-proto-overwritten",
                "the header as Harbor 2.0's prepare writes it",
                complete().replace(SampleBundle.NGINX_2X, "$x_forwarded_proto", "$scheme"));
        violating(
                "bundle.forwarded-proto-overwritten",
                "the header beside a harbor.yml",
                installer()
                        .edit(
                                SampleBundle.OF_2X + "harbor-ha/nginx/nginx.conf",
                                text -> text + "proxy_set_header X-Forwarded-Proto $scheme;\n"));
        violating(
                "bundle.private-key-readable",
                "a key of 2.x",
                complete().open(SampleBundle.TLS_FOLDER + "core.key").open(SampleBundle.TOKEN_KEY_2X));
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
                        + finding.fix() + "\n");
            }
        });
        Golden.assertEqual("bundle-rules/" + id + ".txt", text.toString().replace(end(), "2028-05-17"));
    }

    /** Returns the day that stands in the reports; it is another one with every run. */
    private static String end() {
        return LocalDate.ofInstant(SampleBundle.TLS.expiry(), ZoneOffset.UTC).toString();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theContractIsKeptInEveryExample(String id) {
        BundleRule rule = HARBOR.bundleRules().stream()
                .filter(found -> found.info().id().equals(id))
                .findFirst()
                .orElseThrow();
        BundleRuleTester tester = BundleRuleTester.of(rule);
        VIOLATING.get(id).forEach((what, bundle) -> tester.violated(what, bundle.bundle()));
    }

    @Test
    void filesThatAgreeAreSound() {
        assertThat(HARBOR.audit(sample().bundle())).hasToString("nothing found\n");
        assertThat(HARBOR.audit(sample().thirdNode().bundle()).findings()).isEmpty();
        for (SampleBundle bundle : List.of(complete(), installer(), complete().thirdNode())) {
            assertThat(HARBOR.audit(bundle.bundle()).findings())
                    .extracting(Finding::id)
                    .containsExactly("bundle.internal-tls-expiry");
        }
    }

    @Test
    void aNodeOf2xMaySetTheHeaderWhereItSpeaksHttpsItself() {
        SampleBundle https = complete()
                .replace(SampleBundle.NGINX_2X, "$x_forwarded_proto", "$scheme")
                .replace(SampleBundle.NGINX_2X, "listen 8080;", "listen 8443 ssl;");
        assertThat(HARBOR.audit(https.bundle()).hasErrors()).isFalse();
    }

    @Test
    void whatMayDifferMayDiffer() {
        Bundle bundle = sample().replace(UI_ENV, "LOG_LEVEL=debug", "LOG_LEVEL=info")
                .edit(UI_ENV, text -> "# comment\n\n" + text)
                .replace(HARBOR_CFG, "workers = 3", "workers = 5")
                .edit(REGISTRY, text -> text + "log:\n  level: info\n")
                .bundle();
        assertThat(HARBOR.audit(bundle).findings()).isEmpty();
        Bundle of2x = complete()
                .replace(SampleBundle.CORE_ENV, "CONNS=50", "CONNS=80")
                .replace(SampleBundle.CORE_ENV, "of-the-core", "of-this-node")
                .replace(SampleBundle.JOBSERVICE_ENV, "of-the-core", "of-this-node")
                .replace(SampleBundle.JOBSERVICE, "workers: 10", "workers: 5")
                .replace(SampleBundle.COMPOSE, "8080:8080", "9090:8080")
                .bundle();
        assertThat(HARBOR.audit(of2x).hasErrors()).isFalse();
        Bundle ofInstaller = installer()
                .replace(SampleBundle.HARBOR_YML, "port: 80", "port: 81")
                .replace(SampleBundle.HARBOR_YML, "workers: 10", "workers: 5")
                .bundle();
        assertThat(HARBOR.audit(ofInstaller).hasErrors()).isFalse();
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
                    assertThat(report.toString())
                            .doesNotContain(
                                    "sesame",
                                    "of-the-uploads",
                                    "of-the-database",
                                    "of-the-jobs",
                                    "of-the-forms",
                                    "of the $registry",
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
