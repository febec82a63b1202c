package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenPairProperties {

    private static final String KEY = Stores.KEYS.tokenKey().reveal();
    private static final String CERTIFICATE = Stores.KEYS.tokenCertificate();
    private static final byte[] KEY_DER = der(KEY);
    private static final byte[] CERTIFICATE_DER = der(CERTIFICATE);

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    }

    private static byte[] flipped(byte[] der, int bit) {
        byte[] copy = der.clone();
        int at = bit % (8 * der.length);
        copy[at / 8] ^= (byte) (1 << at % 8);
        return copy;
    }

    /** A key with one bit wrong signs what nobody can verify, wherever the bit is. */
    @Property(tries = 2000)
    void aKeyWithOneBitWrongIsRefused(@ForAll @IntRange(max = 1_000_000) int bit) {
        String wrong = Pem.block("RSA PRIVATE KEY", flipped(KEY_DER, bit));
        assertThat(KeyTexts.problemOfTokenPair(wrong, CERTIFICATE)).isPresent();
    }

    /** A certificate with one bit wrong is refused, or the bit is in a part that no reader of ours looks at. */
    @Property(tries = 2000)
    void aCertificateWithOneBitWrongIsRefusedOrStillCarriesTheKey(@ForAll @IntRange(max = 1_000_000) int bit) {
        byte[] wrong = flipped(CERTIFICATE_DER, bit);
        byte[] publicKey = publicKey();
        boolean accepted = KeyTexts.problemOfTokenPair(KEY, Pem.block("CERTIFICATE", wrong))
                .isEmpty();
        if (accepted) {
            assertThat(indexOf(wrong, publicKey)).isEqualTo(indexOf(CERTIFICATE_DER, publicKey));
        }
        int start = indexOf(CERTIFICATE_DER, publicKey);
        int at = bit % (8 * CERTIFICATE_DER.length) / 8;
        assertThat(accepted && at >= start && at < start + publicKey.length).isFalse();
    }

    private static byte[] publicKey() {
        try {
            return TokenPair.withPublishedKeys().requireKey(KEY);
        } catch (Unfit e) {
            throw new AssertionError(e);
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    @Property
    void anyBytesAreRefusedWithASentence(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(KeyTexts.problemOfTokenPair(Pem.block("RSA PRIVATE KEY", bytes), CERTIFICATE))
                .isPresent();
        assertThat(KeyTexts.problemOfTokenPair(KEY, Pem.block("CERTIFICATE", bytes)))
                .isPresent();
    }

    @Property
    void anyTextIsRefusedWithASentence(@ForAll String text) {
        assertThat(KeyTexts.problemOfTokenPair(text, CERTIFICATE)).isPresent();
        assertThat(KeyTexts.problemOfTokenPair(KEY, text)).isPresent();
    }

    @Property
    void numbersAreWrittenAsTheyAreRead(
            @ForAll @BigRange(min = "0", max = "1000000000000000000000000000000") BigInteger number,
            @ForAll @IntRange(max = 3000) int shift)
            throws Der.Malformed {
        BigInteger large = number.shiftLeft(shift);
        Der reader = Der.reader(Der.element(Der.SEQUENCE, Der.integer(large), Der.integer(number)));
        Der content = reader.enter(Der.SEQUENCE);
        assertThat(content.integer()).isEqualTo(large);
        assertThat(content.integer()).isEqualTo(number);
        assertThat(content.isDone() && reader.isDone()).isTrue();
    }
}
