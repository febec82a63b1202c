package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.TlsProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The cluster of Harbor 0.5 that this library began with, and everything that can be said of it. */
public final class Harbor05Cluster {

    private Harbor05Cluster() {}

    /** Writes below the folder that is given as the first argument, or below a temporary one. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("harbor-ha-");
        Cluster cluster = cluster();

        HarborHa harbor = HarborHa.create();
        System.out.println(harbor.check(cluster));
        harbor.render(cluster, ClusterKeys.loadOrGenerate(folder.resolve("keys")))
                .writeTo(folder.resolve("out"));
        System.out.println("Rendered to " + folder.resolve("out") + "; go on with the INSTALL.md there.");
    }

    private static Cluster cluster() {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .node("harbor-3", "10.0.0.13:8080")
                .database(db -> db.address("mysql.example.com:3307")
                        .username("harbor")
                        .password(SampleSecret.fromEnvOrDrawn("DB_PASSWORD"))
                        .name("registry"))
                .redis(redis -> redis.address("redis.example.com")
                        .password(SampleSecret.fromEnvOrDrawn("REDIS_PASSWORD"))
                        .sessionDatabase(1)
                        .poolSize(50))
                .s3(s3 -> s3.bucket("layers")
                        .region("us-east-1")
                        .endpoint("https://minio.example.com:9000")
                        .credentials(
                                SampleSecret.fromEnvOrDrawn("S3_ACCESS_KEY"),
                                SampleSecret.fromEnvOrDrawn("S3_SECRET_KEY"))
                        .rootDirectory("/harbor")
                        .chunkSize(32L << 20))
                .loadBalancer(lb -> lb.name("lb-a")
                        .nginx("10.0.0.9")
                        .certificate("/etc/nginx/tls/registry.crt", "/etc/nginx/tls/registry.key")
                        .tlsProfile(TlsProfile.MODERN)
                        .affinity(Affinity.NONE))
                .loadBalancer(lb -> lb.name("lb-b").nginx("10.0.0.10").affinity(Affinity.NONE))
                .adminPassword(SampleSecret.fromEnvOrDrawn("HARBOR_ADMIN_PASSWORD"))
                .timeServers("ntp1.example.com", "ntp2.example.com")
                .jobserviceOn("harbor-1")
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                                HostPort.parse("mail.example.com:587", 25),
                                "harbor",
                                SampleSecret.fromEnvOrDrawn("MAIL_PASSWORD"),
                                "Harbor <harbor@example.com>",
                                false,
                                Optional.empty()))
                        .selfRegistration(false)
                        .maxJobWorkers(5)
                        .tokenExpiration(20)
                        .adminOnlyProjects(true))
                .waive("storage.sharing-unproven", "Pushes, pulls and deletions were tried on the staging cluster."));
    }
}
