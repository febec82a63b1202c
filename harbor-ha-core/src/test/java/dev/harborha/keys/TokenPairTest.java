package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.junit.jupiter.api.Test;

class TokenPairTest {

    private static final String KEY = Stores.KEYS.tokenKey().reveal();
    private static final String CERTIFICATE = Stores.KEYS.tokenCertificate();

    private static Optional<String> problem(String key, String certificate) {
        Optional<String> problem = KeyTexts.problemOfTokenPair(key, certificate);
        problem.ifPresent(sentence -> assertThat(sentence).endsWith(".").hasLineCount(1));
        return problem;
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    }

    private static KeyPair draw(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /** Returns our key with some of its numbers replaced. */
    private static String keyWith(BigInteger d, BigInteger p, BigInteger dp, BigInteger coefficient) throws Exception {
        RSAPrivateKey key = RSAPrivateKey.getInstance(der(KEY));
        RSAPrivateKey other = new RSAPrivateKey(
                key.getModulus(),
                key.getPublicExponent(),
                d.add(key.getPrivateExponent()),
                p.add(key.getPrime1()),
                key.getPrime2(),
                dp.add(key.getExponent1()),
                key.getExponent2(),
                coefficient.add(key.getCoefficient()));
        return Pem.block("RSA PRIVATE KEY", other.getEncoded("DER"));
    }

    @Test
    void acceptsAPairThatBelongsTogether() {
        assertThat(problem(KEY, CERTIFICATE)).isEmpty();
        assertThat(problem(KEY.strip(), CERTIFICATE.strip())).isEmpty();
    }

    @Test
    void refusesTheCertificateOfAnotherKey() {
        assertThat(problem(KEY, Stores.OTHER_KEYS.tokenCertificate()))
                .contains("The token certificate does not belong to the key in private_key.pem.");
    }

    @Test
    void refusesWhatIsNoKey() {
        String problem = "The token key holds no private key in PEM (BEGIN RSA PRIVATE KEY).";
        assertThat(problem("", CERTIFICATE)).contains(problem);
        assertThat(problem("hello", CERTIFICATE)).contains(problem);
        assertThat(problem("-----BEGIN ", CERTIFICATE)).contains(problem);
        assertThat(problem(CERTIFICATE, CERTIFICATE)).contains(problem);
    }

    @Test
    void refusesPkcs8() throws Exception {
        String pkcs8 = Pem.block("PRIVATE KEY", draw("RSA", 2048).getPrivate().getEncoded());
        assertThat(problem(pkcs8, CERTIFICATE))
                .contains("The token key is in PKCS#8 form (BEGIN PRIVATE KEY), which Harbor cannot read.");
    }

    @Test
    void refusesEncryptedKeys() {
        String problem = "The token key is encrypted, and Harbor has no pass phrase for it.";
        assertThat(problem(Pem.block("ENCRYPTED PRIVATE KEY", new byte[200]), CERTIFICATE))
                .contains(problem);
        String traditional = KEY.replace(
                "KEY-----\nMII",
                "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\nMII");
        assertThat(problem(traditional, CERTIFICATE)).contains(problem);
    }

    @Test
    void refusesKeysThatAreNotRsa() throws Exception {
        String problem = "The token key is no RSA key, and Harbor signs tokens with RSA only.";
        assertThat(problem(Pem.block("PRIVATE KEY", draw("EC", 256).getPrivate().getEncoded()), CERTIFICATE))
                .contains(problem);
        assertThat(problem(Pem.block("EC PRIVATE KEY", new byte[100]), CERTIFICATE))
                .contains(problem);
        assertThat(problem(Pem.block("DSA PRIVATE KEY", new byte[100]), CERTIFICATE))
                .contains(problem);
    }

    @Test
    void refusesKeysThatAreTooSmallOrTooLarge() throws Exception {
        String small = TokenCertificate.pkcs1(draw("RSA", 1024).getPrivate());
        assertThat(problem(small, CERTIFICATE))
                .contains("The token key is an RSA key of 1024 bits, and 2048 to 8192 are accepted.");
    }

    @Test
    void refusesMoreThanOneCleanBlock() {
        String problem = "The token key is not one clean PEM block with Unix line ends.";
        assertThat(problem("Modulus=\n" + KEY, CERTIFICATE)).contains(problem);
        assertThat(problem(KEY + CERTIFICATE, CERTIFICATE)).contains(problem);
        assertThat(problem(KEY + "\n", CERTIFICATE)).contains(problem);
        assertThat(problem(KEY.replace("\n", "\r\n"), CERTIFICATE)).contains(problem);
        assertThat(problem(KEY.replace("END RSA PRIVATE KEY-----", "END"), CERTIFICATE))
                .contains(problem);
        String other = "The token certificate is not one clean PEM block with Unix line ends.";
        assertThat(problem(KEY, "subject=CN\n" + CERTIFICATE)).contains(other);
        assertThat(problem(KEY, CERTIFICATE.replace("\n", "\r\n"))).contains(other);
        assertThat(problem(KEY, CERTIFICATE + CERTIFICATE))
                .contains("The token certificate holds more than one certificate.");
        assertThat(problem(KEY, KEY))
                .contains("The token certificate holds no certificate in PEM (BEGIN CERTIFICATE).");
    }

    @Test
    void refusesADamagedKey() {
        String problem = "The token key is damaged: its PEM block does not hold an RSA key.";
        byte[] der = der(KEY);
        byte[] cut = java.util.Arrays.copyOf(der, der.length - 1);
        byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
        assertThat(problem(Pem.block("RSA PRIVATE KEY", cut), CERTIFICATE)).contains(problem);
        assertThat(problem(Pem.block("RSA PRIVATE KEY", longer), CERTIFICATE)).contains(problem);
        assertThat(problem(Pem.block("RSA PRIVATE KEY", new byte[] {0x30}), CERTIFICATE))
                .contains(problem);
        assertThat(problem(Pem.block("RSA PRIVATE KEY", new byte[] {0x30, (byte) 0x84, 1, 0, 0, 0}), CERTIFICATE))
                .contains(problem);
        assertThat(problem(Pem.block("RSA PRIVATE KEY", der(CERTIFICATE)), CERTIFICATE))
                .contains(problem);
    }

    @Test
    void refusesNumbersThatMakeNoKey() throws Exception {
        String problem = "The token key holds numbers that do not make an RSA key.";
        BigInteger two = BigInteger.TWO;
        BigInteger zero = BigInteger.ZERO;
        assertThat(problem(keyWith(two, zero, zero, zero), CERTIFICATE)).contains(problem);
        assertThat(problem(keyWith(zero, two, zero, zero), CERTIFICATE)).contains(problem);
        assertThat(problem(keyWith(zero, zero, two, zero), CERTIFICATE)).contains(problem);
        assertThat(problem(keyWith(zero, zero, zero, two), CERTIFICATE)).contains(problem);
        assertThat(problem(keyWith(zero, zero, zero, zero), CERTIFICATE)).isEmpty();
    }

    @Test
    void refusesADamagedCertificate() {
        String problem = "The token certificate is damaged: its PEM block does not hold a certificate.";
        byte[] der = der(CERTIFICATE);
        byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
        assertThat(problem(KEY, Pem.block("CERTIFICATE", longer))).contains(problem);
        assertThat(problem(KEY, Pem.block("CERTIFICATE", new byte[0]))).contains(problem);
        assertThat(problem(KEY, Pem.block("CERTIFICATE", der(KEY)))).contains(problem);
    }

    @Test
    void refusesAKeyThatIsPublished() throws Exception {
        TokenPair checks = TokenPair.withPublishedKeys();
        String fingerprint = TokenPair.fingerprint(checks.requireKey(KEY));
        Unfit refusal = catchThrowableOfType(Unfit.class, () -> new TokenPair(Set.of(fingerprint)).requireKey(KEY));
        assertThat(refusal.problem())
                .isEqualTo(
                        "is the key that Harbor publishes in its source tree, so that everybody can sign tokens with it");
        assertThat(refusal.cure())
                .isEqualTo("remove it and root.crt, and their lines in store, so that a new pair is drawn");
        assertThat(TokenPair.PUBLISHED)
                .containsExactlyInAnyOrder(
                        "fed0de1e3ec8497f36edd6ca7d654333c7254dcac76aefa0f27c6aa398c67706",
                        "2ecabc373c190f29dd34e6d058473ee18833d073e70d0398d4e0221810078ac7");
    }

    @Test
    void makesTheSamePublicKeyAsTheJdk() throws Exception {
        KeyPair pair = draw("RSA", 2048);
        String pem = TokenCertificate.pkcs1(pair.getPrivate());
        assertThat(TokenPair.withPublishedKeys().requireKey(pem))
                .isEqualTo(pair.getPublic().getEncoded());
        String certificate = TokenCertificate.selfSigned(pem, Instant.now(), new SecureRandom());
        assertThat(problem(pem, certificate)).isEmpty();
    }
}
