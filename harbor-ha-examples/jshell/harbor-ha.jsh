// Describes, checks and renders a cluster in JShell, and leaves it there to play with. After a build:
//
//   jshell --class-path harbor-ha-examples/target/harbor-ha.jar harbor-ha-examples/jshell/harbor-ha.jsh
//
// In JShell a line must not begin with a dot unless a parenthesis is open: Cluster.of( keeps one open.

import dev.harborha.*
import dev.harborha.keys.*
import dev.harborha.model.*
import dev.harborha.render.*
import dev.harborha.secret.*
import dev.harborha.validation.*
import java.nio.file.*
import java.util.UUID

// A sample has no real passwords: each is drawn unless the environment has it.
Secret sample(String variable) {
    Secret secret = Secret.fromEnv(variable);
    return secret.isResolved() ? secret : Secret.generated(UUID.randomUUID().toString());
}

Cluster cluster = Cluster.of(c -> c
    .harbor("2.15.2")
    .publicUrl("https://harbor.example.com")
    .node("harbor-1", "10.0.0.11").node("harbor-2", "10.0.0.12")
    .database(db -> db.address("pg.example.com").password(sample("DB_PASSWORD")))
    .redis("redis.example.com")
    .s3(s3 -> s3.bucket("layers").region("eu-west-1").credentials(sample("S3_ACCESS_KEY"), sample("S3_SECRET_KEY")))
    .loadBalancer(lb -> lb.nginx("10.0.0.10"))
    .adminPassword(sample("HARBOR_ADMIN_PASSWORD"))
    .timeServers("ntp.example.com"))

HarborHa harbor = HarborHa.create()
Report report = harbor.check(cluster)
System.out.println(report)

// Keys to be thrown away; a cluster that runs keeps its own: ClusterKeys.loadOrGenerate(Path.of("keys")).
Bundle bundle = harbor.render(cluster, ClusterKeys.generate(2048))
Path out = Files.createTempDirectory("harbor-ha-").resolve("out")
bundle.writeTo(out)
System.out.println(bundle + " in " + out)
bundle.files().forEach(file -> System.out.println("  " + file.path()))

System.out.println("cluster, harbor, report and bundle are here to look at; /exit leaves.")
