package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.function.Consumer;

/** A cluster in which no rule finds an error or a warning, to start tests from. */
public final class SampleCluster {

    private SampleCluster() {}

    /** Returns the description of what is required and no more: two nodes, one load balancer, S3. */
    public static ClusterBuilder frame() {
        return Cluster.builder()
                .harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("mysql.example.com").password(Secret.of("db-password-of-the-test")))
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .loadBalancer(lb -> lb.nginx("10.0.0.9"))
                .adminPassword(Secret.of("admin-password-of-the-test"));
    }

    /** Returns that description with all that is missing to high availability. */
    public static ClusterBuilder builder() {
        return frame().loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .timeServers("ntp1.example.com", "ntp2.example.com")
                .jobserviceOn("harbor-1");
    }

    /** Returns the cluster of {@link #builder()}. */
    public static Cluster sound() {
        return builder().build();
    }

    /** Returns the cluster of {@link #builder()} with a change. */
    public static Cluster with(Consumer<ClusterBuilder> change) {
        ClusterBuilder builder = builder();
        change.accept(builder);
        return builder.build();
    }

    /** Returns the description of what Harbor 2.x requires and no more: two nodes, one load balancer, S3. */
    public static ClusterBuilder frame2x() {
        return Cluster.builder()
                .harbor("2.14.4")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("pg.example.com").password(Secret.of("db-password-of-the-test")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .loadBalancer(lb -> lb.nginx("10.0.0.9"))
                .adminPassword(Secret.of("admin-password-of-the-test"));
    }

    /** Returns a cluster of Harbor 2.x in which no rule finds an error or a warning, with a change. */
    public static Cluster with2x(Consumer<ClusterBuilder> change) {
        ClusterBuilder builder = frame2x()
                .database(db -> db.address("pg.example.com")
                        .password(Secret.of("db-password-of-the-test"))
                        .maxConnections(500)
                        .idleInTransactionTimeout(Duration.ofSeconds(30)))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .timeServers("ntp1.example.com", "ntp2.example.com");
        change.accept(builder);
        return builder.build();
    }
}
