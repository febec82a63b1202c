package dev.harborha.e2e;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A cluster of Harbor 2.x with a load balancer, on one machine and in use: two {@link Node2x nodes}, the Redis and the folder that they
 * share, and the load balancer with its health checks.
 */
final class DrillCluster implements AutoCloseable {

    private static final List<String> HOSTS = List.of("127.77.1.4", "127.77.2.4");
    private static final String BALANCER = "127.77.0.14";
    private static final String PASSWORD = "Not-the-default-1";
    private static final RedisAccess REDIS = RedisAccess.password("redis-password");

    private final FreePorts ports = new FreePorts();
    private final Path folder;
    private final Processes processes;
    private final SharedStore store;
    private final ThrowawayCertificate certificate = dev.harborha.e2e.TestKeys.certificate();
    private final InetSocketAddress balancerAddress = ports.nextOn(BALANCER);
    private final InetSocketAddress redirectAddress = ports.nextOn(BALANCER);
    private final InetSocketAddress redisAddress = ports.nextOn("127.77.3.4");
    private final int statusPort = ports.next();
    private final List<InetSocketAddress> nodeAddresses =
            HOSTS.stream().map(ports::nextOn).toList();
    private final URI publicUrl = URI.create("https://" + LoopbackCluster.HOST + ":" + balancerAddress.getPort());
    private final Cluster described;
    private final List<Node2x> nodes = new ArrayList<>();
    private final LoadBalancerProcess balancer;
    private int folders;

    private DrillCluster(Path folder, DrillFront front) {
        this.folder = folder;
        this.processes = new Processes(folder);
        this.store = SharedStore.folder(folder.resolve("store"));
        try {
            // The workers of nginx run as another user when the test runs as root.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            RedisServer.start(processes, redisAddress, newFolder("redis"), REDIS);
            this.described = describe(front);
            Path bundle = write(described);
            nodes.add(startNode(bundle, 1));
            nodes.add(startNode(bundle, 2));
            this.balancer = LoadBalancerProcess.start(
                    processes,
                    bundle.resolve("lb/lb-1"),
                    newFolder("lb-1"),
                    balancerAddress,
                    redirectAddress,
                    UnaryOperator.identity());
            balancer.startChecker();
        } catch (IOException e) {
            processes.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            String logs = processes.logs();
            processes.close();
            throw new IllegalStateException("A part of the cluster does not start.\n" + logs, e);
        }
    }

    /**
     * Renders, writes and starts a cluster; ends all of it if a part does not start.
     *
     * @param folder an empty folder for everything
     * @param front its load balancer
     * @return the running cluster
     */
    static DrillCluster start(Path folder, DrillFront front) {
        return new DrillCluster(folder, front);
    }

    private Cluster describe(DrillFront front) {
        return Cluster.of(c -> {
            c.harbor(HarborVersion.newest())
                    .publicUrl(publicUrl.toString())
                    .node("harbor-1", FreePorts.text(nodeAddresses.get(0)))
                    .node("harbor-2", FreePorts.text(nodeAddresses.get(1)))
                    .database(db -> db.address("pg.example.com")
                            .password(Secret.of("database-password"))
                            .maxConnections(500))
                    .redis(redis -> {
                        redis.address("redis.example.com");
                        REDIS.describe(redis);
                    })
                    .loadBalancer(lb -> front.describe(
                            lb,
                            BALANCER,
                            folder.resolve("spool").toString(),
                            balancer -> balancer.redirectPort(redirectAddress.getPort())
                                    .statusPort(statusPort)
                                    .certificatePem(certificate.certificatePem(), Secret.of(certificate.keyPem()))))
                    .adminPassword(Secret.of(PASSWORD))
                    .timeServers("ntp.example.com");
            if (front.nodesHaveTls()) {
                c.nodeTls(tls -> tls.certificatePem(certificate.certificatePem(), Secret.of(certificate.keyPem()))
                        .ca(certificate.certificatePem()));
            }
            store.describe(c);
        });
    }

    private Path write(Cluster cluster) {
        Path bundle = newFolder("bundle");
        HarborHa.create().render(cluster, TestKeys.KEYS).writeTo(bundle);
        return bundle;
    }

    private Node2x startNode(Path bundle, int number) {
        Map<String, String> registryEnvironment = new HashMap<>(store.registryEnvironment());
        // The name exists nowhere.
        registryEnvironment.put("REGISTRY_REDIS_ADDR", FreePorts.text(redisAddress));
        String name = "harbor-" + number;
        Path machine = bundle.resolve("nodes").resolve(name);
        return Node2x.start(
                processes,
                ports,
                name,
                new Node2x.Folders(
                        machine.resolve(described
                                        .deployment()
                                        .installDir()
                                        .text()
                                        .substring(1))
                                .resolve("common/config"),
                        machine.resolve(
                                described.deployment().dataVolume().text().substring(1)),
                        newFolder(name)),
                nodeAddresses.get(number - 1),
                registryEnvironment);
    }

    /** Starts a node that was lost, 1 or 2, on what is rendered for it. */
    void startAgain(int number) {
        nodes.set(number - 1, startNode(write(described), number));
    }

    /** Takes a node out of service, 1 or 2: the load balancer reads what is rendered for that. */
    void drain(int number) {
        balancer.reload(
                write(described.toBuilder().drain("harbor-" + number).build()).resolve("lb/lb-1"));
    }

    /** Ends every drain. */
    void takeBack() {
        balancer.reload(write(described).resolve("lb/lb-1"));
    }

    /** Returns a node, 1 or 2. */
    Node2x node(int number) {
        return nodes.get(number - 1);
    }

    LoadBalancerProcess balancer() {
        return balancer;
    }

    /**
     * Makes a client that knows the public URL only.
     *
     * @param source its own address
     * @return the client
     */
    RegistryClient client(String source) {
        return new RegistryClient(source, balancer.door(publicUrl, certificate.trust()), PASSWORD);
    }

    /** Returns the last lines of all logs. */
    String logs() {
        return processes.logs();
    }

    @Override
    public void close() {
        processes.close();
        store.close();
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name + "-" + ++folders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
