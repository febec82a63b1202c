package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shortest program: two nodes, described, checked and rendered. */
public final class MinimalCluster {

    private MinimalCluster() {}

    /** Writes below the folder that is given as the first argument, or below a temporary one. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("harbor-ha-");

        Cluster cluster = Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("pg.example.com").password(SampleSecret.fromEnvOrDrawn("DB_PASSWORD")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(SampleSecret.fromEnvOrDrawn("HARBOR_ADMIN_PASSWORD")));

        HarborHa harbor = HarborHa.create();
        System.out.println(harbor.check(cluster));
        harbor.render(cluster, ClusterKeys.loadOrGenerate(folder.resolve("keys")))
                .writeTo(folder.resolve("out"));

        System.out.println("Rendered to " + folder.resolve("out") + "; go on with the INSTALL.md there.");
    }
}
