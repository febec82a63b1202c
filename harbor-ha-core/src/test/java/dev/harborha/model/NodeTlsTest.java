package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeTlsTest {

    private static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    private static final String CERTIFICATE = KEYS.tokenCertificate();

    @Test
    void takesItsDefaults() {
        assertThat(NodeTls.of(tls -> {}))
                .isEqualTo(new NodeTls(
                        new TlsCertificate.OnMachine(
                                new AbsolutePath("/etc/harbor/tls/harbor.crt"),
                                new AbsolutePath("/etc/harbor/tls/harbor.key")),
                        80,
                        Optional.empty(),
                        false));
    }

    @Test
    void whatIsSaidIsKept() {
        NodeTls pem = NodeTls.of(tls -> tls.certificatePem(CERTIFICATE, KEYS.tokenKey())
                .httpPort(65_535)
                .ca(CERTIFICATE)
                .strongSslCiphers(true));
        assertThat(pem)
                .isEqualTo(new NodeTls(
                        new TlsCertificate.Pem(CERTIFICATE, KEYS.tokenKey()),
                        65_535,
                        Optional.of(new PemCertificates(CERTIFICATE)),
                        true));
        assertThat(pem.toString()).doesNotContain("BEGIN");
        assertThat(NodeTls.of(tls -> tls.certificate("/a", "/b")).certificate())
                .isEqualTo(new TlsCertificate.OnMachine(new AbsolutePath("/a"), new AbsolutePath("/b")));
    }

    @Test
    void whatIsMalformedIsRefused() {
        assertThatThrownBy(() -> NodeTls.of(tls -> tls.httpPort(65_536)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Port 65536 is out of range; use 1 to 65535.");
        assertThatThrownBy(() -> NodeTls.of(tls -> tls.ca("x"))).hasMessage(PemCertificatesTest.NO_CERTIFICATE);
        assertThatThrownBy(() -> NodeTls.of(tls -> tls.certificatePem("x", Secret.of("y"))))
                .hasMessage(PemCertificatesTest.NO_CERTIFICATE);
        assertThatThrownBy(() -> NodeTls.of(tls -> tls.certificate("a", "/b")))
                .hasMessageStartingWith("\"a\" is no path;");
    }
}
