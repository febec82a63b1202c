package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.HarborVersion;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.Prepared;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@link Facts} are what each release's own {@code prepare} writes, no less and no more. */
class FactsAgainstPrepareTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    /** Folders for a database and a Redis on the node, made also where both are outside. */
    private static final List<String> UNUSED_FOLDERS = List.of("data/database/", "data/redis/");

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
    }

    static List<HarborVersion> releases() {
        return FactCluster.releases();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void prepareWritesWhatTheFactsSay(HarborVersion release) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (FactCluster described : FactCluster.of(release)) {
            Path node = Files.createTempDirectory(folder, "node");
            Prepared prepared = PreparedNode.of(described.cluster(), KEYS, node).succeeded();
            SortedMap<String, String> written = FactCluster.statements(prepared.files(), EnvReader.RAW);
            written.putAll(prepared.accessStatements());
            folders(prepared).forEach(path -> written.put(path + ": content", ""));
            Differences.between(release, described.facts(written), written)
                    .forEach(difference -> wrong.add(described + ": " + difference));
        }
        assertThat(wrong).isEmpty();
    }

    /** Returns the folders that the tables know, and those in which {@code prepare} left nothing. */
    private static SortedSet<String> folders(Prepared prepared) {
        Set<String> known = FactCluster.FACTS.all().stream()
                .map(fact -> fact.statement().replaceFirst(": .*", ""))
                .collect(Collectors.toSet());
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
}
