package dev.harborha.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;

/**
 * The self-signed certificate that carries the public half of the token key to the registry.
 *
 * <p>It is valid for 3650 days, as the one that Harbor's {@code prepare} makes, and from a day before it is made, so that
 * a node whose clock is behind takes it too.
 */
final class TokenCertificate {

    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 127;
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    private static final AlgorithmIdentifier SHA256_WITH_RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

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
            RSAPrivateKey key = RSAPrivateKey.getInstance(pkcs1);
            TBSCertificate content = content(key, now, new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1));
            byte[] signature = sign(content.getEncoded(ASN1Encoding.DER), key);
            DERSequence certificate =
                    new DERSequence(new ASN1Encodable[] {content, SHA256_WITH_RSA, new DERBitString(signature)});
            return Pem.block(Pem.CERTIFICATE, certificate.getEncoded(ASN1Encoding.DER));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Every Java can sign with SHA-256 and RSA; this one cannot.", e);
        }
    }

    private static TBSCertificate content(RSAPrivateKey key, Instant now, BigInteger serial) throws IOException {
        SubjectPublicKeyInfo publicKey =
                new SubjectPublicKeyInfo(RSA, new RSAPublicKey(key.getModulus(), key.getPublicExponent()));
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String("harbor-token"))
                .build();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(SHA256_WITH_RSA);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(now.minus(BEFORE))));
        generator.setEndDate(new Time(Date.from(now.plus(AFTER))));
        generator.setSubjectPublicKeyInfo(publicKey);
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        extensions.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        extensions.addExtension(
                Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(publicKey)));
        generator.setExtensions(extensions.generate());
        return generator.generateTBSCertificate();
    }

    /** Returns the usual identifier of a key, method (1) of RFC 5280, section 4.2.1.2. */
    private static byte[] keyIdentifier(SubjectPublicKeyInfo publicKey) {
        byte[] bits = publicKey.getPublicKeyData().getBytes();
        SHA1Digest digest = new SHA1Digest();
        digest.update(bits, 0, bits.length);
        byte[] identifier = new byte[digest.getDigestSize()];
        digest.doFinal(identifier, 0);
        return identifier;
    }

    private static byte[] sign(byte[] content, RSAPrivateKey key) throws IOException, GeneralSecurityException {
        byte[] pkcs8 = new PrivateKeyInfo(RSA, key).getEncoded(ASN1Encoding.DER);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        signature.update(content);
        return signature.sign();
    }
}
