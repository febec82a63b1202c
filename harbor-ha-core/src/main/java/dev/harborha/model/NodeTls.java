package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * TLS at the nodes themselves: each node's own proxy speaks https, and the load balancer speaks https to it.
 *
 * @param certificate what the nodes show; the same on all of them
 * @param httpPort the port of each node whose requests are sent to https, 1 to 65535
 * @param ca the authority that the load balancer verifies the nodes' certificate with; absent means that it does not
 * @param strongSslCiphers whether the nodes offer only the ciphers that Harbor calls strong; since 2.9
 */
public record NodeTls(
        TlsCertificate certificate, int httpPort, Optional<PemCertificates> ca, boolean strongSslCiphers) {

    /** Where the certificate and its key lie on a node unless told otherwise. */
    public static final TlsCertificate.OnMachine DEFAULT_PATHS = new TlsCertificate.OnMachine(
            new AbsolutePath("/etc/harbor/tls/harbor.crt"), new AbsolutePath("/etc/harbor/tls/harbor.key"));

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if the port is out of range
     */
    public NodeTls {
        HostPort.requirePort(httpPort);
    }

    /**
     * Describes TLS at the nodes.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static NodeTls of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes TLS at the nodes; nothing is required. */
    public static final class Builder {

        private TlsCertificate certificate = DEFAULT_PATHS;
        private int httpPort = Node.DEFAULT_HTTP_PORT;
        private Optional<PemCertificates> ca = Optional.empty();
        private boolean strongSslCiphers;

        Builder() {}

        /** Sets where certificate and key lie on every node. Default: {@code /etc/harbor/tls/harbor.crt} and {@code .key}. */
        public Builder certificate(String certificatePath, String keyPath) {
            this.certificate =
                    new TlsCertificate.OnMachine(new AbsolutePath(certificatePath), new AbsolutePath(keyPath));
            return this;
        }

        /** Gives certificate and key as PEM; they are rendered for every node. */
        public Builder certificatePem(String chain, Secret key) {
            this.certificate = new TlsCertificate.Pem(chain, key);
            return this;
        }

        /** Sets the port of each node whose requests are sent to https, 1 to 65535. Default: 80. */
        public Builder httpPort(int port) {
            this.httpPort = port;
            return this;
        }

        /** Gives the authority that the load balancer verifies the nodes' certificate with, in PEM. Default: not verified. */
        public Builder ca(String pem) {
            this.ca = Optional.of(new PemCertificates(pem));
            return this;
        }

        /** Sets whether the nodes offer only the ciphers that Harbor calls strong; since 2.9. Default: false. */
        public Builder strongSslCiphers(boolean strong) {
            this.strongSslCiphers = strong;
            return this;
        }

        NodeTls build() {
            return new NodeTls(certificate, httpPort, ca, strongSslCiphers);
        }
    }
}
