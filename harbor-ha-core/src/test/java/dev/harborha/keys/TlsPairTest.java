package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.InternalTls.Component;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a CA, a certificate and a key cannot be used for a component. */
class TlsPairTest {

    private static final InternalTls TLS = TlsStores.tls(TlsStores.KEYS);
    private static final InternalTls OTHER = TlsStores.tls(TlsStores.OTHER_KEYS);
    private static final String CA = TLS.caCertificate();
    private static final String CERTIFICATE = TLS.certificate(Component.CORE);
    private static final String KEY = TLS.key(Component.CORE).reveal();
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private static String problem(String ca, String certificate, String key) {
        return TlsStores.problem(ca, Component.CORE, certificate, key);
    }

    private static String problemOfKey(String key) {
        return problem(CA, CERTIFICATE, key);
    }

    private static String problemOfCertificate(String certificate) {
        return problem(CA, certificate, KEY);
    }

    private static String problemOfCa(String ca) {
        return problem(ca, CERTIFICATE, KEY);
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    }

    /** Somebody who signs, with a key of his own. */
    private static final class Signer {

        private final X500Name name;
        private final KeyPair pair;

        private Signer(String name) throws Exception {
            this(name, "EC", 256);
        }

        private Signer(String name, String algorithm, int bits) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            this.name = CertificateIssuer.commonName(name);
            this.pair = generator.generateKeyPair();
        }

        private String key() {
            return Pem.block(Pem.PKCS8_KEY, pair.getPrivate().getEncoded());
        }

        private String sign(Signer subject, ExtensionsGenerator extensions) throws Exception {
            PrivateKey key = pair.getPrivate();
            return new CertificateIssuer(name, key, TlsStores.RANDOM)
                    .certify(
                            subject.name,
                            SubjectPublicKeyInfo.getInstance(
                                    subject.pair.getPublic().getEncoded()),
                            NOW,
                            NOW.plusSeconds(1000),
                            extensions);
        }
    }

    private static ExtensionsGenerator ca(int usage) throws Exception {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        return extensions;
    }

    private static ExtensionsGenerator leaf(GeneralName... names) throws Exception {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return extensions;
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    @Test
    void acceptsWhatBelongsTogether() {
        assertThat(problem(CA, CERTIFICATE, KEY)).isEmpty();
        assertThat(problem(CA.strip(), CERTIFICATE.strip(), KEY.strip())).isEmpty();
    }

    @Test
    void acceptsEveryFormOfAKey() throws Exception {
        Signer ca = new Signer("CA");
        for (int bits : new int[] {256, 384, 521}) {
            Signer core = new Signer("core", "EC", bits);
            String certificate = ca.sign(core, leaf(dns("core")));
            String root = ca.sign(ca, ca(KeyUsage.keyCertSign));
            assertThat(problem(root, certificate, core.key())).isEmpty();
            PrivateKeyInfo info =
                    PrivateKeyInfo.getInstance(core.pair.getPrivate().getEncoded());
            ECPrivateKey sec1 = new ECPrivateKey(
                    bits,
                    ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(),
                    info.getPrivateKeyAlgorithm().getParameters());
            assertThat(problem(root, certificate, Pem.block("EC PRIVATE KEY", sec1.getEncoded())))
                    .isEmpty();
        }
        Signer rsa = new Signer("core", "RSA", 2048);
        Signer rsaCa = new Signer("CA", "RSA", 2048);
        String root = rsaCa.sign(rsaCa, ca(KeyUsage.keyCertSign));
        String certificate = rsaCa.sign(rsa, leaf(dns("core")));
        assertThat(problem(root, certificate, rsa.key())).isEmpty();
        assertThat(problem(root, certificate, TokenCertificate.pkcs1(rsa.pair.getPrivate())))
                .isEmpty();
    }

    @Test
    void acceptsAChainThatLeadsToTheCa() throws Exception {
        Signer root = new Signer("root");
        Signer middle = new Signer("middle");
        Signer lower = new Signer("lower");
        Signer core = new Signer("core");
        String ca = root.sign(root, ca(KeyUsage.keyCertSign));
        String middleByRoot = root.sign(middle, ca(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        String lowerByMiddle = middle.sign(lower, ca(KeyUsage.keyCertSign));
        String certificate = lower.sign(core, leaf(dns("core")));
        assertThat(problem(ca, certificate + lowerByMiddle + middleByRoot, core.key()))
                .isEmpty();
        assertThat(problem(ca, certificate + lowerByMiddle + middleByRoot + ca, core.key()))
                .isEmpty();
        assertThat(problem(ca, root.sign(core, leaf(dns("core"))) + ca, core.key()))
                .isEmpty();

        String noWay =
                "The certificate of core is followed by a chain that does not lead to the CA in harbor_internal_ca.crt.";
        assertThat(problem(ca, certificate + lowerByMiddle, core.key())).isEqualTo(noWay);
        assertThat(problem(ca, certificate + middleByRoot + lowerByMiddle, core.key()))
                .isEqualTo(noWay);
        assertThat(problem(ca, certificate + ca, core.key())).isEqualTo(noWay);
        String notCa = root.sign(middle, leaf(dns("middle")));
        assertThat(problem(ca, middle.sign(core, leaf(dns("core"))) + notCa, core.key()))
                .isEqualTo(noWay);
        assertThat(problem(ca, certificate, core.key()))
                .isEqualTo("The certificate of core is not signed by the CA in harbor_internal_ca.crt.");
        assertThat(problem(ca, lowerByMiddle + certificate + middleByRoot, core.key()))
                .isEqualTo("The certificate of core does not belong to the key in core.key.");
    }

    @Test
    void acceptsTheNameAmongOthersInAnyCase() throws Exception {
        Signer ca = new Signer("CA");
        Signer core = new Signer("core");
        GeneralName address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
        String certificate = ca.sign(core, leaf(address, dns("localhost"), dns("CORE")));
        assertThat(problem(ca.sign(ca, ca(KeyUsage.keyCertSign)), certificate, core.key()))
                .isEmpty();
    }

    @Test
    void refusesAPairThatDoesNotBelongTogether() {
        String problem = "The certificate of core does not belong to the key in core.key.";
        assertThat(problemOfKey(OTHER.key(Component.CORE).reveal())).isEqualTo(problem);
        assertThat(problemOfCertificate(OTHER.certificate(Component.CORE))).isEqualTo(problem);
        assertThat(problemOfKey(Stores.KEYS.tokenKey().reveal())).isEqualTo(problem);
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        String problem =
                "The certificate of trivy-adapter does not carry DNS:trivy-adapter as a Subject Alternative Name,"
                        + " by which the other components call it.";
        assertThat(TlsStores.problem(CA, Component.TRIVY_ADAPTER, CERTIFICATE, KEY))
                .isEqualTo(problem);
        Signer ca = new Signer("CA");
        Signer leaf = new Signer("trivy-adapter");
        String root = ca.sign(ca, ca(KeyUsage.keyCertSign));
        for (ExtensionsGenerator extensions : new ExtensionsGenerator[] {
            ca(KeyUsage.digitalSignature),
            leaf(dns("trivy_adapter")),
            leaf(dns("*.trivy-adapter")),
            leaf(new GeneralName(GeneralName.uniformResourceIdentifier, "trivy-adapter"))
        }) {
            assertThat(TlsStores.problem(root, Component.TRIVY_ADAPTER, ca.sign(leaf, extensions), leaf.key()))
                    .isEqualTo(problem);
        }
    }

    @Test
    void refusesACertificateOfAnotherCa() throws Exception {
        String problem = "The certificate of core is not signed by the CA in harbor_internal_ca.crt.";
        assertThat(problemOfCa(OTHER.caCertificate())).isEqualTo(problem);
        Signer ca = new Signer("CA");
        Signer core = new Signer("core");
        String root = ca.sign(ca, ca(KeyUsage.keyCertSign));
        assertThat(problem(root, core.sign(core, leaf(dns("core"))), core.key()))
                .isEqualTo(problem);
        Signer rsa = new Signer("CA", "RSA", 2048);
        assertThat(problem(rsa.sign(rsa, ca(KeyUsage.keyCertSign)), ca.sign(core, leaf(dns("core"))), core.key()))
                .isEqualTo(problem);
    }

    @Test
    void refusesACaThatMayNotSign() throws Exception {
        String problem = "The internal CA's certificate is no CA: it may not sign other certificates.";
        assertThat(problemOfCa(CERTIFICATE)).isEqualTo(problem);
        Signer ca = new Signer("CA");
        assertThat(problemOfCa(ca.sign(ca, ca(KeyUsage.digitalSignature)))).isEqualTo(problem);
        assertThat(problemOfCa(ca.sign(ca, leaf(dns("ca"))))).isEqualTo(problem);
    }

    @Test
    void refusesACaBelowAnotherOne() throws Exception {
        String problem =
                "The internal CA's certificate is signed by another CA, and nginx trusts only one that signed itself.";
        Signer root = new Signer("root");
        assertThat(problemOfCa(root.sign(new Signer("sub"), ca(KeyUsage.keyCertSign))))
                .isEqualTo(problem);
        assertThat(problemOfCa(root.sign(new Signer("root"), ca(KeyUsage.keyCertSign))))
                .isEqualTo(problem);
    }

    @Test
    void refusesMoreThanOneCa() {
        assertThat(problemOfCa(CA + OTHER.caCertificate()))
                .isEqualTo("The internal CA's certificate holds more than one PEM block.");
    }

    @Test
    void refusesWhatIsNoPem() {
        for (String none : new String[] {"", "hello", "-----BEGIN "}) {
            assertThat(problemOfKey(none))
                    .isEqualTo("The key of core holds no private key in PEM (BEGIN PRIVATE KEY).");
            assertThat(problemOfCertificate(none))
                    .isEqualTo("The certificate of core holds no certificate in PEM (BEGIN CERTIFICATE).");
            assertThat(problemOfCa(none))
                    .isEqualTo("The internal CA's certificate holds no certificate in PEM (BEGIN CERTIFICATE).");
        }
        assertThat(problemOfKey(CERTIFICATE))
                .isEqualTo("The key of core holds no private key in PEM (BEGIN PRIVATE KEY).");
        assertThat(problemOfCertificate(KEY))
                .isEqualTo("The certificate of core holds no certificate in PEM (BEGIN CERTIFICATE).");
    }

    @Test
    void refusesWhatIsNotClean() {
        String unclean = "The certificate of core holds other text than clean PEM blocks with Unix line ends.";
        assertThat(problemOfCertificate("subject=core\n" + CERTIFICATE)).isEqualTo(unclean);
        assertThat(problemOfCertificate(CERTIFICATE.replace("\n", "\r\n"))).isEqualTo(unclean);
        assertThat(problemOfCertificate(CERTIFICATE + "\n" + CA)).isEqualTo(unclean);
        assertThat(problemOfCertificate(CERTIFICATE + KEY)).isEqualTo(unclean);
        assertThat(problemOfCa("subject=ca\n" + CA))
                .isEqualTo("The internal CA's certificate holds other text than clean PEM blocks with Unix line ends.");
        String uncleanKey = "The key of core is not one clean PEM block with Unix line ends.";
        assertThat(problemOfKey("my key\n" + KEY)).isEqualTo(uncleanKey);
        assertThat(problemOfKey(KEY.replace("\n", "\r\n"))).isEqualTo(uncleanKey);
        assertThat(problemOfKey(KEY.replace("-----END PRIVATE KEY-----", ""))).isEqualTo(uncleanKey);
    }

    @Test
    void refusesMoreThanOneKey() {
        String many = "The key of core holds more than one PEM block.";
        assertThat(problemOfKey(KEY + KEY)).isEqualTo(many);
        assertThat(problemOfKey(KEY + CERTIFICATE)).isEqualTo(many);
        assertThat(problemOfKey(Pem.block("EC PARAMETERS", new byte[10]) + KEY)).isEqualTo(many);
    }

    @Test
    void refusesADamagedCertificate() {
        String problem = "The certificate of core is damaged: its PEM block does not hold a certificate.";
        byte[] der = der(CERTIFICATE);
        assertThat(problemOfCertificate(Pem.block(Pem.CERTIFICATE, Arrays.copyOf(der, der.length + 1))))
                .isEqualTo(problem);
        assertThat(problemOfCertificate(Pem.block(Pem.CERTIFICATE, Arrays.copyOf(der, der.length - 1))))
                .isEqualTo(problem);
        assertThat(problemOfCertificate(Pem.block(Pem.CERTIFICATE, der(KEY)))).isEqualTo(problem);
        assertThat(problemOfCertificate(CERTIFICATE + Pem.block(Pem.CERTIFICATE, new byte[0])))
                .isEqualTo(problem);
        assertThat(problemOfCertificate(CERTIFICATE.substring(0, 200))).isEqualTo(problem);
        assertThat(problemOfCertificate(CERTIFICATE.replace("M", "*"))).isEqualTo(problem);
        byte[] noName = der.clone();
        noName[5] = 0x31;
        assertThat(problemOfCertificate(Pem.block(Pem.CERTIFICATE, noName))).isEqualTo(problem);
    }

    @Test
    void refusesADamagedKey() throws Exception {
        String problem = "The key of core is damaged: its PEM block does not hold a private key.";
        byte[] der = der(KEY);
        for (String kind : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            assertThat(problemOfKey(Pem.block(kind, Arrays.copyOf(der, der.length + 1))))
                    .isEqualTo(problem);
            assertThat(problemOfKey(Pem.block(kind, Arrays.copyOf(der, der.length - 1))))
                    .isEqualTo(problem);
            assertThat(problemOfKey(Pem.block(kind, new byte[] {0x30}))).isEqualTo(problem);
            assertThat(problemOfKey(Pem.block(kind, der(CERTIFICATE)))).isEqualTo(problem);
        }
        ECPrivateKey noCurve = new ECPrivateKey(256, BigInteger.TEN);
        assertThat(problemOfKey(Pem.block("EC PRIVATE KEY", noCurve.getEncoded())))
                .isEqualTo(problem);
    }

    @Test
    void refusesNumbersThatMakeNoKey() throws Exception {
        RSAPrivateKey key = RSAPrivateKey.getInstance(der(Stores.KEYS.tokenKey().reveal()));
        RSAPrivateKey wrong = new RSAPrivateKey(
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent().add(BigInteger.TWO),
                key.getPrime1(),
                key.getPrime2(),
                key.getExponent1(),
                key.getExponent2(),
                key.getCoefficient());
        String problem = "The key of core holds numbers that do not make an RSA key.";
        assertThat(problemOfKey(Pem.block("RSA PRIVATE KEY", wrong.getEncoded())))
                .isEqualTo(problem);
        assertThat(problemOfKey(Pem.block("PRIVATE KEY", RsaPrivateKey.pkcs8(wrong.getEncoded()))))
                .isEqualTo(problem);
    }

    @Test
    void refusesEncryptedKeys() {
        String problem = "The key of core is encrypted, and Harbor has no pass phrase for it.";
        assertThat(problemOfKey(Pem.block("ENCRYPTED PRIVATE KEY", new byte[200])))
                .isEqualTo(problem);
        String header = "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\n";
        assertThat(problemOfKey(Pem.block("EC PRIVATE KEY", new byte[100]).replaceFirst("KEY-----\n", header)))
                .isEqualTo(problem);
    }

    @Test
    void refusesKeysThatNotAllProgramsUse() throws Exception {
        Signer ca = new Signer("CA");
        String root = ca.sign(ca, ca(KeyUsage.keyCertSign));
        Signer edwards = new Signer("core", "Ed25519", 255);
        String certificate = ca.sign(edwards, leaf(dns("core")));
        assertThat(problem(root, certificate, edwards.key()))
                .isEqualTo("The key of core is neither an RSA nor an EC key.");
        assertThat(problem(root, certificate, KEY))
                .isEqualTo("The certificate of core is of neither an RSA nor an EC key.");
        assertThat(problemOfKey(TlsStores.key("DSA", 2048)))
                .isEqualTo("The key of core is neither an RSA nor an EC key.");
        for (String kind : new String[] {"DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"}) {
            assertThat(problemOfKey(Pem.block(kind, new byte[100])))
                    .isEqualTo(
                            "The key of core is in none of the forms PKCS#8, PKCS#1 and SEC1 (BEGIN PRIVATE KEY, BEGIN"
                                    + " RSA PRIVATE KEY, BEGIN EC PRIVATE KEY).");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "secp224r1", "brainpoolP256r1"})
    void refusesOtherCurves(String curve) throws Exception {
        ASN1ObjectIdentifier oid = ECNamedCurveTable.getOID(curve);
        byte[] point = ECNamedCurveTable.getByName(curve).getG().getEncoded(false);
        ECPrivateKey one = new ECPrivateKey(256, BigInteger.ONE, oid);
        String problem = "The key of core is an EC key on a curve other than P-256, P-384 and P-521.";
        assertThat(problemOfKey(Pem.block("EC PRIVATE KEY", one.getEncoded()))).isEqualTo(problem);
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid);
        byte[] pkcs8 = new PrivateKeyInfo(algorithm, one).getEncoded();
        assertThat(problemOfKey(Pem.block("PRIVATE KEY", pkcs8))).isEqualTo(problem);
        Signer ca = new Signer("CA");
        String certificate = new CertificateIssuer(
                        CertificateIssuer.commonName("CA"), ca.pair.getPrivate(), TlsStores.RANDOM)
                .certify(
                        CertificateIssuer.commonName("core"),
                        new SubjectPublicKeyInfo(algorithm, point),
                        NOW,
                        NOW.plusSeconds(1),
                        leaf(dns("core")));
        assertThat(problem(ca.sign(ca, ca(KeyUsage.keyCertSign)), certificate, KEY))
                .isEqualTo("The certificate of core is of an EC key on a curve other than P-256, P-384 and P-521.");
    }

    @Test
    void refusesRsaKeysThatAreTooSmall() throws Exception {
        String problem = "an RSA key of 1024 bits, and 2048 to 8192 are accepted.";
        Signer small = new Signer("core", "RSA", 1024);
        assertThat(problemOfKey(small.key())).isEqualTo("The key of core is " + problem);
        assertThat(problemOfKey(TokenCertificate.pkcs1(small.pair.getPrivate())))
                .isEqualTo("The key of core is " + problem);
        assertThat(problemOfCa(small.sign(small, ca(KeyUsage.keyCertSign))))
                .isEqualTo("The internal CA's certificate is of " + problem);
        assertThat(problemOfCertificate(small.sign(small, leaf(dns("core")))))
                .isEqualTo("The certificate of core is of " + problem);
    }

    @Test
    void looksAtNoDates() {
        for (String now : new String[] {"1999-01-01T00:00:00Z", "2060-01-01T00:00:00Z"}) {
            InternalTls tls = new InternalTls(TlsStores.drawnAt(now));
            assertThat(problem(
                            tls.caCertificate(),
                            tls.certificate(Component.CORE),
                            tls.key(Component.CORE).reveal()))
                    .isEmpty();
        }
    }

    @Test
    void saysNothingOfTheContent() {
        String key = "-----BEGIN PRIVATE KEY-----\nS3CRETS3CRETS3CR\n-----END PRIVATE KEY-----\n";
        assertThat(problemOfKey(key)).doesNotContain("S3CRET").endsWith(".").hasLineCount(1);
    }
}
