package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.redis;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborLog;
import dev.harborha.model.Host;
import dev.harborha.model.JobLogger;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.SampleCluster;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.SslMode;
import dev.harborha.model.Subnet;
import dev.harborha.model.Trace;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Examples for the rules on what only Harbor 2.x has. */
final class Harbor2Examples {

    private static final String CERTIFICATE = ClusterKeys.generate(2048).tokenCertificate();
    private static final Secret FINE = Secret.of("fine-password");

    private Harbor2Examples() {}

    static void describe() {
        nodes();
        backends();
        settings();
        values();
    }

    private static void nodes() {
        rule("jobservice.logs-on-one-node")
                .mutant(set("harborYml.jobservice.jobLoggers", Set.of(JobLogger.STD_OUTPUT, JobLogger.FILE)))
                .needs(nodesAtLeast(2))
                .bad2x(
                        "as in Harbor's sample",
                        c -> c.harborYml(
                                yml -> yml.jobservice(j -> j.jobLoggers(JobLogger.STD_OUTPUT, JobLogger.FILE))))
                .good2x(
                        "in the database too",
                        c -> c.harborYml(yml -> yml.jobservice(j -> j.jobLoggers(JobLogger.FILE, JobLogger.DB))))
                .good2x(
                        "one node",
                        c -> c.withoutNode("harbor-2")
                                .harborYml(yml -> yml.jobservice(j -> j.jobLoggers(JobLogger.FILE))));
        rule("node.port-clash")
                .mutant(set("nodes.0.listenPort", 1514))
                .bad2x("the log container's", c -> c.withoutNode("harbor-2").node("harbor-2", "10.0.0.12:1514"))
                .bad2x("http and https", c -> c.nodeTls(tls -> tls.httpPort(443)))
                .bad2x("metrics and http", c -> c.harborYml(yml -> yml.metric(80, "/metrics")))
                .good2x("all different", c -> c.nodeTls(tls -> {}).harborYml(yml -> yml.metric()));
        rule("node.tls-not-verified")
                .needs(cluster -> cluster.nodeTls().isEmpty())
                .bad2x("no authority", c -> c.nodeTls(tls -> {}))
                .good2x("plain http", c -> {})
                .good2x("an authority", c -> c.nodeTls(tls -> tls.ca(CERTIFICATE)));
        rule("deployment.subnet-overlap")
                .mutant(set(
                        "deployment.subnet",
                        cluster -> cluster.hosts().stream()
                                .filter(Host::isAddress)
                                .map(host -> new Subnet(host, host.isIpv6() ? 128 : 32))
                                .findFirst()
                                .orElseThrow()))
                .needs(cluster -> cluster.hosts().stream().anyMatch(Host::isAddress))
                .bad2x("a node and the balancers", c -> c.deployment(d -> d.subnet("10.0.0.0/24")))
                .bad2x(
                        "the database",
                        c -> c.database(db ->
                                        db.address("172.20.3.4").password(FINE).maxConnections(500))
                                .deployment(d -> d.subnet("172.20.0.0/16")))
                .bad2x(
                        "an IPv6 syslog server",
                        c -> c.harborYml(yml ->
                                        yml.log(log -> log.externalEndpoint(HarborLog.Protocol.TCP, "[fd00:1::5]:514")))
                                .deployment(d -> d.subnet("fd00:1::/64")))
                .good2x("elsewhere", c -> c.deployment(d -> d.subnet("10.0.1.0/24")))
                .good2x("none given", c -> {});
    }

    private static void backends() {
        rule("redis.acl-user-unknown-to-registry")
                .mutant(set("redis.username", "harbor"), set("redis.registryAsDefaultUser", false))
                .needs(redis(redis -> redis.password().isPresent()))
                .bad2x(
                        "a user",
                        c -> c.redis(redis ->
                                redis.address("redis").username("harbor").password(FINE)))
                .good2x(
                        "the default user too",
                        c -> c.redis(redis -> redis.address("redis")
                                .username("harbor")
                                .password(FINE)
                                .registryAsDefaultUser()))
                .good2x(
                        "a registry that knows users",
                        c -> c.harbor("2.15.0")
                                .redis(redis -> redis.address("redis")
                                        .username("harbor")
                                        .password(FINE)))
                .good2x("no user", c -> c.redis(redis -> redis.address("redis").password(FINE)));
        Consumer<ClusterBuilder> sentinels =
                c -> c.redis(redis -> redis.sentinel("mymaster", "fd00::1", "s2", "[fd00::3]:26380"));
        rule("deployment.installer-with-ipv6-sentinel")
                .mutant(
                        set("deployment.delivery", Delivery.INSTALLER),
                        set("redis.endpoint.sentinels.0.host", new Host("fd00::1")))
                .needs(redis(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel))
                .bad2x("two of three", sentinels.andThen(c -> c.deployment(d -> d.installer())))
                .good2x("everything rendered", sentinels)
                .good2x(
                        "names",
                        c -> c.redis(redis -> redis.sentinel("mymaster", "s1", "s2", "s3"))
                                .deployment(d -> d.installer()))
                .good2x("one server", c -> c.redis("[fd00::1]:6379").deployment(d -> d.installer()));
    }

    private static void settings() {
        rule("setting.not-in-release")
                .mutant(with((cluster, c) -> {
                    if (cluster.harbor().major() < 2) {
                        c.redirect(false);
                    } else {
                        c.jobserviceOn("harbor-1");
                    }
                }))
                .bad2x(
                        "what only 0.5 has",
                        c -> c.harborCfg(cfg -> cfg.maxJobWorkers(7))
                                .jobserviceOn("harbor-1")
                                .redis(redis -> redis.address("redis")
                                        .sessionDatabase(3)
                                        .poolSize(7)))
                .bad(
                        "what only 2.x has",
                        c -> c.redirect(false)
                                .storageCa(CERTIFICATE)
                                .nodeTls(tls -> {})
                                .internalTls()
                                .deployment(d -> d.dataVolume("/srv/harbor"))
                                .harborYml(yml -> yml.trivy())
                                .database(db -> db.address("mysql")
                                        .password(FINE)
                                        .sslMode(SslMode.REQUIRE)
                                        .ca(CERTIFICATE)
                                        .maxOpenConns(7)
                                        .maxIdleConns(3))
                                .redis(redis -> redis.address("redis")
                                        .registryDatabase(3)
                                        .jobserviceDatabase(4)
                                        .trivyDatabase(6)
                                        .idleTimeout(Duration.ofSeconds(60)))
                                .s3(s3 -> s3.bucket("layers")
                                        .region("eu-west-1")
                                        .storageClass("NONE")
                                        .v4Auth(true)))
                .bad(
                        "what the drivers of 0.5 do not have",
                        c -> c.gcs(gcs -> gcs.bucket("layers").maxConcurrency(50)))
                .bad(
                        "what the S3 driver of 0.5 does not have",
                        c -> c.s3(s3 -> s3.bucket("layers")
                                .region("eu-west-1")
                                .skipVerify(false)
                                .multipartCopyChunkSize(64L << 20)
                                .multipartCopyMaxConcurrency(50)
                                .multipartCopyThresholdSize(64L << 20)
                                .objectAcl("private")))
                .bad(
                        "a tenant of another domain, by its id",
                        c -> c.swift(swift -> swift.authUrl("https://keystone")
                                .user("u", FINE)
                                .container("c")
                                .tenantDomainId("d")))
                .bad(
                        "a tenant of another domain",
                        c -> c.swift(swift -> swift.authUrl("https://keystone")
                                .user("u", FINE)
                                .container("c")
                                .tenantDomain("d")))
                .bad2x(
                        "what came after 2.0",
                        c -> c.harbor("2.0.6")
                                .database(db -> db.address("pg")
                                        .password(FINE)
                                        .maxConnections(500)
                                        .connMaxLifetime(Duration.ofMinutes(1))
                                        .connMaxIdleTime(Duration.ofMinutes(1)))
                                .nodeTls(tls -> tls.strongSslCiphers(true))
                                .redis(redis -> redis.sentinel("mymaster", "s1")
                                        .username("harbor")
                                        .password(FINE)
                                        .tls()
                                        .harborDatabase(6)
                                        .cacheLayerDatabase(7))
                                .harborYml(yml -> yml.trivy(trivy -> trivy.timeout(Duration.ofMinutes(1))
                                                .offlineScan(true)
                                                .securityCheck("secret")
                                                .skipJavaDbUpdate(true)
                                                .dbRepository("r.example.com/db")
                                                .javaDbRepository("r.example.com/java"))
                                        .metric()
                                        .trace(trace -> trace.jaegerAgent("jaeger"))
                                        .cache()
                                        .uploadPurging(new UploadPurging(48, 24, true))
                                        .notification(3, 10)
                                        .quotaUpdateProvider(QuotaUpdateProvider.REDIS)
                                        .ipFamily(true, true)
                                        .jobservice(j -> j.maxJobDurationHours(48))))
                .bad2x(
                        "between a change and the line that has it",
                        c -> c.harbor("2.8.3")
                                .redis(redis -> redis.address("redis").harborDatabase(6)))
                .good("Redis as 0.5 has it", c -> c.redis("redis.example.com"))
                .good(
                        "Swift as 0.5 has it",
                        c -> c.swift(swift -> swift.authUrl("https://keystone")
                                .user("u", FINE)
                                .container("c")))
                .good2x(
                        "carried back to an older line",
                        c -> c.harbor("2.7.3")
                                .redis(redis -> redis.address("redis").harborDatabase(6)))
                .good2x(
                        "no purging where there was none",
                        c -> c.harbor("2.4.3").harborYml(yml -> yml.noUploadPurging()))
                .sound()
                .put("nothing but what is required", SampleCluster.frame2x().build());
    }

    private static void values() {
        rule("value.not-carried")
                .mutant(with(c -> c.adminPassword(Secret.of("expanded${too}early"))))
                .ends("secret.unresolved")
                .bad2x("a variable in braces", c -> c.adminPassword(Secret.of("a${b}c")))
                .bad2x("a dollar and a single quote", c -> c.adminPassword(Secret.of("$'")))
                .bad2x("a dollar before a backslash at the end", c -> c.adminPassword(Secret.of("$\\")))
                .bad2x(
                        "what cuts PostgreSQL's connection string",
                        c -> c.database(db -> db.address("pg")
                                .username("two words")
                                .password(Secret.of("back\\slash"))
                                .maxConnections(500)))
                .bad2x(
                        "what opens a quote there",
                        c -> c.database(db ->
                                db.address("pg").password(Secret.of("'quoted")).maxConnections(500)))
                .bad2x(
                        "a comma in a list of old",
                        c -> c.harbor("2.5.6")
                                .redis(redis -> redis.address("redis").password(Secret.of("a,b"))))
                .bad2x(
                        "the scanner and the traces",
                        c -> c.harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(Secret.of("${token}")))
                                .trace(trace -> trace.attribute("a", "$1")
                                        .attribute("b", "it's")
                                        .exporter(new Trace.JaegerCollector(
                                                new ServiceUrl("http://jaeger"),
                                                Optional.of("${user}"),
                                                Optional.of(Secret.of("$'")))))))
                .good2x(
                        "whatever can be quoted",
                        c -> c.adminPassword(Secret.of("a b\"c\\d#e ;f'g\nü{}"))
                                .database(db -> db.address("pg")
                                        .username("u$x")
                                        .password(Secret.of("$%&{}[]#;=ab\"`ü"))
                                        .maxConnections(500))
                                .redis(redis -> redis.address("redis").password(Secret.of("a,b ${c} 'd'")))
                                .s3(s3 -> s3.bucket("layers")
                                        .region("eu-west-1")
                                        .credentials(Secret.of("${x}"), Secret.of("' $ \n"))));
        rule("value.not-carried-by-installer")
                .mutant(
                        with(c -> c.adminPassword(Secret.of("cut here #and lost"))),
                        set("deployment.delivery", Delivery.INSTALLER))
                .needs(redis(redis -> redis.endpoint().addresses().stream()
                        .noneMatch(place -> place.host().isIpv6())))
                .ends("secret.unresolved")
                .bad2x(
                        "what prepare writes without quotes",
                        c -> c.deployment(d -> d.installer())
                                .adminPassword(Secret.of("a #b"))
                                .database(db -> db.address("pg")
                                        .username("u$x")
                                        .password(Secret.of("\"quoted\""))
                                        .maxConnections(500))
                                .redis(redis -> redis.address("redis")
                                        .username("har:bor")
                                        .password(Secret.of("$x"))
                                        .registryAsDefaultUser())
                                .harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(Secret.of("$x")))
                                        .trace(trace -> trace.attribute("a", "$x")
                                                .exporter(new Trace.JaegerCollector(
                                                        new ServiceUrl("http://jaeger"),
                                                        Optional.of("$u"),
                                                        Optional.of(Secret.of(" p")))))))
                .bad2x(
                        "what it puts into an address as it is",
                        c -> c.harbor("2.7.1")
                                .deployment(d -> d.installer())
                                .redis(redis -> redis.address("redis").password(Secret.of("a/b"))))
                .good2x(
                        "what it encodes since",
                        c -> c.harbor("2.7.2")
                                .deployment(d -> d.installer())
                                .redis(redis -> redis.address("redis").password(Secret.of("a/b"))))
                .good2x(
                        "what nobody carries, which another rule says",
                        c -> c.deployment(d -> d.installer()).adminPassword(Secret.of("a${b}c")))
                .good2x("everything rendered", c -> c.adminPassword(Secret.of("a #b")));
    }
}
