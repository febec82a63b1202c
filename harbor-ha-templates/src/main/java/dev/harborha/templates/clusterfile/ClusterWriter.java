package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborYml;
import dev.harborha.model.HostPort;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.model.PemCertificates;
import java.util.List;
import java.util.stream.IntStream;

/** From a cluster to the tree of its file; the defaults are those of {@link ClusterReader}. */
final class ClusterWriter {

    private ClusterWriter() {}

    static Tree tree(Cluster cluster) {
        return new Tree()
                .put("harbor", cluster.harbor().toString())
                .maybe("upgradeFrom", cluster.upgradeFrom())
                .put("publicUrl", cluster.publicUrl().toString())
                .unless(false, "privateNetwork", cluster.privateNetwork())
                .list("nodes", cluster.nodes().stream().map(ClusterWriter::node).toList())
                .list("loadBalancers", loadBalancers(cluster.loadBalancers()))
                .maybeTree("virtualIp", cluster.virtualIp().map(LoadBalancerWriter::virtualIp))
                .list("aliases", cluster.aliases())
                .put(
                        "database",
                        BackendWriter.database(
                                cluster.database(), cluster.harbor().databaseKind()))
                .maybeTree("redis", cluster.redis().map(BackendWriter::redis))
                .put("storage", StorageWriter.tree(cluster.storage()))
                .maybe("redirect", cluster.redirect())
                .maybe("storageCa", cluster.storageCa().map(PemCertificates::text))
                .put("adminPassword", cluster.adminPassword())
                .list("timeServers", cluster.timeServers())
                .maybe("jobserviceNode", cluster.jobserviceNode())
                .maybeTree("nodeTls", cluster.nodeTls().map(PlacementWriter::nodeTls))
                .unless(false, "internalTls", cluster.internalTls())
                .unless(Deployment.DEFAULT, "deployment", cluster.deployment(), PlacementWriter::deployment)
                .unless(HarborYml.DEFAULT, "harborYml", cluster.harborYml(), HarborYmlWriter::tree)
                .unless(HarborCfg.DEFAULT, "harborCfg", cluster.harborCfg(), ClusterWriter::harborCfg)
                .list(
                        "waivers",
                        cluster.waivers().stream()
                                .map(waiver ->
                                        new Tree().put("rule", waiver.ruleId()).put("reason", waiver.reason()))
                                .toList());
    }

    private static Tree node(Node node) {
        return new Tree()
                .put("name", node.name())
                .put("address", address(node))
                .unless(false, "drained", node.drained());
    }

    private static String address(Node node) {
        return node.listenPort().isPresent()
                ? new HostPort(node.address(), node.listenPort().getAsInt()).toString()
                : node.address().text();
    }

    private static List<Tree> loadBalancers(List<LoadBalancer> balancers) {
        return IntStream.range(0, balancers.size())
                .mapToObj(i -> LoadBalancerWriter.tree(balancers.get(i), ClusterReader.defaultName(i)))
                .toList();
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
                .put("server", BackendWriter.address(mail.server(), HarborCfgReader.MAIL_PORT))
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
