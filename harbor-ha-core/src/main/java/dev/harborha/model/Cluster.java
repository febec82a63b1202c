package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One highly available Harbor: nodes that run it, the database, Redis and blob store that they share, and the load
 * balancers in front.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.of(c -> c
 *     .harbor("2.15.2")
 *     .publicUrl("https://harbor.example.com")
 *     .node("harbor-1", "10.0.0.11").node("harbor-2", "10.0.0.12")
 *     .database(db -> db.address("pg.example.com").password(Secret.fromEnv("DB_PASSWORD")))
 *     .redis("redis.example.com")
 *     .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
 *     .loadBalancer(lb -> lb.nginx("10.0.0.10"))
 *     .adminPassword(Secret.fromEnv("HARBOR_ADMIN_PASSWORD")));
 * }</pre>
 *
 * @param harbor the release that all nodes run
 * @param upgradeFrom the release that all nodes ran before, where there is one whose data this one takes over
 * @param publicUrl the address under which clients reach the registry
 * @param privateNetwork whether all clients are inside a private network, so that the public URL may be private
 * @param nodes the machines that run Harbor, at least one
 * @param database the database of all nodes
 * @param redis the Redis of all nodes
 * @param storage the blob store of all nodes
 * @param redirect whether the registry sends clients to the blob store for layers; absent means that {@link
 *     #redirectsToStorage()} decides
 * @param storageCa the authority of the blob store's certificate, where the containers do not trust it anyway
 * @param loadBalancers the machines in front, at least one
 * @param virtualIp the address that moves between the load balancers
 * @param aliases further names of the registry, whose requests the load balancers send to the public URL
 * @param adminPassword the administrator's first password; Harbor reads it only while its database is empty
 * @param timeServers the servers that all nodes take their time from
 * @param jobserviceNode the only node that runs the job service; absent means that every node does
 * @param nodeTls TLS at the nodes themselves; absent means that they speak plain http to the load balancers
 * @param internalTls whether the containers of a node speak TLS to each other; since 2.0
 * @param deployment how Harbor 2.x lies on every node
 * @param harborYml what only the {@code harbor.yml} of Harbor 2.x can say
 * @param harborCfg what only the {@code harbor.cfg} of Harbor 0.5 can say
 * @param waivers the findings that the owner accepts
 */
public record Cluster(
        HarborVersion harbor,
        Optional<HarborVersion> upgradeFrom,
        PublicUrl publicUrl,
        boolean privateNetwork,
        List<Node> nodes,
        SharedDb database,
        Optional<SharedRedis> redis,
        Storage storage,
        Optional<Boolean> redirect,
        Optional<PemCertificates> storageCa,
        List<LoadBalancer> loadBalancers,
        Optional<VirtualIp> virtualIp,
        List<Host> aliases,
        Secret adminPassword,
        List<Host> timeServers,
        Optional<String> jobserviceNode,
        Optional<NodeTls> nodeTls,
        boolean internalTls,
        Deployment deployment,
        HarborYml harborYml,
        HarborCfg harborCfg,
        List<Waiver> waivers) {

    /**
     * Makes a cluster from its parts; {@link #of(Consumer)} is the door for people.
     *
     * @throws IllegalArgumentException if there is no node or no load balancer
     */
    public Cluster {
        nodes = List.copyOf(nodes);
        loadBalancers = List.copyOf(loadBalancers);
        aliases = List.copyOf(aliases);
        timeServers = List.copyOf(timeServers);
        waivers = List.copyOf(waivers);
        jobserviceNode.ifPresent(name -> Node.requireName("the name of the job service's node", name));
        if (nodes.isEmpty() || loadBalancers.isEmpty()) {
            throw new IllegalArgumentException("A cluster needs at least one node and one load balancer.");
        }
    }

    /**
     * Describes a cluster in one expression.
     *
     * @throws IllegalArgumentException if something is malformed, or required parts are missing; the message names all of
     *     them
     */
    public static Cluster of(Consumer<ClusterBuilder> description) {
        ClusterBuilder builder = builder();
        description.accept(builder);
        return builder.build();
    }

    /** Returns a builder, for descriptions that are made in loops. */
    public static ClusterBuilder builder() {
        return new ClusterBuilder();
    }

    /** Returns a builder that holds all parts of this cluster, for a cluster that differs in some. */
    public ClusterBuilder toBuilder() {
        return new ClusterBuilder(this);
    }

    /** Returns the port on which a node's own Harbor listens for the load balancers: the one it names, else 443 or 80. */
    public int portOf(Node node) {
        return node.listenPort().orElse(nodeTls.isPresent() ? Node.DEFAULT_HTTPS_PORT : Node.DEFAULT_HTTP_PORT);
    }

    /** Returns where the load balancers find a node. */
    public HostPort addressOf(Node node) {
        return new HostPort(node.address(), portOf(node));
    }

    /** Returns the nodes that the load balancers send new requests to. */
    public List<Node> servingNodes() {
        return nodes.stream().filter(node -> !node.drained()).toList();
    }

    /** Returns every host that the nodes and load balancers of this cluster speak to or are, each as often as it is named. */
    public List<Host> hosts() {
        List<Host> hosts = new ArrayList<>();
        hosts.add(publicUrl.host());
        nodes.stream().map(Node::address).forEach(hosts::add);
        loadBalancers.stream().map(LoadBalancer::address).forEach(hosts::add);
        virtualIp.map(VirtualIp::address).ifPresent(hosts::add);
        hosts.add(database.address().host());
        redis.stream()
                .flatMap(shared -> shared.endpoint().addresses().stream())
                .map(HostPort::host)
                .forEach(hosts::add);
        hosts.addAll(storage.hosts());
        hosts.addAll(timeServers);
        harborYml
                .log()
                .externalEndpoint()
                .map(syslog -> syslog.address().host())
                .ifPresent(hosts::add);
        harborYml.proxy().ifPresent(proxy -> {
            proxy.http().map(ServiceUrl::host).ifPresent(hosts::add);
            proxy.https().map(ServiceUrl::host).ifPresent(hosts::add);
        });
        harborYml.trace().map(trace -> trace.exporter().host()).ifPresent(hosts::add);
        return List.copyOf(hosts);
    }

    /**
     * Tells whether the registry sends clients to the blob store for layers: as {@link #redirect()} says; where it says nothing,
     * yes, unless the store is an S3 endpoint of one's own, which clients often cannot reach (<a
     * href="https://github.com/goharbor/harbor/issues/20588">issue 20588</a>), or a shared file system, which has no address.
     */
    public boolean redirectsToStorage() {
        boolean ownEndpoint = storage instanceof S3Storage s3 && s3.endpoint().isPresent();
        return redirect.orElse(!ownEndpoint && !(storage instanceof SharedFilesystem));
    }

    /** Returns every secret of this cluster with the place where it stands, in a fixed order. */
    public Map<ModelPath, Secret> secrets() {
        Map<ModelPath, Secret> secrets = new LinkedHashMap<>();
        ModelPath root = ModelPath.cluster();
        secrets.put(root.child("adminPassword"), adminPassword);
        secrets.put(root.child("database").child("password"), database.password());
        redis.flatMap(SharedRedis::password)
                .ifPresent(password -> secrets.put(root.child("redis").child("password"), password));
        addStorageSecrets(root.child("storage").child(storage.driver()), secrets);
        for (LoadBalancer balancer : loadBalancers) {
            ModelPath path = root.child("loadBalancers").key(balancer.name());
            if (balancer.certificate() instanceof TlsCertificate.Pem pem) {
                secrets.put(path.child("certificate").child("keyPem"), pem.key());
            }
            if (balancer.healthCheck().probe().orElse(null) instanceof HealthProbe.Canary canary) {
                secrets.put(path.child("healthCheck").child("canary").child("password"), canary.password());
            }
        }
        virtualIp
                .flatMap(VirtualIp::password)
                .ifPresent(password -> secrets.put(root.child("virtualIp").child("password"), password));
        nodeTls.ifPresent(tls -> {
            if (tls.certificate() instanceof TlsCertificate.Pem pem) {
                secrets.put(root.child("nodeTls").child("certificate").child("keyPem"), pem.key());
            }
        });
        addHarborYmlSecrets(root.child("harborYml"), secrets);
        ModelPath cfg = root.child("harborCfg");
        harborCfg.mail().ifPresent(mail -> secrets.put(cfg.child("mail").child("password"), mail.password()));
        harborCfg
                .ldap()
                .flatMap(HarborCfg.Ldap::search)
                .ifPresent(user -> secrets.put(cfg.child("ldap").child("searchPassword"), user.password()));
        return secrets;
    }

    private void addHarborYmlSecrets(ModelPath path, Map<ModelPath, Secret> secrets) {
        harborYml
                .trivy()
                .flatMap(Trivy::githubToken)
                .ifPresent(token -> secrets.put(path.child("trivy").child("githubToken"), token));
        harborYml.trace().ifPresent(trace -> {
            if (trace.exporter() instanceof Trace.JaegerCollector jaeger) {
                jaeger.password()
                        .ifPresent(password ->
                                secrets.put(path.child("trace").child("jaeger").child("password"), password));
            }
        });
        harborYml
                .proxy()
                .flatMap(OutboundProxy::credentials)
                .ifPresent(user -> secrets.put(path.child("proxy").child("password"), user.password()));
    }

    private void addStorageSecrets(ModelPath path, Map<ModelPath, Secret> secrets) {
        if (storage instanceof S3Storage s3) {
            s3.credentials().ifPresent(pair -> {
                secrets.put(path.child("accessKey"), pair.accessKey());
                secrets.put(path.child("secretKey"), pair.secretKey());
            });
        } else if (storage instanceof AzureStorage azure) {
            secrets.put(path.child("accountKey"), azure.accountKey());
        } else if (storage instanceof OssStorage oss) {
            secrets.put(path.child("accessKeyId"), oss.accessKeyId());
            secrets.put(path.child("accessKeySecret"), oss.accessKeySecret());
        } else if (storage instanceof SwiftStorage swift) {
            secrets.put(path.child("password"), swift.password());
            swift.options().tempUrlKeys().ifPresent(pair -> {
                secrets.put(path.child("tempUrlAccessKey"), pair.accessKey());
                secrets.put(path.child("tempUrlSecretKey"), pair.secretKey());
            });
        }
    }
}
