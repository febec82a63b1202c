package dev.harborha.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
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
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA1Digest;

/** Whoever signs certificates, with a name and a key: X.509 of version 3, signed with SHA-256 and RSA or ECDSA. */
final class CertificateIssuer {

    private static final int SERIAL_BITS = 127;

    private final X500Name name;
    private final PrivateKey key;
    private final boolean rsa;
    private final SecureRandom random;

    CertificateIssuer(X500Name name, PrivateKey key, SecureRandom random) {
        this.name = name;
        this.key = key;
        this.rsa = key.getAlgorithm().equals("RSA");
        this.random = random;
    }

    /** Returns a name that is a CN alone. */
    static X500Name commonName(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(name))
                .build();
    }

    /** Returns the usual identifier of a key, method (1) of RFC 5280, section 4.2.1.2. */
    static byte[] keyIdentifier(SubjectPublicKeyInfo publicKey) {
        byte[] bits = publicKey.getPublicKeyData().getBytes();
        SHA1Digest digest = new SHA1Digest();
        digest.update(bits, 0, bits.length);
        byte[] identifier = new byte[digest.getDigestSize()];
        digest.doFinal(identifier, 0);
        return identifier;
    }

    /** Returns a certificate in PEM, with a serial number drawn for it. */
    String certify(
            X500Name subject, SubjectPublicKeyInfo publicKey, Instant from, Instant to, ExtensionsGenerator extensions)
            throws IOException, GeneralSecurityException {
        AlgorithmIdentifier algorithm = rsa
                ? new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
                : new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1)));
        generator.setSignature(algorithm);
        generator.setIssuer(name);
        generator.setSubject(subject);
        generator.setStartDate(new Time(Date.from(from)));
        generator.setEndDate(new Time(Date.from(to)));
        generator.setSubjectPublicKeyInfo(publicKey);
        generator.setExtensions(extensions.generate());
        TBSCertificate content = generator.generateTBSCertificate();
        byte[] signature = sign(content.getEncoded(ASN1Encoding.DER));
        DERSequence certificate =
                new DERSequence(new ASN1Encodable[] {content, algorithm, new DERBitString(signature)});
        return Pem.block(Pem.CERTIFICATE, certificate.getEncoded(ASN1Encoding.DER));
    }

    private byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key, random);
        signature.update(content);
        return signature.sign();
    }
}
