package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.InternalTls.Component;
import dev.harborha.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InternalTlsTest {

    private static final InternalTls TLS = TlsStores.tls(TlsStores.KEYS);

    @TempDir
    Path temp;

    @Test
    void namesTheFilesAndServicesAsHarborDoes() {
        assertThat(List.of(Component.values()).stream().map(c -> c.fileName() + "=" + c.serviceName()))
                .containsExactly(
                        "proxy=proxy",
                        "core=core",
                        "job_service=jobservice",
                        "registry=registry",
                        "registryctl=registryctl",
                        "portal=portal",
                        "trivy_adapter=trivy-adapter");
    }

    @Test
    void isThereOnlyWhereItIsAskedFor() {
        assertThat(Stores.KEYS.internalTls()).isEmpty();
        assertThat(TlsStores.KEYS.internalTls()).isPresent();
        assertThat(TlsStores.KEYS.tokenKey()).isEqualTo(Stores.KEYS.tokenKey());
    }

    @Test
    void drawsACaThatMaySignAndNothingElse() throws Exception {
        assertThat(TLS.caCertificate())
                .startsWith("-----BEGIN CERTIFICATE-----\nMII")
                .endsWith("\n-----END CERTIFICATE-----\n");
        X509Certificate ca = TlsStores.certificate(TLS.caCertificate());
        ca.verify(ca.getPublicKey());
        assertThat(ca.getVersion()).isEqualTo(3);
        assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=Harbor internal CA");
        assertThat(ca.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(ca.getBasicConstraints()).isNotNegative();
        assertThat(usages(ca)).containsExactlyInAnyOrder(5, 6);
        assertThat(ca.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(ca.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.14");
    }

    @ParameterizedTest
    @EnumSource
    void drawsAPairForEachComponent(Component component) throws Exception {
        assertThat(TLS.key(component).reveal())
                .startsWith("-----BEGIN PRIVATE KEY-----\nM")
                .endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(TLS.key(component).origin()).isEqualTo(Secret.Origin.GENERATED);
        X509Certificate certificate = TlsStores.certificate(TLS.certificate(component));
        certificate.verify(TlsStores.certificate(TLS.caCertificate()).getPublicKey());
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=Harbor internal CA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + component.serviceName());
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, component.serviceName()));
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(usages(certificate)).containsExactly(0);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactly("2.5.29.15");
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.17", "2.5.29.37", "2.5.29.14", "2.5.29.35");
        assertThat(certificate.getSerialNumber().signum()).isPositive();
        assertThat(TlsStores.problem(
                        TLS.caCertificate(),
                        component,
                        TLS.certificate(component),
                        TLS.key(component).reveal()))
                .isEmpty();
    }

    private static Set<Integer> usages(X509Certificate certificate) {
        Set<Integer> usages = new HashSet<>();
        boolean[] bits = certificate.getKeyUsage();
        for (int i = 0; i < bits.length; i++) {
            if (bits[i]) {
                usages.add(i);
            }
        }
        return usages;
    }

    @Test
    void drawsEveryValueForItself() {
        assertThat(TLS.values()).hasSize(16);
        assertThat(TLS.values().values())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        TlsStores.values(TlsStores.OTHER_KEYS).values());
    }

    @Test
    void theCaIsValidForTenYearsAndTheOthersForTwoFromTheDayBefore() throws Exception {
        InternalTls tls = new InternalTls(TlsStores.drawnAt("2026-11-23T12:34:56.789Z"));
        Instant before = Instant.parse("2026-11-22T12:34:56Z");
        X509Certificate ca = TlsStores.certificate(tls.caCertificate());
        assertThat(ca.getNotBefore().toInstant()).isEqualTo(before);
        assertThat(ca.getNotAfter().toInstant()).isEqualTo(before.plus(Duration.ofDays(3651)));
        for (Component component : Component.values()) {
            X509Certificate certificate = TlsStores.certificate(tls.certificate(component));
            assertThat(certificate.getNotBefore().toInstant()).isEqualTo(before);
            assertThat(certificate.getNotAfter().toInstant()).isEqualTo(before.plus(Duration.ofDays(731)));
        }
        assertThat(tls.expiry()).isEqualTo(before.plus(Duration.ofDays(731)));
    }

    @Test
    void aLeafEndsNoLaterThanItsCa() throws Exception {
        Map<TlsMember, String> old = TlsStores.drawnAt("2026-11-23T00:00:00Z");
        Instant end = Instant.parse("2026-11-23T00:00:00Z").plus(Duration.ofDays(3650));
        InternalTls renewed = new InternalTls(new TlsDraw(TlsStores.RANDOM, end.minus(Duration.ofDays(30))).renew(old));
        for (Component component : Component.values()) {
            X509Certificate certificate = TlsStores.certificate(renewed.certificate(component));
            assertThat(certificate.getNotAfter().toInstant()).isEqualTo(end);
            assertThat(certificate.getNotBefore().toInstant()).isEqualTo(end.minus(Duration.ofDays(31)));
        }
        assertThat(renewed.expiry()).isEqualTo(end);
        assertThat(renewed.caCertificate()).isEqualTo(old.get(TlsMember.CA_CRT));
    }

    @ParameterizedTest
    @CsvSource({"2045-01-01T00:00:00Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "1999-12-31T23:59:59Z"})
    void readsDatesOfAnyCentury(String now) throws Exception {
        InternalTls tls = new InternalTls(TlsStores.drawnAt(now));
        assertThat(InternalTls.expiryOf(tls.caCertificate()))
                .contains(
                        TlsStores.certificate(tls.caCertificate()).getNotAfter().toInstant())
                .contains(Instant.parse(now).plus(Duration.ofDays(3650)));
        assertThat(tls.expiry()).isEqualTo(Instant.parse(now).plus(Duration.ofDays(730)));
    }

    @Test
    void readsTheEarliestEndOfWhateverCertificatesThereAre() {
        Map<TlsMember, String> set = TlsStores.drawnAt("2026-11-23T00:00:00Z");
        String ca = set.getOrDefault(TlsMember.CA_CRT, "");
        String core = set.getOrDefault(TlsMember.CORE_CRT, "");
        Instant end = Instant.parse("2028-11-22T00:00:00Z");
        assertThat(InternalTls.expiryOf(core)).contains(end);
        assertThat(InternalTls.expiryOf(ca + core)).contains(end);
        assertThat(InternalTls.expiryOf(core + ca)).contains(end);
        assertThat(InternalTls.expiryOf("subject=core\r\n" + core.replace("\n", " \r\n")))
                .contains(end);
        assertThat(InternalTls.expiryOf("")).isEmpty();
        assertThat(InternalTls.expiryOf("-----BEGIN CERTIFICATE-----")).isEmpty();
        assertThat(InternalTls.expiryOf("-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n"))
                .isEmpty();
        assertThat(InternalTls.expiryOf(core + Pem.block(Pem.CERTIFICATE, new byte[] {0x30, 0x00})))
                .isEmpty();
        assertThat(InternalTls.expiryOf(set.getOrDefault(TlsMember.CORE_KEY, "")))
                .isEmpty();
    }

    @Test
    void printsNothingOfItself() {
        assertThat(TLS).hasToString("InternalTls(***)");
        assertThat(TlsStores.KEYS).hasToString("ClusterKeys(***)");
        assertThat(TLS.key(Component.CORE)).hasToString("Secret(***)");
    }

    @Test
    void isEqualToTheSameValuesOnly() {
        InternalTls same = new InternalTls(TLS.values());
        assertThat(same).isEqualTo(TLS).hasSameHashCodeAs(TLS);
        for (TlsMember member : TlsMember.values()) {
            Map<TlsMember, String> values = new EnumMap<>(TLS.values());
            values.put(member, TlsStores.value(TlsStores.OTHER_KEYS, member));
            assertThat(new InternalTls(values)).isNotEqualTo(TLS);
        }
        Map<TlsMember, String> withoutKey = TLS.values();
        withoutKey.remove(TlsMember.CA_KEY);
        assertThat(new InternalTls(withoutKey)).isNotEqualTo(TLS);
        assertThat(TLS).isNotEqualTo("InternalTls(***)");
        assertThat(TlsStores.KEYS).isNotEqualTo(TlsStores.OTHER_KEYS).isNotEqualTo(Stores.KEYS);
        assertThat(Stores.KEYS).isNotEqualTo(TlsStores.KEYS);
    }

    @Test
    void isSavedAndReadBack() throws Exception {
        Path store = temp.resolve("deep/keys");
        TlsStores.KEYS.save(store);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS).hasSameHashCodeAs(TlsStores.KEYS);
        assertThat(ClusterKeys.loadOrGenerate(store)).isEqualTo(TlsStores.KEYS);
        assertThat(ClusterKeys.loadOrGenerateWithInternalTls(store)).isEqualTo(TlsStores.KEYS);
        assertThat(TlsStores.tls(ClusterKeys.load(store)).expiry()).isEqualTo(TLS.expiry());
    }

    @Test
    void keepsEachValueInAFileWithTheNameThatHarborGivesIt() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.KEYS.save(store);
        Path folder = store.resolve("internal_tls");
        assertThat(Stores.mode(folder)).isEqualTo("rwx------");
        Map<String, String> files = Stores.snapshot(folder);
        assertThat(files.values()).allMatch(entry -> entry.startsWith("rw------- "));
        assertThat(files.keySet())
                .containsExactly(
                        "core.crt",
                        "core.key",
                        "harbor_internal_ca.crt",
                        "harbor_internal_ca.key",
                        "job_service.crt",
                        "job_service.key",
                        "portal.crt",
                        "portal.key",
                        "proxy.crt",
                        "proxy.key",
                        "registry.crt",
                        "registry.key",
                        "registryctl.crt",
                        "registryctl.key",
                        "store",
                        "trivy_adapter.crt",
                        "trivy_adapter.key");
        for (TlsMember member : TlsMember.values()) {
            assertThat(files.get(member.fileName()))
                    .isEqualTo("rw------- " + TLS.values().get(member));
        }
        assertThat(files.get("store"))
                .startsWith("rw------- harbor-ha internal-tls 1\n# This folder holds the certificates ")
                .containsSubsequence("\nharbor_internal_ca.key\nharbor_internal_ca.crt\nproxy.key\nproxy.crt\n", "\n")
                .contains("\ntrivy_adapter.key\ntrivy_adapter.crt\nverified ");
    }

    @Test
    void savesTheSameKeysAgainWithoutAWrite() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.KEYS.save(store);
        Map<String, String> before = Stores.snapshot(store);
        FileTime written = Files.getLastModifiedTime(store.resolve("internal_tls"));
        TlsStores.KEYS.save(store);
        Stores.KEYS.save(store);
        assertThat(Stores.snapshot(store)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(store.resolve("internal_tls"))).isEqualTo(written);
    }

    @Test
    void isAddedToAStoreThatHasNone() throws Exception {
        Path store = temp.resolve("keys");
        Stores.KEYS.save(store);
        Map<String, String> before = Stores.snapshot(store);
        TlsStores.KEYS.save(store);
        assertThat(Stores.snapshot(store)).containsAllEntriesOf(before);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }

    @Test
    void isNotSavedOverAnother() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.KEYS.save(store);
        assertThat(Stores.refusal(store, () -> TlsStores.OTHER_KEYS.save(store)))
                .isEqualTo(store + "/internal_tls/harbor_internal_ca.key holds another value than the keys to be saved;"
                        + " save to another folder, or use the keys of this one with ClusterKeys.load.");
    }

    @Test
    void isNotSavedBesideAFileOfAnother() throws Exception {
        Path store = Stores.privateFolder(temp.resolve("keys"));
        TlsStores.put(store, TlsMember.CORE_KEY, TlsStores.value(TlsStores.KEYS, TlsMember.CORE_KEY));
        assertThat(Stores.refusal(store, () -> TlsStores.OTHER_KEYS.save(store)))
                .startsWith(store + "/internal_tls/core.key holds another value than the keys to be saved; ");
        TlsStores.KEYS.save(store);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }

    @Test
    void savesTheKeyOfItsCaWhereItWasMissing() throws Exception {
        Map<TlsMember, String> values = TLS.values();
        values.remove(TlsMember.CA_KEY);
        Path store = Stores.privateFolder(temp.resolve("keys"));
        TlsStores.putAll(store, values);
        Stores.KEYS.save(store);
        ClusterKeys without = ClusterKeys.loadOrGenerateWithInternalTls(store);
        assertThat(without).isNotEqualTo(TlsStores.KEYS);
        TlsStores.KEYS.save(store);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        without.save(store);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }
}
