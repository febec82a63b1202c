package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A machine in front of the nodes, with the program that balances the load: the address behind the public name.
 *
 * @param name a short name, unique in the cluster; it names the balancer's folder in the bundle
 * @param address the machine's address
 * @param program what runs there
 * @param programVersion its release where it is known; it decides how a setting is written
 * @param listenPort the port for clients where it is not the public URL's
 * @param redirectPort the port whose requests are sent to the public URL with TLS, 1 to 65535
 * @param tls where TLS ends when the public URL has it
 * @param certificate the certificate shown to clients
 * @param tlsProfile the TLS versions and ciphers
 * @param http2 whether clients may speak HTTP/2
 * @param affinity how a node is chosen
 * @param healthCheck how it is found out that a node cannot serve
 * @param uploadSpool the folder in which layers are kept until they have come in whole, so that another node can have them when the
 *     first one is lost; absent means that layers stream through
 * @param timeouts how long is waited for what
 * @param maxBodySize the largest body of a request, in bytes; absent means that there is no limit
 * @param rateLimit how many requests a client may send; absent means as many as it likes
 * @param frontProxy another proxy or a NAT in front, so that all clients seem to come from few addresses
 * @param statusPort the port on loopback that answers whether the balancer itself is well, 1 to 65535
 */
public record LoadBalancer(
        String name,
        Host address,
        LoadBalancerProgram program,
        Optional<ServerVersion> programVersion,
        OptionalInt listenPort,
        int redirectPort,
        TlsMode tls,
        TlsCertificate certificate,
        TlsProfile tlsProfile,
        boolean http2,
        Affinity affinity,
        HealthCheck healthCheck,
        Optional<AbsolutePath> uploadSpool,
        Timeouts timeouts,
        OptionalLong maxBodySize,
        Optional<RateLimit> rateLimit,
        Optional<FrontProxy> frontProxy,
        int statusPort) {

    /** Where layers are kept while they come in, unless another folder is named. */
    public static final AbsolutePath DEFAULT_UPLOAD_SPOOL = new AbsolutePath("/var/lib/nginx/harbor-uploads");

    private static final int DEFAULT_REDIRECT_PORT = 80;
    private static final int DEFAULT_STATUS_PORT = 8404;

    /**
     * Makes a load balancer.
     *
     * @throws IllegalArgumentException if the name is no DNS label in lower case, a port is out of range, or the largest body is
     *     not a positive number
     */
    public LoadBalancer {
        Node.requireName("the name of a load balancer", name);
        listenPort.ifPresent(HostPort::requirePort);
        HostPort.requirePort(redirectPort);
        HostPort.requirePort(statusPort);
        maxBodySize.ifPresent(size -> Text.between("the largest body", size, 1, Long.MAX_VALUE, "bytes"));
    }

    /** Tells whether this balancer ends TLS for the given public URL. */
    public boolean endsTlsFor(PublicUrl url) {
        return url.https() && tls == TlsMode.TERMINATE;
    }

    /** Tells whether this balancer hands TLS through to the nodes for the given public URL. */
    public boolean passesThroughFor(PublicUrl url) {
        return url.https() && tls == TlsMode.PASSTHROUGH;
    }

    /** Tells whether clients seem to come from few addresses, because something in front hides their own. */
    public boolean hidesClients() {
        return frontProxy.isPresent() && !frontProxy.get().tellsClients();
    }

    /** Returns the port for clients: the one given, else the public URL's; else 80 where TLS ends before this balancer. */
    public int portFor(PublicUrl url) {
        return listenPort.orElse(url.https() && tls == TlsMode.PLAIN_HTTP ? 80 : url.port());
    }

    /** Tells whether the port for clients has another one beside it that sends them to {@code https}. */
    public boolean redirectsFor(PublicUrl url) {
        return url.https() && tls != TlsMode.PLAIN_HTTP && program != LoadBalancerProgram.EXTERNAL;
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

    /** Describes a load balancer; only {@link #nginx}, {@link #haproxy} or {@link #external} is required. */
    public static final class Builder {

        private @Nullable String name;
        private @Nullable Host address;
        private LoadBalancerProgram program = LoadBalancerProgram.NGINX;
        private Optional<ServerVersion> programVersion = Optional.empty();
        private OptionalInt listenPort = OptionalInt.empty();
        private int redirectPort = DEFAULT_REDIRECT_PORT;
        private TlsMode tls = TlsMode.TERMINATE;
        private Optional<TlsCertificate> certificate = Optional.empty();
        private TlsProfile tlsProfile = TlsProfile.INTERMEDIATE;
        private boolean http2;
        private Optional<Affinity> affinity = Optional.empty();
        private HealthCheck healthCheck = HealthCheck.DEFAULT;
        private Optional<AbsolutePath> uploadSpool = Optional.empty();
        private Timeouts timeouts = Timeouts.DEFAULT;
        private OptionalLong maxBodySize = OptionalLong.empty();
        private Optional<RateLimit> rateLimit = Optional.empty();
        private Optional<FrontProxy> frontProxy = Optional.empty();
        private int statusPort = DEFAULT_STATUS_PORT;

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
            return on(address, LoadBalancerProgram.NGINX);
        }

        /**
         * Says that the balancer is HAProxy on the machine with this address.
         *
         * @throws IllegalArgumentException if the address is malformed
         */
        public Builder haproxy(String address) {
            return on(address, LoadBalancerProgram.HAPROXY);
        }

        /**
         * Says that the balancer is one that somebody else runs, reached at this address or name: a cloud's, or an appliance.
         *
         * @throws IllegalArgumentException if the address is malformed
         */
        public Builder external(String address) {
            return on(address, LoadBalancerProgram.EXTERNAL);
        }

        private Builder on(String address, LoadBalancerProgram program) {
            this.address = new Host(address);
            this.program = program;
            return this;
        }

        /**
         * Sets the program's release, as in {@code 1.26} or {@code 2.8.5}. Default: unknown; then what nginx 1.18 and HAProxy 2.4
         * understand is written.
         *
         * @throws IllegalArgumentException if it is no version
         */
        public Builder programVersion(String version) {
            this.programVersion = Optional.of(ServerVersion.parse(version));
            return this;
        }

        /** Sets the port for clients, 1 to 65535. Default: the public URL's; 80 with {@link TlsMode#PLAIN_HTTP}. */
        public Builder port(int port) {
            this.listenPort = OptionalInt.of(HostPort.requirePort(port));
            return this;
        }

        /** Sets the port whose requests are sent to the public https URL, 1 to 65535. Default: 80. Unused without TLS. */
        public Builder redirectPort(int port) {
            this.redirectPort = HostPort.requirePort(port);
            return this;
        }

        /**
         * Sets where TLS ends when the public URL is {@code https}. Default: {@link TlsMode#TERMINATE}. With {@link
         * TlsMode#PLAIN_HTTP} the balancer listens for plain http, behind a proxy that ends TLS.
         */
        public Builder tls(TlsMode mode) {
            this.tls = mode;
            return this;
        }

        /** Sets where certificate and key lie on the machine. Default: {@link TlsCertificate#defaultFor}. */
        public Builder certificate(String certificatePath, String keyPath) {
            return certificate(
                    new TlsCertificate.OnMachine(new AbsolutePath(certificatePath), new AbsolutePath(keyPath)));
        }

        /** Gives certificate and key as PEM; they are rendered to the default paths. */
        public Builder certificatePem(String chain, Secret key) {
            return certificate(new TlsCertificate.Pem(chain, key));
        }

        private Builder certificate(TlsCertificate certificate) {
            this.certificate = Optional.of(certificate);
            return this;
        }

        /** Sets the TLS versions and ciphers. Default: {@link TlsProfile#INTERMEDIATE}. */
        public Builder tlsProfile(TlsProfile profile) {
            this.tlsProfile = profile;
            return this;
        }

        /**
         * Lets clients speak HTTP/2. Default: they do not, as at Harbor's own nginx: one connection for everything holds a layer back
         * where the way to the client is long.
         */
        public Builder http2() {
            this.http2 = true;
            return this;
        }

        /**
         * Sets how a node is chosen. Default: {@link Affinity#IP_HASH} with nginx, as in the post and as Harbor 0.5's sessions need;
         * {@link Affinity#SOURCE} with HAProxy and where TLS is handed through; {@link Affinity#NONE} where somebody else's balancer
         * stands.
         */
        public Builder affinity(Affinity affinity) {
            this.affinity = Optional.of(affinity);
            return this;
        }

        /** Describes how it is found out that a node cannot serve. Default: {@link HealthCheck#DEFAULT}. */
        public Builder healthCheck(Consumer<HealthCheck.Builder> description) {
            return healthCheck(HealthCheck.of(description));
        }

        /** Sets how it is found out that a node cannot serve. */
        public Builder healthCheck(HealthCheck check) {
            this.healthCheck = check;
            return this;
        }

        /** Keeps layers in {@link #DEFAULT_UPLOAD_SPOOL} until they have come in whole. Default: they stream through. nginx only. */
        public Builder bufferedUploads() {
            return bufferedUploads(DEFAULT_UPLOAD_SPOOL.text());
        }

        /**
         * Keeps layers in a folder of the machine until they have come in whole; a node that is lost meanwhile costs nothing, since
         * another one is sent the layer. It costs room for all layers under way, and the time to write and read them. nginx only.
         *
         * @throws IllegalArgumentException if the folder is no absolute path
         */
        public Builder bufferedUploads(String folder) {
            this.uploadSpool = Optional.of(new AbsolutePath(folder));
            return this;
        }

        /** Describes how long is waited for what. Default: {@link Timeouts#DEFAULT}. */
        public Builder timeouts(Consumer<Timeouts.Builder> description) {
            return timeouts(Timeouts.of(description));
        }

        /** Sets how long is waited for what. */
        public Builder timeouts(Timeouts timeouts) {
            this.timeouts = timeouts;
            return this;
        }

        /** Sets the largest body of a request in bytes, at least 1. Default: no limit, since layers are as large as they are. */
        public Builder maxBodySize(long bytes) {
            this.maxBodySize = OptionalLong.of(bytes);
            return this;
        }

        /** Limits how many requests one client address may send. Default: no limit. */
        public Builder rateLimit(int requestsPerSecond, int burst) {
            this.rateLimit = Optional.of(new RateLimit(requestsPerSecond, burst));
            return this;
        }

        /** Says that another proxy or a NAT stands in front, of which nothing is known: clients seem to come from few addresses. */
        public Builder behindProxy() {
            return behindProxy(FrontProxy.UNKNOWN);
        }

        /** Describes another proxy in front. */
        public Builder behindProxy(Consumer<FrontProxy.Builder> description) {
            return behindProxy(FrontProxy.of(description));
        }

        /** Says which other proxy stands in front. */
        public Builder behindProxy(FrontProxy proxy) {
            this.frontProxy = Optional.of(proxy);
            return this;
        }

        /** Sets the port on loopback that answers whether the balancer itself is well, 1 to 65535. Default: 8404. */
        public Builder statusPort(int port) {
            this.statusPort = HostPort.requirePort(port);
            return this;
        }

        private Affinity defaultAffinity() {
            return switch (program) {
                case NGINX -> tls == TlsMode.PASSTHROUGH ? Affinity.SOURCE : Affinity.IP_HASH;
                case HAPROXY -> Affinity.SOURCE;
                case EXTERNAL -> Affinity.NONE;
            };
        }

        LoadBalancer build(String defaultName) {
            if (address == null) {
                throw new Missing("The load balancer")
                        .need(address, ".nginx(…), .haproxy(…) or .external(…)")
                        .refusal();
            }
            return new LoadBalancer(
                    name == null ? defaultName : name,
                    address,
                    program,
                    programVersion,
                    listenPort,
                    redirectPort,
                    tls,
                    certificate.orElseGet(() -> TlsCertificate.defaultFor(program)),
                    tlsProfile,
                    http2,
                    affinity.orElseGet(this::defaultAffinity),
                    healthCheck,
                    uploadSpool,
                    timeouts,
                    maxBodySize,
                    rateLimit,
                    frontProxy,
                    statusPort);
        }
    }
}
