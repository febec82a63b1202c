package dev.harborha.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** When certificates run out: their {@code notAfter}, read with {@link Der} alone, so from a cold JVM too. */
final class CertificateExpiry {

    /** Two digits of a year below these stand for 20xx, others for 19xx; RFC 5280, section 4.1.2.5.1. */
    private static final int THIS_CENTURY = 50;

    private CertificateExpiry() {}

    /**
     * Returns the earliest {@code notAfter} of all certificates in a PEM text; nothing when there is none, or one that
     * cannot be read.
     */
    static Optional<Instant> earliest(String pem) {
        List<byte[]> certificates = Pem.anyBlocks(pem, Pem.CERTIFICATE);
        if (certificates.isEmpty()) {
            return Optional.empty();
        }
        Instant earliest = Instant.MAX;
        try {
            for (byte[] certificate : certificates) {
                Instant notAfter = notAfter(certificate);
                earliest = notAfter.isBefore(earliest) ? notAfter : earliest;
            }
        } catch (Der.Malformed e) {
            return Optional.empty();
        }
        return Optional.of(earliest);
    }

    private static Instant notAfter(byte[] der) throws Der.Malformed {
        Der file = Der.reader(der);
        Der content = file.enter(Der.SEQUENCE).enter(Der.SEQUENCE);
        file.requireDone();
        if (content.nextIs(Der.VERSION)) {
            content.enter(Der.VERSION);
        }
        content.enter(Der.INTEGER);
        content.enter(Der.SEQUENCE);
        content.enter(Der.SEQUENCE);
        Der validity = content.enter(Der.SEQUENCE);
        time(validity);
        Instant notAfter = time(validity);
        validity.requireDone();
        return notAfter;
    }

    /** Reads a UTCTime or a GeneralizedTime in the one form that RFC 5280 allows: to the second, and ending with Z. */
    private static Instant time(Der validity) throws Der.Malformed {
        boolean shortYear = validity.nextIs(Der.UTC_TIME);
        byte[] text = validity.content(shortYear ? Der.UTC_TIME : Der.GENERALIZED_TIME);
        int yearDigits = shortYear ? 2 : 4;
        if (text.length != yearDigits + 11 || text[text.length - 1] != 'Z') {
            throw new Der.Malformed();
        }
        int year = number(text, 0, yearDigits);
        if (shortYear) {
            year += year < THIS_CENTURY ? 2000 : 1900;
        }
        try {
            return LocalDateTime.of(
                            year,
                            number(text, yearDigits, 2),
                            number(text, yearDigits + 2, 2),
                            number(text, yearDigits + 4, 2),
                            number(text, yearDigits + 6, 2),
                            number(text, yearDigits + 8, 2))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Der.Malformed();
        }
    }

    private static int number(byte[] text, int from, int digits) throws Der.Malformed {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                throw new Der.Malformed();
            }
            number = 10 * number + text[i] - '0';
        }
        return number;
    }
}
