package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole bundles as files under {@code src/test/resources/golden}. What is drawn stands there as {@code @name@}; what a node has
 * the same as the first one is only listed. A file that
 * is missing there is written and fails the run, so that somebody looks at it; one that is there is never overwritten: remove
 * it to have it written anew.
 */
class GoldenBundlesTest {

    /** Lists the files with their modes and owners. */
    private static final String LISTING = "bundle.txt";

    /** Scenarios that differ in what stands in front of the nodes, and whose nodes are as in others. */
    private static final String FRONTS = "lb-";

    private static final Path GOLDEN = Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden");

    private static final Map<String, Cluster> SCENARIOS =
            Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey());

    static Set<String> scenarios() {
        return SCENARIOS.keySet();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isAsItWas(String scenario) throws IOException {
        Path folder = GOLDEN.resolve(scenario);
        Map<String, String> rendered = rendered(SCENARIOS.get(scenario), !scenario.startsWith(FRONTS));
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, String> file : rendered.entrySet()) {
            Path golden = folder.resolve(file.getKey());
            if (Files.exists(golden)) {
                assertThat(file.getValue()).as("%s", golden).isEqualTo(Files.readString(golden));
            } else {
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, file.getValue());
                written.add(file.getKey());
            }
        }
        assertThat(written)
                .as("golden files of %s that were missing and have been written; look at them and run again", scenario)
                .isEmpty();
        assertThat(filesBelow(folder)).isEqualTo(new TreeSet<>(rendered.keySet()));
    }

    private static Map<String, String> rendered(Cluster cluster, boolean withNodes) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        Map<String, String> drawn = drawn(TestKeys.KEYS);
        Map<String, String> files = new TreeMap<>();
        Node first = cluster.nodes().get(0);
        for (RenderedFile file : bundle.files()) {
            if (isTheSameOn(bundle, first, file) || (!withNodes && file.path().startsWith("nodes/"))) {
                continue;
            }
            String text = file.content();
            for (Map.Entry<String, String> value : drawn.entrySet()) {
                text = text.replace(value.getValue(), value.getKey());
            }
            assertThat(text).as(file.path()).doesNotContain("PRIVATE KEY").doesNotContain("BEGIN CERTIFICATE");
            files.put(file.path(), text);
        }
        files.put(
                LISTING,
                bundle.files().stream()
                        .map(file -> file.mode() + " " + file.owner() + (file.secret() ? " secret " : " open   ")
                                + file.path() + "\n")
                        .collect(Collectors.joining()));
        return files;
    }

    private static boolean isTheSameOn(Bundle bundle, Node first, RenderedFile file) {
        String path = file.path().replaceFirst("^nodes/[^/]+/", "nodes/" + first.name() + "/");
        return !path.equals(file.path())
                && bundle.get(path).map(RenderedFile::content).equals(Optional.of(file.content()));
    }

    private static Map<String, String> drawn(ClusterKeys keys) {
        Map<String, String> drawn = new LinkedHashMap<>();
        drawn.put("@tokenKey@\n", keys.tokenKey().reveal());
        drawn.put("@tokenCertificate@\n", keys.tokenCertificate());
        drawn.put("@secretKey@", keys.secretKey().reveal());
        drawn.put("@uiSecret@", keys.uiSecret().reveal());
        drawn.put("@registryHttpSecret@", keys.registryHttpSecret().reveal());
        drawn.put("@coreSecret@", keys.coreSecret().reveal());
        drawn.put("@jobserviceSecret@", keys.jobserviceSecret().reveal());
        drawn.put("@csrfKey@", keys.csrfKey().reveal());
        drawn.put("@registryPassword@", keys.registryPassword().reveal());
        drawn.put("@registryHtpasswd@", keys.registryHtpasswd().reveal());
        drawn.put("@robotScannerNamePrefix@", keys.robotScannerNamePrefix());
        internalTls(keys.internalTls().orElseThrow(), drawn);
        drawn.put("@certificate@\n", TestKeys.certificate());
        drawn.put("@certificateKey@\n", TestKeys.certificateKey().reveal());
        return drawn;
    }

    private static void internalTls(InternalTls tls, Map<String, String> drawn) {
        drawn.put("@internalCa@\n", tls.caCertificate());
        drawn.put(
                "@expiryOfInternalTls@",
                tls.expiry().atZone(ZoneOffset.UTC).toLocalDate().toString());
        for (InternalTls.Component component : InternalTls.Component.values()) {
            drawn.put("@" + component.fileName() + ".crt@\n", tls.certificate(component));
            drawn.put("@" + component.fileName() + ".key@\n", tls.key(component).reveal());
        }
    }

    private static Set<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
