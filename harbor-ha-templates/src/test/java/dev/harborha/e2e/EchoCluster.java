package dev.harborha.e2e;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A load balancer as it is rendered for Harbor 2.15, in front of nodes that answer with what arrived ({@link EchoNode}). Its
 * public name is {@link LoopbackCluster#HOST}.
 */
final class EchoCluster implements AutoCloseable {

    private final FreePorts ports = new FreePorts();
    private final Path folder;
    private final Processes processes;
    private final InetSocketAddress address;
    private final InetSocketAddress redirectAddress;
    private final int statusPort = ports.next();
    private final List<InetSocketAddress> nodeAddresses;
    private final List<EchoNode> nodes = new ArrayList<>();
    private int bundles;

    /**
     * Prepares a cluster.
     *
     * @param folder an empty folder for everything
     * @param balancer where the load balancer listens: an address of loopback
     * @param nodes how many nodes
     */
    EchoCluster(Path folder, String balancer, int nodes) {
        if (balancer.equals("::1") && !Files.exists(Path.of("/proc/net/if_inet6"))) {
            throw Program.missing("This machine has no IPv6.");
        }
        this.folder = folder;
        this.processes = new Processes(open(folder));
        this.address = ports.nextOn(balancer);
        this.redirectAddress = ports.nextOn(balancer);
        this.nodeAddresses = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> ports.nextOn("127.77." + number + ".1"))
                .toList();
    }

    /** Lets the workers of nginx in, which run as another user when the test runs as root. */
    private static Path open(Path folder) {
        try {
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the load balancer listens for clients. */
    InetSocketAddress address() {
        return address;
    }

    /** Returns where the nodes listen. */
    List<InetSocketAddress> nodeAddresses() {
        return nodeAddresses;
    }

    /** Returns where another program may listen. */
    InetSocketAddress anotherAddress() {
        return ports.nextOn("127.77.0.11");
    }

    /** Returns the port on loopback where the load balancer tells how it is. */
    int statusPort() {
        return statusPort;
    }

    /** Returns who ends the programs of this cluster. */
    Processes processes() {
        return processes;
    }

    /**
     * Describes the cluster.
     *
     * @param url its public URL, whose port need not be the one that the load balancer listens on
     * @param haproxy whether HAProxy balances, and not nginx
     * @param front completes the load balancer
     * @return the description
     */
    Cluster describe(String url, boolean haproxy, Consumer<LoadBalancer.Builder> front) {
        return Cluster.of(c -> {
            c.harbor("2.15.2").publicUrl(url).privateNetwork();
            for (int number = 1; number <= nodeAddresses.size(); number++) {
                InetSocketAddress node = nodeAddresses.get(number - 1);
                c.node("harbor-" + number, node.getAddress().getHostAddress() + ":" + node.getPort());
            }
            c.database(db -> db.address("pg.example.com").password(Secret.of("database-password")))
                    .redis("redis.example.com")
                    .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                    .loadBalancer(balancer -> {
                        String host = address.getAddress().getHostAddress();
                        front.accept((haproxy ? balancer.haproxy(host) : balancer.nginx(host))
                                .port(address.getPort())
                                .redirectPort(redirectAddress.getPort())
                                .statusPort(statusPort));
                    })
                    .adminPassword(Secret.of("Not-the-default-1"));
        });
    }

    /** Shows clients the certificate of the tests. */
    static void certificate(LoadBalancer.Builder balancer) {
        ThrowawayCertificate certificate = TestKeys.certificate();
        balancer.certificatePem(certificate.certificatePem(), Secret.of(certificate.keyPem()));
    }

    /**
     * Checks, renders and writes a cluster.
     *
     * @param cluster the cluster
     * @return the folder of its load balancer
     */
    Path write(Cluster cluster) {
        Path bundle = folder.resolve("bundle-" + ++bundles);
        HarborHa.create().render(cluster, TestKeys.first()).writeTo(bundle);
        return bundle.resolve("lb/lb-1");
    }

    /**
     * Starts all nodes, and the load balancer as it is rendered.
     *
     * @param cluster the cluster
     * @return the running load balancer
     */
    LoadBalancerProcess start(Cluster cluster) {
        startNodes();
        return startBalancer(cluster);
    }

    /**
     * Starts the load balancer as it is rendered, and no node.
     *
     * @param cluster the cluster
     * @return the running load balancer
     */
    LoadBalancerProcess startBalancer(Cluster cluster) {
        return LoadBalancerProcess.start(
                processes, write(cluster), makeFolder("balancer"), address, redirectAddress, UnaryOperator.identity());
    }

    /**
     * Starts all nodes, and nginx on a machine that something has been done to.
     *
     * @param cluster the cluster
     * @param inside a command that executes what is added to it, such as one that mounts something first
     * @return the running load balancer
     */
    LoadBalancerProcess startInside(Cluster cluster, List<String> inside) {
        startNodes();
        return LoadBalancerProcess.startInside(processes, write(cluster), makeFolder("balancer"), address, inside);
    }

    /** Starts all nodes. */
    void startNodes() {
        for (int number = 1; number <= nodeAddresses.size(); number++) {
            nodes.add(startNode(number));
        }
    }

    /** Loses a node, counted from 1. */
    void lose(int number) {
        nodes.get(number - 1).close();
    }

    /** Takes back a node that was lost, counted from 1. */
    void takeBack(int number) {
        nodes.set(number - 1, startNode(number));
    }

    /** Tells whether the load balancer knows that a node is lost, counted from 1. */
    boolean isOut(int number) {
        Path upstream = folder.resolve("balancer/machine/var/lib/harbor-lb/upstream.conf");
        if (Files.exists(upstream)) {
            String server = " 127.77." + number + ".1:";
            return Nginx.lines(upstream).stream()
                    .anyMatch(line -> line.contains(server) && line.endsWith("down; # lost"));
        }
        InetSocketAddress status = new InetSocketAddress(FreePorts.literal("127.0.0.1"), statusPort);
        try {
            return new WireClient("127.0.0.1")
                    .send(Door.http(status, URI.create("http://127.0.0.1")), "GET", "/stats;csv", Map.of())
                    .text()
                    .lines()
                    .anyMatch(line -> line.startsWith("harbor,harbor-" + number + ",") && line.contains(",DOWN,"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EchoNode startNode(int number) {
        return new EchoNode("harbor-" + number, nodeAddresses.get(number - 1));
    }

    private Path makeFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.close();
        nodes.forEach(EchoNode::close);
    }
}
