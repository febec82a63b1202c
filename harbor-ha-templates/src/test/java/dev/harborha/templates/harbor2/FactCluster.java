package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedRedis;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.Statements;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.testing.Redises;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster that is held against the {@link Facts}.
 *
 * @param release the release that it runs
 * @param features what it has, in the words of the tables
 */
record FactCluster(HarborVersion release, Set<String> features) {

    static final Facts FACTS = Facts.read();

    /** What the tables call a feature of a cluster, and the releases that a cluster can have it in. */
    static final Map<String, Releases> FEATURES = Map.ofEntries(
            Map.entry("internal-tls", Releases.all()),
            Map.entry("node-tls", Releases.all()),
            Map.entry("trivy", Releases.all()),
            Map.entry("redirect", Releases.all()),
            Map.entry("storage-ca", Releases.all()),
            Map.entry("uaa", Releases.all()),
            Map.entry("sentinel", Redises.SENTINELS),
            Map.entry("metric", Releases.since("2.2.0")),
            Map.entry("trace", Releases.since("2.4.0")),
            Map.entry("jaeger", Releases.since("2.4.0")),
            Map.entry("purging", Releases.since("2.5.0")),
            Map.entry("cache", Releases.since("2.6.0")),
            Map.entry("redis-databases", Releases.since("2.7.3", "2.8.4")),
            Map.entry("redis-user", Releases.since("2.8.0")),
            Map.entry("redis-tls", Releases.since("2.13.0")));

    /** A plain cluster, and two with all that is to be had. */
    private static final List<Set<String>> WANTED = List.of(
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
                    "redis-user",
                    "redis-tls"),
            Set.of("trivy", "redirect", "sentinel", "metric", "trace", "purging", "cache"));

    /** Returns the releases of 2.x. */
    static List<HarborVersion> releases() {
        return HarborVersion.SUPPORTED.stream()
                .filter(CompleteRenderer.RELEASES::contains)
                .toList();
    }

    /** Returns the clusters of a release, with as many of the wanted features as it knows. */
    static List<FactCluster> of(HarborVersion release) {
        return WANTED.stream().map(wanted -> of(release, wanted)).toList();
    }

    private static FactCluster of(HarborVersion release, Set<String> wanted) {
        Set<String> known = new HashSet<>(wanted);
        known.removeIf(feature -> !FEATURES.get(feature).contains(release));
        return new FactCluster(release, known);
    }

    /**
     * Returns the facts as statements. A value that depends on the cluster is the one that was written.
     *
     * @param written what was written; mode and owner of what the facts do not say them of are taken out, as a file that is
     *     there or not is a statement of its own
     */
    SortedMap<String, String> facts(Map<String, String> written) {
        SortedMap<String, String> facts = new TreeMap<>();
        FACTS.in(release, features)
                .forEach((statement, value) -> facts.put(
                        statement, value.orElse(written.getOrDefault(statement, "(depends on the cluster)"))));
        written.keySet()
                .removeIf(statement -> (statement.endsWith(": mode") || statement.endsWith(": owner"))
                        && !facts.containsKey(statement));
        return facts;
    }

    /** Returns what the files say that are in the tables, and of all files that they are there. */
    static SortedMap<String, String> statements(SortedMap<String, String> files, EnvReader reader) {
        SortedMap<String, String> known = new TreeMap<>(files);
        known.keySet().retainAll(FACTS.files());
        SortedMap<String, String> statements =
                new TreeMap<>(Statements.ignoring().of(known, reader));
        files.keySet().forEach(path -> statements.put(path + ": content", ""));
        return statements;
    }

    /** Returns the cluster. */
    Cluster cluster() {
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
                    c.redis(this::redis);
                    c.harborYml(this::harborYml);
                })
                .in(release);
    }

    private void redis(SharedRedis.Builder redis) {
        redis.password(Secret.of("redis-password"));
        if (features.contains("sentinel")) {
            redis.sentinel("mymaster", "redis-1.example.com", "redis-2.example.com");
        } else {
            redis.address("redis.example.com");
        }
        if (features.contains("redis-user")) {
            redis.username("harbor").registryAsDefaultUser();
        }
        if (features.contains("redis-databases")) {
            redis.harborDatabase(6).cacheLayerDatabase(7);
        }
        if (features.contains("redis-tls")) {
            redis.tls(Scenario.PEM);
        }
    }

    private void harborYml(HarborYml.Builder yml) {
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

    /** Returns the features, which say which cluster it is. */
    @Override
    public String toString() {
        return new TreeSet<>(features).toString();
    }
}
