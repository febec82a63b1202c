package dev.harborha.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SampleCluster;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.Trace;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterElementsTest {

    private static final Cluster RICH = SampleCluster.with2x(c -> c.deployment(d -> d.image("core", "r/core:v2.14.4"))
            .waive("lb.single-load-balancer", "a test")
            .loadBalancer(lb -> lb.nginx("10.0.0.8")
                    .certificatePem(pem(), Secret.of("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n")))
            .nodeTls(tls -> tls.certificate("/a.crt", "/a.key"))
            .harborCfg(cfg -> cfg.ldap(new HarborCfg.Ldap(
                    "ldap://h",
                    "dc=x",
                    "uid",
                    3,
                    Optional.of(new HarborCfg.SearchUser("cn=s", Secret.of("s"))),
                    Optional.empty())))
            .harborYml(yml -> yml.trace(trace -> trace.attribute("a", "b")
                    .exporter(new Trace.JaegerCollector(
                            new ServiceUrl("http://j"), Optional.of("u"), Optional.of(Secret.of("p")))))));

    private static String pem() {
        return ClusterKeys.generate(2048).tokenCertificate();
    }

    private static Optional<String> problemOf(Cluster cluster, String path) {
        return ClusterElements.problemOf(cluster, new ModelPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster.harbor",
                "cluster.nodes",
                "cluster.nodes[harbor-2]",
                "cluster.nodes[harbor-2].address",
                "cluster.loadBalancers[lb-3].redirectPort",
                "cluster.loadBalancers[lb-3].certificate.pem",
                "cluster.loadBalancers[lb-3].certificate.keyPem",
                "cluster.nodeTls.certificate.path",
                "cluster.nodeTls.certificate.keyPath",
                "cluster.nodeTls.ca",
                "cluster.nodeTls.ca.text",
                "cluster.database.password",
                "cluster.database.pool.maxOpenConns",
                "cluster.database.maxConnections",
                "cluster.database.idleInTransactionTimeout",
                "cluster.redis.address",
                "cluster.redis.sentinel",
                "cluster.redis.password",
                "cluster.redis.tls.ca",
                "cluster.redis.databases.cacheLayer",
                "cluster.storage.s3",
                "cluster.storage.s3.bucket",
                "cluster.storage.s3.accessKey",
                "cluster.storage.s3.skipVerify",
                "cluster.harborYml.trivy.githubToken",
                "cluster.harborYml.proxy.password",
                "cluster.harborYml.proxy.noProxy",
                "cluster.harborYml.log.externalEndpoint",
                "cluster.harborYml.trace.jaeger.username",
                "cluster.harborYml.trace.attributes[a]",
                "cluster.harborCfg.ldap.searchDn",
                "cluster.harborCfg.ldap.searchPassword",
                "cluster.harborCfg.mail.from",
                "cluster.deployment.images[core]",
                "cluster.waivers[lb.single-load-balancer]",
                "cluster.upgradeFrom"
            })
    void thesePathsLeadSomewhere(String path) {
        assertThat(problemOf(RICH, path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster.node",
                "cluster.nodes[harbor-9]",
                "cluster.nodes[harbor-1].adress",
                "cluster.nodes.address",
                "cluster.nodes[harbor-1].address.text.length",
                "cluster.loadBalancers[lb-1].certificate.pem",
                "cluster.loadBalancers[lb-3].certificate.path",
                "cluster.nodeTls.certificate.pem",
                "cluster.storage.bucket",
                "cluster.storage.gcs",
                "cluster.storage.s3.s3",
                "cluster.storage.s3.container",
                "cluster.storage.s3.skipverify",
                "cluster.redis.endpoint.sentinels",
                "cluster.redis.db",
                "cluster.harborYml.trace.jaeger.urlPath",
                "cluster.harborYml.trace.attributes[b]",
                "cluster.deployment.images[portal]",
                "cluster.waivers[other]"
            })
    void thesePathsLeadNowhere(String path) {
        assertThat(problemOf(RICH, path)).get().asString().startsWith("The path " + path + " leads nowhere: ");
    }

    @Test
    void anElementOfAPartThatIsNotThereIsOneOfItsKind() {
        Cluster cluster = SampleCluster.sound();
        assertThat(List.of(
                        "cluster.redis.password",
                        "cluster.redis.sentinel",
                        "cluster.harborYml.trace.otel.urlPath",
                        "cluster.harborYml.trace.jaeger.username",
                        "cluster.nodeTls.certificate.pem",
                        "cluster.nodeTls.certificate.path"))
                .allSatisfy(
                        path -> assertThat(problemOf(cluster, path)).as(path).isEmpty());
        assertThat(problemOf(cluster, "cluster.redis.pasword")).isPresent();
        assertThat(problemOf(cluster, "cluster.harborYml.trace.otel.username.x"))
                .isPresent();
    }

    @Test
    void everySecretOfAClusterLeadsSomewhere() {
        Cluster swift = RICH.toBuilder()
                .swift(storage -> storage.authUrl("https://keystone/v3")
                        .user("u", Secret.of("p"))
                        .container("c")
                        .tempUrlKeys(Secret.of("a"), Secret.of("b")))
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                        HostPort.parse("mail", 25), "u", Secret.of("p"), "f", false, Optional.empty())))
                .build();
        assertThat(swift.secrets().keySet())
                .hasSizeGreaterThan(7)
                .allSatisfy(path ->
                        assertThat(ClusterElements.problemOf(swift, path)).isEmpty());
    }
}
