package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Cluster}. The order of the calls does not matter, except among nodes, among load balancers, among time
 * servers and among waivers, which are kept in the order in which they were named. A part that can be there once is replaced
 * by a later call.
 */
public final class ClusterBuilder {

    private @Nullable HarborVersion harbor;
    private Optional<HarborVersion> upgradeFrom = Optional.empty();
    private @Nullable PublicUrl publicUrl;
    private boolean privateNetwork;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable Function<DbKind, SharedDb> database;
    private Optional<SharedRedis> redis = Optional.empty();
    private @Nullable Storage storage;
    private Optional<Boolean> redirect = Optional.empty();
    private Optional<PemCertificates> storageCa = Optional.empty();
    private final List<Function<String, LoadBalancer>> loadBalancers = new ArrayList<>();
    private Optional<VirtualIp> virtualIp = Optional.empty();
    private final List<Host> aliases = new ArrayList<>();
    private @Nullable Secret adminPassword;
    private final List<Host> timeServers = new ArrayList<>();
    private Optional<String> jobserviceNode = Optional.empty();
    private Optional<NodeTls> nodeTls = Optional.empty();
    private boolean internalTls;
    private Deployment deployment = Deployment.DEFAULT;
    private HarborYml harborYml = HarborYml.DEFAULT;
    private HarborCfg harborCfg = HarborCfg.DEFAULT;
    private final List<Waiver> waivers = new ArrayList<>();

    ClusterBuilder() {}

    ClusterBuilder(Cluster cluster) {
        harbor = cluster.harbor();
        upgradeFrom = cluster.upgradeFrom();
        publicUrl = cluster.publicUrl();
        privateNetwork = cluster.privateNetwork();
        nodes.addAll(cluster.nodes());
        database = kind -> cluster.database();
        redis = cluster.redis();
        storage = cluster.storage();
        redirect = cluster.redirect();
        storageCa = cluster.storageCa();
        cluster.loadBalancers().forEach(this::loadBalancer);
        virtualIp = cluster.virtualIp();
        aliases.addAll(cluster.aliases());
        adminPassword = cluster.adminPassword();
        timeServers.addAll(cluster.timeServers());
        jobserviceNode = cluster.jobserviceNode();
        nodeTls = cluster.nodeTls();
        internalTls = cluster.internalTls();
        deployment = cluster.deployment();
        harborYml = cluster.harborYml();
        harborCfg = cluster.harborCfg();
        waivers.addAll(cluster.waivers());
    }

    /**
     * Sets the release that all nodes run, as in {@code 2.15.2}.
     *
     * @throws IllegalArgumentException if it is no version of three numbers
     */
    public ClusterBuilder harbor(String version) {
        return harbor(HarborVersion.parse(version));
    }

    /** Sets the release that all nodes run. */
    public ClusterBuilder harbor(HarborVersion version) {
        this.harbor = version;
        return this;
    }

    /**
     * Says which release runs before this one is installed, as in {@code 2.12.4}; this one takes its data over. Default: none,
     * or it does not matter.
     *
     * @throws IllegalArgumentException if it is no version of three numbers
     */
    public ClusterBuilder upgradeFrom(String version) {
        return upgradeFrom(HarborVersion.parse(version));
    }

    /** Says which release runs before this one is installed. */
    public ClusterBuilder upgradeFrom(HarborVersion version) {
        this.upgradeFrom = Optional.of(version);
        return this;
    }

    /**
     * Sets the address under which clients reach the registry, as in {@code https://harbor.example.com}.
     *
     * @throws IllegalArgumentException if it is no URL of a scheme, a host and perhaps a port
     */
    public ClusterBuilder publicUrl(String url) {
        return publicUrl(PublicUrl.parse(url));
    }

    /** Sets the address under which clients reach the registry. */
    public ClusterBuilder publicUrl(PublicUrl url) {
        this.publicUrl = url;
        return this;
    }

    /** Declares that all clients are inside a private network, so that the public URL may be private. */
    public ClusterBuilder privateNetwork() {
        return privateNetwork(true);
    }

    /** Sets whether all clients are inside a private network. Default: false. */
    public ClusterBuilder privateNetwork(boolean isPrivate) {
        this.privateNetwork = isPrivate;
        return this;
    }

    /**
     * Adds a machine that runs Harbor.
     *
     * @param address its address, with a port where its Harbor does not listen on 80 or, with {@link #nodeTls(NodeTls)}, on
     *     443: {@code 10.0.0.11:8080}
     * @throws IllegalArgumentException if the name or the address is malformed
     */
    public ClusterBuilder node(String name, String address) {
        return node(Node.of(name, address));
    }

    /** Adds a machine that runs Harbor. */
    public ClusterBuilder node(Node node) {
        nodes.add(node);
        return this;
    }

    /**
     * Says that the load balancers send no new requests to a node, because it is about to be stopped.
     *
     * @throws IllegalArgumentException if no node of that name was added before
     */
    public ClusterBuilder drain(String name) {
        if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
            throw new IllegalArgumentException(
                    "There is no node " + Quoted.of(name) + " to drain; add it with .node(…) before.");
        }
        nodes.replaceAll(node -> node.name().equals(name) ? node.drain() : node);
        return this;
    }

    /** Removes the machine with the given name, if it is there. */
    public ClusterBuilder withoutNode(String name) {
        nodes.removeIf(node -> node.name().equals(name));
        return this;
    }

    /**
     * Describes the database of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder database(Consumer<SharedDb.Builder> description) {
        SharedDb.Builder builder = new SharedDb.Builder();
        description.accept(builder);
        // Made once the release, which decides the kind and its port, is known; made here too, to refuse at this call.
        builder.build(DbKind.MYSQL);
        this.database = builder::build;
        return this;
    }

    /** Sets the database of all nodes. */
    public ClusterBuilder database(SharedDb database) {
        this.database = kind -> database;
        return this;
    }

    /**
     * Sets the Redis of all nodes, without a password.
     *
     * @param address {@code host} or {@code host:port}; default port 6379
     * @throws IllegalArgumentException if the address is malformed
     */
    public ClusterBuilder redis(String address) {
        return redis(description -> description.address(address));
    }

    /**
     * Describes the Redis of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder redis(Consumer<SharedRedis.Builder> description) {
        return redis(SharedRedis.of(description));
    }

    /** Sets the Redis of all nodes. */
    public ClusterBuilder redis(SharedRedis redis) {
        this.redis = Optional.of(redis);
        return this;
    }

    /**
     * Describes an Amazon S3 bucket, or one of a store that speaks its language, as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder s3(Consumer<S3Storage.Builder> description) {
        return storage(S3Storage.of(description));
    }

    /**
     * Describes an Azure container as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder azure(Consumer<AzureStorage.Builder> description) {
        return storage(AzureStorage.of(description));
    }

    /**
     * Describes a Google Cloud Storage bucket as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder gcs(Consumer<GcsStorage.Builder> description) {
        return storage(GcsStorage.of(description));
    }

    /**
     * Describes an Alibaba Cloud OSS bucket as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder oss(Consumer<OssStorage.Builder> description) {
        return storage(OssStorage.of(description));
    }

    /**
     * Describes an OpenStack Swift container as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder swift(Consumer<SwiftStorage.Builder> description) {
        return storage(SwiftStorage.of(description));
    }

    /**
     * Describes a file system that is mounted on every node as the blob store of all nodes.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder sharedFilesystem(Consumer<SharedFilesystem.Builder> description) {
        return storage(SharedFilesystem.of(description));
    }

    /** Sets the blob store of all nodes. */
    public ClusterBuilder storage(Storage storage) {
        this.storage = storage;
        return this;
    }

    /**
     * Sets whether the registry sends clients to the blob store for layers, which saves the nodes all that traffic and needs a
     * store that every client can reach. Default: as {@link Cluster#redirectsToStorage()} tells.
     */
    public ClusterBuilder redirect(boolean redirect) {
        this.redirect = Optional.of(redirect);
        return this;
    }

    /**
     * Gives the authority of the blob store's certificate, in PEM; since 2.0. Default: those that the containers trust anyway.
     *
     * @throws IllegalArgumentException if the text is no certificate in PEM
     */
    public ClusterBuilder storageCa(String pem) {
        this.storageCa = Optional.of(new PemCertificates(pem));
        return this;
    }

    /**
     * Describes a load balancer and adds it. Its name is {@code lb-1}, {@code lb-2} and so on unless the description gives
     * one.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder loadBalancer(Consumer<LoadBalancer.Builder> description) {
        LoadBalancer.Builder builder = new LoadBalancer.Builder();
        description.accept(builder);
        builder.build("lb");
        loadBalancers.add(builder::build);
        return this;
    }

    /** Adds a load balancer. */
    public ClusterBuilder loadBalancer(LoadBalancer balancer) {
        loadBalancers.add(defaultName -> balancer);
        return this;
    }

    /**
     * Describes the address that moves between the load balancers. Default: none; the public name leads to each of them, or
     * something else moves it.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder virtualIp(Consumer<VirtualIp.Builder> description) {
        return virtualIp(VirtualIp.of(description));
    }

    /** Sets the address that moves between the load balancers. */
    public ClusterBuilder virtualIp(VirtualIp address) {
        this.virtualIp = Optional.of(address);
        return this;
    }

    /**
     * Adds names under which clients may also ask; the load balancers send their requests to the public URL. Default: none;
     * other names get no answer.
     *
     * @throws IllegalArgumentException if one is no host name or address
     */
    public ClusterBuilder aliases(String... names) {
        for (String name : names) {
            aliases.add(new Host(name));
        }
        return this;
    }

    /** Sets the administrator's first password; Harbor reads it only while its database is empty. */
    public ClusterBuilder adminPassword(Secret password) {
        this.adminPassword = password;
        return this;
    }

    /**
     * Adds servers that all nodes take their time from. Tokens carry times, so clocks must agree.
     *
     * @throws IllegalArgumentException if one is no host name or address
     */
    public ClusterBuilder timeServers(String... servers) {
        for (String server : servers) {
            timeServers.add(new Host(server));
        }
        return this;
    }

    /**
     * Says that only the named node runs the job service. In Harbor 0.5 a job service that starts puts the running jobs of
     * all nodes back into its own queue, so that a replication can run twice
     * (<a href="https://github.com/goharbor/harbor/blob/0.5.0/src/common/dao/replication_job.go">ResetRunningJobs</a>).
     * Default: every node runs one.
     *
     * @throws IllegalArgumentException if the name is no node name
     */
    public ClusterBuilder jobserviceOn(String nodeName) {
        this.jobserviceNode = Optional.of(Node.requireName("the name of the job service's node", nodeName));
        return this;
    }

    /**
     * Describes TLS at the nodes themselves; since 2.0. Default: none, the nodes speak plain http to the load balancers.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public ClusterBuilder nodeTls(Consumer<NodeTls.Builder> description) {
        return nodeTls(NodeTls.of(description));
    }

    /** Sets TLS at the nodes themselves. */
    public ClusterBuilder nodeTls(NodeTls tls) {
        this.nodeTls = Optional.of(tls);
        return this;
    }

    /**
     * Lets the containers of a node speak TLS to each other; since 2.0. The certificates are part of the keys: {@code
     * ClusterKeys.loadOrGenerateWithInternalTls}.
     */
    public ClusterBuilder internalTls() {
        return internalTls(true);
    }

    /** Sets whether the containers of a node speak TLS to each other. Default: false. */
    public ClusterBuilder internalTls(boolean internalTls) {
        this.internalTls = internalTls;
        return this;
    }

    /**
     * Describes how Harbor 2.x lies on every node.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public ClusterBuilder deployment(Consumer<Deployment.Builder> description) {
        return deployment(Deployment.of(description));
    }

    /** Sets how Harbor 2.x lies on every node. */
    public ClusterBuilder deployment(Deployment deployment) {
        this.deployment = deployment;
        return this;
    }

    /**
     * Describes what only the {@code harbor.yml} of Harbor 2.x can say.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public ClusterBuilder harborYml(Consumer<HarborYml.Builder> description) {
        return harborYml(HarborYml.of(description));
    }

    /** Sets what only the {@code harbor.yml} of Harbor 2.x can say. */
    public ClusterBuilder harborYml(HarborYml yml) {
        this.harborYml = yml;
        return this;
    }

    /**
     * Describes what only the {@code harbor.cfg} of Harbor 0.5 can say.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public ClusterBuilder harborCfg(Consumer<HarborCfg.Builder> description) {
        return harborCfg(HarborCfg.of(description));
    }

    /** Sets what only the {@code harbor.cfg} of Harbor 0.5 can say. */
    public ClusterBuilder harborCfg(HarborCfg cfg) {
        this.harborCfg = cfg;
        return this;
    }

    /**
     * Accepts a warning or a note, with the reason; errors cannot be waived.
     *
     * @throws IllegalArgumentException if the id is no rule id, or the reason is blank
     */
    public ClusterBuilder waive(String ruleId, String reason) {
        waivers.add(new Waiver(ruleId, reason));
        return this;
    }

    /**
     * Makes the cluster.
     *
     * @throws IllegalArgumentException if required parts are missing; the message names the calls that would give them
     */
    public Cluster build() {
        if (harbor == null
                || publicUrl == null
                || database == null
                || storage == null
                || adminPassword == null
                || nodes.isEmpty()
                || loadBalancers.isEmpty()) {
            throw new Missing("Cluster")
                    .need(harbor, ".harbor(…)")
                    .need(publicUrl, ".publicUrl(…)")
                    .unless(!nodes.isEmpty(), ".node(…)")
                    .need(database, ".database(…)")
                    .need(storage, ".s3(…) or another storage")
                    .unless(!loadBalancers.isEmpty(), ".loadBalancer(…)")
                    .need(adminPassword, ".adminPassword(…)")
                    .refusal();
        }
        return new Cluster(
                harbor,
                upgradeFrom,
                publicUrl,
                privateNetwork,
                nodes,
                database.apply(harbor.databaseKind()),
                redis,
                storage,
                redirect,
                storageCa,
                IntStream.range(0, loadBalancers.size())
                        .mapToObj(i -> loadBalancers.get(i).apply("lb-" + (i + 1)))
                        .toList(),
                virtualIp,
                aliases,
                adminPassword,
                timeServers,
                jobserviceNode,
                nodeTls,
                internalTls,
                deployment,
                harborYml,
                harborCfg,
                waivers);
    }
}
