package dev.harborha.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads and writes the few DER shapes that keys and certificates are made of.
 *
 * <p>Neither the JDK nor Bouncy Castle does this here, for two reasons. {@code CertificateFactory} refuses a certificate
 * with an empty issuer, and that is what Harbor's own {@code prepare} makes. And to load Bouncy Castle's signed jar takes
 * several times as long as the whole reading of a key store.
 */
final class Der {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    /** The explicit tag of a certificate's version. */
    static final int VERSION = 0xa0;
    /** The explicit tag of the curve in an EC key by itself. */
    static final int CURVE = 0xa0;

    /** Bytes that are no DER, or not the expected one. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static Der reader(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** Tells whether the next element has the given tag. */
    boolean nextIs(int tag) {
        return at < end && (bytes[at] & 0xff) == tag;
    }

    /** Steps over the next element and returns a reader of its content. */
    Der enter(int tag) throws Malformed {
        if (!nextIs(tag)) {
            throw new Malformed();
        }
        at++;
        int length = length();
        if (length > end - at) {
            throw new Malformed();
        }
        Der content = new Der(bytes, at, at + length);
        at += length;
        return content;
    }

    /** Steps over the next element and returns it whole, with tag and length. */
    byte[] element(int tag) throws Malformed {
        int from = at;
        enter(tag);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** Steps over the next element and returns its content. */
    byte[] content(int tag) throws Malformed {
        Der content = enter(tag);
        return Arrays.copyOfRange(bytes, content.at, content.end);
    }

    /** Steps over the next element, an INTEGER that is not negative. */
    BigInteger integer() throws Malformed {
        Der content = enter(INTEGER);
        if (content.isDone() || content.bytes[content.at] < 0) {
            throw new Malformed();
        }
        return new BigInteger(1, Arrays.copyOfRange(content.bytes, content.at, content.end));
    }

    boolean isDone() {
        return at == end;
    }

    void requireDone() throws Malformed {
        if (!isDone()) {
            throw new Malformed();
        }
    }

    private int length() throws Malformed {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets == 0 || octets > 3) {
            throw new Malformed();
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | octet();
        }
        return length;
    }

    private int octet() throws Malformed {
        if (isDone()) {
            throw new Malformed();
        }
        return bytes[at++] & 0xff;
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    /** Returns an element of the given tag that holds the parts one after the other. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 4);
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else if (length < 0x100) {
            element.write(0x81);
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
