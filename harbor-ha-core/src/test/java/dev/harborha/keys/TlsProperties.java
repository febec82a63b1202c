package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.InternalTls.Component;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Whatever a file of internal TLS holds, it is refused with a sentence, or it is what it claims to be. */
class TlsProperties {

    private static final InternalTls TLS = TlsStores.tls(TlsStores.KEYS);
    private static final String CA = TLS.caCertificate();
    private static final String CERTIFICATE = TLS.certificate(Component.CORE);
    private static final String KEY = TLS.key(Component.CORE).reveal();
    private static final KeyPair PAIR = pair();

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String flipped(String kind, String pem, int bit) {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        int at = bit % (8 * der.length);
        der[at / 8] ^= (byte) (1 << at % 8);
        return Pem.block(kind, der);
    }

    private static String problem(String ca, String certificate, String key) {
        String problem = TlsStores.problem(ca, Component.CORE, certificate, key);
        assertThat(problem).hasLineCount(problem.isEmpty() ? 0 : 1);
        assertThat(problem.isEmpty() || problem.endsWith(".")).isTrue();
        return problem;
    }

    @Property(tries = 500)
    void aCertificateWithOneBitWrongIsRefused(@ForAll @IntRange(max = 1_000_000) int bit) {
        assertThat(problem(CA, flipped(Pem.CERTIFICATE, CERTIFICATE, bit), KEY)).isNotEmpty();
        assertThat(problem(flipped(Pem.CERTIFICATE, CA, bit), CERTIFICATE, KEY)).isNotEmpty();
    }

    /** A signature that ends with a zero bit is the same to the JDK when that bit is declared unused, but not to others. */
    @Example
    void aSignatureThatLeavesItsLastBitOutIsRefused() throws Exception {
        for (int i = 0; i < 64; i++) {
            String ca = TlsStores.tls(Stores.KEYS.withInternalTls()).caCertificate();
            byte[] signature = TlsStores.certificate(ca).getSignature();
            if (signature[signature.length - 1] % 2 == 0) {
                byte[] der = TlsStores.certificate(ca).getEncoded();
                der[der.length - signature.length - 1] = 1;
                String shortened = Pem.block(Pem.CERTIFICATE, der);
                TlsStores.certificate(shortened)
                        .verify(TlsStores.certificate(ca).getPublicKey());
                assertThat(problem(shortened, CERTIFICATE, KEY)).contains("is damaged");
                return;
            }
        }
        throw new AssertionError("No signature of 64 ends with a zero bit.");
    }

    /** Its numbers are wrong, or the wrong bit is in a part that says nothing. */
    @Property(tries = 500)
    void aKeyWithOneBitWrongIsRefusedOrStillSigns(@ForAll @IntRange(max = 1_000_000) int bit) throws Exception {
        String wrong = flipped(Pem.PKCS8_KEY, KEY, bit);
        if (problem(CA, CERTIFICATE, wrong).isEmpty()) {
            assertThat(TlsKey.require(wrong, "")
                            .belongsTo(TlsStores.certificate(CERTIFICATE).getPublicKey()))
                    .isTrue();
        }
    }

    @Property
    void anyBytesAreRefusedWithASentence(@ForAll @Size(max = 200) byte[] bytes) {
        String certificate = Pem.block(Pem.CERTIFICATE, bytes);
        assertThat(problem(CA, certificate, KEY)).isNotEmpty();
        assertThat(problem(certificate, CERTIFICATE, KEY)).isNotEmpty();
        assertThat(InternalTls.expiryOf(certificate)).isEmpty();
        for (String kind : new String[] {Pem.PKCS8_KEY, Pem.RSA_KEY, Pem.EC_KEY}) {
            assertThat(problem(CA, CERTIFICATE, Pem.block(kind, bytes))).isNotEmpty();
        }
    }

    @Property
    void anyTextIsRefusedWithASentence(@ForAll String text) {
        assertThat(problem(text, CERTIFICATE, KEY)).isNotEmpty();
        assertThat(problem(CA, text, KEY)).isNotEmpty();
        assertThat(problem(CA, CERTIFICATE, text)).isNotEmpty();
        assertThat(InternalTls.expiryOf(text)).isEmpty();
    }

    /** From 1950 to 2500, since X.509 writes the years before 2050 with two digits and the others with four. */
    @Property(tries = 200)
    void theEndIsReadAsTheJdkReadsIt(@ForAll @LongRange(min = -631_152_000L, max = 16_725_225_600L) long second)
            throws Exception {
        Instant end = Instant.ofEpochSecond(second);
        String pem = new CertificateIssuer(CertificateIssuer.commonName("CA"), PAIR.getPrivate(), TlsStores.RANDOM)
                .certify(
                        CertificateIssuer.commonName("core"),
                        SubjectPublicKeyInfo.getInstance(PAIR.getPublic().getEncoded()),
                        Instant.ofEpochSecond(-631_152_000L),
                        end,
                        extensions());
        assertThat(InternalTls.expiryOf(pem)).contains(end);
        assertThat(TlsStores.certificate(pem).getNotAfter().toInstant()).isEqualTo(end);
    }

    private static ExtensionsGenerator extensions() throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        return extensions;
    }
}
