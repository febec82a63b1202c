package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from the certificate that a server shows. */
class ServerCertificateTest {

    private static final Authority CA = Authority.of("CA");
    private static final Authority.Pair PAIR = CA.issue("harbor.example.com");

    private static ServerCertificate issued(String... names) {
        return ServerCertificate.parse(CA.issue(names).certificate());
    }

    @Test
    void namesTheNamesOfTheExtension() {
        assertThat(issued("Harbor.example.com", "*.example.org", "10.0.0.10", "fd00:0:0::0010")
                        .names())
                .containsExactly("harbor.example.com", "*.example.org", "10.0.0.10", "fd00::10");
        ServerCertificate commonNameOnly = ServerCertificate.parse(
                CA.issueWithCommonNameOnly("harbor.example.com").certificate());
        assertThat(commonNameOnly.names()).isEmpty();
        assertThat(commonNameOnly.commonName()).contains("harbor.example.com");
        assertThat(commonNameOnly.covers("harbor.example.com")).isFalse();
    }

    @Test
    void coversItsNames() {
        ServerCertificate certificate = issued("harbor.example.com", "registry");
        assertThat(certificate.covers("harbor.example.com")).isTrue();
        assertThat(certificate.covers("HARBOR.example.com.")).isTrue();
        assertThat(certificate.covers("registry")).isTrue();
        for (String other : List.of("example.com", "a.harbor.example.com", "harbor.example.org", "", ".", "a..b")) {
            assertThat(certificate.covers(other)).as(other).isFalse();
        }
    }

    @Test
    void anAsteriskStandsForOneLabel() {
        ServerCertificate certificate = issued("*.example.com", "h*.example.net", "a.*.example.org", "*");
        assertThat(certificate.covers("harbor.example.com")).isTrue();
        for (String other : List.of(
                "example.com", "a.b.example.com", "harbor.example.net", "a.b.example.org", "harbor", "10.0.0.1")) {
            assertThat(certificate.covers(other)).as(other).isFalse();
        }
        assertThat(issued("*.0.0.1").covers("10.0.0.1")).isFalse();
    }

    @Test
    void coversItsAddresses() {
        ServerCertificate certificate = issued("10.0.0.10", "fd00::10");
        assertThat(certificate.covers("10.0.0.10")).isTrue();
        assertThat(certificate.covers("fd00:0::10")).isTrue();
        assertThat(certificate.covers("[FD00::10]")).isTrue();
        assertThat(certificate.covers("10.0.0.11")).isFalse();
        assertThat(certificate.covers("fd00::11")).isFalse();
    }

    @Test
    void anAddressAmongTheDnsNamesIsNone() {
        ServerCertificate certificate =
                ServerCertificate.parse(CA.issueWithDnsName("10.0.0.10").certificate());
        assertThat(certificate.names()).containsExactly("10.0.0.10");
        assertThat(certificate.covers("10.0.0.10")).isFalse();
    }

    @Test
    void coversNamesOfOtherScripts() {
        ServerCertificate certificate = issued("xn--hfen-loa.example.com");
        assertThat(certificate.covers("h\u00e4fen.example.com")).isTrue();
        assertThat(certificate.covers("H\u00c4FEN.example.com")).isTrue();
        assertThat(certificate.covers("xn--hfen-loa.example.com")).isTrue();
        assertThat(certificate.covers("hafen.example.com")).isFalse();
    }

    @Test
    void saysWhenItIsValid() {
        Authority middle = Authority.of("middle").valid("2026-03-01T00:00:00Z", "2027-01-01T00:00:00Z");
        String middleByRoot =
                CA.valid("2026-02-01T00:00:00Z", "2026-08-01T00:00:00Z").certify(middle);
        String root = CA.valid("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z").root();
        String leaf = middle.issue("harbor.example.com").certificate();
        ServerCertificate alone = ServerCertificate.parse(leaf);
        assertThat(alone.notBefore()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(alone.notAfter()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        ServerCertificate withChain = ServerCertificate.parse(leaf + middleByRoot + root);
        assertThat(withChain.notBefore()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(withChain.notAfter()).isEqualTo(Instant.parse("2026-08-01T00:00:00Z"));
        ServerCertificate selfSigned = ServerCertificate.parse(root);
        assertThat(selfSigned.notAfter()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    }

    @Test
    void seesWhatIsWrongWithAChain() {
        Authority middle = Authority.of("middle");
        String leaf = middle.issue("harbor.example.com").certificate();
        String middleByRoot = CA.certify(middle);
        String root = CA.root();
        for (String sound : List.of(leaf, leaf + middleByRoot, leaf + middleByRoot + root, root)) {
            assertThat(ServerCertificate.parse(sound).problemOfChain()).isEmpty();
        }
        assertThat(ServerCertificate.parse(leaf + root + middleByRoot).problemOfChain())
                .contains("The certificates are not in their order: number 2 stands before one that it signed.");
        assertThat(ServerCertificate.parse(leaf + root).problemOfChain())
                .contains("Certificate number 2 signed none of those before it; one between them may be missing.");
        assertThat(ServerCertificate.parse(
                                leaf + middleByRoot + Authority.of("other").root())
                        .problemOfChain())
                .contains("Certificate number 3 signed none of those before it; one between them may be missing.");
        assertThat(ServerCertificate.parse(leaf + leaf).problemOfChain()).isPresent();
        assertThat(ServerCertificate.parse(middleByRoot + leaf).problemOfChain())
                .contains("The first certificate is that of an authority; the server's own must come first.");
    }

    @Test
    void findsItsWayToAnAuthority() {
        Authority middle = Authority.of("middle");
        String leaf = middle.issue("harbor.example.com").certificate();
        String middleByRoot = CA.certify(middle);
        String other = Authority.of("other").root();
        assertThat(ServerCertificate.parse(leaf + middleByRoot).leadsTo(CA.root()))
                .isTrue();
        assertThat(ServerCertificate.parse(leaf + middleByRoot).leadsTo(other + CA.root()))
                .isTrue();
        assertThat(ServerCertificate.parse(leaf).leadsTo(middleByRoot)).isTrue();
        assertThat(ServerCertificate.parse(leaf).leadsTo(leaf)).isTrue();
        assertThat(ServerCertificate.parse(leaf).leadsTo(CA.root())).isFalse();
        assertThat(ServerCertificate.parse(leaf + middleByRoot).leadsTo(other)).isFalse();
        assertThat(ServerCertificate.parse(leaf + middleByRoot)
                        .leadsTo(Authority.of("CA").root()))
                .isFalse();
        assertThat(ServerCertificate.parse(leaf + other).leadsTo(other)).isFalse();
        ServerCertificate certificate = ServerCertificate.parse(leaf);
        assertThatThrownBy(() -> certificate.leadsTo("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecondAuthorityOfTheSameNameIsSeenByItsSignature() {
        Authority namesake = Authority.of("CA");
        String leaf = PAIR.certificate();
        assertThat(ServerCertificate.parse(leaf + CA.root()).problemOfChain()).isEmpty();
        assertThat(ServerCertificate.parse(leaf + namesake.root()).problemOfChain())
                .isPresent();
    }

    @Test
    void aChainMayHoldTwoCertificatesOfOneAuthority() {
        Authority other = Authority.of("other");
        assertThat(ServerCertificate.parse(PAIR.certificate() + CA.root() + other.certify(CA) + other.root())
                        .problemOfChain())
                .isEmpty();
    }

    @Test
    void seesThatTheIssuerIsNotThere() {
        Authority telling = CA.sayingWhereItIs();
        String leaf = telling.issue("harbor.example.com").certificate();
        assertThat(ServerCertificate.parse(leaf).lacksIssuer()).isTrue();
        assertThat(ServerCertificate.parse(leaf + CA.root()).lacksIssuer()).isFalse();
        assertThat(ServerCertificate.parse(PAIR.certificate()).lacksIssuer()).isFalse();
        assertThat(ServerCertificate.parse(telling.root()).lacksIssuer()).isFalse();
    }

    @Test
    void seesWhoSignedItself() {
        assertThat(ServerCertificate.parse(CA.root()).isSelfSigned()).isTrue();
        assertThat(ServerCertificate.parse(PAIR.certificate()).isSelfSigned()).isFalse();
        assertThat(ServerCertificate.parse(Authority.of("CA").certify(CA)).isSelfSigned())
                .isFalse();
    }

    @Test
    void readsWhateverIsAroundTheBlocks() {
        String root = CA.root();
        String text =
                "subject=harbor\r\n" + PAIR.certificate().replace("\n", "\r\n") + "# root\n\n" + root + PAIR.key();
        ServerCertificate certificate = ServerCertificate.parse(text);
        assertThat(certificate).isEqualTo(ServerCertificate.parse(PAIR.certificate() + root));
        assertThat(certificate).hasSameHashCodeAs(ServerCertificate.parse(PAIR.certificate() + root));
        assertThat(certificate).isNotEqualTo(ServerCertificate.parse(PAIR.certificate()));
        assertThat(certificate.fingerprint())
                .isEqualTo(ServerCertificate.parse(PAIR.certificate()).fingerprint());
        assertThat(ServerCertificate.parse(PAIR.certificate()))
                .hasToString("ServerCertificate[names=[harbor.example.com], notAfter=2036-01-01T00:00:00Z]");
        assertThat(certificate.belongsTo(Secret.of("my key:\r\n" + PAIR.key().replace("\n", "\r\n"))))
                .isTrue();
    }

    @Test
    void refusesWhatIsNoCertificate() {
        for (String none : List.of("", "sesame", PAIR.key())) {
            assertThatThrownBy(() -> ServerCertificate.parse(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The text holds no certificate in PEM; give the text that begins with"
                            + " -----BEGIN CERTIFICATE-----, followed by its chain.");
        }
        String leaf = PAIR.certificate();
        for (String cut : List.of(leaf.substring(0, 200), leaf + leaf.substring(0, 200), leaf.replace("M", "*"))) {
            assertThatThrownBy(() -> ServerCertificate.parse(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A PEM block of the text is cut off or not base64; give it whole.");
        }
        String damaged = leaf + Pem.block(Pem.CERTIFICATE, Pem.ascii("sesame"));
        assertThatThrownBy(() -> ServerCertificate.parse(damaged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Certificate number 2 of the text is damaged; give it whole, or one that OpenSSL can read.");
    }

    @Test
    void knowsItsKey() {
        assertThat(ServerCertificate.parse(PAIR.certificate()).problemOfKey(PAIR.key()))
                .isEmpty();
        assertThat(issued("harbor.example.com").problemOfKey(PAIR.key()))
                .contains("The key does not belong to the certificate.");
        KeyPair rsa = Authority.keyPair("RSA", 2048);
        ServerCertificate ofRsa = ServerCertificate.parse(CA.issue(rsa, "a").certificate());
        assertThat(ofRsa.belongsTo(Secret.of(Authority.pkcs8(rsa)))).isTrue();
        assertThat(ofRsa.belongsTo(Secret.of(TokenCertificate.pkcs1(rsa.getPrivate()))))
                .isTrue();
        assertThat(ofRsa.belongsTo(Secret.of(PAIR.key()))).isFalse();
        KeyPair weak = Authority.keyPair("RSA", 1024);
        assertThat(ServerCertificate.parse(CA.issue(weak, "a").certificate()).problemOfKey(Authority.pkcs8(weak)))
                .contains("The key is an RSA key of 1024 bits, and 2048 to 8192 are accepted.");
        for (String none : List.of("", "sesame", PAIR.certificate())) {
            assertThat(ofRsa.problemOfKey(none)).contains("The key holds no private key in PEM (BEGIN PRIVATE KEY).");
        }
        assertThat(ofRsa.problemOfKey(PAIR.key() + PAIR.key())).contains("The key holds more than one PEM block.");
    }
}
