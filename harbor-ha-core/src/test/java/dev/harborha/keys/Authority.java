package dev.harborha.keys;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Whoever signs the certificates of servers, for tests. */
public final class Authority {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A certificate and its key, both in PEM. */
    public record Pair(String certificate, String key) {}

    private final String name;
    private final KeyPair pair;
    private final Instant from;
    private final Instant to;
    private final boolean saysWhereItIs;

    private Authority(String name, KeyPair pair, Instant from, Instant to, boolean saysWhereItIs) {
        this.name = name;
        this.pair = pair;
        this.from = from;
        this.to = to;
        this.saysWhereItIs = saysWhereItIs;
    }

    /** Makes an authority with a key of its own, whose certificates are valid from 2026 to 2036. */
    public static Authority of(String name) {
        return new Authority(
                name,
                keyPair("EC", 256),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"),
                false);
    }

    /** Returns the same with other days for its certificates. */
    public Authority valid(String from, String to) {
        return new Authority(name, pair, Instant.parse(from), Instant.parse(to), saysWhereItIs);
    }

    /** Returns the same, which says in its certificates where its own can be fetched. */
    public Authority sayingWhereItIs() {
        return new Authority(name, pair, from, to, true);
    }

    static KeyPair keyPair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pkcs8(KeyPair pair) {
        return Pem.block(Pem.PKCS8_KEY, pair.getPrivate().getEncoded());
    }

    /** Returns the certificate that this authority gave itself. */
    public String root() {
        return certify(CertificateIssuer.commonName(name), pair, authority());
    }

    /** Returns the certificate that this authority gives to another one. */
    public String certify(Authority other) {
        return certify(CertificateIssuer.commonName(other.name), other.pair, authority());
    }

    /** Returns a certificate for DNS names and addresses, with a key on P-256 in PKCS#8. */
    public Pair issue(String... names) {
        return issue(keyPair("EC", 256), names);
    }

    /** Returns a certificate for DNS names and addresses, with an RSA key of 2048 bits, which is compared faster. */
    public Pair issueWithRsa(String... names) {
        return issue(keyPair("RSA", 2048), names);
    }

    Pair issue(KeyPair key, String... names) {
        String commonName = names.length == 0 ? "no name" : names[0];
        return new Pair(certify(CertificateIssuer.commonName(commonName), key, server(names)), pkcs8(key));
    }

    /** Returns a certificate for a DNS name that its own key signed, valid from 2026 to 2036. */
    public static Pair selfSigned(String dnsName) {
        Authority itself = of(dnsName);
        return new Pair(
                itself.certify(CertificateIssuer.commonName(dnsName), itself.pair, server(dnsName)),
                pkcs8(itself.pair));
    }

    /** Returns a certificate whose one name is its common name. */
    public Pair issueWithCommonNameOnly(String name) {
        return issue(name, with(Extension.basicConstraints, new BasicConstraints(false)));
    }

    /** Returns a certificate that has a text among its DNS names, even an address. */
    public Pair issueWithDnsName(String name) {
        GeneralName dnsName = new GeneralName(GeneralName.dNSName, name);
        return issue(name, with(Extension.subjectAlternativeName, new GeneralNames(dnsName)));
    }

    private Pair issue(String commonName, ExtensionsGenerator extensions) {
        KeyPair key = keyPair("EC", 256);
        return new Pair(certify(CertificateIssuer.commonName(commonName), key, extensions), pkcs8(key));
    }

    private String certify(X500Name subject, KeyPair key, ExtensionsGenerator extensions) {
        try {
            if (saysWhereItIs) {
                extensions.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_caIssuers,
                                new GeneralName(
                                        GeneralName.uniformResourceIdentifier, "http://ca.example.com/ca.der")));
            }
            return new CertificateIssuer(CertificateIssuer.commonName(name), pair.getPrivate(), RANDOM)
                    .certify(
                            subject,
                            SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
                            from,
                            to,
                            extensions);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExtensionsGenerator authority() {
        return with(Extension.basicConstraints, new BasicConstraints(true));
    }

    private static ExtensionsGenerator server(String... names) {
        GeneralName[] all = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            boolean address = InetAddresses.isInetAddress(names[i]);
            all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
        }
        return with(Extension.subjectAlternativeName, new GeneralNames(all));
    }

    private static ExtensionsGenerator with(ASN1ObjectIdentifier identifier, ASN1Encodable value) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(identifier, false, value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return extensions;
    }
}
