package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.harborha.secret.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterKeysTest {

    @TempDir
    Path temp;

    @Test
    void drawsEveryValueInTheFormThatHarborReads() {
        ClusterKeys keys = Stores.KEYS;
        assertThat(keys.tokenKey().reveal())
                .startsWith("-----BEGIN RSA PRIVATE KEY-----\nMII")
                .endsWith("\n-----END RSA PRIVATE KEY-----\n")
                .doesNotContain("\r");
        assertThat(keys.tokenKey().reveal().lines()).allMatch(line -> line.length() <= 64);
        assertThat(keys.tokenCertificate())
                .startsWith("-----BEGIN CERTIFICATE-----\nMII")
                .endsWith("\n-----END CERTIFICATE-----\n")
                .doesNotContain("\r");
        assertThat(keys.secretKey().reveal()).matches("[A-Za-z0-9]{16}");
        assertThat(keys.uiSecret().reveal()).matches("[A-Za-z0-9]{16}");
        assertThat(keys.coreSecret().reveal()).matches("[A-Za-z0-9]{16}");
        assertThat(keys.jobserviceSecret().reveal()).matches("[A-Za-z0-9]{16}");
        assertThat(keys.csrfKey().reveal()).matches("[A-Za-z0-9]{32}");
        assertThat(keys.registryPassword().reveal()).matches("[A-Za-z0-9]{32}");
        assertThat(keys.registryHtpasswd().reveal()).matches("harbor_registry_user:\\$2y\\$05\\$[./A-Za-z0-9]{53}");
        assertThat(keys.robotScannerNamePrefix()).matches("[A-Za-z0-9]{8}");
        assertThat(keys.registryHttpSecret().reveal()).matches("[A-Za-z0-9]{32}");
    }

    @Test
    void drawsEveryValueForItself() {
        assertThat(Stores.values(Stores.KEYS).values())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(Stores.values(Stores.OTHER_KEYS).values());
        assertThat(Stores.KEYS.tokenKey().origin()).isEqualTo(Secret.Origin.GENERATED);
    }

    @Test
    void drawsFromTheWholeAlphabet() {
        StringBuilder drawn = new StringBuilder();
        Draw draw = new Draw(new java.security.SecureRandom(), 2048, Instant.EPOCH);
        Map<Member, String> given = Stores.values(Stores.KEYS);
        given.remove(Member.CSRF_KEY);
        for (int i = 0; i < 200; i++) {
            drawn.append(draw.complete(given).get(Member.CSRF_KEY));
        }
        // 6400 characters: the chance that one of 62 is not among them is below 10^-43.
        assertThat(drawn.chars().distinct().count()).isEqualTo(62);
    }

    @Test
    void certifiesTheTokenKeyForTenYearsAndFromTheDayBefore() throws Exception {
        Instant now = Instant.parse("2026-11-23T12:34:56.789Z");
        Map<Member, String> given = Stores.values(Stores.KEYS);
        given.remove(Member.ROOT_CRT);
        String pem = new Draw(new java.security.SecureRandom(), 2048, now)
                .complete(given)
                .get(Member.ROOT_CRT);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Instant.parse("2026-11-22T12:34:56Z"));
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(Instant.parse("2026-11-23T12:34:56Z").plus(Duration.ofDays(3650)));
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getSerialNumber().signum()).isPositive();
        assertThat(certificate.getBasicConstraints()).isNotNegative();
        assertThat(KeyTexts.problemOfTokenPair(given.get(Member.PRIVATE_KEY), pem))
                .isEmpty();
    }

    @Test
    void writesDatesAfter2049SoThatOthersReadThem() throws Exception {
        Instant now = Instant.parse("2045-01-01T00:00:00Z");
        Map<Member, String> given = Stores.values(Stores.KEYS);
        given.remove(Member.ROOT_CRT);
        String pem = new Draw(new java.security.SecureRandom(), 2048, now)
                .complete(given)
                .get(Member.ROOT_CRT);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(3650)));
    }

    @Test
    void drawsAKeyOf4096BitsUnlessToldOtherwise() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        ClusterKeys.generate().tokenCertificate().getBytes(StandardCharsets.US_ASCII)));
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(4096);
    }

    @Test
    void refusesSizesThatAreNotSafeOrNotSane() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.generate(1024))
                .withMessage("An RSA key of 1024 bits cannot be drawn; take 2048 to 8192.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterKeys.generate(16_384))
                .withMessage("An RSA key of 16384 bits cannot be drawn; take 2048 to 8192.");
    }

    @Test
    void printsNothingOfItself() {
        assertThat(Stores.KEYS).hasToString("ClusterKeys(***)");
    }

    @Test
    void isEqualToTheSameValuesOnly() throws Exception {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        ClusterKeys again = ClusterKeys.load(folder);
        assertThat(again).isEqualTo(Stores.KEYS).hasSameHashCodeAs(Stores.KEYS).isNotEqualTo(Stores.OTHER_KEYS);
        for (Member member : List.of(Member.SECRETKEY, Member.REGISTRY_HTTP_SECRET, Member.ROBOT_SCANNER_NAME_PREFIX)) {
            Path other = temp.resolve("other-" + member.fileName());
            Stores.KEYS.save(other);
            Stores.put(
                    other, member.fileName(), Stores.values(Stores.OTHER_KEYS).get(member));
            assertThat(ClusterKeys.load(other)).isNotEqualTo(Stores.KEYS);
        }
        assertThat(Stores.KEYS).isNotEqualTo("ClusterKeys(***)");
    }

    @Test
    void givesTheSameBytesOnEveryMachineThatHasTheStore() throws Exception {
        Path here = temp.resolve("here");
        Path there = Stores.privateFolder(temp.resolve("there"));
        Stores.KEYS.save(here);
        for (String name : Stores.names(here)) {
            Stores.put(there, name, Files.readAllBytes(here.resolve(name)));
        }
        assertThat(Stores.values(ClusterKeys.load(there))).isEqualTo(Stores.values(Stores.KEYS));
        assertThat(Stores.values(ClusterKeys.loadOrGenerate(there))).isEqualTo(Stores.values(Stores.KEYS));
    }

    @Test
    void keepsEachValueInAFileOfItsOwn() throws Exception {
        Path folder = temp.resolve("deep/down/keys");
        Stores.KEYS.save(folder);
        assertThat(Stores.mode(folder)).isEqualTo("rwx------");
        for (Member member : Member.values()) {
            assertThat(Stores.read(folder, member))
                    .isEqualTo(Stores.values(Stores.KEYS).get(member));
        }
        assertThat(Stores.snapshot(folder).values()).allMatch(entry -> entry.startsWith("rw------- "));
        assertThat(Stores.names(folder))
                .containsExactly(
                        ".lock",
                        "core_secret",
                        "csrf_key",
                        "jobservice_secret",
                        "private_key.pem",
                        "registry_htpasswd",
                        "registry_http_secret",
                        "registry_password",
                        "robot_scanner_name_prefix",
                        "root.crt",
                        "secretkey",
                        "store",
                        "ui_secret");
        assertThat(Files.readString(folder.resolve("store")))
                .startsWith("harbor-ha keys 1\n# This folder holds the keys ")
                .containsSubsequence(
                        "\nprivate_key.pem\nroot.crt\nsecretkey\nui_secret\ncore_secret\njobservice_secret\ncsrf_key\n",
                        "registry_password\nregistry_htpasswd\nrobot_scanner_name_prefix\nregistry_http_secret\n");
    }

    @Test
    void savesTheSameKeysAgainWithoutAWrite() throws Exception {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        Map<String, String> before = Stores.snapshot(folder);
        Object written = Files.getLastModifiedTime(folder);
        Stores.KEYS.save(folder);
        assertThat(Stores.snapshot(folder)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(folder)).isEqualTo(written);
    }

    @Test
    void savesNoKeysOverOthers() throws Exception {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        assertThat(Stores.refusal(folder, () -> Stores.OTHER_KEYS.save(folder)))
                .isEqualTo(folder + "/private_key.pem holds another value than the keys to be saved; save to another"
                        + " folder, or use the keys of this one with ClusterKeys.load.");
    }

    @Test
    void savesNoKeysBesideAMemberOfOthers() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        Stores.put(folder, Member.CSRF_KEY);
        assertThat(Stores.refusal(folder, () -> Stores.OTHER_KEYS.save(folder)))
                .isEqualTo(folder + "/csrf_key holds another value than the keys to be saved; save to another"
                        + " folder, or use the keys of this one with ClusterKeys.load.");
        Stores.KEYS.save(folder);
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
    }

    @Test
    void knowsAStoreByItsIndex() throws Exception {
        Path folder = temp.resolve("keys");
        assertThat(ClusterKeys.isStore(folder)).isFalse();
        Stores.privateFolder(folder);
        Stores.put(folder, Member.SECRETKEY);
        assertThat(ClusterKeys.isStore(folder)).isFalse();
        ClusterKeys.loadOrGenerate(Stores.put(folder, Member.PRIVATE_KEY).getParent());
        assertThat(ClusterKeys.isStore(folder)).isTrue();
    }

    @Test
    void knowsInternalTlsByItsIndex() throws Exception {
        Path folder = temp.resolve("keys");
        assertThat(ClusterKeys.hasInternalTls(folder)).isFalse();
        Stores.KEYS.save(folder);
        assertThat(ClusterKeys.hasInternalTls(folder)).isFalse();
        Stores.privateFolder(folder.resolve("internal_tls"));
        assertThat(ClusterKeys.hasInternalTls(folder)).isFalse();
        ClusterKeys.loadOrGenerateWithInternalTls(folder);
        assertThat(ClusterKeys.hasInternalTls(folder)).isTrue();
    }
}
