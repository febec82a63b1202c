package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A machine in front of the nodes that runs nginx: the address behind the public name.
 *
 * <p>Where the public URL is {@code https}, TLS ends here unless {@link Builder#plainHttp()} says that it ends before.
 *
 * @param name a short name, unique in the cluster; it names the balancer's folder in the bundle
 * @param address the machine's address
 * @param listenPort the port for clients where it is not the public URL's
 * @param redirectPort the port whose requests are sent to the public {@code https} URL, 1 to 65535
 * @param endsTls whether TLS ends here when the public URL is {@code https}
 * @param certificate the certificate shown to clients
 * @param tlsProfile the TLS versions and ciphers
 * @param affinity how a node is chosen
 * @param behindProxy whether another proxy or a NAT stands in front, so that all clients seem to come from few addresses
 */
public record LoadBalancer(
        String name,
        Host address,
        OptionalInt listenPort,
        int redirectPort,
        boolean endsTls,
        TlsCertificate certificate,
        TlsProfile tlsProfile,
        Affinity affinity,
        boolean behindProxy) {

    private static final int DEFAULT_REDIRECT_PORT = 80;

    /**
     * Makes a load balancer.
     *
     * @throws IllegalArgumentException if the name is no DNS label in lower case, or a port is out of range
     */
    public LoadBalancer {
        Node.requireName("the name of a load balancer", name);
        listenPort.ifPresent(HostPort::requirePort);
        HostPort.requirePort(redirectPort);
    }

    /** Tells whether this balancer ends TLS for the given public URL. */
    public boolean endsTlsFor(PublicUrl url) {
        return url.https() && endsTls;
    }

    /** Returns the port for clients: the one given, else the public URL's; else 80 where TLS ends before this balancer. */
    public int portFor(PublicUrl url) {
        return listenPort.orElse(url.https() && !endsTls ? 80 : url.port());
    }

    /**
     * Describes a load balancer.
     *
     * @param defaultName its name where the description gives none
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static LoadBalancer of(String defaultName, Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build(defaultName);
    }

    /** Describes a load balancer; only {@link #nginx(String)} is required. */
    public static final class Builder {

        private @Nullable String name;
        private @Nullable Host address;
        private OptionalInt listenPort = OptionalInt.empty();
        private int redirectPort = DEFAULT_REDIRECT_PORT;
        private boolean endsTls = true;
        private TlsCertificate certificate = TlsCertificate.DEFAULT;
        private TlsProfile tlsProfile = TlsProfile.INTERMEDIATE;
        private Affinity affinity = Affinity.IP_HASH;
        private boolean behindProxy;

        Builder() {}

        /** Sets the name. Default: {@code lb-1}, {@code lb-2} and so on, in the order of the calls. */
        public Builder name(String name) {
            this.name = Node.requireName("the name of a load balancer", name);
            return this;
        }

        /**
         * Says that the balancer is nginx on the machine with this address.
         *
         * @throws IllegalArgumentException if the address is malformed
         */
        public Builder nginx(String address) {
            this.address = new Host(address);
            return this;
        }

        /** Sets the port for clients, 1 to 65535. Default: the public URL's; 80 after {@link #plainHttp()}. */
        public Builder port(int port) {
            this.listenPort = OptionalInt.of(HostPort.requirePort(port));
            return this;
        }

        /** Sets the port whose requests are sent to the public https URL, 1 to 65535. Default: 80. Unused without TLS. */
        public Builder redirectPort(int port) {
            this.redirectPort = HostPort.requirePort(port);
            return this;
        }

        /** Sets where certificate and key lie on the machine. Default: {@code /etc/nginx/tls/harbor.crt} and {@code .key}. */
        public Builder certificate(String certificatePath, String keyPath) {
            this.certificate =
                    new TlsCertificate.OnMachine(new AbsolutePath(certificatePath), new AbsolutePath(keyPath));
            return this;
        }

        /** Gives certificate and key as PEM; they are rendered to the default paths. */
        public Builder certificatePem(String chain, Secret key) {
            this.certificate = new TlsCertificate.Pem(chain, key);
            return this;
        }

        /** Sets the TLS versions and ciphers. Default: {@link TlsProfile#INTERMEDIATE}. */
        public Builder tlsProfile(TlsProfile profile) {
            this.tlsProfile = profile;
            return this;
        }

        /** Says that TLS ends before this balancer, at a proxy in front of it; it then listens for plain http. */
        public Builder plainHttp() {
            this.endsTls = false;
            return this;
        }

        /** Sets how a node is chosen. Default: {@link Affinity#IP_HASH}, as in the post and as Harbor 0.5's sessions need. */
        public Builder affinity(Affinity affinity) {
            this.affinity = affinity;
            return this;
        }

        /** Says that another proxy or a NAT stands in front, so that clients seem to come from few addresses. */
        public Builder behindProxy() {
            this.behindProxy = true;
            return this;
        }

        LoadBalancer build(String defaultName) {
            if (address == null) {
                throw new Missing("The load balancer")
                        .need(address, ".nginx(…)")
                        .refusal();
            }
            return new LoadBalancer(
                    name == null ? defaultName : name,
                    address,
                    listenPort,
                    redirectPort,
                    endsTls,
                    certificate,
                    tlsProfile,
                    affinity,
                    behindProxy);
        }
    }
}
