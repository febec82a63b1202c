package dev.harborha.e2e;

import dev.harborha.prepare.EnvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One node of Harbor 2.x on the files that were rendered for it: its nginx, its registry, and a {@link CoreStandIn}. In
 * containers they meet under names and on mounted paths; here under addresses and in folders, so exactly these are replaced.
 */
final class Node2x {

    private final InetSocketAddress address;
    private final RunningProcess nginx;
    private final RunningProcess core;
    private final RegistryNode registry;

    private Node2x(InetSocketAddress address, RunningProcess nginx, RunningProcess core, RegistryNode registry) {
        this.address = address;
        this.nginx = nginx;
        this.core = core;
        this.registry = registry;
    }

    /**
     * Where a node lies.
     *
     * @param config its folder {@code common/config}
     * @param data its data volume
     * @param own an empty folder for what its programs write
     */
    record Folders(Path config, Path data, Path own) {}

    /**
     * Starts a node.
     *
     * @param processes who ends its programs
     * @param ports where its inner ports come from
     * @param name how messages call it
     * @param folders where it lies
     * @param address where its nginx listens
     * @param registryEnvironment what its registry must be told because it runs on a test machine
     * @return the running node
     */
    static Node2x start(
            Processes processes,
            FreePorts ports,
            String name,
            Folders folders,
            InetSocketAddress address,
            Map<String, String> registryEnvironment) {
        String host = address.getAddress().getHostAddress();
        RegistryNode registry = RegistryNode.start(
                processes,
                ports,
                folders.config(),
                folders.data(),
                host,
                registryEnvironment,
                UnaryOperator.identity());
        InetSocketAddress coreAddress = ports.nextOn(host);
        RunningProcess core = startCore(processes, name, folders, coreAddress, registry);
        RunningProcess nginx = Nginx.start(
                processes,
                name + "-nginx",
                nginxConfig(folders, address, ports.nextOn(host), coreAddress),
                "",
                address);
        return new Node2x(address, nginx, core, registry);
    }

    private static RunningProcess startCore(
            Processes processes, String name, Folders folders, InetSocketAddress address, RegistryNode registry) {
        Map<String, String> environment = new HashMap<>();
        try {
            environment.putAll(
                    EnvReader.COMPOSE.read(Files.readString(folders.config().resolve("core/env"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("REGISTRY_URL", "http://" + FreePorts.text(registry.address()));
        environment.put(
                "TOKEN_PRIVATE_KEY_PATH",
                folders.data().resolve("secret/core/private_key.pem").toString());
        return processes
                .start(
                        name + "-core",
                        environment,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "-Dsun.net.httpserver.nodelay=true",
                                "-Djdk.httpclient.allowRestrictedHeaders=host",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CoreStandIn.class.getName(),
                                address.getAddress().getHostAddress(),
                                Integer.toString(address.getPort())))
                .awaitListening(address);
    }

    private static Path nginxConfig(
            Folders folders, InetSocketAddress address, InetSocketAddress redirectAddress, InetSocketAddress core) {
        ConfigEdit config = ConfigEdit.of(folders.config().resolve("nginx/nginx.conf"))
                .move("/tmp", folders.own())
                .move("/dev/stdout", folders.own().resolve("access.log"))
                .replace("^    server (core:8080);$", FreePorts.text(core), 1)
                .replace("^    server (portal:8080);$", FreePorts.text(core), 1);
        if (Files.exists(folders.data().resolve("secret/cert/server.crt"))) {
            config.replace("^    listen (8443) ssl;$", FreePorts.text(address), 1)
                    .replace("^    listen (8080);$", FreePorts.text(redirectAddress), 1)
                    .move("/etc/cert", folders.data().resolve("secret/cert"));
        } else {
            config.replace("^    listen (8080);$", FreePorts.text(address), 1);
        }
        return config.writeTo(folders.own().resolve("nginx-here.conf"));
    }

    /** Waits until no connection to it has stood for half a second. */
    void awaitIdle() {
        byte[] ip = address.getAddress().getAddress();
        String local =
                String.format(Locale.ROOT, " %02X%02X%02X%02X:%04X ", ip[3], ip[2], ip[1], ip[0], address.getPort());
        int[] idle = {0};
        Waiting.until("nothing is under way to " + address, () -> {
            try (Stream<String> connections = Files.lines(Path.of("/proc/net/tcp"))) {
                // Number, both ends, and 01 where the connection stands.
                boolean any =
                        connections.anyMatch(line -> line.contains(local) && line.matches("\\s*\\d+: \\S+ \\S+ 01 .*"));
                idle[0] = any ? 0 : idle[0] + 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return idle[0] >= 25;
        });
    }

    /** Loses the machine: all its programs end at once, without a word to anybody. */
    void kill() {
        nginx.kill();
        core.kill();
        registry.kill();
        Waiting.until("nobody listens on " + address, () -> !RunningProcess.listens(address));
    }

    /** Loses core only: the node's nginx goes on and answers for it with 502. */
    void killCore() {
        core.kill();
    }

    /** Loses the registry only: core goes on, answers for it with 502, and says so when it is asked for its health. */
    void killRegistry() {
        registry.kill();
    }

    /** Hangs: all its programs stop where they are, and their connections stay open. */
    void freeze() {
        nginx.freeze();
        core.freeze();
        registry.freeze();
    }

    /** Hangs in core only. */
    void freezeCore() {
        core.freeze();
    }

    /** Ends every freeze. */
    void thaw() {
        registry.thaw();
        core.thaw();
        nginx.thaw();
    }
}
