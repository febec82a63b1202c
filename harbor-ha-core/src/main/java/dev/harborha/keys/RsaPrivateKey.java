package dev.harborha.keys;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The numbers of an RSA key in PKCS#1, and what can be told from them without a test for primes.
 *
 * <p>It is asked what Go's own reader asks, since Harbor is written in Go.
 *
 * @param n the modulus
 * @param e the public exponent
 * @param fits whether the numbers make a key of two primes
 */
record RsaPrivateKey(BigInteger n, BigInteger e, boolean fits) {

    static final int MIN_BITS = 2048;
    static final int MAX_BITS = 8192;

    private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(Integer.MAX_VALUE);

    /** The object identifier 1.2.840.113549.1.1.1, rsaEncryption, with its empty parameters. */
    private static final byte[] RSA_ENCRYPTION = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** Reads the DER of an RSAPrivateKey. */
    static RsaPrivateKey parse(byte[] pkcs1) throws Der.Malformed {
        Der file = Der.reader(pkcs1);
        Der key = file.enter(Der.SEQUENCE);
        file.requireDone();
        boolean twoPrimes = key.integer().signum() == 0;
        BigInteger n = key.integer();
        BigInteger e = key.integer();
        BigInteger d = key.integer();
        BigInteger p = key.integer();
        BigInteger q = key.integer();
        BigInteger dp = key.integer();
        BigInteger dq = key.integer();
        BigInteger inverse = key.integer();
        key.requireDone();
        return new RsaPrivateKey(n, e, twoPrimes && fit(n, e, d, p, q) && fitChinese(d, p, q, dp, dq, inverse));
    }

    /** Tells whether the AlgorithmIdentifier of a key, whole with its tag, is that of RSA. */
    static boolean isAlgorithm(byte[] identifier) {
        return Arrays.equals(identifier, RSA_ENCRYPTION);
    }

    /** Returns the public half, as the DER of a SubjectPublicKeyInfo. */
    byte[] publicKey() {
        byte[] numbers = Der.element(Der.SEQUENCE, Der.integer(n), Der.integer(e));
        return Der.element(Der.SEQUENCE, RSA_ENCRYPTION, Der.element(Der.BIT_STRING, new byte[] {0}, numbers));
    }

    /** Returns the whole key in PKCS#8. */
    static byte[] pkcs8(byte[] pkcs1) {
        return Der.element(
                Der.SEQUENCE, Der.integer(BigInteger.ZERO), RSA_ENCRYPTION, Der.element(Der.OCTET_STRING, pkcs1));
    }

    /** Tells whether n, e, d, p and q make a key, as far as that can be told without a test for primes. */
    private static boolean fit(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q) {
        BigInteger one = BigInteger.ONE;
        if (p.compareTo(one) <= 0 || q.compareTo(one) <= 0 || !p.multiply(q).equals(n)) {
            return false;
        }
        BigInteger de = d.multiply(e);
        return e.compareTo(one) > 0
                && e.compareTo(MAX_EXPONENT) <= 0
                && de.mod(p.subtract(one)).equals(one)
                && de.mod(q.subtract(one)).equals(one);
    }

    /** Tells whether the three numbers that speed up signing are those of d, p and q. */
    private static boolean fitChinese(
            BigInteger d, BigInteger p, BigInteger q, BigInteger dp, BigInteger dq, BigInteger inverse) {
        return d.mod(p.subtract(BigInteger.ONE)).equals(dp)
                && d.mod(q.subtract(BigInteger.ONE)).equals(dq)
                && inverse.compareTo(p) < 0
                && inverse.multiply(q).mod(p).equals(BigInteger.ONE);
    }
}
