package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final Map<String, Consumer<ClusterBuilder>> REQUIRED = new LinkedHashMap<>();

    static {
        REQUIRED.put(".harbor(…)", c -> c.harbor("0.5.0"));
        REQUIRED.put(".publicUrl(…)", c -> c.publicUrl("https://harbor.example.com"));
        REQUIRED.put(".node(…)", c -> c.node("harbor-1", "10.0.0.11"));
        REQUIRED.put(".database(…)", c -> c.database(db -> db.address("db").password(Secret.of("p"))));
        REQUIRED.put(
                ".s3(…) or another storage", c -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1")));
        REQUIRED.put(".loadBalancer(…)", c -> c.loadBalancer(lb -> lb.nginx("10.0.0.9")));
        REQUIRED.put(".adminPassword(…)", c -> c.adminPassword(Secret.of("p")));
    }

    @Test
    void allMissingPartsAreNamedAtOnce() {
        assertThatThrownBy(() -> Cluster.of(c -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cluster is incomplete; still to call: .harbor(…), .publicUrl(…), .node(…), .database(…), .s3(…)"
                                + " or another storage, .loadBalancer(…), .adminPassword(…).");
    }

    @Test
    void eachMissingPartIsNamedAlone() {
        REQUIRED.keySet().forEach(missing -> {
            ClusterBuilder builder = Cluster.builder();
            REQUIRED.forEach((call, part) -> {
                if (!call.equals(missing)) {
                    part.accept(builder);
                }
            });
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cluster is incomplete; still to call: " + missing + ".");
            REQUIRED.get(missing).accept(builder);
            assertThat(builder.build().harbor()).hasToString("0.5.0");
        });
    }

    @Test
    void aMalformedPartIsRefusedAtItsCall() {
        assertThatThrownBy(() -> Cluster.builder().database(db -> db.address("db:x")))
                .hasMessage("\"db:x\" has no valid port: expected a number from 1 to 65535 after the colon.");
        assertThatThrownBy(() -> Cluster.builder().database(db -> {}))
                .hasMessage("The database is incomplete; still to call: .address(…), .password(…).");
        assertThatThrownBy(() -> Cluster.builder().loadBalancer(lb -> {}))
                .hasMessage("The load balancer is incomplete; still to call: .nginx(…), .haproxy(…) or .external(…).");
        assertThatThrownBy(() -> Cluster.builder().redis("re dis"))
                .hasMessage(
                        "\"re dis\" is no host name; use letters, digits and hyphens, with dots between the labels.");
        assertThatThrownBy(() -> Cluster.builder().timeServers("ntp", ""))
                .hasMessage("A host must not be empty; give a DNS name or an IP address.");
    }

    @Test
    void aClusterMadeFromPartsNeedsNodesAndBalancers() {
        Cluster sound = SampleCluster.sound();
        assertThatThrownBy(() -> new Cluster(
                        sound.harbor(),
                        Optional.empty(),
                        sound.publicUrl(),
                        false,
                        List.of(),
                        sound.database(),
                        sound.redis(),
                        sound.storage(),
                        Optional.empty(),
                        Optional.empty(),
                        sound.loadBalancers(),
                        Optional.empty(),
                        List.of(),
                        sound.adminPassword(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Deployment.DEFAULT,
                        HarborYml.DEFAULT,
                        HarborCfg.DEFAULT,
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A cluster needs at least one node and one load balancer.");
    }

    @Test
    void whatIsNotSaidTakesItsDefault() {
        ClusterBuilder builder = Cluster.builder();
        REQUIRED.values().forEach(part -> part.accept(builder));
        Cluster cluster = builder.build();
        assertThat(cluster.upgradeFrom()).isEmpty();
        assertThat(cluster.privateNetwork()).isFalse();
        assertThat(cluster.redis()).isEmpty();
        assertThat(cluster.timeServers()).isEmpty();
        assertThat(cluster.jobserviceNode()).isEmpty();
        assertThat(cluster.redirect()).isEmpty();
        assertThat(cluster.storageCa()).isEmpty();
        assertThat(cluster.nodeTls()).isEmpty();
        assertThat(cluster.internalTls()).isFalse();
        assertThat(cluster.deployment()).isEqualTo(Deployment.DEFAULT);
        assertThat(cluster.harborYml()).isEqualTo(HarborYml.DEFAULT);
        assertThat(cluster.harborCfg()).isEqualTo(HarborCfg.DEFAULT);
        assertThat(cluster.waivers()).isEmpty();
        assertThat(HarborCfg.DEFAULT)
                .isEqualTo(new HarborCfg(Optional.empty(), Optional.empty(), true, true, 3, 30, true, false));
    }

    @Test
    void theReleaseBeforeIsKept() {
        ClusterBuilder builder = SampleCluster.sound().toBuilder();
        Cluster cluster = builder.upgradeFrom("v2.12.4").build();
        assertThat(cluster.upgradeFrom()).contains(new HarborVersion(2, 12, 4));
        assertThat(cluster.toBuilder().build()).isEqualTo(cluster);
        assertThatThrownBy(() -> builder.upgradeFrom("2.12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"2.12\" is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".");
    }

    @Test
    void theReleaseDecidesTheKindOfDatabase() {
        assertThat(SampleCluster.sound().database().address()).hasToString("mysql.example.com:3306");
        Cluster late = SampleCluster.with(c -> c.harbor("2.14.4"));
        assertThat(late.database().kind()).isEqualTo(DbKind.POSTGRESQL);
        assertThat(late.database().address()).hasToString("mysql.example.com:5432");
        assertThat(late.database().username()).isEqualTo("postgres");
    }

    @Test
    void aNodeListensOnHarborsOwnPortUnlessToldOtherwise() {
        Cluster http = SampleCluster.with(c -> c.node("harbor-3", "10.0.0.13:8080"));
        Cluster https = http.toBuilder().nodeTls(tls -> {}).build();
        assertThat(http.nodes()).extracting(http::portOf).containsExactly(80, 80, 8080);
        assertThat(https.nodes()).extracting(https::portOf).containsExactly(443, 443, 8080);
        assertThat(https.addressOf(https.nodes().get(0))).hasToString("10.0.0.11:443");
        assertThat(http.addressOf(http.nodes().get(2))).hasToString("10.0.0.13:8080");
    }

    @Test
    void clientsAreSentToAStoreThatTheyCanReach() {
        assertThat(SampleCluster.sound().redirectsToStorage()).isTrue();
        Cluster own = SampleCluster.with(
                c -> c.s3(s3 -> s3.bucket("layers").region("us-east-1").endpoint("http://10.0.0.50:9000")));
        Cluster share =
                SampleCluster.with(c -> c.sharedFilesystem(fs -> fs.path("/mnt").source("nfs:/x")));
        assertThat(own.redirectsToStorage()).isFalse();
        assertThat(share.redirectsToStorage()).isFalse();
        assertThat(SampleCluster.with(c -> c.gcs(gcs -> gcs.bucket("layers"))).redirectsToStorage())
                .isTrue();
        assertThat(own.toBuilder().redirect(true).build().redirectsToStorage()).isTrue();
        assertThat(SampleCluster.with(c -> c.redirect(false)).redirectsToStorage())
                .isFalse();
    }

    @Test
    void aPartOf2xIsMalformedAtItsCall() {
        assertThatThrownBy(() -> Cluster.builder().storageCa("x")).hasMessage(PemCertificatesTest.NO_CERTIFICATE);
        assertThatThrownBy(() -> Cluster.builder().nodeTls(tls -> tls.httpPort(0)))
                .hasMessage("Port 0 is out of range; use 1 to 65535.");
        assertThatThrownBy(() -> Cluster.builder().deployment(deployment -> deployment.subnet("10.0.0.0")))
                .hasMessageStartingWith("\"10.0.0.0\" is no subnet;");
        assertThatThrownBy(() -> Cluster.builder().harborYml(yml -> yml.cache(0)))
                .hasMessage("The life of a cache entry is 0; use 1 to 8760 hours.");
    }

    @Test
    void loadBalancersAreNumberedInTheOrderOfTheirCalls() {
        Cluster cluster = SampleCluster.with(
                c -> c.loadBalancer(lb -> lb.name("edge").nginx("10.0.0.8")).loadBalancer(lb -> lb.nginx("10.0.0.7")));
        assertThat(cluster.loadBalancers())
                .extracting(LoadBalancer::name)
                .containsExactly("lb-1", "lb-2", "edge", "lb-4");
        assertThat(cluster.toBuilder().build()).isEqualTo(cluster);
    }

    @Test
    void aPartThatIsThereOnceIsReplacedByALaterCall() {
        Cluster cluster = SampleCluster.with(c -> c.harbor("0.4.0")
                .harbor("0.5.0")
                .sharedFilesystem(share -> share.path("/mnt").source("nfs:/x"))
                .gcs(gcs -> gcs.bucket("layers")));
        assertThat(cluster.harbor()).hasToString("0.5.0");
        assertThat(cluster.storage()).isInstanceOf(GcsStorage.class);
    }

    @Test
    void everySecretIsNamedWithItsPlace() {
        ClusterKeys keys = ClusterKeys.generate(2048);
        Secret s = Secret.of("s");
        HarborCfg.SearchUser user = new HarborCfg.SearchUser("cn=search", s);
        Trace.Exporter jaeger =
                new Trace.JaegerCollector(new ServiceUrl("http://jaeger"), Optional.of("user"), Optional.of(s));
        Cluster cluster = SampleCluster.with(c -> c.redis(
                        redis -> redis.address("redis").password(s))
                .nodeTls(tls -> tls.certificatePem(keys.tokenCertificate(), keys.tokenKey()))
                .harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(s))
                        .trace(trace -> trace.exporter(jaeger))
                        .proxy(proxy -> proxy.http("http://proxy").credentials("user", s)))
                .loadBalancer(lb -> lb.nginx("10.0.0.8").certificatePem(keys.tokenCertificate(), keys.tokenKey()))
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                                HostPort.parse("mail", 25), "user", s, "from", false, Optional.empty()))
                        .ldap(new HarborCfg.Ldap("ldap://h", "dc=x", "uid", 3, Optional.of(user), Optional.empty()))));
        assertThat(paths(cluster))
                .containsExactly(
                        "cluster.adminPassword",
                        "cluster.database.password",
                        "cluster.redis.password",
                        "cluster.loadBalancers[lb-3].certificate.keyPem",
                        "cluster.nodeTls.certificate.keyPem",
                        "cluster.harborYml.trivy.githubToken",
                        "cluster.harborYml.trace.jaeger.password",
                        "cluster.harborYml.proxy.password",
                        "cluster.harborCfg.mail.password",
                        "cluster.harborCfg.ldap.searchPassword");
    }

    @Test
    void everySecretOfEveryStoreIsNamed() {
        Secret s = Secret.of("s");
        assertThat(storagePaths(
                        S3Storage.of(s3 -> s3.bucket("layers").region("x").credentials(s, s))))
                .containsExactly("cluster.storage.s3.accessKey", "cluster.storage.s3.secretKey");
        assertThat(storagePaths(
                        AzureStorage.of(azure -> azure.account("account", s).container("layers"))))
                .containsExactly("cluster.storage.azure.accountKey");
        assertThat(storagePaths(GcsStorage.of(gcs -> gcs.bucket("layers")))).isEmpty();
        assertThat(storagePaths(
                        OssStorage.of(oss -> oss.credentials(s, s).region("x").bucket("layers"))))
                .containsExactly("cluster.storage.oss.accessKeyId", "cluster.storage.oss.accessKeySecret");
        assertThat(storagePaths(SwiftStorage.of(swift -> swift.authUrl("http://keystone")
                        .user("u", s)
                        .container("layers")
                        .tempUrlKeys(s, s))))
                .containsExactly(
                        "cluster.storage.swift.password",
                        "cluster.storage.swift.tempUrlAccessKey",
                        "cluster.storage.swift.tempUrlSecretKey");
        assertThat(storagePaths(SharedFilesystem.of(share -> share.path("/mnt").source("nfs:/x"))))
                .isEmpty();
    }

    private static List<String> storagePaths(Storage storage) {
        return paths(SampleCluster.with(c -> c.storage(storage))).stream()
                .filter(path -> path.startsWith("cluster.storage."))
                .toList();
    }

    private static List<String> paths(Cluster cluster) {
        return cluster.secrets().keySet().stream().map(ModelPath::text).toList();
    }

    @Test
    void aPathIsBuiltFromItsParts() {
        assertThat(ModelPath.cluster().child("nodes").key("harbor-2").child("address"))
                .hasToString("cluster.nodes[harbor-2].address");
        assertThat(ModelPath.file("nodes/harbor-1/env")).hasToString("nodes/harbor-1/env");
        assertThat(ModelPath.file("nodes/harbor-1/env").isFile()).isTrue();
        assertThat(ModelPath.file("clusters.md").isFile()).isTrue();
        assertThat(ModelPath.cluster().isFile()).isFalse();
        assertThat(ModelPath.cluster().child("nodes").isFile()).isFalse();
        assertThat(ModelPath.cluster().key("x").isFile()).isFalse();
    }
}
