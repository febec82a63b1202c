package dev.harborha.keys;

import dev.harborha.keys.InternalTls.Component;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The certificates of internal TLS: that of the CA, and those of components, which it signs. */
final class InternalCertificate {

    /** Harbor's {@code gencert.sh} takes 365 days for all; a CA that outlives its leaves lets them be renewed. */
    static final Duration CA_VALIDITY = Duration.ofDays(3650);

    static final Duration LEAF_VALIDITY = Duration.ofDays(730);
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final String CA_NAME = "Harbor internal CA";
    private static final String CHECKED = "The keys and certificates were not checked.";

    private InternalCertificate() {}

    /** Returns a self-signed certificate, in PEM, for a key that was checked. */
    static String ca(String keyPem, Instant now, SecureRandom random) {
        try {
            TlsKey key = key(keyPem);
            SubjectPublicKeyInfo publicKey = publicKey(key);
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            addSubjectKey(extensions, publicKey);
            X500Name name = CertificateIssuer.commonName(CA_NAME);
            return new CertificateIssuer(name, key.privateKey(), random)
                    .certify(name, publicKey, now.minus(BEFORE), now.plus(CA_VALIDITY), extensions);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(CHECKED, e);
        }
    }

    /**
     * Returns the certificate of a component, in PEM, which ends no later than that of its CA.
     *
     * @param keyPem the component's key, checked
     * @param caKeyPem the key of the CA, checked
     * @param caPem the certificate of the CA, checked
     */
    static String leaf(
            Component component, String keyPem, String caKeyPem, String caPem, Instant now, SecureRandom random) {
        try {
            Certificate ca = Certificate.getInstance(
                    Pem.anyBlocks(caPem, Pem.CERTIFICATE).get(0));
            SubjectPublicKeyInfo publicKey = publicKey(key(keyPem));
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, component.serviceName())));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            addSubjectKey(extensions, publicKey);
            extensions.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(ca)));
            return new CertificateIssuer(ca.getSubject(), key(caKeyPem).privateKey(), random)
                    .certify(
                            CertificateIssuer.commonName(component.serviceName()),
                            publicKey,
                            now.minus(BEFORE),
                            earlier(
                                    now.plus(LEAF_VALIDITY),
                                    ca.getEndDate().getDate().toInstant()),
                            extensions);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(CHECKED, e);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static TlsKey key(String pem) {
        try {
            return TlsKey.require(pem, "");
        } catch (Unfit e) {
            throw new IllegalStateException(CHECKED, e);
        }
    }

    private static SubjectPublicKeyInfo publicKey(TlsKey key) throws IOException, GeneralSecurityException {
        if (key.rsaPublicKey().isPresent()) {
            return SubjectPublicKeyInfo.getInstance(key.rsaPublicKey().get());
        }
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.privateKey().getEncoded());
        X9ECParameters curve = CustomNamedCurves.getByOID(
                ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters()));
        byte[] point = new FixedPointCombMultiplier()
                .multiply(
                        curve.getG(),
                        ECPrivateKey.getInstance(info.parsePrivateKey()).getKey())
                .getEncoded(false);
        return new SubjectPublicKeyInfo(info.getPrivateKeyAlgorithm(), point);
    }

    private static void addSubjectKey(ExtensionsGenerator extensions, SubjectPublicKeyInfo publicKey)
            throws IOException {
        extensions.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(CertificateIssuer.keyIdentifier(publicKey)));
    }

    /** Returns the identifier that a CA gives to its key, whichever way it made it. */
    private static byte[] keyIdentifier(Certificate ca) {
        Extension extension = ca.getTBSCertificate().getExtensions().getExtension(Extension.subjectKeyIdentifier);
        return extension == null
                ? CertificateIssuer.keyIdentifier(ca.getSubjectPublicKeyInfo())
                : SubjectKeyIdentifier.getInstance(extension.getParsedValue()).getKeyIdentifier();
    }
}
