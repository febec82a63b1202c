package dev.harborha.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of a token signing key and its certificate, with nothing but {@link Der} and {@link RsaPrivateKey}.
 *
 * <p>Of the key it is asked what Go's own reader of PKCS#1 asks, since Harbor is written in Go: the form, and the
 * relations between the numbers. Of the certificate it is asked whether it carries the key's public half. Its dates and
 * its signature are not looked at, as the registry does not look at them either.
 */
final class TokenPair {

    private static final int MIN_BITS = RsaPrivateKey.MIN_BITS;
    private static final int MAX_BITS = RsaPrivateKey.MAX_BITS;

    /**
     * The key pairs in Harbor's public source tree, as SHA-256 of their SubjectPublicKeyInfo: that of 0.1.0 and 0.1.1
     * with its 1024 bits, and that of 0.3.0 and later, which was the default in the templates until 1.7.
     */
    static final Set<String> PUBLISHED = Set.of(
            "2ecabc373c190f29dd34e6d058473ee18833d073e70d0398d4e0221810078ac7",
            "fed0de1e3ec8497f36edd6ca7d654333c7254dcac76aefa0f27c6aa398c67706");

    private static final String CONVERT =
            "convert it: `openssl rsa -traditional -in " + Unfit.FILE + " -out " + Unfit.FILE + "`";
    private static final String NORMALIZE = "rewrite it: `openssl x509 -in " + Unfit.FILE + " -out " + Unfit.FILE + "`";
    private static final String OTHER_KEY = "put an RSA key of at least " + MIN_BITS + " bits there, or remove it and "
            + "root.crt, and their lines in store, so that a new pair is drawn";
    private static final String OTHER_CERTIFICATE = "put back the certificate that was made from private_key.pem, or"
            + " remove it, and its line in store, so that a new one is made";

    private final Set<String> published;

    /** Takes the fingerprints of the keys that everybody knows. */
    TokenPair(Set<String> published) {
        this.published = published;
    }

    /** Returns the checks that refuse the keys which Harbor publishes. */
    static TokenPair withPublishedKeys() {
        return new TokenPair(PUBLISHED);
    }

    /** Returns the public half of a private key, as the DER of a SubjectPublicKeyInfo. */
    byte[] requireKey(String pem) throws Unfit {
        return publicKeyOf(keyBlock(pem));
    }

    /** Makes sure that a certificate carries the public half that {@link #requireKey} gave. */
    void requireCertificate(String pem, byte[] publicKey) throws Unfit {
        if (!Arrays.equals(certifiedKey(certificateBlock(pem)), publicKey)) {
            throw new Unfit("does not belong to the key in private_key.pem", OTHER_CERTIFICATE);
        }
    }

    /** Returns the SHA-256 of a SubjectPublicKeyInfo, in lower-case hexadecimal digits. */
    static String fingerprint(byte[] publicKey) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256; this one does not.", e);
        }
    }

    private static byte[] keyBlock(String pem) throws Unfit {
        String kind = Pem.kindOf(pem);
        if (kind.equals("ENCRYPTED PRIVATE KEY") || pem.contains("\nProc-Type: 4,ENCRYPTED")) {
            throw new Unfit(
                    "is encrypted, and Harbor has no pass phrase for it",
                    "decrypt it: `openssl rsa -traditional -in " + Unfit.FILE + " -out " + Unfit.FILE + "`");
        }
        if (kind.equals(Pem.PKCS8_KEY)) {
            Optional<byte[]> der = Pem.onlyBlock(pem, kind);
            if (der.isPresent() && !isRsaInPkcs8(der.get())) {
                throw notRsa();
            }
            throw new Unfit("is in PKCS#8 form (BEGIN PRIVATE KEY), which Harbor cannot read", CONVERT);
        }
        if (kind.equals("EC PRIVATE KEY") || kind.equals("DSA PRIVATE KEY") || kind.equals("EC PARAMETERS")) {
            throw notRsa();
        }
        if (!kind.equals(Pem.RSA_KEY)) {
            throw new Unfit("holds no private key in PEM (BEGIN RSA PRIVATE KEY)", OTHER_KEY);
        }
        Optional<byte[]> der = Pem.onlyBlock(pem, kind);
        if (der.isEmpty()) {
            throw new Unfit("is not one clean PEM block with Unix line ends", CONVERT);
        }
        return der.get();
    }

    private byte[] publicKeyOf(byte[] pkcs1) throws Unfit {
        try {
            RsaPrivateKey key = RsaPrivateKey.parse(pkcs1);
            if (!key.fits()) {
                throw new Unfit("holds numbers that do not make an RSA key", OTHER_KEY);
            }
            byte[] publicKey = key.publicKey();
            requireSecret(publicKey);
            requireSize(key.n().bitLength());
            return publicKey;
        } catch (Der.Malformed e) {
            throw new Unfit("is damaged: its PEM block does not hold an RSA key", OTHER_KEY);
        }
    }

    private void requireSecret(byte[] publicKey) throws Unfit {
        if (published.contains(fingerprint(publicKey))) {
            throw new Unfit(
                    "is the key that Harbor publishes in its source tree, so that everybody can sign tokens with it",
                    "remove it and root.crt, and their lines in store, so that a new pair is drawn");
        }
    }

    private static void requireSize(int bits) throws Unfit {
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new Unfit(
                    "is an RSA key of " + bits + " bits, and " + MIN_BITS + " to " + MAX_BITS + " are accepted",
                    OTHER_KEY);
        }
    }

    private static byte[] certificateBlock(String pem) throws Unfit {
        if (!Pem.kindOf(pem).equals(Pem.CERTIFICATE)) {
            throw new Unfit("holds no certificate in PEM (BEGIN CERTIFICATE)", OTHER_CERTIFICATE);
        }
        if (Pem.hasManyBlocks(pem)) {
            throw new Unfit("holds more than one certificate", "leave only the one that belongs to private_key.pem");
        }
        Optional<byte[]> der = Pem.onlyBlock(pem, Pem.CERTIFICATE);
        if (der.isEmpty()) {
            throw new Unfit("is not one clean PEM block with Unix line ends", NORMALIZE);
        }
        return der.get();
    }

    private static byte[] certifiedKey(byte[] der) throws Unfit {
        try {
            Der file = Der.reader(der);
            Der certificate = file.enter(Der.SEQUENCE);
            file.requireDone();
            Der content = certificate.enter(Der.SEQUENCE);
            certificate.enter(Der.SEQUENCE);
            certificate.enter(Der.BIT_STRING);
            certificate.requireDone();
            if (content.nextIs(Der.VERSION)) {
                content.enter(Der.VERSION);
            }
            content.integer();
            content.enter(Der.SEQUENCE);
            content.enter(Der.SEQUENCE);
            content.enter(Der.SEQUENCE);
            content.enter(Der.SEQUENCE);
            return content.element(Der.SEQUENCE);
        } catch (Der.Malformed e) {
            throw new Unfit("is damaged: its PEM block does not hold a certificate", OTHER_CERTIFICATE);
        }
    }

    private static boolean isRsaInPkcs8(byte[] der) {
        try {
            Der key = Der.reader(der).enter(Der.SEQUENCE);
            key.integer();
            return RsaPrivateKey.isAlgorithm(key.element(Der.SEQUENCE));
        } catch (Der.Malformed e) {
            return false;
        }
    }

    private static Unfit notRsa() {
        return new Unfit("is no RSA key, and Harbor signs tokens with RSA only", OTHER_KEY);
    }
}
