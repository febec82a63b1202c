package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One Harbor 0.5 node: its own nginx, its registry and, for its UI, a token service; all on the files that were rendered
 * for it and went through {@code prepare}.
 *
 * <p>In containers these three meet under names. Here they meet under addresses, so exactly the names are replaced.
 */
final class Node05 implements AutoCloseable {

    private final String name;
    private final InetSocketAddress address;
    private final Path machine;
    private final RunningProcess registry;
    private final RunningProcess nginx;
    private final TokenService ui;

    private Node05(
            String name,
            InetSocketAddress address,
            Path machine,
            RunningProcess registry,
            RunningProcess nginx,
            TokenService ui) {
        this.name = name;
        this.address = address;
        this.machine = machine;
        this.registry = registry;
        this.nginx = nginx;
        this.ui = ui;
    }

    /** What a node must be told because it runs on a test machine, and what a test breaks in it. */
    record Setup(
            Map<String, String> registryEnvironment,
            UnaryOperator<ConfigEdit> registryConfig,
            UnaryOperator<ConfigEdit> nginxConfig) {

        /**
         * Leaves the node as it was rendered.
         *
         * @param registryEnvironment variables for its registry
         * @return the setup
         */
        static Setup asRendered(Map<String, String> registryEnvironment) {
            return new Setup(registryEnvironment, UnaryOperator.identity(), UnaryOperator.identity());
        }

        /**
         * Breaks the prepared configuration of the registry.
         *
         * @param fault the change
         * @return the changed setup
         */
        Setup withRegistryFault(UnaryOperator<ConfigEdit> fault) {
            return new Setup(registryEnvironment, fault, nginxConfig);
        }

        /**
         * Breaks the prepared configuration of the node's nginx.
         *
         * @param fault the change
         * @return the changed setup
         */
        Setup withNginxFault(UnaryOperator<ConfigEdit> fault) {
            return new Setup(registryEnvironment, registryConfig, fault);
        }
    }

    /**
     * Prepares and starts a node.
     *
     * @param processes who ends its programs
     * @param ports where its inner ports come from
     * @param rendered the folder {@code nodes/<name>} of a written bundle
     * @param machine an empty folder that stands for the node's machine
     * @param address where its nginx listens
     * @param setup what is special to this machine
     * @return the running node
     */
    static Node05 start(
            Processes processes, FreePorts ports, Path rendered, Path machine, InetSocketAddress address, Setup setup) {
        String name = rendered.getFileName().toString();
        String host = address.getAddress().getHostAddress();
        InetSocketAddress registryAddress = ports.nextOn(host);
        InetSocketAddress uiAddress = ports.nextOn(host);
        Path config = Prepare05.run(rendered, machine);

        TokenService ui = new TokenService(
                uiAddress,
                name,
                read(config.resolve("ui/private_key.pem")),
                Prepare05.environment(config.resolve("ui/env")));
        try {
            RunningProcess registry = startRegistry(
                    processes, name, config, machine, registryAddress, ports.nextOn(host), uiAddress, setup);
            Path nginxConfig = setup.nginxConfig()
                    .apply(Nginx.temporaryFilesIn(ConfigEdit.of(config.resolve("nginx/nginx.conf")), machine, true))
                    .replace("^\\s*server registry:(5000);$", String.valueOf(registryAddress.getPort()), 1)
                    .replace("^\\s*server (registry):\\d+;$", host, 1)
                    .replace("^\\s*server ui:(80);$", String.valueOf(uiAddress.getPort()), 1)
                    .replace("^\\s*server (ui):\\d+;$", host, 1)
                    .replace("^\\s*listen (80);$", FreePorts.text(address), 1)
                    .writeTo(machine.resolve("nginx-here.conf"));
            RunningProcess nginx =
                    Nginx.start(processes, name + "-nginx", nginxConfig, "pid " + machine + "/nginx.pid;", address);
            return new Node05(name, address, machine, registry, nginx, ui);
        } catch (RuntimeException | Error e) {
            ui.close();
            throw e;
        }
    }

    private static RunningProcess startRegistry(
            Processes processes,
            String name,
            Path config,
            Path machine,
            InetSocketAddress address,
            InetSocketAddress debugAddress,
            InetSocketAddress uiAddress,
            Setup setup) {
        Path here = setup.registryConfig()
                .apply(ConfigEdit.of(config.resolve("registry/config.yml")))
                .replace("url: \"?http://(ui)/service/notifications\"?$", FreePorts.text(uiAddress), 1)
                .writeTo(machine.resolve("registry-here.yml"));
        Map<String, String> environment = new HashMap<>(setup.registryEnvironment());
        environment.put("REGISTRY_HTTP_ADDR", FreePorts.text(address));
        environment.put("REGISTRY_HTTP_DEBUG_ADDR", FreePorts.text(debugAddress));
        environment.put(
                "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE",
                config.resolve("registry/root.crt").toString());
        return processes
                .start(
                        name + "-registry",
                        environment,
                        List.of(RealProgram.require("docker-registry").toString(), "serve", here.toString()))
                .awaitListening(address);
    }

    /**
     * Names the node.
     *
     * @return its name in the cluster
     */
    String name() {
        return name;
    }

    /**
     * Makes a door for a client that is sent here by the load balancer.
     *
     * @param publicUrl the public URL of the cluster
     * @return the door
     */
    Door door(URI publicUrl) {
        return Door.behindLoadBalancer(address, publicUrl);
    }

    /**
     * Tells what the node's nginx was asked.
     *
     * @return one line a request: who asked, for whom, method, path, status
     */
    List<String> requests() {
        return Nginx.lines(machine.resolve("access.log"));
    }

    /**
     * Hands out the stand-in for the UI.
     *
     * @return the token service
     */
    TokenService ui() {
        return ui;
    }

    /** Loses the machine: all its programs end at once, without a word to anybody. */
    void kill() {
        nginx.kill();
        registry.kill();
        ui.close();
        Waiting.until("nobody listens on " + address, () -> !RunningProcess.listens(address));
    }

    /** Hangs: all its programs stop where they are, and their connections stay open. */
    void freeze() {
        nginx.freeze();
        registry.freeze();
    }

    /** Ends a freeze. */
    void thaw() {
        registry.thaw();
        nginx.thaw();
    }

    /** Loses the registry only: the node's nginx goes on and answers for it with 502. */
    void killRegistry() {
        registry.kill();
    }

    /** Ends what is not in the hands of {@link Processes}. */
    @Override
    public void close() {
        ui.close();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
