package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.keys.ClusterKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemCertificatesTest {

    static final String NO_CERTIFICATE =
            "The certificate is no X.509 certificate in PEM; give the text that begins with -----BEGIN"
                    + " CERTIFICATE-----, followed by its chain.";

    private static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    private static final String CERTIFICATE = KEYS.tokenCertificate();

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> new PemCertificates(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void oneOrMoreCertificatesAreKeptAsTheyAre() {
        for (String text : List.of(
                CERTIFICATE, CERTIFICATE + CERTIFICATE, CERTIFICATE.replace("\n", "\r\n"), "# é\n" + CERTIFICATE)) {
            assertThat(new PemCertificates(text).text()).isEqualTo(text);
        }
    }

    @Test
    void theTextIsNotShown() {
        assertThat(new PemCertificates(CERTIFICATE))
                .hasToString("PemCertificates[" + CERTIFICATE.length() + " characters]");
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        for (String text : List.of(
                "", "x", CERTIFICATE.substring(99), CERTIFICATE.replace("CERTIFICATE", "TRUSTED CERTIFICATE"))) {
            assertRefused(text, NO_CERTIFICATE);
        }
    }

    @Test
    void aKeyAmongThemIsRefused() {
        assertRefused(
                CERTIFICATE + KEYS.tokenKey().reveal(),
                "The certificate holds a private key, too, which everybody could read there; give the key apart.");
    }

    @Test
    void halfASurrogatePairAmongThemIsRefused() {
        assertRefused(CERTIFICATE + "# \udc00", "The certificate holds half a surrogate pair; give well-formed text.");
    }
}
