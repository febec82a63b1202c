package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsCertificateTest {

    private static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    private static final String CERTIFICATE = KEYS.tokenCertificate();
    private static final String KEY = KEYS.tokenKey().reveal();

    private static final String NO_CERTIFICATE =
            "The certificate is no X.509 certificate in PEM; give the text that begins with -----BEGIN"
                    + " CERTIFICATE-----, followed by its chain.";
    private static final String NO_KEY =
            "The private key is no private key in PEM; give the text that begins with -----BEGIN PRIVATE"
                    + " KEY----- or -----BEGIN RSA PRIVATE KEY-----.";

    private static void assertRefused(String chain, String key, String message) {
        assertThatThrownBy(() -> new TlsCertificate.Pem(chain, Secret.of(key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aCertificateWithItsKeyIsKept() {
        for (String chain : List.of(CERTIFICATE, CERTIFICATE + CERTIFICATE, CERTIFICATE.replace("\n", "\r\n"))) {
            for (String key : List.of(KEY, KEY.strip(), KEY.replace("RSA ", ""), KEY.replace("RSA ", "EC "))) {
                TlsCertificate.Pem pem = new TlsCertificate.Pem(chain, Secret.of(key));
                assertThat(pem.chain()).isEqualTo(chain);
                assertThat(pem.key().reveal()).isEqualTo(key);
            }
        }
    }

    @Test
    void theTextShowsNeitherChainNorKey() {
        assertThat(new TlsCertificate.Pem(CERTIFICATE, Secret.of(KEY)))
                .hasToString("Pem[chain of " + CERTIFICATE.length() + " characters, key=Secret(***)]");
    }

    @Test
    void aKeyThatIsNotAtHandIsNotLookedAt() {
        Secret unresolved = Secret.fromEnv("TLS_KEY", Map.of());
        assertThat(new TlsCertificate.Pem(CERTIFICATE, unresolved).key()).isEqualTo(unresolved);
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        String half = CERTIFICATE.substring(0, CERTIFICATE.length() / 2);
        String empty = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
        for (String chain : List.of("", "x", half, empty, CERTIFICATE + empty, "-----BEGIN CERTIFICATE-----")) {
            assertRefused(chain, KEY, NO_CERTIFICATE);
        }
    }

    @Test
    void aCertificateThatBringsAKeyIsRefused() {
        for (String chain : List.of(CERTIFICATE + KEY, KEY + CERTIFICATE, KEY)) {
            assertRefused(
                    chain,
                    KEY,
                    "The certificate holds a private key, too, which everybody could read there; give the"
                            + " key apart.");
        }
    }

    @Test
    void halfASurrogatePairBesideTheCertificateIsRefused() {
        assertRefused(
                CERTIFICATE + "# \ud800", KEY, "The certificate holds half a surrogate pair; give well-formed text.");
    }

    @Test
    void aKeyWithAPassphraseIsRefused() {
        String message = "The private key has a passphrase, which nginx would ask for at every start; give it"
                + " without one (openssl pkey -in key.pem -out plain.pem).";
        assertRefused(CERTIFICATE, KEY.replace("RSA ", "ENCRYPTED "), message);
        assertRefused(CERTIFICATE, KEY.replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\n"), message);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String key : List.of("x", CERTIFICATE, KEY + CERTIFICATE, KEY + KEY, KEY.replace("-----END", "-----EN"))) {
            assertRefused(CERTIFICATE, key, NO_KEY);
        }
    }
}
