package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.TlsProfile;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Everything that can be said of a Harbor 0.5 cluster, with what is read from the results. */
public final class FullCluster {

    private FullCluster() {}

    /** Writes below the folder that is given as the first argument, or below a temporary one. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("harbor-ha-");
        Cluster cluster = cluster();

        HarborHa harbor = HarborHa.create();
        Report report = harbor.check(cluster);
        System.out.println("Found: " + report.summary());
        report.open().forEach(finding -> System.out.println("  " + finding));
        report.waived()
                .forEach(finding -> System.out.println("  accepted: " + finding.id() + ", because "
                        + finding.waived().orElseThrow()));
        if (!report.of(Severity.ERROR).isEmpty()) {
            return;
        }

        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder.resolve("keys"));
        Bundle bundle = harbor.render(cluster, keys);
        Path out = folder.resolve("out");
        System.out.println(
                "Changes: " + bundle.diff(out).size() + " of " + bundle.files().size() + " files");
        bundle.writeTo(out);
        bundle.files().forEach(file -> System.out.println("  " + file.mode() + " " + file.path()));

        // A change is described on the value; the cluster itself stays as it is.
        Cluster larger = cluster.toBuilder().node("harbor-4", "10.0.0.14").build();
        System.out.println(
                "With a fourth node " + harbor.render(larger, keys).diff(out).size() + " files would change.");
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
