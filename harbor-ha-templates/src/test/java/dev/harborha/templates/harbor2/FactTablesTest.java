package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedRedis;
import dev.harborha.prepare.Difference;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.Documented;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.Prepared;
import dev.harborha.prepare.Statements;
import dev.harborha.render.Bundle;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered for each release of 2.x has the variables, keys, services and files of {@link Facts}, no less and no more,
 * but for the differences that are meant. This needs no source of Harbor; where there is one, the facts themselves are held
 * against what {@code prepare} writes.
 */
class FactTablesTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS.withInternalTls();
    private static final Facts FACTS = Facts.read();

    /** One of this test's own, as {@link CompleteAgainstPrepareTest} wants to see each of them itself. */
    private static final Differences MEANT = Differences.documented(MeantDifferences.LIST.toArray(Documented[]::new));

    /** What the tables call a feature of a cluster, and the releases that a cluster can have it in. */
    private static final Map<String, Releases> FEATURES = Map.ofEntries(
            Map.entry("internal-tls", Releases.all()),
            Map.entry("node-tls", Releases.all()),
            Map.entry("trivy", Releases.all()),
            Map.entry("redirect", Releases.all()),
            Map.entry("storage-ca", Releases.all()),
            Map.entry("uaa", Releases.all()),
            Map.entry("sentinel", Releases.since("2.1.0")),
            Map.entry("metric", Releases.since("2.2.0")),
            Map.entry("trace", Releases.since("2.4.0")),
            Map.entry("jaeger", Releases.since("2.4.0")),
            Map.entry("purging", Releases.since("2.5.0")),
            Map.entry("cache", Releases.since("2.6.0")),
            Map.entry("redis-databases", Releases.since("2.7.3", "2.8.4")),
            Map.entry("redis-tls", Releases.since("2.13.0")));

    /** The clusters that are rendered: a plain one, and two with all that is to be had. */
    private static final List<Set<String>> CLUSTERS = List.of(
            Set.of("redirect", "purging"),
            Set.of(
                    "internal-tls",
                    "node-tls",
                    "trivy",
                    "storage-ca",
                    "uaa",
                    "metric",
                    "trace",
                    "jaeger",
                    "cache",
                    "redis-databases",
                    "redis-tls"),
            Set.of("trivy", "redirect", "sentinel", "metric", "trace", "purging", "cache"));

    private static final Pattern FOLDERS = Pattern.compile("\nfolders\\(\\) \\{\n.*?\n(.*?)END\n", Pattern.DOTALL);
    private static final Pattern FOLDER = Pattern.compile("(?<mode>\\d+) (?<owner>\\d+:\\d+) (?<path>/.*)");
    private static final List<String> UNUSED_FOLDERS = List.of("data/database/", "data/redis/");

    @TempDir
    Path folder;

    static List<HarborVersion> releases() {
        return HarborVersion.SUPPORTED.stream()
                .filter(CompleteRenderer.RELEASES::contains)
                .toList();
    }

    @Test
    void everyFactIsOfSomeReleaseAndSomeCluster() {
        List<HarborVersion> releases = releases();
        List<String> wrong = new ArrayList<>();
        for (Facts.Fact fact : FACTS.all()) {
            for (Facts.Run run : fact.releases()) {
                if (!releases.contains(run.first()) || !releases.contains(run.last())) {
                    wrong.add(fact + ": no releases");
                }
            }
            for (String condition : fact.where()) {
                if (!FEATURES.containsKey(condition.replaceFirst("^!", ""))) {
                    wrong.add(fact + ": no feature");
                }
            }
            boolean held = releases.stream()
                    .anyMatch(release ->
                            CLUSTERS.stream().anyMatch(features -> fact.holds(release, in(release, features))));
            if (!held) {
                wrong.add(fact + ": never");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void rendersWhatTheReleaseHas(HarborVersion release) {
        List<String> wrong = new ArrayList<>();
        for (Set<String> wanted : CLUSTERS) {
            Set<String> features = in(release, wanted);
            SortedMap<String, String> rendered = rendered(cluster(release, features));
            SortedMap<String, String> facts = facts(release, features, rendered);
            keepKnownAccess(rendered, facts);
            MEANT.undocumented(release, facts, rendered)
                    .forEach(difference -> wrong.add(new TreeSet<>(features) + ": " + difference));
        }
        assertThat(wrong).isEmpty();
    }

    static List<HarborVersion> releasesOfSource() {
        List<HarborVersion> there = HarborSource.require().releases();
        return releases().stream().filter(there::contains).toList();
    }

    @ParameterizedTest
    @MethodSource("releasesOfSource")
    void prepareWritesWhatTheFactsSay(HarborVersion release) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Set<String> wanted : CLUSTERS) {
            Set<String> features = in(release, wanted);
            Path node = Files.createDirectory(folder.resolve("node-" + CLUSTERS.indexOf(wanted)));
            Prepared prepared =
                    PreparedNode.of(cluster(release, features), KEYS, node).succeeded();
            SortedMap<String, String> written = statements(prepared.files(), EnvReader.RAW);
            written.putAll(prepared.accessStatements());
            folders(prepared).forEach(path -> written.put(path + ": content", ""));
            SortedMap<String, String> facts = facts(release, features, written);
            keepKnownAccess(written, facts);
            List<Difference> differences = Differences.between(release, facts, written);
            differences.forEach(difference -> wrong.add(new TreeSet<>(features) + ": " + difference));
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * Returns the folders that the tables know, and those in which {@code prepare} left nothing; but not those of a database and
     * a Redis, which are outside.
     */
    private static SortedSet<String> folders(Prepared prepared) {
        Set<String> known =
                FACTS.all().stream().map(fact -> path(fact.statement())).collect(Collectors.toSet());
        SortedSet<String> folders = new TreeSet<>();
        for (String path : prepared.access().keySet()) {
            boolean empty = prepared.access().keySet().stream()
                    .noneMatch(other -> other.startsWith(path) && !other.equals(path));
            if (path.endsWith("/") && (empty || known.contains(path)) && !UNUSED_FOLDERS.contains(path)) {
                folders.add(path);
            }
        }
        return folders;
    }

    /** Returns the features of a list that a release knows. */
    private static Set<String> in(HarborVersion release, Set<String> features) {
        Set<String> known = new HashSet<>(features);
        known.removeIf(feature -> !FEATURES.get(feature).contains(release));
        return known;
    }

    /** Returns the facts as statements; a value that depends on the cluster is the one that was written. */
    private static SortedMap<String, String> facts(
            HarborVersion release, Set<String> features, Map<String, String> written) {
        SortedMap<String, String> statements = new TreeMap<>();
        FACTS.in(release, features)
                .forEach((statement, value) -> statements.put(
                        statement, value.orElse(written.getOrDefault(statement, "(depends on the cluster)"))));
        return statements;
    }

    private static SortedMap<String, String> rendered(Cluster cluster) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        Node node = cluster.nodes().get(0);
        SortedMap<String, String> statements =
                statements(PreparedNode.rendered(bundle, cluster, node), EnvReader.COMPOSE);
        statements.putAll(PreparedNode.access(bundle, cluster, node));
        String script =
                bundle.get("nodes/" + node.name() + "/install.sh").orElseThrow().content();
        statements.putAll(folders(script, cluster));
        return statements;
    }

    /** Returns what the files say that are in the tables, and of all files that they are there. */
    private static SortedMap<String, String> statements(SortedMap<String, String> files, EnvReader reader) {
        SortedMap<String, String> known = new TreeMap<>(files);
        known.keySet().retainAll(FACTS.files());
        SortedMap<String, String> statements =
                new TreeMap<>(Statements.ignoring().of(known, reader));
        files.keySet().forEach(path -> statements.put(path + ": content", ""));
        return statements;
    }

    /** Returns the folders that the script of a node makes. */
    private static SortedMap<String, String> folders(String script, Cluster cluster) {
        Matcher list = FOLDERS.matcher(script);
        assertThat(list.find()).as(script).isTrue();
        SortedMap<String, String> statements = new TreeMap<>();
        for (String line : list.group(1).lines().toList()) {
            Matcher entry = FOLDER.matcher(line);
            assertThat(entry.matches()).as(line).isTrue();
            String path = entry.group("path")
                            .replaceFirst("^" + cluster.deployment().installDir() + "/", "")
                            .replaceFirst("^" + cluster.deployment().dataVolume() + "/", "data/")
                    + "/";
            statements.put(path + ": content", "");
            statements.put(path + ": mode", entry.group("mode"));
            statements.put(path + ": owner", entry.group("owner"));
        }
        return statements;
    }

    /** Leaves out the mode and the owner of what the facts do not say them of; that it is there is a statement of its own. */
    private static void keepKnownAccess(Map<String, String> written, Map<String, String> facts) {
        written.keySet()
                .removeIf(statement -> (statement.endsWith(": mode") || statement.endsWith(": owner"))
                        && !facts.containsKey(statement));
    }

    private static String path(String statement) {
        return statement.substring(0, statement.indexOf(": "));
    }

    private static Cluster cluster(HarborVersion release, Set<String> features) {
        return new Scenario("facts", Releases.all(), c -> {
                    if (features.contains("internal-tls")) {
                        c.internalTls();
                    }
                    if (features.contains("node-tls")) {
                        c.nodeTls(tls -> tls.certificatePem(Scenario.PEM, TestKeys.certificateKey()));
                    }
                    if (features.contains("storage-ca")) {
                        c.storageCa(Scenario.PEM);
                    }
                    c.redirect(features.contains("redirect"));
                    c.redis(redis -> redis(redis, features));
                    c.harborYml(yml -> harborYml(yml, features));
                })
                .in(release);
    }

    private static void redis(SharedRedis.Builder redis, Set<String> features) {
        redis.password(Secret.of("redis-password"));
        if (features.contains("sentinel")) {
            redis.sentinel("mymaster", "redis-1.example.com", "redis-2.example.com");
        } else {
            redis.address("redis.example.com");
        }
        if (features.contains("redis-databases")) {
            redis.harborDatabase(6).cacheLayerDatabase(7);
        }
        if (features.contains("redis-tls")) {
            redis.tls(Scenario.PEM);
        }
    }

    private static void harborYml(HarborYml.Builder yml, Set<String> features) {
        if (features.contains("trivy")) {
            yml.trivy();
        }
        if (features.contains("metric")) {
            yml.metric();
        }
        if (features.contains("trace")) {
            yml.trace(trace -> {
                if (features.contains("jaeger")) {
                    trace.jaegerAgent("jaeger.example.com");
                } else {
                    trace.otel("otel.example.com:4318", "/v1/traces");
                }
            });
        }
        if (features.contains("cache")) {
            yml.cache();
        }
        if (!features.contains("purging")) {
            yml.noUploadPurging();
        }
        if (features.contains("uaa")) {
            yml.uaaCa(Scenario.PEM);
        }
    }
}
