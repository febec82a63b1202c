package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
import dev.harborha.model.IpFamily;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import java.util.Map;
import java.util.function.Consumer;

/** Examples for the rules on the services of each node, on images and on shared file systems. */
final class ServiceExamples {

    private ServiceExamples() {}

    private static Consumer<ClusterBuilder> yml(Consumer<HarborYml.Builder> change) {
        return c -> c.harborYml(change);
    }

    private static Consumer<ClusterBuilder> behindProxy(Consumer<OutboundProxy.Builder> more) {
        return yml(yml -> yml.proxy(proxy -> {
                    proxy.http("http://proxy.example.com:3128");
                    more.accept(proxy);
                }))
                .andThen(c -> c.redirect(true)
                        .s3(s3 -> s3.bucket("layers")
                                .region("eu-west-1")
                                .endpoint("https://minio.example.com:9000")
                                .multipartCopyMaxConcurrency(50)));
    }

    private static Consumer<ClusterBuilder> files(String path) {
        return c -> c.sharedFilesystem(fs -> fs.path(path).source("nfs.example.com:/export/harbor"));
    }

    static void describe() {
        jobs();
        scans();
        deployments();
        rule("quota.updated-in-database")
                .mutant(set("harborYml.quotaUpdateProvider", QuotaUpdateProvider.DB))
                .needs(nodesAtLeast(2))
                .needs(cluster -> cluster.harborYml().quotaUpdateProvider() == QuotaUpdateProvider.REDIS)
                .bad2x("by default", c -> {})
                .good2x("in Redis", yml(yml -> yml.quotaUpdateProvider(QuotaUpdateProvider.REDIS)))
                .good2x("one node", c -> c.withoutNode("harbor-2"));
        rule("log.spread-over-nodes")
                .mutant(unset("harborYml.log.externalEndpoint"))
                .needs(nodesAtLeast(2))
                .needs(cluster -> cluster.harborYml().log().externalEndpoint().isPresent())
                .bad2x("by default", c -> {})
                .good2x(
                        "one place",
                        yml(yml ->
                                yml.log(log -> log.externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.com:514"))))
                .good2x("one node", c -> c.withoutNode("harbor-2"));
        rule("registry.purging-too-often")
                .mutant(set("harborYml.uploadPurging", new UploadPurging(168, 23, false)))
                .needs(nodesAtLeast(2))
                .ends("registry.abandoned-uploads-stay")
                .bad2x("every other hour", yml(yml -> yml.uploadPurging(168, 2)))
                .good2x("every day", yml(yml -> yml.uploadPurging(168, 24)))
                .good2x("one node", yml(yml -> yml.uploadPurging(168, 2)).andThen(c -> c.withoutNode("harbor-2")))
                .good2x("never", yml(yml -> yml.noUploadPurging()));
        rule("registry.abandoned-uploads-stay")
                .mutant(unset("harborYml.uploadPurging"))
                .needs(cluster -> cluster.harborYml().uploadPurging().isPresent())
                .bad2x("never", yml(yml -> yml.noUploadPurging()))
                .good2x("by default", c -> {});
        rule("proxy.storage-through-proxy")
                .mutant(set("harborYml.proxy", OutboundProxy.of(proxy -> proxy.http("http://proxy.example.com:3128"))))
                .needs(cluster -> cluster.redirectsToStorage()
                        && !(cluster.storage() instanceof SharedFilesystem)
                        && !cluster.storage().hosts().isEmpty())
                .needs(cluster -> cluster.harborYml().proxy().isEmpty())
                .bad2x("not excepted", behindProxy(proxy -> {}))
                .bad2x("another host excepted", behindProxy(proxy -> proxy.noProxy("minio.example.co", "10.0.0.0/8")))
                .good2x("excepted", behindProxy(proxy -> proxy.noProxy("minio.example.com")))
                .good2x("its domain excepted", behindProxy(proxy -> proxy.noProxy(".example.com")))
                .good2x("core has no proxy", behindProxy(proxy -> proxy.components(OutboundProxy.Component.TRIVY)))
                .good2x("no redirects", behindProxy(proxy -> {}).andThen(c -> c.redirect(false)));
        rule("node.ip-family-without-effect")
                .mutant(set("harborYml.ipFamily", new IpFamily(true, true)))
                .needs(cluster -> cluster.nodeTls().isEmpty() && !cluster.internalTls())
                .bad2x("plain http", yml(yml -> yml.ipFamily(true, true)))
                .good2x("TLS at the nodes", yml(yml -> yml.ipFamily(true, true)).andThen(c -> c.nodeTls(tls -> {})))
                .good2x(
                        "TLS between containers",
                        yml(yml -> yml.ipFamily(true, true)).andThen(c -> c.internalTls()))
                .good2x("by default", c -> {});
    }

    private static void jobs() {
        rule("jobservice.worker-budget-exceeded")
                .mutant(set(
                        "harborYml.jobservice.maxWorkersOfAllNodes",
                        cluster -> cluster.nodes().size()
                                        * cluster.harborYml().jobservice().maxJobWorkers()
                                - 1))
                .needs(cluster -> cluster.nodes().size()
                                * cluster.harborYml().jobservice().maxJobWorkers()
                        > 1)
                .bad2x("twice ten", yml(yml -> yml.jobservice(j -> j.maxWorkersOfAllNodes(19))))
                .bad2x("more nodes than jobs", yml(yml -> yml.jobservice(j -> j.maxWorkersOfAllNodes(1))))
                .bad2x("as many nodes as jobs", yml(yml -> yml.jobservice(j -> j.maxWorkersOfAllNodes(2))))
                .good2x("just enough", yml(yml -> yml.jobservice(j -> j.maxWorkersOfAllNodes(20))))
                .good2x("no budget", c -> {});
        rule("jobservice.more-workers-than-connections")
                .mutant(set(
                        "harborYml.jobservice.maxJobWorkers",
                        cluster -> cluster.database().pool().maxOpenConns() + 1))
                .brings("jobservice.worker-budget-exceeded")
                .bad2x("51", yml(yml -> yml.jobservice(j -> j.maxJobWorkers(51))))
                .good2x("50", yml(yml -> yml.jobservice(j -> j.maxJobWorkers(50))));
    }

    private static void scans() {
        rule("trivy.downloads-on-each-node")
                .mutant(set("harborYml.trivy", Trivy.DEFAULT))
                .needs(nodesAtLeast(2))
                .needs(cluster -> cluster.harborYml().trivy().isEmpty())
                .bad2x("two nodes", yml(yml -> yml.trivy()))
                .good2x("one node", yml(yml -> yml.trivy()).andThen(c -> c.withoutNode("harbor-2")))
                .good2x(
                        "from a registry of one's own",
                        yml(yml -> yml.trivy(t -> t.dbRepository("r.example.com/trivy-db")))
                                .andThen(c -> c.harbor("2.15.1")))
                .good2x("with a token", yml(yml -> yml.trivy(t -> t.githubToken(Secret.of("token-of-the-test")))))
                .good2x("no scanner", c -> {});
        rule("trivy.never-updated")
                .mutant(set("harborYml.trivy.skipUpdate", true))
                .needs(cluster -> cluster.harborYml().trivy().isPresent())
                .ends("trivy.downloads-on-each-node")
                .bad2x("never", yml(yml -> yml.trivy(t -> t.skipUpdate(true))))
                .good2x("by itself", yml(yml -> yml.trivy()));
        rule("trivy.not-verified")
                .mutant(set("harborYml.trivy.insecure", true))
                .needs(cluster -> cluster.harborYml().trivy().isPresent())
                .bad2x("insecure", yml(yml -> yml.trivy(t -> t.insecure(true))))
                .good2x("verified", yml(yml -> yml.trivy()));
    }

    private static void deployments() {
        String core = "registry.example.com/goharbor/harbor-core";
        rule("deployment.image-of-other-release")
                .mutant(set("deployment.images", Map.of("core", core + ":v2.0.99")))
                .bad2x("core of the line before", c -> c.deployment(d -> d.image("core", core + ":v2.13.5")))
                .bad2x(
                        "the scanner's own number",
                        c -> c.deployment(d -> d.image("trivy-adapter", "goharbor/trivy-adapter-photon:0.33.1")))
                .good2x("of the release", c -> c.deployment(d -> d.image("core", core + ":v2.14.4")))
                .good2x("built anew", c -> c.deployment(d -> d.image("core", core + ":v2.14.4-patched")))
                .good2x("a tag of one's own", c -> c.deployment(d -> d.image("core", core + ":blue")));
        rule("deployment.image-may-change")
                .mutant(set("deployment.images", Map.of("core", core)))
                .bad2x("no tag", c -> c.deployment(d -> d.image("core", core)))
                .bad2x("a bare name", c -> c.deployment(d -> d.image("core", "harbor-core")))
                .bad2x(
                        "latest, at a registry with a port",
                        c -> c.deployment(d -> d.image("core", "registry.example.com:5000/harbor-core:latest")))
                .good2x("the release", c -> c.deployment(d -> d.image("core", core + ":v2.14.4")))
                .good2x("a digest", c -> c.deployment(d -> d.image("core", core + "@sha256:" + "0".repeat(64))));
        rule("storage.holds-data-volume")
                .mutant(set(
                        "deployment.dataVolume",
                        cluster -> new AbsolutePath(((SharedFilesystem) cluster.storage()).path() + "/harbor")))
                .needs(cluster -> cluster.storage() instanceof SharedFilesystem)
                .bad2x("the same folder", files("/data"))
                .bad2x("a folder above", files("/srv").andThen(c -> c.deployment(d -> d.dataVolume("/srv/harbor"))))
                .good2x("a folder beside", files("/data2"))
                .good2x("a folder below", files("/data/registry"));
        rule("storage.files-need-an-owner")
                .needs(cluster -> !cluster.redirect().orElse(false))
                .needs(cluster -> !(cluster.storage() instanceof SharedFilesystem))
                .brings("storage.carries-all-traffic")
                .ends(
                        "storage.carries-all-traffic",
                        "storage.endpoint-in-clear",
                        "storage.authority-unknown",
                        "storage.many-copies-at-once",
                        "secret.unresolved")
                .bad2x("NFS", files("/mnt/harbor"))
                .good2x("S3", c -> {});
    }
}
