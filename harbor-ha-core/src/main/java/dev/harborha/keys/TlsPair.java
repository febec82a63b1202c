package dev.harborha.keys;

import dev.harborha.keys.InternalTls.Component;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the certificates and keys of internal TLS. Dates are not looked at.
 *
 * <p>They take the JDK's certificate factory and signatures, whose loading takes a cold JVM longer than all the rest of
 * reading a store; the seal of {@link TlsIndex} makes that needless.
 */
final class TlsPair {

    private static final int SIGNING_CERTIFICATES = 5;
    private static final int DNS_NAME = 2;
    private static final String CA_KEY = TlsMember.CA_KEY.fileName();
    private static final String CA_CRT = TlsMember.CA_CRT.fileName();
    private static final String OTHER_CA =
            "put back the right one, or move its folder away so that a new CA and new pairs are drawn";
    private static final String OTHER_CA_KEY =
            "put the key of " + CA_CRT + " there, or remove it, and its line in store, if that key is kept elsewhere";
    private static final String CLEAN = "leave only the blocks: `sed -i -n -e 's/\\r$//' -e '/^-----BEGIN"
            + " CERTIFICATE-----$/,/^-----END CERTIFICATE-----$/p' " + Unfit.FILE + "`";

    private TlsPair() {}

    /**
     * Checks every member there is, and that those fit together that belong together.
     *
     * @throws Unfit about the first member that is wrong, with its file's name
     */
    static void checkAll(Map<TlsMember, String> values) throws Unfit {
        TlsMember at = TlsMember.CA_KEY;
        try {
            TlsKey caKey = key(values.get(at), OTHER_CA_KEY);
            at = TlsMember.CA_CRT;
            X509Certificate ca = ca(values.get(at), caKey);
            for (Component component : Component.values()) {
                at = TlsMember.keyOf(component);
                TlsKey key = key(values.get(at), otherPair(component));
                at = TlsMember.certificateOf(component);
                String certificate = values.get(at);
                if (certificate != null) {
                    requireCertificate(component, certificate, key, ca);
                }
            }
        } catch (Unfit e) {
            throw e.in(at.fileName());
        }
    }

    private static @Nullable TlsKey key(@Nullable String pem, String cure) throws Unfit {
        return pem == null ? null : TlsKey.require(pem, cure);
    }

    private static @Nullable X509Certificate ca(@Nullable String pem, @Nullable TlsKey key) throws Unfit {
        if (pem == null) {
            return null;
        }
        if (Pem.hasManyBlocks(pem)) {
            throw new Unfit("holds more than one PEM block", "leave only the certificate of the CA itself");
        }
        X509Certificate ca = certificates(pem, OTHER_CA).get(0);
        TlsKey.requirePublic(ca.getPublicKey().getEncoded(), OTHER_CA);
        if (!maySign(ca)) {
            throw new Unfit("is no CA: it may not sign other certificates", OTHER_CA);
        }
        if (!isSignedBy(ca, ca)) {
            throw new Unfit(
                    "is signed by another CA, and nginx trusts only one that signed itself",
                    "put the topmost CA there, and this one into each component's file, after its certificate");
        }
        if (key != null && !key.belongsTo(ca.getPublicKey())) {
            throw new Unfit("does not belong to the key in " + CA_KEY, OTHER_CA);
        }
        return ca;
    }

    private static void requireCertificate(
            Component component, String pem, @Nullable TlsKey key, @Nullable X509Certificate ca) throws Unfit {
        String keyFile = TlsMember.keyOf(component).fileName();
        if (key == null) {
            throw new Unfit(
                    "is there without " + keyFile + ", which it was made from",
                    "put that file beside it, or remove " + Unfit.FILE + " so that both are drawn");
        }
        if (ca == null) {
            throw new Unfit(
                    "is there without " + CA_CRT + ", whose CA signed it",
                    "put that file beside it, or move all files of components away so that all are drawn");
        }
        String cure = otherPair(component);
        List<X509Certificate> chain = certificates(pem, cure);
        X509Certificate certificate = chain.get(0);
        TlsKey.requirePublic(certificate.getPublicKey().getEncoded(), cure);
        if (!key.belongsTo(certificate.getPublicKey())) {
            throw new Unfit("does not belong to the key in " + keyFile, cure);
        }
        if (!names(certificate).contains(component.serviceName())) {
            throw new Unfit(
                    "does not carry DNS:" + component.serviceName()
                            + " as a Subject Alternative Name, by which the other" + " components call it",
                    cure);
        }
        if (!leadsTo(ca, chain)) {
            throw new Unfit(
                    (chain.size() == 1 ? "is not signed by" : "is followed by a chain that does not lead to")
                            + " the CA in " + CA_CRT,
                    cure);
        }
    }

    private static String otherPair(Component component) {
        String name = component.fileName();
        return "put back the right pair, or remove " + name + ".key and " + name
                + ".crt, and their lines in store, so that a new pair is drawn";
    }

    private static List<X509Certificate> certificates(String pem, String cure) throws Unfit {
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new Unfit("holds no certificate in PEM (BEGIN CERTIFICATE)", cure);
        }
        if (CertificateExpiry.earliest(pem).isEmpty()) {
            throw damaged(cure);
        }
        List<byte[]> blocks = Pem.onlyBlocks(pem, Pem.CERTIFICATE);
        if (blocks.isEmpty()) {
            throw new Unfit("holds other text than clean PEM blocks with Unix line ends", CLEAN);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks) {
                requireWholeSignature(block);
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (CertificateException | Der.Malformed e) {
            throw damaged(cure);
        }
        return certificates;
    }

    /**
     * Makes sure that all bits of a certificate's signature count. The JDK takes a signature whose last bits are declared
     * unused, as long as they are zero; neither OpenSSL nor Go does.
     */
    private static void requireWholeSignature(byte[] der) throws Der.Malformed {
        Der certificate = Der.reader(der).enter(Der.SEQUENCE);
        certificate.enter(Der.SEQUENCE);
        certificate.enter(Der.SEQUENCE);
        byte[] signature = certificate.content(Der.BIT_STRING);
        if (signature.length == 0 || signature[0] != 0) {
            throw new Der.Malformed();
        }
    }

    private static Unfit damaged(String cure) {
        return new Unfit("is damaged: its PEM block does not hold a certificate", cure);
    }

    /** Tells whether the first certificate of a chain is signed by a CA, directly or through those that follow it. */
    private static boolean leadsTo(X509Certificate ca, List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (i > 0 && !(maySign(chain.get(i)) && isSignedBy(chain.get(i - 1), chain.get(i)))) {
                return false;
            }
            if (isSignedBy(chain.get(i), ca)) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySign(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[SIGNING_CERTIFICATES]);
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate signer) {
        if (!certificate.getIssuerX500Principal().equals(signer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> name : all) {
                    if (name.get(0).equals(DNS_NAME)) {
                        names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }
}
