package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.prepare.Difference;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.Prepared;
import dev.harborha.prepare.Statements;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered for a node says the same as what the release's own {@code prepare} writes for it, key by key, but for the
 * differences that are meant.
 */
class CompleteAgainstPrepareTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    private static boolean comparedAll;

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
        comparedAll = true;
    }

    @AfterAll
    static void everyDifferenceIsThere() {
        if (comparedAll) {
            assertThat(MeantDifferences.ALL.unmatched()).isEmpty();
        }
    }

    static List<HarborVersion> releases() {
        return HarborSource.require().releasesAroundChanges();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void saysWhatPrepareSays(HarborVersion release) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Scenario scenario : Scenario.ALL) {
            if (scenario.runsOn(release)) {
                Cluster cluster = scenario.in(release);
                Prepared prepared = PreparedNode.of(
                                cluster, KEYS, Files.createDirectory(folder.resolve(scenario.name())))
                        .succeeded();
                Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
                Node node = cluster.nodes().get(0);
                Stream.concat(
                                MeantDifferences.ALL
                                        .undocumented(
                                                release,
                                                statements(prepared.files(), EnvReader.RAW),
                                                statements(
                                                        PreparedNode.rendered(bundle, cluster, node),
                                                        EnvReader.COMPOSE))
                                        .stream(),
                                access(release, prepared, PreparedNode.access(bundle, cluster, node)).stream())
                        .forEach(difference -> wrong.add(scenario + ": " + difference));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Compares mode and owner of the files that both wrote. */
    private static List<Difference> access(HarborVersion release, Prepared prepared, Map<String, String> ours) {
        Map<String, String> theirs = new TreeMap<>(prepared.accessStatements());
        theirs.keySet().retainAll(ours.keySet());
        Map<String, String> both = new TreeMap<>(ours);
        both.keySet().retainAll(theirs.keySet());
        return MeantDifferences.ALL.undocumented(release, theirs, both);
    }

    private static SortedMap<String, String> statements(SortedMap<String, String> files, EnvReader reader) {
        return Statements.ignoring(
                        "CORE_SECRET",
                        "JOBSERVICE_SECRET",
                        "REGISTRY_CREDENTIAL_PASSWORD",
                        "CSRF_KEY",
                        "ROBOT_SCANNER_NAME_PREFIX")
                .of(files, reader);
    }
}
