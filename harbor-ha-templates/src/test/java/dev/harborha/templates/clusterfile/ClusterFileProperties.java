package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.Trace;
import dev.harborha.secret.Secret;
import dev.harborha.testing.Clusters;
import dev.harborha.testing.Databases;
import dev.harborha.testing.Redises;
import dev.harborha.testing.Secrets;
import dev.harborha.testing.Storages;
import dev.harborha.testing.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class ClusterFileProperties {

    private static final String MARKER = "Vq7mZ3x-0bKw2LrY";

    @Provide
    Arbitrary<Cluster> anyClusters() {
        return Clusters.any();
    }

    @Provide
    Arbitrary<Cluster> soundClusters() {
        return Clusters.sound();
    }

    /** Clusters that are told only what their release knows. */
    @Provide
    Arbitrary<Cluster> fittingClusters() {
        Arbitrary<Secret> secrets = Secrets.resolved(Texts.any());
        return Arbitraries.of("2.0.0", "2.1.6", "2.5.6", "2.7.4", "2.8.3", "2.9.5", "2.13.5", "2.15.2")
                .map(HarborVersion::parse)
                .flatMap(release -> Combinators.combine(
                                Databases.fitting(release, Texts.line(), secrets),
                                Redises.fitting(release, Texts.line(), secrets),
                                Storages.with2x(secrets),
                                Clusters.parts2x(release, Texts.line(), secrets))
                        .as((database, redis, storage, parts) -> {
                            ClusterBuilder builder = Cluster.builder()
                                    .harbor(release)
                                    .publicUrl("https://harbor.example.com")
                                    .node("harbor-1", "10.0.0.11")
                                    .database(database)
                                    .redis(redis)
                                    .storage(storage)
                                    .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                                    .adminPassword(Secret.of("p4ss"));
                            parts.addTo(builder);
                            return builder.build();
                        }));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatFitsToAReleaseIsToldOnlyWhatItKnows(@ForAll("fittingClusters") Cluster cluster) {
        assertThat(read(ClusterFile.write(cluster))).isEqualTo(cluster);
        assertThat(cluster.secrets().values()).allMatch(Secret::isResolved);
        if (cluster.harbor().isBefore(HarborVersion.parse("2.1.0"))) {
            SharedRedis redis = cluster.redis().orElseThrow();
            assertThat(redis.endpoint()).isInstanceOf(RedisEndpoint.Single.class);
            assertThat(redis.username()).isEmpty();
            assertThat(redis.tls()).isEmpty();
            assertThat(cluster.harborYml().metric()).isEmpty();
            assertThat(cluster.harborYml().trace()).isEmpty();
            assertThat(cluster.harborYml().cache()).isEmpty();
            assertThat(cluster.database().pool().connMaxIdleTime()).isEqualTo(Duration.ZERO);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.any();
    }

    private static Cluster read(String yaml) {
        return ClusterFile.parse(yaml, Secrets.FOLDER, Secrets.ENVIRONMENT);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void readingWhatWasWrittenGivesAnEqualCluster(@ForAll("anyClusters") Cluster cluster) {
        String yaml = ClusterFile.write(cluster);

        assertThat(read(yaml)).isEqualTo(cluster);
        assertThat(ClusterFile.write(read(yaml))).isEqualTo(yaml);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soundClustersComeBackEqual(@ForAll("soundClusters") Cluster cluster) {
        assertThat(read(ClusterFile.write(cluster))).isEqualTo(cluster);
    }

    /** The generator keeps its promise; whoever builds on it relies on this. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soundClustersHaveNoErrorAndNoUnresolvedSecret(@ForAll("soundClusters") Cluster cluster) {
        assertThat(HarborHa.create().check(cluster).hasErrors())
                .as(() -> HarborHa.create().check(cluster).toString())
                .isFalse();
        assertThat(cluster.secrets().values()).allMatch(Secret::isResolved);
    }

    @Property(tries = 1000)
    void anySecretInClearComesBack(@ForAll("texts") String text) {
        Cluster cluster = marked(text);

        assertThat(read(ClusterFile.write(cluster)).adminPassword().reveal()).isEqualTo(text);
    }

    /** One mistake anywhere in what a program wrote, and the refusal, if there is one, shows no secret. */
    @Property(tries = 1500)
    void noRefusalShowsASecretOfAWrittenFile(
            @ForAll @IntRange(max = 5000) int place,
            @ForAll("texts") String inserted,
            @ForAll @IntRange(max = 3) int removed) {
        showsNoSecret(ClusterFile.write(marked(MARKER)), place, inserted, removed);
    }

    private static String typed() {
        return """
                harbor: 0.5.0
                publicUrl: https://harbor.example.com
                nodes: [{name: harbor-1, address: 10.0.0.1}]
                loadBalancers: [{nginx: 10.0.0.10}]
                database: {address: mysql.example.com, password: %1$s, name: registry}
                redis: {password: %1$s, sentinel: {masterSet: m, addresses: [redis.example.com]}, username: u, tls: {}}
                nodeTls: {certificate: {path: /c, keyPath: /k}, httpPort: 80}
                deployment: {images: {core: "a:1"}, subnet: 10.213.47.0/24}
                harborYml:
                  trivy: {githubToken: %1$s, timeout: 5m}
                  trace: {sampleRate: 1, attributes: {a: b, c: d}, jaeger: {endpoint: "http://j", username: u, password: %1$s}}
                  proxy: {http: "http://p", username: u, password: %1$s, noProxy: [a, .b]}
                storage:
                  s3: {bucket: layers, region: us-east-1, accessKey: %1$s,
                    secretKey: '%1$s'}
                adminPassword: %1$s
                harborCfg:
                  mail: {server: m, username: u, password: "%1$s", from: f}
                """.formatted(MARKER);
    }

    @Example
    void theTypedFileIsRead() {
        assertThat(read(typed()).secrets().values())
                .allSatisfy(secret -> assertThat(secret.reveal()).isEqualTo(MARKER))
                .hasSize(9);
    }

    /** The same in what a person typed, without quotes and in braces. */
    @Property(tries = 3000)
    void noRefusalShowsASecretOfATypedFile(
            @ForAll @IntRange(max = 5000) int place,
            @ForAll("slips") String inserted,
            @ForAll @IntRange(max = 2) int removed) {
        showsNoSecret(typed(), place, inserted, removed);
    }

    @Provide
    Arbitrary<String> slips() {
        return Arbitraries.of(
                "",
                "",
                " ",
                ":",
                ": ",
                ",",
                ", ",
                "{",
                "}",
                "[",
                "]",
                "\"",
                "'",
                "\n",
                "#",
                " #",
                "&",
                "*",
                "!",
                "@",
                "|",
                ">",
                "-",
                "- ",
                "? ",
                "---\n",
                "\t",
                "\\",
                "env:",
                "file:",
                "env",
                "literal:",
                "~",
                "x");
    }

    private static void showsNoSecret(String yaml, int place, String inserted, int removed) {
        int at = place % yaml.length();
        String mistaken = yaml.substring(0, at) + inserted + yaml.substring(Math.min(yaml.length(), at + removed));
        try {
            ClusterFile.parse(mistaken, Path.of("/nonexistent"), Map.of());
        } catch (ClusterFileException e) {
            assertThat(e.problems()).isNotEmpty();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString())
                        .doesNotContain(MARKER.substring(0, 8))
                        .doesNotContain(MARKER.substring(8));
            }
        }
    }

    private static Cluster marked(String secret) {
        Trace.Exporter jaeger = new Trace.JaegerCollector(
                new ServiceUrl("http://jaeger"), Optional.of("u"), Optional.of(Secret.of(secret)));
        return Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .database(db -> db.address("mysql.example.com").password(Secret.of(secret)))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of(secret)))
                .swift(swift -> swift.authUrl("https://keystone.example.com")
                        .user("harbor", Secret.of(secret))
                        .container("layers")
                        .tempUrlKeys(Secret.of(secret), Secret.of(secret)))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(Secret.of(secret)))
                        .trace(trace -> trace.attribute("site", "one").exporter(jaeger))
                        .proxy(proxy -> proxy.http("http://p").credentials("u", Secret.of(secret))))
                .adminPassword(Secret.of(secret)));
    }
}
