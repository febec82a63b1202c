package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.Documented;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered for each release of 2.x has the variables, keys, services and files of {@link Facts}, no less and no more,
 * but for the differences that are meant. This needs no source of Harbor; {@link FactsAgainstPrepareTest} holds the facts
 * themselves against it.
 */
class FactTablesTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    /** One of this test's own, as {@link CompleteAgainstPrepareTest} wants to see each of them itself. */
    private static final Differences MEANT = Differences.documented(MeantDifferences.LIST.toArray(Documented[]::new));

    private static final Pattern FOLDERS = Pattern.compile("\nfolders\\(\\) \\{\n.*?\n(.*?)END\n", Pattern.DOTALL);
    private static final Pattern FOLDER = Pattern.compile("(?<mode>\\d+) (?<owner>\\d+:\\d+) (?<path>/.*)");

    static List<HarborVersion> releases() {
        return FactCluster.releases();
    }

    @Test
    void everyFactIsOfSomeReleaseAndSomeCluster() {
        List<HarborVersion> releases = releases();
        List<String> wrong = new ArrayList<>();
        for (Facts.Fact fact : FactCluster.FACTS.all()) {
            for (Facts.Run run : fact.releases()) {
                if (!releases.contains(run.first()) || !releases.contains(run.last())) {
                    wrong.add(fact + ": no releases");
                }
            }
            for (String condition : fact.where()) {
                if (!FactCluster.FEATURES.containsKey(condition.replaceFirst("^!", ""))) {
                    wrong.add(fact + ": no feature");
                }
            }
            boolean held = releases.stream()
                    .flatMap(release -> FactCluster.of(release).stream())
                    .anyMatch(described -> fact.holds(described.release(), described.features()));
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
        for (FactCluster described : FactCluster.of(release)) {
            SortedMap<String, String> rendered = rendered(described.cluster());
            MEANT.undocumented(release, described.facts(rendered), rendered)
                    .forEach(difference -> wrong.add(described + ": " + difference));
        }
        assertThat(wrong).isEmpty();
    }

    private static SortedMap<String, String> rendered(Cluster cluster) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        Node node = cluster.nodes().get(0);
        SortedMap<String, String> statements =
                FactCluster.statements(PreparedNode.rendered(bundle, cluster, node), EnvReader.COMPOSE);
        statements.putAll(PreparedNode.access(bundle, cluster, node));
        String script =
                bundle.get("nodes/" + node.name() + "/install.sh").orElseThrow().content();
        statements.putAll(folders(script, cluster));
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
}
