package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.Deployment;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
import dev.harborha.model.HostPort;
import dev.harborha.model.JobLogger;
import dev.harborha.model.LogLevel;
import dev.harborha.model.OutboundProxy.Component;
import dev.harborha.model.Pooler;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.SslMode;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.model.Trace;
import dev.harborha.model.UploadPurging;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be said of a cluster of Harbor 2.x, with what is read from the results. Most of it has a default, which
 * the description of each call tells; {@link MinimalCluster} shows what is left then.
 */
public final class FullCluster {

    private FullCluster() {}

    /** Writes below the folder that is given as the first argument, or below a temporary one. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("harbor-ha-");
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(folder.resolve("keys"));
        InternalTls containers = keys.internalTls().orElseThrow();
        // A sample has no authority of its own either, so that of the containers stands for it.
        Cluster cluster = cluster(containers.caCertificate());

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

        Bundle bundle = harbor.render(cluster, keys);
        System.out.println("Found in the files: " + harbor.audit(bundle).summary());
        System.out.println("The certificates between the containers run out on " + containers.expiry());
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

    /**
     * Describes the cluster.
     *
     * @param authority the certificate, in PEM, of whoever signed those of the nodes, the database, Redis and the blob store
     */
    static Cluster cluster(String authority) {
        return Cluster.of(c -> c.harbor("2.15.2")
                .upgradeFrom("2.14.4")
                .publicUrl("https://harbor.corp.internal")
                .privateNetwork()
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .node("harbor-3", "10.0.0.13:8443")
                .loadBalancer(lb -> lb.name("lb-a")
                        .nginx("10.0.0.9")
                        .programVersion("1.26")
                        .port(443)
                        .redirectPort(80)
                        .tls(TlsMode.TERMINATE)
                        .certificate("/etc/nginx/tls/registry.crt", "/etc/nginx/tls/registry.key")
                        .tlsProfile(TlsProfile.MODERN)
                        .http2()
                        .affinity(Affinity.NONE)
                        .healthCheck(check -> check.health()
                                .interval(Duration.ofSeconds(2))
                                .timeout(Duration.ofSeconds(2))
                                .fall(2)
                                .rise(3))
                        .bufferedUploads("/var/lib/nginx/harbor-uploads")
                        .timeouts(timeouts -> timeouts.connect(Duration.ofSeconds(2))
                                .answer(Duration.ofSeconds(20))
                                .commit(Duration.ofMinutes(5))
                                .upload(Duration.ofMinutes(15))
                                .api(Duration.ofMinutes(1)))
                        .maxBodySize(50L << 30)
                        .rateLimit(200, 400)
                        .behindProxy(proxy -> proxy.from("10.0.9.0/24"))
                        .statusPort(8404))
                .loadBalancer(lb -> lb.name("lb-b").haproxy("10.0.0.10").affinity(Affinity.COOKIE))
                .virtualIp(vip ->
                        vip.address("10.0.0.100/24").networkInterface("eth0").routerId(51))
                .aliases("registry.corp.internal")
                .database(db -> database(db, authority))
                .redis(redis -> redis(redis, authority))
                .s3(FullCluster::layers)
                .redirect(true)
                .storageCa(authority)
                .adminPassword(SampleSecret.fromEnvOrDrawn("HARBOR_ADMIN_PASSWORD"))
                .timeServers("ntp1.example.com", "ntp2.example.com")
                .nodeTls(tls -> tls.certificate("/etc/harbor/tls/node.crt", "/etc/harbor/tls/node.key")
                        .httpPort(8080)
                        .ca(authority)
                        .strongSslCiphers(true))
                .internalTls()
                .deployment(FullCluster::deployment)
                .harborYml(yml -> harborYml(yml, authority))
                .waive("storage.carries-all-traffic", "The store was measured with 200 pulls at once."));
    }

    private static void database(SharedDb.Builder db, String authority) {
        db.address("pg.example.com:5433")
                .username("harbor")
                .password(SampleSecret.fromEnvOrDrawn("DB_PASSWORD"))
                .name("harbor")
                .sslMode(SslMode.VERIFY_FULL)
                .ca(authority)
                .maxOpenConns(80)
                .maxIdleConns(20)
                .connMaxLifetime(Duration.ofMinutes(10))
                .connMaxIdleTime(Duration.ofMinutes(1))
                .maxConnections(1000)
                .idleInTransactionTimeout(Duration.ofSeconds(30))
                .serverVersion("15.4")
                .pooler(Pooler.SESSION)
                .clientCertificates(false);
    }

    /** Redis is one server, {@code .address(…)}, or found through sentinels. */
    private static void redis(SharedRedis.Builder redis, String authority) {
        redis.sentinel("mymaster", "redis-1.example.com", "redis-2.example.com", "redis-3.example.com:26380")
                .username("harbor")
                .password(SampleSecret.fromEnvOrDrawn("REDIS_PASSWORD"))
                .registryAsDefaultUser()
                .tls(authority)
                .registryDatabase(1)
                .jobserviceDatabase(2)
                .trivyDatabase(5)
                .harborDatabase(6)
                .cacheLayerDatabase(7)
                .idleTimeout(Duration.ofMinutes(1))
                .serverVersion("7.2.4")
                .clusterMode(false)
                .evictionPolicy(EvictionPolicy.NOEVICTION)
                .persistence(RedisPersistence.AOF);
    }

    /** The blob store is this one, or {@code .azure(…)}, {@code .gcs(…)}, {@code .oss(…)}, {@code .swift(…)}, a shared folder. */
    private static void layers(S3Storage.Builder s3) {
        s3.bucket("layers")
                .region("us-east-1")
                .endpoint("https://minio.example.com:9000")
                .credentials(SampleSecret.fromEnvOrDrawn("S3_ACCESS_KEY"), SampleSecret.fromEnvOrDrawn("S3_SECRET_KEY"))
                .rootDirectory("/harbor")
                .encrypt(true)
                .keyId("layers-key")
                .secure(true)
                .skipVerify(false)
                .v4Auth(true)
                .chunkSize(32L << 20)
                .storageClass("STANDARD")
                .userAgent("harbor")
                .multipartCopyChunkSize(32L << 20)
                .multipartCopyMaxConcurrency(50)
                .multipartCopyThresholdSize(32L << 20)
                .objectAcl("private");
    }

    private static void deployment(Deployment.Builder deployment) {
        deployment
                .complete() // or .installer(): a harbor.yml for Harbor's own installer
                .installDir("/srv/harbor")
                .dataVolume("/srv/harbor-data")
                .imageRepository("mirror.example.com/goharbor")
                .image("trivy-adapter", "mirror.example.com/security/trivy-adapter-photon:v2.15.2")
                .subnet("172.29.0.0/24");
    }

    private static void harborYml(HarborYml.Builder yml, String authority) {
        yml.jobservice(jobs -> jobs.maxJobWorkers(20)
                        .jobLoggers(JobLogger.STD_OUTPUT, JobLogger.DB)
                        .loggerSweeperDuration(14)
                        .maxJobDurationHours(48)
                        .maxWorkersOfAllNodes(60))
                .notification(5, 10)
                .log(log -> log.level(LogLevel.WARNING)
                        .rotateCount(20)
                        .rotateSize("100M")
                        .location("/var/log/harbor")
                        .externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.com:1601"))
                .trivy(trivy -> trivy.ignoreUnfixed(true)
                        .skipUpdate(false)
                        .skipJavaDbUpdate(false)
                        .offlineScan(false)
                        .insecure(false)
                        .securityCheck("vuln,secret")
                        .timeout(Duration.ofMinutes(10))
                        .githubToken(SampleSecret.fromEnvOrDrawn("GITHUB_TOKEN"))
                        .dbRepository("mirror.example.com/aquasecurity/trivy-db")
                        .javaDbRepository("mirror.example.com/aquasecurity/trivy-java-db"))
                .metric(9091, "/metrics")
                .trace(trace -> trace.sampleRate(0.1)
                        .namespace("registry")
                        .attribute("site", "one")
                        .exporter(new Trace.Otel(
                                HostPort.parse("otel.example.com", 4318),
                                "/v1/traces",
                                true,
                                false,
                                Duration.ofSeconds(5))))
                .cache(12)
                .uploadPurging(new UploadPurging(48, 12, false))
                .proxy(proxy -> proxy.http("http://proxy.example.com:3128")
                        .https("http://proxy.example.com:3128")
                        .credentials("harbor", SampleSecret.fromEnvOrDrawn("PROXY_PASSWORD"))
                        .noProxy(".corp.internal", "minio.example.com", "10.0.0.0/8")
                        .components(Component.CORE, Component.JOBSERVICE, Component.TRIVY))
                .quotaUpdateProvider(QuotaUpdateProvider.REDIS)
                .ipFamily(true, false)
                .uaaCa(authority);
    }
}
