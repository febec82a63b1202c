package dev.harborha.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * A private key of internal TLS: RSA in PKCS#1, EC in SEC1, or either in PKCS#8, which are the forms that Go, OpenSSL and
 * so nginx read.
 */
final class TlsKey {

    private static final byte[] RSA = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01};
    private static final byte[] EC = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] P256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};
    private static final byte[] P384 = {0x2b, (byte) 0x81, 0x04, 0x00, 0x22};
    private static final byte[] P521 = {0x2b, (byte) 0x81, 0x04, 0x00, 0x23};

    /** Not into the same file: {@code openssl pkey} empties it before it has read it. */
    private static final String REWRITE = "`openssl pkey -in @ -out @.new && mv @.new @`".replace("@", Unfit.FILE);

    /** What is signed to see whether a certificate belongs to a key. */
    private static final byte[] PROBE = Pem.ascii("Do these two belong together?");

    private final byte[] pkcs8;
    /** The public half of an RSA key, as a SubjectPublicKeyInfo; nothing for an EC key, whose public half is not in it. */
    private final Optional<byte[]> rsaPublicKey;

    private TlsKey(byte[] pkcs8, Optional<byte[]> rsaPublicKey) {
        this.pkcs8 = pkcs8;
        this.rsaPublicKey = rsaPublicKey;
    }

    /**
     * Reads a key from PEM.
     *
     * @param otherKey the cure for a key that no rewriting makes usable
     */
    static TlsKey require(String pem, String otherKey) throws Unfit {
        byte[] der = block(pem, otherKey);
        try {
            byte[] pkcs8 = switch (Pem.kindOf(pem)) {
                case Pem.RSA_KEY -> RsaPrivateKey.pkcs8(der);
                case Pem.EC_KEY -> pkcs8OfSec1(der);
                default -> der;
            };
            return ofPkcs8(pkcs8, otherKey);
        } catch (Der.Malformed | GeneralSecurityException e) {
            throw new Unfit("is damaged: its PEM block does not hold a private key", otherKey);
        }
    }

    private static byte[] block(String pem, String otherKey) throws Unfit {
        String kind = Pem.kindOf(pem);
        if (kind.equals("ENCRYPTED PRIVATE KEY") || pem.contains("\nProc-Type: 4,ENCRYPTED")) {
            throw new Unfit("is encrypted, and Harbor has no pass phrase for it", "decrypt it: " + REWRITE);
        }
        if (!kind.endsWith("PRIVATE KEY") && !pem.contains("PRIVATE KEY-----")) {
            throw new Unfit("holds no private key in PEM (BEGIN PRIVATE KEY)", otherKey);
        }
        if (Pem.hasManyBlocks(pem)) {
            throw new Unfit("holds more than one PEM block", "leave only the key: " + REWRITE);
        }
        if (!kind.equals(Pem.PKCS8_KEY) && !kind.equals(Pem.RSA_KEY) && !kind.equals(Pem.EC_KEY)) {
            throw new Unfit(
                    "is in none of the forms PKCS#8, PKCS#1 and SEC1 (BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY, BEGIN EC"
                            + " PRIVATE KEY)",
                    otherKey);
        }
        Optional<byte[]> der = Pem.onlyBlock(pem, kind);
        if (der.isEmpty()) {
            throw new Unfit("is not one clean PEM block with Unix line ends", "rewrite it: " + REWRITE);
        }
        return der.get();
    }

    private static byte[] pkcs8OfSec1(byte[] sec1) throws Der.Malformed {
        Der key = Der.reader(sec1).enter(Der.SEQUENCE);
        key.integer();
        key.enter(Der.OCTET_STRING);
        byte[] curve = key.enter(Der.CURVE).element(Der.OBJECT_IDENTIFIER);
        byte[] algorithm = Der.element(Der.SEQUENCE, Der.element(Der.OBJECT_IDENTIFIER, EC), curve);
        return Der.element(Der.SEQUENCE, Der.integer(BigInteger.ZERO), algorithm, Der.element(Der.OCTET_STRING, sec1));
    }

    private static TlsKey ofPkcs8(byte[] pkcs8, String otherKey) throws Unfit, Der.Malformed, GeneralSecurityException {
        Der file = Der.reader(pkcs8);
        Der info = file.enter(Der.SEQUENCE);
        file.requireDone();
        info.integer();
        if (!isRsa(info.enter(Der.SEQUENCE), "is ", otherKey)) {
            TlsKey key = new TlsKey(pkcs8, Optional.empty());
            key.privateKey();
            return key;
        }
        RsaPrivateKey numbers = RsaPrivateKey.parse(info.content(Der.OCTET_STRING));
        if (!numbers.fits()) {
            throw new Unfit("holds numbers that do not make an RSA key", otherKey);
        }
        requireSize(numbers.n().bitLength(), "is ", otherKey);
        return new TlsKey(pkcs8, Optional.of(numbers.publicKey()));
    }

    /**
     * Makes sure that a certificate carries a key of a kind that is accepted.
     *
     * @param publicKey a SubjectPublicKeyInfo
     */
    static void requirePublic(byte[] publicKey, String otherCertificate) throws Unfit {
        try {
            Der info = Der.reader(publicKey).enter(Der.SEQUENCE);
            if (isRsa(info.enter(Der.SEQUENCE), "is of ", otherCertificate)) {
                byte[] bits = info.content(Der.BIT_STRING);
                Der numbers = Der.reader(Arrays.copyOfRange(bits, Math.min(1, bits.length), bits.length))
                        .enter(Der.SEQUENCE);
                requireSize(numbers.integer().bitLength(), "is of ", otherCertificate);
            }
        } catch (Der.Malformed e) {
            throw neither("is of ", otherCertificate);
        }
    }

    /** Tells whether the content of an AlgorithmIdentifier is that of RSA; refuses all but RSA and the three curves. */
    private static boolean isRsa(Der algorithm, String is, String cure) throws Unfit, Der.Malformed {
        byte[] identifier = algorithm.content(Der.OBJECT_IDENTIFIER);
        if (Arrays.equals(identifier, RSA)) {
            return true;
        }
        if (!Arrays.equals(identifier, EC)) {
            throw neither(is, cure);
        }
        byte[] curve = algorithm.nextIs(Der.OBJECT_IDENTIFIER) ? algorithm.content(Der.OBJECT_IDENTIFIER) : new byte[0];
        if (!Arrays.equals(curve, P256) && !Arrays.equals(curve, P384) && !Arrays.equals(curve, P521)) {
            throw new Unfit(is + "an EC key on a curve other than P-256, P-384 and P-521", cure);
        }
        return false;
    }

    private static void requireSize(int bits, String is, String cure) throws Unfit {
        if (bits < RsaPrivateKey.MIN_BITS || bits > RsaPrivateKey.MAX_BITS) {
            throw new Unfit(
                    is + "an RSA key of " + bits + " bits, and " + RsaPrivateKey.MIN_BITS + " to "
                            + RsaPrivateKey.MAX_BITS + " are accepted",
                    cure);
        }
    }

    private static Unfit neither(String is, String cure) {
        return new Unfit(is + "neither an RSA nor an EC key", cure);
    }

    /** Returns the public half of an RSA key, as a SubjectPublicKeyInfo; nothing for an EC key. */
    Optional<byte[]> rsaPublicKey() {
        return rsaPublicKey;
    }

    /** Returns the key as the JDK signs with it. */
    PrivateKey privateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance(rsaPublicKey.isPresent() ? "RSA" : "EC")
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** Tells whether a public key is the other half of this one. */
    boolean belongsTo(PublicKey publicKey) {
        if (rsaPublicKey.isPresent()) {
            return Arrays.equals(rsaPublicKey.get(), publicKey.getEncoded());
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey());
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
