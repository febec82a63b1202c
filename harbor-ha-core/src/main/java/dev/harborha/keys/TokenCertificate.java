package dev.harborha.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The self-signed certificate that carries the public half of the token key to the registry.
 *
 * <p>It is valid for 3650 days, as the one that Harbor's {@code prepare} makes, and from a day before it is made, so that
 * a node whose clock is behind takes it too.
 */
final class TokenCertificate {

    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(3650);

    private TokenCertificate() {}

    /** Returns an RSA key of the JDK as PEM in PKCS#1. */
    static String pkcs1(PrivateKey key) {
        try {
            byte[] pkcs1 = PrivateKeyInfo.getInstance(key.getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded(ASN1Encoding.DER);
            return Pem.block(Pem.RSA_KEY, pkcs1);
        } catch (IOException e) {
            throw new IllegalStateException("This Java's RSA key is not in PKCS#8.", e);
        }
    }

    /** Returns a certificate, in PEM, for a key in PKCS#1 that was checked. */
    static String selfSigned(String keyPem, Instant now, SecureRandom random) {
        byte[] pkcs1 = Pem.onlyBlock(keyPem, Pem.RSA_KEY)
                .orElseThrow(() -> new IllegalStateException("The token key is no PEM block."));
        try {
            PrivateKey key =
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(RsaPrivateKey.pkcs8(pkcs1)));
            SubjectPublicKeyInfo publicKey =
                    SubjectPublicKeyInfo.getInstance(RsaPrivateKey.parse(pkcs1).publicKey());
            X500Name name = CertificateIssuer.commonName("harbor-token");
            return new CertificateIssuer(name, key, random)
                    .certify(name, publicKey, now.minus(BEFORE), now.plus(AFTER), extensions(publicKey));
        } catch (IOException | GeneralSecurityException | Der.Malformed e) {
            throw new IllegalStateException("Every Java can sign with SHA-256 and RSA; this one cannot.", e);
        }
    }

    private static ExtensionsGenerator extensions(SubjectPublicKeyInfo publicKey) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        extensions.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        extensions.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(CertificateIssuer.keyIdentifier(publicKey)));
        return extensions;
    }
}
