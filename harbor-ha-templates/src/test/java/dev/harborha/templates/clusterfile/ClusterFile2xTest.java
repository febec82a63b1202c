package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample2x.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cache;
import dev.harborha.model.Cluster;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
import dev.harborha.model.HostPort;
import dev.harborha.model.JobLogger;
import dev.harborha.model.LogLevel;
import dev.harborha.model.Metric;
import dev.harborha.model.NodeTls;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.Pooler;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.RedisTls;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.SslMode;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only clusters of Harbor 2.x say. */
class ClusterFile2xTest {

    private static Secret env(String name) {
        return Secret.fromEnv(name, Map.of("DB", "db-s3cret", "ADMIN", "admin-s3cret"));
    }

    private static HarborYml harborYml(String yaml) {
        return Sample.read(Sample.and("harborYml: " + yaml + "\n")).harborYml();
    }

    @Test
    void theSameClusterAsInJava() {
        Cluster expected = Cluster.of(c -> c.harbor("2.15.2")
                .upgradeFrom("2.14.4")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .database(db -> db.address("pg.example.com")
                        .password(env("DB"))
                        .sslMode(SslMode.VERIFY_FULL)
                        .maxOpenConns(100)
                        .maxIdleConns(80)
                        .connMaxLifetime(Duration.ofMinutes(90))
                        .connMaxIdleTime(Duration.ofSeconds(30))
                        .maxConnections(1000)
                        .idleInTransactionTimeout(Duration.ofSeconds(45))
                        .serverVersion("15.10")
                        .pooler(Pooler.SESSION)
                        .clientCertificates())
                .redis(redis -> redis.sentinel("mymaster", "redis-1.example.com", "[2001:db8::2]:26380")
                        .username("harbor")
                        .password(env("REDIS"))
                        .registryAsDefaultUser()
                        .tls()
                        .sessionDatabase(3)
                        .registryDatabase(4)
                        .jobserviceDatabase(6)
                        .trivyDatabase(7)
                        .harborDatabase(8)
                        .cacheLayerDatabase(9)
                        .idleTimeout(Duration.ofMinutes(5))
                        .serverVersion("7.2.4")
                        .clusterMode()
                        .evictionPolicy(EvictionPolicy.ALLKEYS_LRU)
                        .persistence(RedisPersistence.RDB_AND_AOF))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .skipVerify(true)
                        .v4Auth(false)
                        .multipartCopyChunkSize(5 << 20)
                        .multipartCopyMaxConcurrency(1)
                        .multipartCopyThresholdSize(0)
                        .objectAcl("bucket-owner-full-control"))
                .redirect(true)
                .adminPassword(env("ADMIN"))
                .nodeTls(tls -> tls.certificate("/c", "/k").httpPort(8081).strongSslCiphers(true))
                .internalTls()
                .deployment(deployment -> deployment
                        .installer()
                        .installDir("/srv/harbor")
                        .dataVolume("/srv/data")
                        .imageRepository("registry.example.com/goharbor")
                        .image("core", "core:1")
                        .image("trivy-adapter", "x@sha256:" + "0123456789abcdef".repeat(4))
                        .subnet("10.213.47.0/24"))
                .harborYml(ClusterFile2xTest::everything));

        assertThat(Sample.read(Sample2x.TEXT)).isEqualTo(expected);
        assertThat(Sample.read(ClusterFile.write(expected))).isEqualTo(expected);
    }

    private static void everything(HarborYml.Builder yml) {
        yml.jobservice(jobs -> jobs.maxJobWorkers(5)
                        .jobLoggers(JobLogger.FILE, JobLogger.DB)
                        .loggerSweeperDuration(7)
                        .maxJobDurationHours(48)
                        .maxWorkersOfAllNodes(100))
                .notification(0, 9)
                .log(log -> log.level(LogLevel.WARNING)
                        .rotateCount(9)
                        .rotateSize("1G")
                        .location("/srv/log")
                        .externalEndpoint(HarborLog.Protocol.UDP, "syslog.example.com"))
                .trivy(trivy -> trivy.ignoreUnfixed(true)
                        .skipUpdate(true)
                        .skipJavaDbUpdate(true)
                        .offlineScan(true)
                        .insecure(true)
                        .securityCheck("vuln,secret")
                        .timeout(Duration.ofMinutes(10))
                        .githubToken(env("GITHUB"))
                        .dbRepository("registry.example.com/trivy-db")
                        .javaDbRepository("registry.example.com/trivy-java-db"))
                .metric(9191, "/m")
                .trace(trace -> trace.sampleRate(0.25)
                        .namespace("harbor")
                        .attribute("site", "one")
                        .attribute("an.other", "yes")
                        .exporter(new Trace.JaegerCollector(
                                new ServiceUrl("http://jaeger.example.com:14268/api/traces"),
                                Optional.of("u"),
                                Optional.of(env("JAEGER")))))
                .cache(48)
                .uploadPurging(new UploadPurging(48, 12, true))
                .proxy(proxy -> proxy.http("http://proxy.example.com:3128")
                        .https("http://proxy.example.com:3129")
                        .credentials("u", env("PROXY"))
                        .noProxy(".example.com", "10.0.0.0/8")
                        .components(OutboundProxy.Component.TRIVY))
                .quotaUpdateProvider(QuotaUpdateProvider.REDIS)
                .ipFamily(false, true);
    }

    @Test
    void whatHasItsDefaultIsNotWritten() {
        Cluster cluster = Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .database(db -> db.address("pg.example.com").password(env("DB")).maxOpenConns(5))
                .redis(redis ->
                        redis.sentinel("mymaster", "redis-1.example.com").tls())
                .gcs(gcs -> gcs.bucket("layers"))
                .adminPassword(env("ADMIN"))
                .nodeTls(tls -> {})
                .deployment(deployment -> deployment.complete())
                .harborYml(yml -> yml.trivy()
                        .metric()
                        .cache()
                        .noUploadPurging()
                        .trace(trace -> trace.otel("otel.example.com", "/v1/traces"))
                        .proxy(proxy -> proxy.http("http://proxy.example.com"))
                        .log(log -> log.externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.com"))));

        assertThat(ClusterFile.write(cluster)).isEqualTo("""
                        harbor: "2.15.2"
                        publicUrl: "https://harbor.example.com"
                        nodes:
                          - name: "harbor-1"
                            address: "10.0.0.11"
                        loadBalancers:
                          - nginx: "10.0.0.10"
                        database:
                          address: "pg.example.com"
                          password: "env:DB"
                          maxOpenConns: 5
                        redis:
                          sentinel:
                            masterSet: "mymaster"
                            addresses:
                              - "redis-1.example.com"
                          tls: {}
                        storage:
                          gcs:
                            bucket: "layers"
                        adminPassword: "env:ADMIN"
                        nodeTls: {}
                        harborYml:
                          log:
                            externalEndpoint:
                              protocol: "tcp"
                              address: "syslog.example.com"
                          trivy: {}
                          metric: {}
                          trace:
                            otel:
                              endpoint: "otel.example.com"
                              urlPath: "/v1/traces"
                          cache: {}
                          uploadPurging:
                            enabled: false
                          proxy:
                            http: "http://proxy.example.com"
                        """);
        assertThat(Sample.read(ClusterFile.write(cluster))).isEqualTo(cluster);
    }

    @Test
    void anEmptyMapTurnsAPartOn() {
        HarborYml yml = harborYml("{trivy: {}, metric: {}, cache: {}, uploadPurging: {}}");
        assertThat(yml.trivy()).contains(Trivy.DEFAULT);
        assertThat(yml.metric()).contains(Metric.DEFAULT);
        assertThat(yml.cache()).contains(Cache.DEFAULT);
        assertThat(yml.uploadPurging()).contains(UploadPurging.DEFAULT);
        assertThat(Sample.read(Sample.and("nodeTls: {}\n")).nodeTls()).contains(NodeTls.of(tls -> {}));
        assertThat(Sample.read(Sample.with("address: redis.example.com", "address: redis.example.com\n  tls: {}"))
                        .redis()
                        .orElseThrow()
                        .tls())
                .contains(new RedisTls(Optional.empty()));
        assertThat(harborYml("{}")).isEqualTo(HarborYml.DEFAULT);
        assertThat(harborYml("{jobservice: {}, notification: {}, log: {}, ipFamily: {}}"))
                .isEqualTo(HarborYml.DEFAULT);
        assertThat(Sample.read(Sample.and("deployment: {}\n"))).isEqualTo(Sample.read(Sample.TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trivy: true   | harborYml.trivy: Expected a map of keys and values, found text; write {} for the defaults.",
                "metric:       | harborYml.metric: Expected a map of keys and values, found nothing; write {} for the defaults.",
                "cache: []     | harborYml.cache: Expected a map of keys and values, found a list; write {} for the defaults.",
                "trace: true   | harborYml.trace: Expected a map of keys and values, found text.",
                "uploadPurging: false | harborYml.uploadPurging: Expected a map of keys and values, found text.",
            })
    void whatIsNoMapIsToldHowToTurnAPartOn(String yaml, String expected) {
        assertThat(Sample.problems(Sample.and("harborYml:\n  " + yaml + "\n")))
                .singleElement()
                .asString()
                .endsWith(": cluster." + expected);
    }

    @Test
    void unfinishedUploadsAreKeptOnlyIfNothingElseIsSaid() {
        assertThat(harborYml("{uploadPurging: {enabled: false}}").uploadPurging())
                .isEmpty();
        assertThat(harborYml("{uploadPurging: {enabled: true, age: 2h}}").uploadPurging())
                .contains(new UploadPurging(2, 24, false));
        assertThat(Sample.problems(Sample.and("harborYml: {uploadPurging: {enabled: false, dryRun: true}}\n")))
                .containsExactly(
                        "27:38: cluster.harborYml.uploadPurging.enabled: Uploads that are never purged have no age,"
                                + " interval or dryRun; remove them.");
    }

    @Test
    void theOtherCollectorsOfTraces() {
        assertThat(harborYml("{trace: {jaegerAgent: {address: 'jaeger:1'}}}")
                        .trace()
                        .orElseThrow()
                        .exporter())
                .isEqualTo(Trace.of(trace -> trace.jaegerAgent("jaeger:1")).exporter());
        assertThat(harborYml("{trace: {sampleRate: 0, jaeger: {endpoint: 'http://j'}}}")
                        .trace())
                .contains(Trace.of(trace -> trace.sampleRate(0).jaeger("http://j")));
        assertThat(harborYml(
                                "{trace: {otel: {endpoint: o, urlPath: /v1, compression: true, insecure: true, timeout: 1h}}}")
                        .trace()
                        .orElseThrow()
                        .exporter())
                .isEqualTo(new Trace.Otel(HostPort.parse("o:4318", 1), "/v1", true, true, Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.5", "0.0", "1.000", "0.000000001"})
    void aShareIsADecimalNumber(String share) {
        assertThat(harborYml("{trace: {sampleRate: " + share + ", jaegerAgent: {address: j}}}")
                        .trace()
                        .orElseThrow()
                        .sampleRate())
                .isEqualTo(Double.parseDouble(share));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0.5\"", ".5", "5.", "1e-3", "+0.5", "0.5f", "00.5", "half", ".inf", "0.5_0", "1:30"})
    void whatIsNoneIsRefused(String share) {
        String shown = share.replace("\"", "");
        assertThat(problems("sampleRate: 0.25", "sampleRate: " + share))
                .containsExactly(
                        "harborYml.trace.sampleRate: Expected a decimal number such as 0.25, without quotes; found \""
                                + shown + "\".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    masterSet: mymaster | | redis.sentinel: The key masterSet is missing.",
                "    addresses: [redis-1.example.com, \"[2001:db8::2]:26380\"] | | redis.sentinel: The key addresses is missing.",
                "  password: env:REDIS | | redis: The key password is missing.",
                "registryAsDefaultUser: true | address: r | redis: Only one of the keys address, sentinel can stand here; found address and sentinel.",
                "  sentinel: | sentinal: | redis: Unknown key \"sentinal\". Did you mean \"sentinel\"?",
                "{path: /c, keyPath: /k} | {} | nodeTls.certificate: Expected path and keyPath, where the certificate lies on each node, or pem and keyPem, which are written there; found neither.",
                "{path: /c, keyPath: /k} | {path: /c} | nodeTls.certificate: The key keyPath is missing.",
                "{protocol: udp, address: syslog.example.com} | {} | harborYml.log.externalEndpoint: The keys protocol, address are missing.",
                "      endpoint: http://jaeger.example.com:14268/api/traces | | harborYml.trace.jaeger: The key endpoint is missing.",
                "      username: u\\n      password: env:JAEGER | password: s3cret | harborYml.trace.jaeger: The key username is missing.",
                "    jaeger:\\n | jaegr:\\n | harborYml.trace: Unknown key \"jaegr\". Did you mean \"jaeger\"?",
                "namespace: harbor | jaegerAgent: {address: j} | harborYml.trace: Only one of the keys jaeger, jaegerAgent, otel can stand here; found jaeger and jaegerAgent.",
                "namespace: harbor | otel: {} | harborYml.trace.otel: The keys endpoint, urlPath are missing.",
                "namespace: harbor | jaegerAgent: {} | harborYml.trace.jaegerAgent: The key address is missing.",
                "    username: u\\n    password: env:PROXY | username: u | harborYml.proxy: The key password is missing.",
                "    username: u\\n    password: env:PROXY | password: s3cret | harborYml.proxy: The key username is missing.",
            })
    void whatIsMissingOrTooMuchIsNamed(String piece, String replacement, String expected) {
        String indent = piece.startsWith(" ") ? piece.replaceAll("(?s)[^ ].*", "") : "";
        String old = piece.replace("\\n", "\n");
        assertThat(Sample2x.TEXT).contains(old);
        String fresh = replacement == null ? "" : indent + replacement.replace("\\n", "\n");
        String yaml = Sample2x.TEXT.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(fresh));

        assertThat(Sample.problems(yaml)).anyMatch(problem -> problem.endsWith(": cluster." + expected));
    }

    @Test
    void oneOfSeveralKeysIsWanted() {
        assertThat(Sample.problems(Sample.and("harborYml: {trace: {}, proxy: {}}\n")))
                .containsExactly(
                        "27:20: cluster.harborYml.trace: One of the keys jaeger, jaegerAgent, otel is missing.",
                        "27:31: cluster.harborYml.proxy: One of the keys http, https is missing.");
        assertThat(Sample.problems(Sample.with("  address: redis.example.com\n", "  {}\n")))
                .containsExactly("14:3: cluster.redis: One of the keys address, sentinel is missing.");
        assertThat(Sample.problems(Sample.and("harborYml: {proxy: {htp: 'http://p'}}\n")))
                .containsExactly("27:21: cluster.harborYml.proxy: Unknown key \"htp\". Did you mean \"http\"?");
    }

    @Test
    void keysOfOnesOwnAreLookedAt() {
        assertThat(problems("{core: \"core:1\", trivy-adapter", "{kore: x, trivy-adapter"))
                .containsExactly("deployment.images: Harbor has no service \"kore\"; its services are log, registry,"
                        + " registryctl, core, portal, jobservice, proxy, trivy-adapter, exporter.");
        assertThat(problems("core: \"core:1\"", "core: \"core:\""))
                .containsExactly("deployment.images.core: The image of core is \"core:\"; use a reference like"
                        + " \"registry.example.com/goharbor/harbor-core:v2.14.4\", perhaps with a digest.");
        assertThat(problems("core: \"core:1\"", "core: [x]"))
                .containsExactly(
                        "deployment.images.core: Expected text, found a list; put a text that begins with \"[\" in"
                                + " double quotes.");
        assertThat(problems("{site: one, ", "{1: one, "))
                .containsExactly(
                        "harborYml.trace.attributes: The name of a trace attribute is \"1\"; use letters, digits"
                                + " and . _ -, not starting with a digit.");
        assertThat(problems("{site: one, ", "{site: '', "))
                .containsExactly("harborYml.trace.attributes.site: The trace attribute site must not be empty.");
        assertThat(problems("{site: one, ", "{site: ~, "))
                .containsExactly(
                        "harborYml.trace.attributes.site: Expected text, found null; put the word in double quotes"
                                + " if it is the text, or remove the key.");
        assertThat(problems("{site: one, an.other: \"yes\"}", "site"))
                .containsExactly("harborYml.trace.attributes: Expected a map of keys and values, found text.");
        assertThat(problems("{site: one, an.other: \"yes\"}", "[site]"))
                .containsExactly("harborYml.trace.attributes: Expected a map of keys and values, found a list.");
    }

    /** What was meant as a value may be a secret that stands in the wrong place. */
    @Test
    void aKeyOfOnesOwnIsShownOnlyIfItIsOne() {
        assertThat(problems("{site: one, ", "{password:s3cret, "))
                .containsExactly(
                        "harborYml.trace.attributes: The key \"password:…\" has a colon; put a blank after it.");
        assertThat(problems("{site: one, ", "{site: one,s3cret, "))
                .containsExactly(
                        "harborYml.trace.attributes: A key without a value; put a text that holds a comma in double"
                                + " quotes.");
        assertThat(problems("{site: one, ", "{site: one, site: two, "))
                .singleElement()
                .asString()
                .startsWith("harborYml.trace.attributes: The key \"site\" is given a second time;");
    }

    @Test
    void listsOfWordsHoldAtLeastOne() {
        assertThat(problems("jobLoggers: [db, file]", "jobLoggers: []"))
                .containsExactly(
                        "harborYml.jobservice.jobLoggers: The list is empty; give at least one of std_output or file"
                                + " or db.");
        assertThat(problems("components: [trivy]", "components: []"))
                .containsExactly(
                        "harborYml.proxy.components: The list is empty; give at least one of core or jobservice or"
                                + " trivy.");
        assertThat(problems("addresses: [redis-1.example.com, \"[2001:db8::2]:26380\"]", "addresses: []"))
                .containsExactly("redis.sentinel.addresses: The list is empty; give at least one address.");
        assertThat(problems("components: [trivy]", "components: trivy"))
                .containsExactly("harborYml.proxy.components: Expected a list, found text.");
    }

    @Test
    void aPoolIsLookedAtAsAWhole() {
        assertThat(problems("maxIdleConns: 80", "maxIdleConns: 101"))
                .containsExactly("database.maxIdleConns: The most idle database connections is 101; use 1 to 100.");
        assertThat(problems("maxOpenConns: 100", "maxOpenConns: 79"))
                .containsExactly("database.maxIdleConns: The most idle database connections is 80; use 1 to 79.");
        assertThat(problems("maxOpenConns: 100", "maxOpenConns: 1"))
                .containsExactly("database.maxOpenConns: The most open database connections is 1; use 2 to 10000.");
        assertThat(problems("maxOpenConns: 100", "maxOpenConns: x"))
                .containsExactly(
                        "database.maxOpenConns: Expected a whole number of at most 18 digits, without quotes; found"
                                + " \"x\".");
        assertThat(problems("  maxOpenConns: 100\n", ""))
                .containsExactly("database.maxIdleConns: The most idle database connections is 80; use 1 to 50.");
        assertThat(Sample.read(Sample2x.with("  maxIdleConns: 80\n", ""))
                        .database()
                        .pool()
                        .maxIdleConns())
                .isEqualTo(10);
    }
}
