package dev.harborha.templates.rendering;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HostPort;
import dev.harborha.model.LogLevel;
import dev.harborha.model.SslMode;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Clusters as people have them. */
public final class Scenarios {

    private Scenarios() {}

    /** Returns all of them by name, with the certificate of the load balancers that are given one. */
    public static Map<String, Cluster> all(String certificate, Secret certificateKey) {
        Map<String, Cluster> all = new TreeMap<>(Map.of(
                "post-s3-https", post(),
                "plain-http", plainHttp(),
                "shared-filesystem-sessions", sharedFilesystem(),
                "gcs", gcs(),
                "azure-behind-proxy", azureBehindProxy(),
                "oss", oss(),
                "swift", swift(),
                "pem-two-balancers-ipv6", pemTwoBalancersIpv6(certificate, certificateKey)));
        all.put("2.15-s3", installed("2.15.2", delivery -> delivery.complete()));
        all.put("2.15-installer", installed("2.15.2", delivery -> delivery.installer()));
        all.put("2.0-installer", installed("2.0.6", delivery -> delivery.installer()));
        all.put("2.0-shared-filesystem", old());
        all.put("lb-haproxy-vip", haproxies(certificate, certificateKey));
        all.put("lb-passthrough", passthrough(certificate, certificateKey));
        all.put("lb-canary-buffered", canary());
        all.put("lb-external", external());
        all.put("2.15-everything", everything(certificate, certificateKey));
        return all;
    }

    /** The first release of 2.x, with layers on a share. */
    private static Cluster old() {
        return installed("2.0.6", delivery -> delivery.complete()).toBuilder()
                .sharedFilesystem(fs -> fs.path("/mnt/harbor").source("nfs.example.com:/export/harbor"))
                .build();
    }

    /** Two HAProxy that share an address; one node is about to be stopped. */
    private static Cluster haproxies(String certificate, Secret certificateKey) {
        return fronted(c -> c.loadBalancer(lb -> lb.haproxy("10.0.0.9")
                        .certificatePem(certificate, certificateKey)
                        .affinity(Affinity.COOKIE)
                        .http2()
                        .rateLimit(100, 200))
                .loadBalancer(lb -> lb.haproxy("10.0.0.10")
                        .certificatePem(certificate, certificateKey)
                        .tlsProfile(TlsProfile.MODERN)
                        .maxBodySize(20L << 30)
                        .behindProxy(proxy -> proxy.from("10.0.9.0/24")))
                .nodeTls(tls -> tls.certificatePem(certificate, certificateKey).ca(certificate))
                .virtualIp(vip ->
                        vip.address("10.0.0.100/24").networkInterface("eth0").password(Secret.of("vrrp0one")))
                .aliases("registry.example.com")
                .drain("harbor-3"));
    }

    /** TLS goes through to the nodes. */
    private static Cluster passthrough(String certificate, Secret certificateKey) {
        return fronted(c -> c.nodeTls(
                        tls -> tls.certificatePem(certificate, certificateKey).ca(certificate))
                .loadBalancer(lb -> lb.nginx("10.0.0.9").tls(TlsMode.PASSTHROUGH))
                .loadBalancer(lb -> lb.haproxy("10.0.0.10").tls(TlsMode.PASSTHROUGH)));
    }

    /** nginx that keeps layers, asks for a canary, and knows the proxy in front. */
    private static Cluster canary() {
        return fronted(c -> c.loadBalancer(lb -> lb.nginx("10.0.0.9")
                        .bufferedUploads()
                        .affinity(Affinity.SOURCE)
                        .http2()
                        .rateLimit(100, 0)
                        .behindProxy(proxy -> proxy.proxyProtocol().from("10.0.9.1/32"))
                        .healthCheck(check ->
                                check.canary("library/canary", "v1", "robot$canary", Secret.of("robot-password"))))
                .loadBalancer(lb -> lb.haproxy("10.0.0.10")
                        .affinity(Affinity.LEAST_CONNECTIONS)
                        .healthCheck(check ->
                                check.canary("library/canary", "v1", "robot$canary", Secret.of("robot-password"))))
                .aliases("registry.example.com", "hub.example.com")
                .virtualIp(vip -> vip.address("10.0.0.100/24").networkInterface("eth0"))
                .drain("harbor-2"));
    }

    private static Cluster external() {
        return fronted(c -> c.loadBalancer(lb -> lb.external("lb.example.com").affinity(Affinity.SOURCE)));
    }

    /** Three nodes of the newest release with layers in S3, and what stands in front. */
    private static Cluster fronted(Consumer<ClusterBuilder> front) {
        return Cluster.of(c -> front.accept(c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .node("harbor-3", "10.0.0.13")
                .database(db -> db.address("pg.example.com").password(Secret.of("database-password")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .adminPassword(Secret.of("admin-password"))));
    }

    /** TLS wherever there is any, and every part that Harbor can be given, elsewhere than usual. */
    private static Cluster everything(String certificate, Secret certificateKey) {
        return Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12:8443")
                .nodeTls(tls -> tls.certificatePem(certificate, certificateKey)
                        .ca(certificate)
                        .httpPort(8081)
                        .strongSslCiphers(true))
                .internalTls()
                .database(db -> db.address("pg.example.com:5433")
                        .username("harbor")
                        .password(Secret.of("database-password"))
                        .name("harbor")
                        .sslMode(SslMode.VERIFY_FULL)
                        .ca("# The database's.\n" + certificate)
                        .maxConnections(500))
                .redis(redis -> redis.sentinel("mymaster", "redis-1.example.com", "redis-2.example.com")
                        .username("harbor")
                        .password(Secret.of("redis-password"))
                        .registryAsDefaultUser()
                        .tls(certificate)
                        .harborDatabase(6)
                        .cacheLayerDatabase(7))
                .s3(s3 -> s3.bucket("layers")
                        .region("us-east-1")
                        .endpoint("https://minio.example.com:9000")
                        .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key")))
                .storageCa(certificate)
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .loadBalancer(lb -> lb.nginx("10.0.0.9"))
                .adminPassword(Secret.of("admin-password"))
                .timeServers("ntp1.example.com")
                .deployment(d -> d.installDir("/srv/harbor/install")
                        .dataVolume("/srv/harbor/data")
                        .imageRepository("registry.example.com/goharbor")
                        .subnet("10.250.0.0/24"))
                .harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(Secret.of("github-token")))
                        .metric()
                        .cache()
                        .trace(trace -> trace.otel("otel.example.com:4318", "/v1/traces")
                                .attribute("cluster", "blue"))
                        .uploadPurging(new UploadPurging(48, 12, true))
                        .proxy(proxy -> proxy.http("http://proxy.example.com:3128")
                                .credentials("proxy-user", Secret.of("proxy-password"))
                                .noProxy(".example.com"))
                        .log(log -> log.level(LogLevel.WARNING)
                                .externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.com"))));
    }

    /** The cluster of the blog post: https ends at the load balancer, the nodes listen on 8080, layers are in S3. */
    static Cluster post() {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11:8080")
                .node("harbor-2", "10.0.0.12:8080")
                .database(db -> db.address("mysql.example.com").password(Secret.of("database-password")))
                .s3(s3 -> s3.bucket("harbor-layers")
                        .region("cn-north-1")
                        .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key"))
                        .rootDirectory("/s3/harbor/registry"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("admin-password"))
                .timeServers("ntp1.example.com", "ntp2.example.com"));
    }

    /** The cluster of the blog post as it is built today. */
    static Cluster installed(String release, Consumer<Deployment.Builder> delivery) {
        return Cluster.of(c -> c.harbor(release)
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11:8080")
                .node("harbor-2", "10.0.0.12:8080")
                .database(db -> db.address("pg.example.com")
                        .password(Secret.of("database-password"))
                        .maxConnections(500))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of("redis-password")))
                .s3(s3 -> s3.bucket("harbor-layers")
                        .region("cn-north-1")
                        .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key"))
                        .rootDirectory("/s3/harbor/registry"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("admin-password"))
                .timeServers("ntp1.example.com", "ntp2.example.com")
                .deployment(delivery));
    }

    private static Cluster plainHttp() {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("http://harbor.example.com:8000")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("10.0.0.20:3307").password(Secret.of("database-password")))
                .s3(s3 -> s3.bucket("layers").region("us-east-1").endpoint("http://minio.example.com:9000"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("admin-password")));
    }

    private static Cluster sharedFilesystem() {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com:8443")
                .node("blue", "10.0.0.11")
                .node("green", "10.0.0.12:8080")
                .node("red", "10.0.0.13:8081")
                .jobserviceOn("green")
                .database(db -> db.address("mysql.example.com")
                        .username("harbor's user")
                        .name("harbor_prod")
                        .password(Secret.of("database-password")))
                .redis(redis -> redis.address("redis.example.com")
                        .password(Secret.of("redis-password"))
                        .sessionDatabase(3))
                .sharedFilesystem(fs -> fs.path("/mnt/harbor").source("nfs.example.com:/export/harbor"))
                .loadBalancer(lb ->
                        lb.nginx("10.0.0.10").affinity(Affinity.NONE).certificate("/etc/ssl/a.crt", "/etc/ssl/a.key"))
                .adminPassword(Secret.of("admin-password"))
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                                HostPort.parse("smtp.example.com:587", 25),
                                "mailer",
                                Secret.of("mail-password"),
                                "Harbor <harbor@example.com>",
                                true,
                                Optional.of("identity")))
                        .ldap(new HarborCfg.Ldap(
                                "ldaps://ldap.example.com",
                                "ou=people,dc=example,dc=com",
                                "sAMAccountName",
                                2,
                                Optional.of(new HarborCfg.SearchUser(
                                        "cn=search,dc=example,dc=com", Secret.of("ldap-password"))),
                                Optional.of("(objectClass=person)")))
                        .selfRegistration(false)
                        .maxJobWorkers(10)
                        .tokenExpiration(60)
                        .verifyRemoteCert(false)
                        .adminOnlyProjects(true)));
    }

    private static Cluster gcs() {
        return post().toBuilder()
                .gcs(gcs -> gcs.bucket("layers").keyFile("/etc/harbor/gcs.json").chunkSize(5_242_880))
                .build();
    }

    private static Cluster azureBehindProxy() {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("mysql.example.com").password(Secret.of("database-password")))
                .redis("redis.example.com:6380")
                .azure(azure -> azure.account("layers", Secret.of("azure-account-key"))
                        .container("harbor")
                        .realm("core.chinacloudapi.cn"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10")
                        .tls(TlsMode.PLAIN_HTTP)
                        .port(8080)
                        .behindProxy()
                        .affinity(Affinity.NONE))
                .adminPassword(Secret.of("admin-password")));
    }

    private static Cluster oss() {
        return post().toBuilder()
                .oss(oss -> oss.credentials(Secret.of("oss-key-id"), Secret.of("oss-key-secret"))
                        .region("oss-cn-beijing")
                        .bucket("layers")
                        .internal(true)
                        .secure(true))
                .build();
    }

    private static Cluster swift() {
        return post().toBuilder()
                .swift(swift -> swift.authUrl("https://keystone.example.com:5000/v3")
                        .user("harbor", Secret.of("swift-password"))
                        .container("layers")
                        .tenant("registry")
                        .domain("default")
                        .authVersion(3)
                        .tempUrlKeys(Secret.of("swift-temp-access"), Secret.of("swift-temp-secret"))
                        .tempUrlMethods("GET", "HEAD"))
                .build();
    }

    private static Cluster pemTwoBalancersIpv6(String certificate, Secret certificateKey) {
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://[2001:db8::1]:8443")
                .node("harbor-1", "[2001:db8::11]:8080")
                .node("harbor-2", "2001:db8::12")
                .database(db -> db.address("[2001:db8::20]:3306").password(Secret.of("database-password")))
                .redis("[2001:db8::30]:6379")
                .s3(s3 -> s3.bucket("layers")
                        .region("harbor-1")
                        .endpoint("https://s3.example.com")
                        .encrypt(true)
                        .keyId("key-id")
                        .secure(true)
                        .chunkSize(33_554_432)
                        .storageClass("REDUCED_REDUNDANCY")
                        .userAgent("harbor"))
                .loadBalancer(lb -> lb.nginx("2001:db8::a")
                        .certificatePem(certificate, certificateKey)
                        .tlsProfile(TlsProfile.MODERN))
                .loadBalancer(lb -> lb.name("standby")
                        .nginx("2001:db8::b")
                        .redirectPort(8000)
                        .certificatePem(certificate, certificateKey)
                        .tlsProfile(TlsProfile.MODERN))
                .adminPassword(Secret.of("admin-password"))
                .timeServers("2001:db8::123"));
    }
}
