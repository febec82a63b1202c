package dev.harborha.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * One or more X.509 certificates in PEM: those of an authority that machines and containers are to trust.
 *
 * @param text the PEM text, without any private key
 */
public record PemCertificates(String text) {

    /**
     * Makes certificates from their PEM text.
     *
     * @throws IllegalArgumentException if the text holds no X.509 certificate in PEM, or a private key
     */
    public PemCertificates {
        require("the certificate", text);
    }

    /**
     * Refuses a text that holds no certificate in PEM, or a private key as well.
     *
     * @param what what the text is, as in "the certificate"
     */
    static void require(String what, String text) {
        if (text.contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException(Text.capital(what)
                    + " holds a private key, too, which everybody could read there; give the key apart.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    Text.capital(what) + " holds half a surrogate pair; give well-formed text.");
        }
        try {
            int count = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .size();
            if (count > 0 && text.contains("-----BEGIN CERTIFICATE-----")) {
                return;
            }
        } catch (CertificateException e) {
            // said below in the words of this library
        }
        throw new IllegalArgumentException(Text.capital(what)
                + " is no X.509 certificate in PEM; give the text that begins with -----BEGIN CERTIFICATE-----, followed by"
                + " its chain.");
    }

    /** Returns the length of the text, not the text. */
    @Override
    public String toString() {
        return "PemCertificates[" + text.length() + " characters]";
    }
}
