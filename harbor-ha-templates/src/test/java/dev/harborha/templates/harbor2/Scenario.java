package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HostPort;
import dev.harborha.model.JobLogger;
import dev.harborha.model.LogLevel;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.Releases;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.SslMode;
import dev.harborha.model.Trace;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.testing.Redises;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A cluster of Harbor 2.x as people have it, for every release that can run it.
 *
 * @param name a short name
 * @param releases the releases that can run it
 * @param change what it has besides two nodes, a database, a Redis and an S3 bucket
 */
public record Scenario(String name, Releases releases, Consumer<ClusterBuilder> change) {

    /** A certificate; whose does not matter. */
    public static final String PEM = TestKeys.certificate();

    /** Another one. */
    public static final String OTHER_PEM =
            TestKeys.KEYS.internalTls().orElseThrow().caCertificate();

    /** All of them. */
    public static final List<Scenario> ALL = all();

    /** Returns the newest release of each line, 2.0 first. */
    public static List<HarborVersion> newestOfEachLine() {
        SortedMap<Integer, HarborVersion> newest = new TreeMap<>();
        for (HarborVersion release : HarborVersion.SUPPORTED) {
            if (release.major() == 2) {
                newest.merge(release.minor(), release, (one, other) -> one.isBefore(other) ? other : one);
            }
        }
        return List.copyOf(newest.values());
    }

    /** Returns the cluster that a release runs. */
    public Cluster in(HarborVersion release) {
        ClusterBuilder builder = Cluster.builder()
                .harbor(release)
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("pg.example.com")
                        .username("harbor")
                        .password(Secret.of("database-password"))
                        .maxConnections(500))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of("redis-password")))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key")))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("admin-password"))
                .timeServers("ntp.example.com");
        change.accept(builder);
        return builder.build();
    }

    /** Tells whether a release can run it. */
    public boolean runsOn(HarborVersion release) {
        return releases.contains(release);
    }

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.add(of("s3", c -> {}));
        all.add(of("plain-http-public-url", c -> c.publicUrl("http://harbor.example.com:8080")));
        all.add(of(
                "nodes-on-another-port",
                c -> c.withoutNode("harbor-1")
                        .withoutNode("harbor-2")
                        .node("harbor-1", "10.0.0.11:8081")
                        .node("harbor-2", "10.0.0.12:8082")));
        all.add(of("https-nodes", c -> c.nodeTls(tls -> tls.ca(PEM))));
        all.add(of(
                "https-nodes-with-pem",
                c -> c.nodeTls(tls -> tls.certificatePem(PEM, TestKeys.certificateKey())
                                .httpPort(8000))
                        .withoutNode("harbor-2")
                        .node("harbor-2", "10.0.0.12:8443")));
        all.add(since(
                Releases.since("2.9.3", "2.10.1"),
                "https-nodes-strong-ciphers",
                c -> c.nodeTls(tls -> tls.strongSslCiphers(true))));
        all.add(of(
                "minio",
                c -> c.storageCa(PEM)
                        .s3(s3 -> s3.bucket("layers")
                                .region("us-east-1")
                                .endpoint("https://minio.example.com:9000")
                                .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key"))
                                .rootDirectory("/harbor")
                                .secure(true)
                                .skipVerify(false)
                                .v4Auth(true)
                                .encrypt(false)
                                .chunkSize(33_554_432)
                                .multipartCopyChunkSize(33_554_432)
                                .multipartCopyMaxConcurrency(50)
                                .multipartCopyThresholdSize(33_554_432)
                                .storageClass("NONE")
                                .objectAcl("bucket-owner-full-control"))));
        all.add(of(
                "minio-with-redirect",
                c -> c.redirect(true)
                        .s3(s3 -> s3.bucket("layers").region("us-east-1").endpoint("https://minio.example.com"))));
        all.add(of(
                "azure",
                c -> c.azure(azure ->
                        azure.account("layers", Secret.of("azure-account-key")).container("harbor"))));
        all.add(of(
                "gcs",
                c -> c.gcs(gcs -> gcs.bucket("layers")
                        .keyFile("/etc/harbor/gcs.json")
                        .rootDirectory("harbor")
                        .chunkSize(5_242_880)
                        .maxConcurrency(100))));
        all.add(of(
                "oss",
                c -> c.oss(oss -> oss.credentials(Secret.of("oss-key-id"), Secret.of("oss-key-secret"))
                        .region("oss-cn-beijing")
                        .bucket("layers")
                        .internal(true))));
        all.add(of(
                "swift",
                c -> c.redirect(false)
                        .swift(swift -> swift.authUrl("https://keystone.example.com:5000/v3")
                                .user("harbor", Secret.of("swift-password"))
                                .container("layers")
                                .tenant("registry")
                                .domain("default")
                                .tenantDomain("projects")
                                .authVersion(3)
                                .tempUrlMethods("GET", "HEAD"))));
        all.add(of(
                "shared-filesystem",
                c -> c.sharedFilesystem(fs -> fs.path("/mnt/harbor")
                        .source("nfs.example.com:/export/harbor")
                        .maxThreads(200))));
        all.add(of("redis-without-password", c -> c.redis("redis.example.com:6380")));
        all.add(of(
                "redis-databases",
                c -> c.redis(redis -> redis.address("10.0.0.30")
                        .password(Secret.of("redis-password"))
                        .registryDatabase(3)
                        .jobserviceDatabase(4)
                        .trivyDatabase(7)
                        .idleTimeout(Duration.ofMinutes(1)))));
        all.add(since(
                Releases.since("2.7.3", "2.8.4"),
                "redis-own-caches",
                c -> c.harborYml(yml -> yml.cache(12))
                        .redis(redis -> redis.address("redis.example.com")
                                .password(Secret.of("redis-password"))
                                .harborDatabase(6)
                                .cacheLayerDatabase(7))));
        all.add(since(
                Redises.SENTINELS,
                "sentinel",
                c -> c.redis(redis -> redis.sentinel(
                                "mymaster", "redis-1.example.com", "redis-2.example.com", "redis-3.example.com:26380")
                        .password(Secret.of("redis-password")))));
        all.add(since(
                "2.8.0",
                "redis-user",
                c -> c.redis(redis -> redis.address("redis.example.com")
                        .username("harbor")
                        .password(Secret.of("redis-password"))
                        .registryAsDefaultUser())));
        all.add(since(
                "2.13.0",
                "redis-tls",
                c -> c.redis(redis -> redis.address("redis.example.com")
                        .password(Secret.of("redis-password"))
                        .tls(PEM))));
        all.add(since(
                "2.13.0",
                "sentinel-tls-public-ca",
                c -> c.redis(redis -> redis.sentinel("mymaster", "redis-1.example.com", "redis-2.example.com")
                        .password(Secret.of("redis-password"))
                        .tls())));
        all.add(of("internal-tls", c -> c.internalTls().harborYml(yml -> yml.trivy())));
        all.add(of(
                "internal-tls-https-nodes-elsewhere",
                c -> c.internalTls().nodeTls(tls -> {}).deployment(d -> d.dataVolume("/srv/harbor"))));
        all.add(of(
                "trivy",
                c -> c.harborYml(yml -> yml.trivy(trivy -> trivy.ignoreUnfixed(true)
                        .skipUpdate(true)
                        .insecure(true)
                        .githubToken(Secret.of("github-token"))))));
        all.add(since(
                "2.15.0",
                "trivy-all",
                c -> c.harborYml(yml -> yml.trivy(trivy -> trivy.offlineScan(true)
                        .skipJavaDbUpdate(true)
                        .securityCheck("vuln,secret")
                        .timeout(Duration.ofSeconds(90))
                        .dbRepository("registry.example.com/aquasecurity/trivy-db")
                        .javaDbRepository("registry.example.com/aquasecurity/trivy-java-db:1")))));
        all.add(since("2.2.0", "metrics", c -> c.harborYml(yml -> yml.metric())));
        all.add(since(
                "2.2.0",
                "metrics-https-internal-tls",
                c -> c.internalTls().nodeTls(tls -> {}).harborYml(yml -> yml.metric(9191, "/harbor/metrics"))));
        all.add(since(
                "2.4.0",
                "trace-jaeger",
                c -> c.harborYml(yml -> yml.trace(trace -> trace.sampleRate(0.25)
                        .namespace("production")
                        .attribute("cluster", "blue")
                        .attribute("note", "two words")
                        .exporter(new Trace.JaegerCollector(
                                new ServiceUrl("http://jaeger.example.com:14268/api/traces"),
                                Optional.of("user"),
                                Optional.of(Secret.of("jaeger-password"))))))));
        all.add(since(
                "2.4.0",
                "trace-jaeger-agent",
                c -> c.harborYml(yml -> yml.trace(trace -> trace.jaegerAgent("jaeger.example.com")))));
        all.add(since(
                "2.4.0",
                "trace-otel",
                c -> c.harborYml(yml -> yml.trace(trace -> trace.exporter(new Trace.Otel(
                        HostPort.parse("otel.example.com", 4318), "/v1/traces", true, true, Duration.ofSeconds(5)))))));
        all.add(of(
                "proxy",
                c -> c.harborYml(yml -> yml.trivy()
                        .proxy(proxy -> proxy.http("http://proxy.example.com:3128")
                                .https("http://proxy.example.com:3128")
                                .credentials("proxy-user", Secret.of("proxy-password"))
                                .noProxy("minio.example.com", ".example.com", "10.0.0.0/8")))));
        all.add(of(
                "proxy-for-trivy-alone",
                c -> c.harborYml(yml -> yml.trivy()
                        .proxy(proxy -> proxy.https("http://proxy.example.com:3128")
                                .components(OutboundProxy.Component.TRIVY)))));
        all.add(since("2.6.0", "cache", c -> c.harborYml(yml -> yml.cache())));
        all.add(of(
                "ipv6",
                c -> c.publicUrl("https://[2001:db8::1]:8443")
                        .withoutNode("harbor-1")
                        .withoutNode("harbor-2")
                        .node("harbor-1", "2001:db8::11")
                        .node("harbor-2", "[2001:db8::12]:8080")
                        .database(db -> db.address("2001:db8::20").password(Secret.of("database-password")))));
        all.add(since(
                "2.11.0",
                "ip-family",
                c -> c.internalTls().nodeTls(tls -> {}).harborYml(yml -> yml.ipFamily(true, true))));
        all.add(of(
                "syslog-server",
                c -> c.harborYml(yml -> yml.log(log ->
                        log.level(LogLevel.WARNING).externalEndpoint(HarborLog.Protocol.UDP, "syslog.example.com")))));
        all.add(of(
                "job-logs-in-files",
                c -> c.harborYml(yml -> yml.log(log -> log.level(LogLevel.DEBUG)
                                .rotateCount(7)
                                .rotateSize("1G")
                                .location("/srv/log/harbor"))
                        .jobservice(jobservice -> jobservice
                                .maxJobWorkers(20)
                                .jobLoggers(JobLogger.STD_OUTPUT, JobLogger.FILE, JobLogger.DB)
                                .loggerSweeperDuration(7)))));
        all.add(since(
                "2.13.0",
                "long-jobs",
                c -> c.harborYml(yml -> yml.jobservice(jobservice -> jobservice.maxJobDurationHours(48))
                        .notification(5, 10)
                        .quotaUpdateProvider(QuotaUpdateProvider.REDIS))));
        all.add(of(
                "database-by-tls",
                c -> c.database(db -> db.address("10.0.0.20:5433")
                        .username("harbor_user")
                        .password(Secret.of("database-password"))
                        .name("harbor")
                        .sslMode(SslMode.VERIFY_FULL)
                        .ca(PEM)
                        .maxOpenConns(100)
                        .maxIdleConns(25))));
        all.add(of(
                "authorities",
                c -> c.storageCa(PEM)
                        .database(db -> db.address("pg.example.com")
                                .password(Secret.of("database-password"))
                                .sslMode(SslMode.VERIFY_CA)
                                .ca(OTHER_PEM)
                                .maxConnections(500))));
        all.add(since(
                "2.7.0",
                "database-connections",
                c -> c.database(db -> db.address("pg.example.com")
                        .password(Secret.of("database-password"))
                        .connMaxLifetime(Duration.ofMinutes(90))
                        .connMaxIdleTime(Duration.ofSeconds(30)))));
        all.add(since("2.5.0", "no-upload-purging", c -> c.harborYml(yml -> yml.noUploadPurging())));
        all.add(since(
                "2.5.0",
                "upload-purging",
                c -> c.harborYml(yml -> yml.uploadPurging(new UploadPurging(48, 12, true)))));
        all.add(of("log-fatal", c -> c.harborYml(yml -> yml.log(log -> log.level(LogLevel.FATAL)))));
        all.add(of("uaa", c -> c.harborYml(yml -> yml.uaaCa(PEM))));
        all.add(of(
                "images-of-a-mirror",
                c -> c.deployment(d -> d.imageRepository("registry.example.com:5000/mirror/goharbor")
                        .image(
                                "core",
                                "registry.example.com/harbor-core:v2@sha256:"
                                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
                        .subnet("10.250.0.0/24")
                        .installDir("/srv/harbor/install"))));
        return List.copyOf(all);
    }

    private static Scenario of(String name, Consumer<ClusterBuilder> change) {
        return since("2.0.0", name, change);
    }

    private static Scenario since(String version, String name, Consumer<ClusterBuilder> change) {
        return since(Releases.since(version), name, change);
    }

    private static Scenario since(Releases releases, String name, Consumer<ClusterBuilder> change) {
        return new Scenario(name, releases, change);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
