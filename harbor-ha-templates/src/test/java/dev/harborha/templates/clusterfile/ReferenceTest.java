package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cache;
import dev.harborha.model.Cluster;
import dev.harborha.model.DbKind;
import dev.harborha.model.Deployment;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.IpFamily;
import dev.harborha.model.Metric;
import dev.harborha.model.NodeTls;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.testing.Clusters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The commented sample is sound, shows true defaults, and leaves no key out. */
class ReferenceTest {

    private static final Pattern KEY = Pattern.compile("(?m)^[# ]*(?:- )?([A-Za-z][A-Za-z0-9]*):(?: |$)");

    /** What stands below has names of one's own. */
    private static final Pattern FREE = Pattern.compile("(?m)^( +)(attributes|images):\n(?:\\1  .*\n)+");

    /** A part of the top that is commented out. */
    private static final Pattern COMMENTED = Pattern.compile("(?m)^# [a-z][A-Za-z0-9]*:.*\n(?:#   .*\n)*");

    /** The parts that Harbor 2.x does not have. */
    private static final Predicate<String> ONLY_05 = Set.of("jobserviceNode", "harborCfg")::contains;

    /** Keys that show no default but an example. */
    private static final Set<String> EXAMPLES = Set.of(
            "storageCa",
            "redirect",
            "ca",
            "images",
            "core",
            "subnet",
            "webhookJobMaxRetry",
            "maxWorkersOfAllNodes",
            "externalEndpoint",
            "protocol",
            "address",
            "githubToken",
            "dbRepository",
            "javaDbRepository",
            "namespace",
            "attributes",
            "site",
            "proxy",
            "http",
            "https",
            "username",
            "password",
            "noProxy",
            "components",
            "uaaCa");

    private static String reference() {
        try (InputStream in = ClusterFile.class.getResourceAsStream("reference.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cluster read(String yaml) {
        return ClusterFile.parse(yaml, Path.of("/nonexistent"), Map.of());
    }

    private static Set<String> keys(String yaml) {
        Matcher keys = KEY.matcher(yaml);
        Set<String> found = new TreeSet<>();
        while (keys.find()) {
            found.add(keys.group(1));
        }
        return found;
    }

    @Example
    void isSoundAndOfTheNewestRelease() {
        assertThat(read(reference()).harbor()).isEqualTo(HarborVersion.newest());
        assertThat(HarborHa.create().check(read(reference())).hasErrors()).isFalse();
    }

    /** With its own parts, and the release changed, it is one of Harbor 0.5. */
    @Example
    void isSoundForHarbor05Too() {
        Cluster cluster = read(of05());
        assertThat(cluster.database().kind()).isEqualTo(DbKind.MYSQL);
        assertThat(cluster.jobserviceNode()).isPresent();
        assertThat(HarborHa.create().check(cluster).hasErrors()).isFalse();
    }

    private static String of05() {
        return reference().replace("harbor: \"" + HarborVersion.newest() + "\"", "harbor: \"0.5.0\"")
                + commented(ONLY_05);
    }

    /** Taking the comment signs away changes nothing, so what they show are the defaults; examples are left commented. */
    @Example
    void showsTrueDefaults() {
        String defaults = reference()
                .replaceAll(
                        "(?m)^( *)# (privateNetwork|drained|name|port|redirectPort|tls(?=: \"terminate\")|tlsProfile|http2|affinity|statusPort"
                                + "|kind|sslMode|maxOpenConns|maxIdleConns|connMaxLifetime|connMaxIdleTime|registryAsDefaultUser"
                                + "|sessionDatabase|registryDatabase|jobserviceDatabase|trivyDatabase|idleTimeout|poolSize"
                                + "|internalTls|pooler|clientCertificates|clusterMode):",
                        "$1$2:")
                .replaceFirst("# timeouts:\n((?:    #   [a-z].*\n)+)", "timeouts:\n$1")
                .replaceAll("(?m)^    #   (connect|answer|commit|upload|api): ", "      $1: ")
                .replaceFirst("# healthCheck:.*\n    #   probe: .*\n", "healthCheck:\n")
                .replaceAll("(?m)^    #   (interval|timeout|fall|rise): ", "      $1: ")
                .replace("# username: \"postgres\"", "username: \"postgres\"")
                .replaceFirst(
                        "( *)# certificate: .*\n *#   path: (.*)\n *#   keyPath: (.*)\n",
                        "$1certificate: {path: $2, keyPath: $3}\n");

        assertThat(defaults).contains("\n  name: \"registry\"", "\n    certificate: {path: \"/etc/nginx");
        Cluster explicit = read(defaults);
        Cluster implicit = read(reference());
        // The port of the public URL, written out, is kept as a choice of its own.
        assertThat(explicit.loadBalancers().get(0).portFor(explicit.publicUrl()))
                .isEqualTo(implicit.loadBalancers().get(0).portFor(implicit.publicUrl()));
        assertThat(read(defaults.replaceFirst(" port: 443", " # port: 443"))).isEqualTo(implicit);
    }

    @Example
    void everyOtherBlobStoreOfItIsReadToo() {
        Set<String> drivers = Set.of("azure", "gcs", "oss", "swift", "filesystem").stream()
                .map(driver -> read(withStorage(driver)).storage().driver())
                .collect(Collectors.toSet());

        assertThat(drivers).containsExactlyInAnyOrder("azure", "gcs", "oss", "swift", "filesystem");
    }

    /** The parts that only Harbor 2.x has are commented out as a whole; what they show are defaults, but for examples. */
    @Example
    void partsOf2xShowTrueDefaults() {
        String shown = partsOf2x()
                .lines()
                .filter(line -> !line.strip().startsWith("#"))
                .filter(line -> !EXAMPLES.contains(line.strip().replaceFirst(":.*", "")))
                .collect(Collectors.joining("\n"));
        String traced = shown.replace("    otel:", "    otel:\n      endpoint: o");
        Cluster cluster = read(reference() + traced.replace("      endpoint: \"otel.example.com\"", ""));
        HarborYml yml = cluster.harborYml();

        assertThat(cluster.nodeTls()).contains(NodeTls.of(tls -> {}));
        assertThat(cluster.deployment()).isEqualTo(Deployment.DEFAULT);
        assertThat(yml.trivy()).contains(Trivy.DEFAULT);
        assertThat(yml.metric()).contains(Metric.DEFAULT);
        assertThat(yml.cache()).contains(Cache.DEFAULT);
        assertThat(yml.trace()).contains(Trace.of(trace -> trace.otel("o", "/v1/traces")));
        assertThat(List.of(
                        yml.jobservice(),
                        yml.notification(),
                        yml.log(),
                        yml.uploadPurging(),
                        yml.quotaUpdateProvider()))
                .containsExactly(
                        HarborYml.DEFAULT.jobservice(),
                        HarborYml.DEFAULT.notification(),
                        HarborYml.DEFAULT.log(),
                        HarborYml.DEFAULT.uploadPurging(),
                        HarborYml.DEFAULT.quotaUpdateProvider());
        assertThat(yml.ipFamily()).isEqualTo(IpFamily.DEFAULT);
        assertThat(cluster.internalTls()).isFalse();
    }

    private static String partsOf2x() {
        return commented(key ->
                !Set.of("privateNetwork", "upgradeFrom", "virtualIp", "aliases").contains(key) && !ONLY_05.test(key));
    }

    /** Returns the parts of the top that are commented out and whose keys are wanted, without their comment signs. */
    private static String commented(Predicate<String> wanted) {
        return COMMENTED
                .matcher(reference())
                .results()
                .map(block -> block.group().replaceAll("(?m)^# ", ""))
                .filter(block -> wanted.test(block.substring(0, block.indexOf(':'))))
                .collect(Collectors.joining());
    }

    @Example
    void everythingOf2xIsReadToo() throws IOException {
        Path folder = Files.createTempDirectory("harbor-ha-");
        Path certificates = Files.createDirectory(folder.resolve("certs"));
        for (String name : List.of("storage-ca.pem", "node-ca.pem", "uaa-ca.pem", "redis-ca.pem", "db-ca.pem")) {
            Files.writeString(certificates.resolve(name), TlsSample.get().chain());
        }
        String sentinels = reference()
                .replaceFirst("(?m)^  address: \"redis.example.com\".*\n", "")
                .replaceAll(
                        "(?m)^  # (?=sentinel:|  masterSet|  addresses|username: \"harbor\"|password: \"env:REDIS"
                                + "|registryAsDefault|tls:|  ca:|ca:|[a-zA-Z]+Database:|idleTimeout|serverVersion|clusterMode"
                                + "|evictionPolicy|persistence)",
                        "  ");

        String before = commented("upgradeFrom"::equals);

        Cluster all = ClusterFile.parse(before + sentinels + partsOf2x(), folder, Map.of());
        HarborYml yml = all.harborYml();
        assertThat(all.redis().orElseThrow().endpoint().addresses()).hasSize(3);
        assertThat(all.redis().orElseThrow().tls().orElseThrow().ca()).isPresent();
        assertThat(all.redis().orElseThrow().databases().cacheLayer()).hasValue(7);
        assertThat(all.storageCa()).isPresent();
        assertThat(all.database().ca()).isPresent();
        assertThat(all.database().serverVersion()).contains(ServerVersion.parse("15"));
        assertThat(all.redis().orElseThrow().serverVersion()).contains(ServerVersion.parse("7.2.4"));
        assertThat(all.redis().orElseThrow().evictionPolicy()).contains(EvictionPolicy.NOEVICTION);
        assertThat(all.redis().orElseThrow().persistence()).contains(RedisPersistence.AOF);
        assertThat(all.upgradeFrom()).contains(HarborVersion.parse("2.14.4"));
        assertThat(all.nodeTls().orElseThrow().ca()).isPresent();
        assertThat(all.deployment().images()).containsOnlyKeys("core");
        assertThat(yml.trace().orElseThrow().exporter()).isInstanceOf(Trace.Otel.class);
        assertThat(yml.proxy().orElseThrow().credentials()).isPresent();
        assertThat(yml.log().externalEndpoint()).isPresent();
        assertThat(yml.uaaCa()).isPresent();
        for (String collector : List.of("jaeger", "jaegerAgent")) {
            assertThat(ClusterFile.parse(reference() + tracedBy(collector), folder, Map.of())
                            .harborYml()
                            .trace()
                            .orElseThrow()
                            .exporter()
                            .getClass()
                            .getSimpleName())
                    .startsWith("Jaeger");
        }
    }

    private static String tracedBy(String collector) {
        Matcher block = Pattern.compile("(?m)^    # " + collector + ":\n(?:    #   .*\n)+")
                .matcher(partsOf2x());
        assertThat(block.find()).isTrue();
        return partsOf2x()
                .replaceFirst(
                        "(?m)^    otel:.*\n(?:      .*\n)+",
                        Matcher.quoteReplacement(block.group().replaceAll("(?m)^    # ", "    ")));
    }

    private static String withStorage(String driver) {
        Matcher block =
                Pattern.compile("(?m)^  # " + driver + ":\n(?:  #   .*\n)+").matcher(reference());
        assertThat(block.find()).isTrue();
        String store = block.group().replaceAll("(?m)^  # ", "  ");
        return reference().replaceFirst("(?m)^  s3:\n(?:    .*\n)+", Matcher.quoteReplacement(store));
    }

    @Example
    void partsOf05ShowTrueDefaults() {
        HarborCfg all = read(of05()).harborCfg();
        HarborCfg usual = HarborCfg.DEFAULT;

        assertThat(all.mail()).isPresent();
        assertThat(all.ldap().flatMap(ldap -> ldap.search())).isPresent();
        assertThat(List.of(all.selfRegistration(), all.compressedJs(), all.verifyRemoteCert(), all.adminOnlyProjects()))
                .containsExactly(
                        usual.selfRegistration(),
                        usual.compressedJs(),
                        usual.verifyRemoteCert(),
                        usual.adminOnlyProjects());
        assertThat(List.of(all.maxJobWorkers(), all.tokenExpiration()))
                .containsExactly(usual.maxJobWorkers(), usual.tokenExpiration());
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void namesEveryKeyThatIsWritten(@ForAll("clusters") Cluster cluster) {
        String written = FREE.matcher(ClusterFile.write(cluster)).replaceAll("$1$2:\n");

        assertThat(keys(reference())).containsAll(keys(written));
    }

    /** The generator leaves nothing out: whoever relies on it tests every key. */
    @Example
    void everyKeyOfItIsWrittenForSomeCluster() {
        Set<String> left = keys(reference());
        Clusters.any().sampleStream().limit(500).map(ClusterFile::write).forEach(yaml -> left.removeAll(keys(yaml)));

        // A word of a comment, and the name of an attribute.
        assertThat(left).isSubsetOf("Default", "site");
    }
}
