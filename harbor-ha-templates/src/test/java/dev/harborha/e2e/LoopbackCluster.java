package dev.harborha.e2e;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The cluster of the blog post on one machine: two Harbor 0.5 nodes behind an nginx that ends TLS, each on a loopback
 * address of its own. What a test does not start does not run.
 */
final class LoopbackCluster implements AutoCloseable {

    static final String HOST = "harbor.example.com";
    private static final String PASSWORD = "Not-the-default-1";

    private final FreePorts ports = new FreePorts();
    private final Path folder;
    private final Processes processes;
    private final SharedStore store;
    private final ThrowawayCertificate certificate = TestKeys.certificate();
    private final InetSocketAddress balancerAddress = ports.nextOn("127.77.0.10");
    private final InetSocketAddress redirectAddress = ports.nextOn("127.77.0.10");
    private final InetSocketAddress statusAddress = ports.nextOn("127.0.0.1");
    private final List<InetSocketAddress> nodeAddresses =
            List.of(ports.nextOn("127.77.1.1"), ports.nextOn("127.77.2.1"));
    private final URI publicUrl = URI.create("https://" + HOST + ":" + balancerAddress.getPort());
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private int bundles;
    private int machines = 1;

    private LoopbackCluster(Path folder, StoreFactory store) {
        this.folder = folder;
        this.store = store.in(ports, folder.resolve("store"));
        this.processes = new Processes(folder);
    }

    /** Makes the store of a cluster. */
    interface StoreFactory {

        /**
         * Makes the store.
         *
         * @param ports where its ports come from
         * @param folder a folder of its own, which does not exist yet
         * @return the store
         */
        SharedStore in(FreePorts ports, Path folder);
    }

    /**
     * Prepares a cluster on a bucket of an S3 server.
     *
     * @param folder an empty folder for everything
     * @return the cluster, of which only the store runs
     */
    static LoopbackCluster onS3(Path folder) {
        return new LoopbackCluster(open(folder), SharedStore::s3);
    }

    /**
     * Prepares a cluster on a shared folder.
     *
     * @param folder an empty folder for everything
     * @return the cluster, of which nothing runs yet
     */
    static LoopbackCluster onSharedFolder(Path folder) {
        return new LoopbackCluster(open(folder), (ports, place) -> SharedStore.folder(place));
    }

    /**
     * Describes the cluster as a program would: TLS ends at the load balancer.
     *
     * @return the description
     */
    Cluster describe() {
        return describe(balancer -> {});
    }

    /**
     * Describes the cluster with another load balancer that ends TLS.
     *
     * @param front completes it, after its certificate and ports
     * @return the description
     */
    Cluster describe(Consumer<LoadBalancer.Builder> front) {
        return describe(publicUrl, balancer -> {
            balancer.redirectPort(redirectAddress.getPort())
                    .certificatePem(certificate.certificatePem(), Secret.of(certificate.keyPem()));
            front.accept(balancer);
        });
    }

    /** Returns where the load balancer listens for clients. */
    InetSocketAddress balancerAddress() {
        return balancerAddress;
    }

    /** Returns where a load balancer that keeps layers is to keep them. */
    String spool() {
        return folder.resolve("spool").toString();
    }

    /** Returns the address of the load balancer's machine, for descriptions that name another program. */
    String balancerHost() {
        return balancerAddress.getAddress().getHostAddress();
    }

    /**
     * Describes the cluster with another front.
     *
     * @param url its public URL
     * @param front completes the load balancer
     * @return the description
     */
    Cluster describe(URI url, Consumer<LoadBalancer.Builder> front) {
        return Cluster.of(c -> {
            c.harbor("0.5.0")
                    .publicUrl(url.toString())
                    .node("harbor-1", FreePorts.text(nodeAddresses.get(0)))
                    .node("harbor-2", FreePorts.text(nodeAddresses.get(1)))
                    .database(db ->
                            db.address("mysql.example.com").username("root").password(Secret.of(PASSWORD)))
                    .loadBalancer(balancer -> front.accept(
                            balancer.nginx(balancerAddress.getAddress().getHostAddress())
                                    .statusPort(statusAddress.getPort())))
                    .adminPassword(Secret.of(PASSWORD))
                    .timeServers("ntp1.example.com");
            store.describe(c);
        });
    }

    /**
     * Checks, renders and writes a cluster.
     *
     * @param cluster the cluster
     * @param keys its keys
     * @return the folder with the written files
     */
    Path write(Cluster cluster, ClusterKeys keys) {
        Path bundle = folder.resolve("bundle-" + ++bundles);
        HarborHa.create().render(cluster, keys).writeTo(bundle);
        return bundle;
    }

    /**
     * Starts a node as it was rendered.
     *
     * @param bundle the written files
     * @param number 1 or 2
     * @return the running node
     */
    Node05 startNode(Path bundle, int number) {
        return startNode(bundle, number, asRendered());
    }

    /**
     * Starts a node.
     *
     * @param bundle the written files
     * @param number 1 or 2
     * @param setup {@link #asRendered()}, with faults or without
     * @return the running node
     */
    Node05 startNode(Path bundle, int number, Node05.Setup setup) {
        String name = "harbor-" + number;
        Node05 node = Node05.start(
                processes,
                ports,
                bundle.resolve("nodes").resolve(name),
                makeFolder(name),
                nodeAddresses.get(number - 1),
                setup);
        started.push(node);
        return node;
    }

    /** Returns what every node here must be told, without any fault. */
    Node05.Setup asRendered() {
        return Node05.Setup.asRendered(store.registryEnvironment());
    }

    /**
     * Starts the load balancer.
     *
     * @param bundle the written files
     * @param fault a change that breaks it on purpose
     * @return the running load balancer
     */
    LoadBalancerProcess startLoadBalancer(Path bundle, UnaryOperator<ConfigEdit> fault) {
        return LoadBalancerProcess.start(
                processes, bundle.resolve("lb/lb-1"), makeFolder("lb-1"), balancerAddress, redirectAddress, fault);
    }

    /**
     * Starts the load balancer as it was rendered.
     *
     * @param bundle the written files
     * @return the running load balancer
     */
    LoadBalancerProcess startLoadBalancer(Path bundle) {
        return startLoadBalancer(bundle, UnaryOperator.identity());
    }

    /**
     * Makes a client that knows the public URL only.
     *
     * @param source its own address
     * @param balancer the load balancer
     * @return the client
     */
    RegistryClient client(String source, LoadBalancerProcess balancer) {
        return client(source, balancer.door(publicUrl, certificate.trust()));
    }

    /**
     * Makes a client whose requests arrive at one node, as if the load balancer had chosen that node.
     *
     * @param node the node
     * @return the client
     */
    RegistryClient client(Node05 node) {
        return client("127.77.0.10", node.door(publicUrl));
    }

    /** Returns the public URL, with its port. */
    URI publicUrl() {
        return publicUrl;
    }

    /** Returns the certificate of the load balancer. */
    ThrowawayCertificate certificate() {
        return certificate;
    }

    /** Returns what the registries share. */
    SharedStore store() {
        return store;
    }

    /** Returns the last lines of all logs. */
    String logs() {
        return processes.logs();
    }

    @Override
    public void close() {
        List<Throwable> failures = new ArrayList<>();
        processes.close();
        started.push(store);
        for (AutoCloseable part : started) {
            try {
                part.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("Not everything could be ended: " + failures);
        }
    }

    /**
     * Makes a client that knocks at any door.
     *
     * @param source its own address
     * @param door the door
     * @return the client
     */
    RegistryClient client(String source, Door door) {
        RegistryClient client = new RegistryClient(source, door, PASSWORD);
        store.door().ifPresent(client::knowing);
        return client;
    }

    /** A node that is started again gets a machine of its own: what it keeps lies in the shared store. */
    private Path makeFolder(String name) {
        try {
            Path first = folder.resolve(name);
            return Files.createDirectory(Files.exists(first) ? folder.resolve(name + "-" + ++machines) : first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the workers of nginx in, which run as another user when the test runs as root. */
    private static Path open(Path folder) {
        try {
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
