package dev.harborha.e2e;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborVersion;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The two registries of a cluster of Harbor 2.x, with the Redis and the store that they share, on loopback addresses. */
final class RegistryPair implements AutoCloseable {

    private static final List<String> HOSTS = List.of("127.77.1.2", "127.77.2.2");
    private static final ClusterKeys KEYS = TestKeys.KEYS;

    private final FreePorts ports = new FreePorts();
    private final Path folder;
    private final Processes processes;
    private final SharedStore store;
    private final RedisServer redis;
    private final Cluster cluster;
    private final List<RegistryNode> nodes = new ArrayList<>();

    /**
     * What differs between pairs.
     *
     * @param release the release whose files they run on
     * @param access who may use Redis
     * @param database the database of Redis that is theirs
     * @param change what else the cluster has
     */
    record Setup(HarborVersion release, RedisAccess access, int database, Consumer<ClusterBuilder> change) {

        /** Makes a setup of the newest release. */
        static Setup newest(RedisAccess access, int database) {
            return new Setup(HarborVersion.newest(), access, database, c -> {});
        }
    }

    private RegistryPair(Path folder, LoopbackCluster.StoreFactory stores, Setup setup) {
        this.folder = folder;
        this.processes = new Processes(folder);
        this.store = stores.in(ports, folder.resolve("store"));
        InetSocketAddress address = ports.nextOn("127.77.3.2");
        try {
            this.cluster = describe(address, setup);
            this.redis = RedisServer.start(processes, address, makeFolder("redis"), setup.access());
            HarborHa.create().render(cluster, KEYS).writeTo(folder.resolve("bundle"));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Renders a cluster and starts its Redis; registries are started one by one.
     *
     * @param folder an empty folder
     * @param stores makes what the registries share
     * @param setup what the cluster is like
     * @return the pair, of which no registry runs yet
     */
    static RegistryPair prepare(Path folder, LoopbackCluster.StoreFactory stores, Setup setup) {
        return new RegistryPair(folder, stores, setup);
    }

    private Cluster describe(InetSocketAddress redisAddress, Setup setup) {
        return Cluster.of(c -> {
            c.harbor(setup.release())
                    .publicUrl("https://harbor.example.com")
                    .node("harbor-1", HOSTS.get(0))
                    .node("harbor-2", HOSTS.get(1))
                    .database(db -> db.address("pg.example.com")
                            .password(Secret.of("database-password"))
                            .maxConnections(500))
                    .redis(redis -> {
                        redis.address(redisAddress.getAddress().getHostAddress() + ":" + redisAddress.getPort())
                                .registryDatabase(setup.database());
                        setup.access().describe(redis);
                    })
                    .loadBalancer(lb -> lb.nginx("127.77.0.12"))
                    .adminPassword(Secret.of("Not-the-default-1"))
                    .timeServers("ntp.example.com");
            store.describe(c);
            setup.change().accept(c);
        });
    }

    /** Starts the registry of the next node as it was rendered. */
    RegistryNode start() {
        return start(UnaryOperator.identity());
    }

    /** Starts the registry of the next node, broken on purpose. */
    RegistryNode start(UnaryOperator<ConfigEdit> fault) {
        RegistryNode node = start(nodes.size(), fault);
        nodes.add(node);
        return node;
    }

    /** Starts a registry that was lost, 1 or 2, on the files that its node still has. */
    RegistryNode startAgain(int number) {
        RegistryNode node = start(number - 1, UnaryOperator.identity());
        nodes.set(number - 1, node);
        return node;
    }

    private RegistryNode start(int index, UnaryOperator<ConfigEdit> fault) {
        Path machine = folder.resolve("bundle/nodes/harbor-" + (index + 1));
        return RegistryNode.start(
                processes,
                ports,
                machine.resolve(cluster.deployment().installDir().text().substring(1))
                        .resolve("common/config"),
                machine.resolve(cluster.deployment().dataVolume().text().substring(1)),
                HOSTS.get(index),
                store.registryEnvironment(),
                fault);
    }

    /** Returns a running registry, 1 or 2. */
    RegistryNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Makes a client of a registry that goes where it is sent for layers. */
    RegistryClient client(RegistryNode node) {
        RegistryClient client = new RegistryClient("127.77.0.12", node.door(), "");
        Optional<Door> door = store.door();
        door.ifPresent(client::knowing);
        return client;
    }

    RedisServer redis() {
        return redis;
    }

    SharedStore store() {
        return store;
    }

    /** Returns the last lines of all logs. */
    String logs() {
        return processes.logs();
    }

    @Override
    public void close() {
        try {
            processes.close();
        } finally {
            store.close();
        }
    }

    private Path makeFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
