package dev.harborha.bench;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborLog;
import dev.harborha.model.SslMode;
import dev.harborha.secret.Secret;

/** Clusters of any size: a database, Redis and an S3 bucket that all nodes share, one nginx in front. */
public final class BenchCluster {

    /** What a cluster is described with, beside its nodes. */
    public enum Kind {
        /** What is required and no more. */
        PLAIN,
        /** All parts of Harbor 2.x, with certificates to look into, so that every rule has something to look at. */
        EVERY_PART,
        /** As that, and each node has the address of another one and two services on one port: three errors for each pair of nodes. */
        FAULTY
    }

    /** The release that the promised figures are about. */
    static final String HARBOR_2 = "2.15.2";

    /** The release of the blog post. */
    static final String HARBOR_05 = "0.5.0";

    private BenchCluster() {}

    /** A sound cluster of what is required. */
    static Cluster of(String harbor, int nodes) {
        return required(harbor, nodes, 1).build();
    }

    /** A cluster of the newest release. */
    static Cluster of(Kind kind, int nodes) {
        ClusterBuilder builder = required(HARBOR_2, nodes, kind == Kind.FAULTY ? 2 : 1);
        if (kind != Kind.PLAIN) {
            everyPart(builder, ClusterKeys.generate(2048), kind == Kind.FAULTY ? 443 : 9090);
        }
        return builder.build();
    }

    private static void everyPart(ClusterBuilder builder, ClusterKeys keys, int metricPort) {
        String certificate = keys.tokenCertificate();
        builder.upgradeFrom("2.14.4")
                .database(db -> db.address("db.example.com")
                        .password(Secret.of("sample-database-password"))
                        .maxConnections(1_000_000)
                        .serverVersion("15.4")
                        .sslMode(SslMode.VERIFY_FULL)
                        .ca(certificate))
                .redis(redis -> redis.sentinel("mymaster", "s1.example.com", "s2.example.com", "s3.example.com")
                        .password(Secret.of("sample-redis-password"))
                        .tls(certificate))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .endpoint("https://minio.example.com:9000")
                        .credentials(Secret.of("sample-access-key"), Secret.of("sample-secret-key")))
                .redirect(true)
                .storageCa(certificate)
                .loadBalancer(lb -> lb.nginx("192.0.2.2").certificatePem(certificate, keys.tokenKey()))
                .loadBalancer(lb -> lb.nginx("192.0.2.3").certificatePem(certificate, keys.tokenKey()))
                .nodeTls(tls -> tls.certificatePem(certificate, keys.tokenKey()).ca(certificate))
                .internalTls()
                .deployment(d -> d.image("core", "registry.example.com/harbor-core:v" + HARBOR_2)
                        .subnet("172.28.0.0/16"))
                .harborYml(yml -> yml.jobservice(j -> j.maxWorkersOfAllNodes(1_000_000))
                        .log(log -> log.externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.com:514"))
                        .trivy()
                        .metric(metricPort, "/metrics")
                        .trace(trace -> trace.jaegerAgent("jaeger.example.com"))
                        .cache()
                        .proxy(proxy ->
                                proxy.https("http://proxy.example.com:3128").noProxy(".example.com")))
                .waive("storage.carries-all-traffic", "the store was measured");
    }

    /** @param nodesOfAddress how many nodes share an address */
    private static ClusterBuilder required(String harbor, int nodes, int nodesOfAddress) {
        ClusterBuilder builder = Cluster.builder()
                .harbor(harbor)
                .publicUrl("https://harbor.example.com")
                .database(db -> db.address("db.example.com").password(Secret.of("sample-database-password")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of("sample-access-key"), Secret.of("sample-secret-key")))
                .loadBalancer(lb -> lb.nginx("192.0.2.1"))
                .adminPassword(Secret.of("sample-admin-password"))
                .timeServers("ntp1.example.com", "ntp2.example.com");
        for (int i = 1; i <= nodes; i++) {
            int number = i / nodesOfAddress;
            builder.node("harbor-" + i, "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
        }
        return builder;
    }
}
