package dev.harborha.e2e;

import dev.harborha.prepare.EnvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The registry of a node of Harbor 2.x on the files that were rendered for it, as core talks to it. Where it listens and where
 * its files lie comes from the environment, as the container's place and mounts would.
 */
final class RegistryNode {

    private final RunningProcess process;
    private final InetSocketAddress address;
    private final InetSocketAddress debug;
    private final Path config;
    private final Map<String, String> core;

    private RegistryNode(
            RunningProcess process,
            InetSocketAddress address,
            InetSocketAddress debug,
            Path config,
            Map<String, String> core) {
        this.process = process;
        this.address = address;
        this.debug = debug;
        this.config = config;
        this.core = core;
    }

    /**
     * Starts the registry of a node.
     *
     * @param processes who ends it
     * @param ports where its ports come from
     * @param config the folder {@code common/config} that was rendered for the node
     * @param data the data volume that was rendered for it
     * @param host the loopback address that the node has
     * @param environment what it must be told because it runs on a test machine
     * @param fault what a test breaks in its configuration
     * @return the running registry
     */
    static RegistryNode start(
            Processes processes,
            FreePorts ports,
            Path config,
            Path data,
            String host,
            Map<String, String> environment,
            UnaryOperator<ConfigEdit> fault) {
        InetSocketAddress address = ports.nextOn(host);
        InetSocketAddress debug = ports.nextOn(host);
        Map<String, String> all = new HashMap<>(environment);
        all.put("REGISTRY_HTTP_ADDR", host + ":" + address.getPort());
        all.put("REGISTRY_HTTP_DEBUG_ADDR", host + ":" + debug.getPort());
        all.put("REGISTRY_AUTH_HTPASSWD_PATH", config.resolve("registry/passwd").toString());
        if (Files.exists(data.resolve("secret/tls"))) {
            all.put(
                    "REGISTRY_HTTP_TLS_CERTIFICATE",
                    data.resolve("secret/tls/registry.crt").toString());
            all.put(
                    "REGISTRY_HTTP_TLS_KEY",
                    data.resolve("secret/tls/registry.key").toString());
        }
        Path file = fault.apply(ConfigEdit.of(config.resolve("registry/config.yml")))
                .writeTo(config.resolve("registry/config-here.yml"));
        RunningProcess process = processes
                .start(
                        "registry-" + host,
                        all,
                        List.of(RealProgram.require("docker-registry").toString(), "serve", file.toString()))
                .awaitListening(address);
        return new RegistryNode(
                process, address, debug, config, EnvReader.COMPOSE.read(read(config.resolve("core/env"))));
    }

    /** Returns where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** Ends it at once, as when its machine is lost. */
    void kill() {
        process.kill();
    }

    /** Stops it where it is; its connections stay open. */
    void freeze() {
        process.freeze();
    }

    /** Ends a freeze. */
    void thaw() {
        process.thaw();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what core sends to be let in: name and password of its environment. */
    String credentials() {
        return RegistryClient.basic(variable("REGISTRY_CREDENTIAL_USERNAME"), variable("REGISTRY_CREDENTIAL_PASSWORD"));
    }

    /** Returns a variable of core's environment. */
    String variable(String name) {
        String value = core.get(name);
        if (value == null) {
            throw new AssertionError("core is not told " + name + ".");
        }
        return value;
    }

    /** Makes the door through which core comes, for a client that came to the public URL. */
    Door door() {
        return Door.behindLoadBalancer(address, URI.create(variable("EXT_ENDPOINT")));
    }

    /** Makes the door through which core comes where the containers speak TLS: it trusts the authority that was rendered. */
    Door doorWithInternalTls() {
        String authority = read(config.resolve("shared/trust-certificates/harbor_internal_ca.crt"));
        try {
            return Door.https(
                    address,
                    URI.create(variable("REGISTRY_URL")),
                    ThrowawayCertificate.trusting(CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the door of its second port, which has the metrics. */
    Door debugDoor() {
        return Door.http(debug, URI.create("http://registry"));
    }
}
