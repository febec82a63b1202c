package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.model.DbKind;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.TlsCertificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From a cluster to the tree of its file; the defaults are those of {@link ClusterReader}. */
final class ClusterWriter {

    /** A load balancer that was told nothing but its address. */
    private static final LoadBalancer BALANCER = LoadBalancer.of("sample", sample -> sample.nginx("192.0.2.1"));

    private ClusterWriter() {}

    static Tree tree(Cluster cluster) {
        return new Tree()
                .put("harbor", cluster.harbor().toString())
                .put("publicUrl", cluster.publicUrl().toString())
                .unless(false, "privateNetwork", cluster.privateNetwork())
                .list("nodes", cluster.nodes().stream().map(ClusterWriter::node).toList())
                .list("loadBalancers", loadBalancers(cluster.loadBalancers()))
                .put("database", database(cluster.database(), cluster.harbor().databaseKind()))
                .maybeTree("redis", cluster.redis().map(ClusterWriter::redis))
                .put("storage", StorageWriter.tree(cluster.storage()))
                .put("adminPassword", cluster.adminPassword())
                .list("timeServers", cluster.timeServers())
                .maybe("jobserviceNode", cluster.jobserviceNode())
                .maybeTree(
                        "harborCfg",
                        Optional.of(cluster.harborCfg())
                                .filter(cfg -> !cfg.equals(HarborCfg.DEFAULT))
                                .map(ClusterWriter::harborCfg))
                .list(
                        "waivers",
                        cluster.waivers().stream()
                                .map(waiver ->
                                        new Tree().put("rule", waiver.ruleId()).put("reason", waiver.reason()))
                                .toList());
    }

    private static String address(HostPort place, int defaultPort) {
        return place.port() == defaultPort ? place.host().toString() : place.toString();
    }

    private static Tree node(Node node) {
        return new Tree().put("name", node.name()).put("address", address(node));
    }

    private static String address(Node node) {
        return node.listenPort().isPresent()
                ? new HostPort(node.address(), node.listenPort().getAsInt()).toString()
                : node.address().text();
    }

    private static List<Tree> loadBalancers(List<LoadBalancer> balancers) {
        return IntStream.range(0, balancers.size())
                .mapToObj(i -> loadBalancer(balancers.get(i), "lb-" + (i + 1)))
                .toList();
    }

    private static Tree loadBalancer(LoadBalancer balancer, String defaultName) {
        return new Tree()
                .unless(defaultName, "name", balancer.name())
                .put("nginx", balancer.address().toString())
                .maybe("port", balancer.listenPort().stream().boxed().findFirst())
                .unless(BALANCER.redirectPort(), "redirectPort", balancer.redirectPort())
                .unless(false, "plainHttp", !balancer.endsTls())
                .maybeTree("certificate", certificate(balancer.certificate()))
                .unless(Words.of(BALANCER.tlsProfile()), "tlsProfile", Words.of(balancer.tlsProfile()))
                .unless(Words.of(BALANCER.affinity()), "affinity", Words.of(balancer.affinity()))
                .unless(false, "behindProxy", balancer.behindProxy());
    }

    private static Optional<Tree> certificate(TlsCertificate certificate) {
        if (certificate.equals(TlsCertificate.DEFAULT)) {
            return Optional.empty();
        }
        if (certificate instanceof TlsCertificate.OnMachine paths) {
            return Optional.of(new Tree()
                    .put("path", paths.certificate().text())
                    .put("keyPath", paths.key().text()));
        }
        if (certificate instanceof TlsCertificate.Pem pem) {
            return Optional.of(new Tree().put("pem", pem.chain()).put("keyPem", pem.key()));
        }
        throw new IllegalStateException("A certificate of an unknown kind: " + certificate.getClass());
    }

    private static Tree database(SharedDb database, DbKind kindOfRelease) {
        return new Tree()
                .unless(Words.of(kindOfRelease), "kind", Words.of(database.kind()))
                .put("address", address(database.address(), database.kind().defaultPort()))
                .unless(database.kind().defaultUsername(), "username", database.username())
                .put("password", database.password())
                .unless(SharedDb.DEFAULT_NAME, "name", database.name());
    }

    private static Tree redis(SharedRedis redis) {
        return new Tree()
                .put("address", address(redis.endpoint().addresses().get(0), SharedRedis.DEFAULT_PORT))
                .maybeSecret("password", redis.password())
                .unless(0, "sessionDatabase", redis.databases().session())
                .unless(SharedRedis.DEFAULT_POOL_SIZE, "poolSize", redis.poolSize());
    }

    private static Tree harborCfg(HarborCfg cfg) {
        HarborCfg shipped = HarborCfg.DEFAULT;
        return new Tree()
                .maybeTree("mail", cfg.mail().map(ClusterWriter::mail))
                .maybeTree("ldap", cfg.ldap().map(ClusterWriter::ldap))
                .unless(shipped.selfRegistration(), "selfRegistration", cfg.selfRegistration())
                .unless(shipped.compressedJs(), "compressedJs", cfg.compressedJs())
                .unless(shipped.maxJobWorkers(), "maxJobWorkers", cfg.maxJobWorkers())
                .unless(shipped.tokenExpiration(), "tokenExpiration", cfg.tokenExpiration())
                .unless(shipped.verifyRemoteCert(), "verifyRemoteCert", cfg.verifyRemoteCert())
                .unless(shipped.adminOnlyProjects(), "adminOnlyProjects", cfg.adminOnlyProjects());
    }

    private static Tree mail(HarborCfg.Mail mail) {
        return new Tree()
                .put("server", address(mail.server(), HarborCfgReader.MAIL_PORT))
                .put("username", mail.username())
                .put("password", mail.password())
                .put("from", mail.from())
                .unless(false, "ssl", mail.ssl())
                .maybe("identity", mail.identity());
    }

    private static Tree ldap(HarborCfg.Ldap ldap) {
        return new Tree()
                .put("url", ldap.url())
                .put("baseDn", ldap.baseDn())
                .unless(HarborCfgReader.LDAP_UID, "uid", ldap.uid())
                .unless(HarborCfgReader.LDAP_SCOPE, "scope", ldap.scope())
                .maybe("searchDn", ldap.search().map(HarborCfg.SearchUser::dn))
                .maybeSecret("searchPassword", ldap.search().map(HarborCfg.SearchUser::password))
                .maybe("filter", ldap.filter());
    }
}
