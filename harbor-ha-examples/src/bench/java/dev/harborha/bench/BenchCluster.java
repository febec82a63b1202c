package dev.harborha.bench;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.secret.Secret;

/** A sound cluster of any size: a database, Redis and an S3 bucket that all nodes share, one nginx in front. */
final class BenchCluster {

    /** The release that the promised figures are about. */
    static final String HARBOR_2 = "2.15.2";

    /** The release of the blog post. */
    static final String HARBOR_05 = "0.5.0";

    private BenchCluster() {}

    static Cluster of(String harbor, int nodes) {
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
            builder.node("harbor-" + i, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }
        return builder.build();
    }
}
