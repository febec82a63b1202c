package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.testing.Clusters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Pattern KEY = Pattern.compile("(?m)^(?: *# ?)? *(?:- )?([A-Za-z][A-Za-z0-9]*):(?: |$)");

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
    void isSound() {
        assertThat(HarborHa.create().check(read(reference())).hasErrors()).isFalse();
    }

    /** Taking the comment signs away changes nothing, so what they show are the defaults; examples are left commented. */
    @Example
    void showsTrueDefaults() {
        String defaults = reference()
                .replaceAll(
                        "(?m)^( *)# (privateNetwork|name|port|redirectPort|plainHttp|tlsProfile|affinity|behindProxy"
                                + "|kind|username|sessionDatabase|poolSize|compressedJs|maxJobWorkers|tokenExpiration|verifyRemoteCert"
                                + "|adminOnlyProjects):",
                        "$1$2:")
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

    private static String withStorage(String driver) {
        Matcher block =
                Pattern.compile("(?m)^  # " + driver + ":\n(?:  #   .*\n)+").matcher(reference());
        assertThat(block.find()).isTrue();
        String store = block.group().replaceAll("(?m)^  # ", "  ");
        return reference().replaceFirst("(?m)^  s3:\n(?:    .*\n)+", Matcher.quoteReplacement(store));
    }

    @Example
    void mailAndDirectoryOfItAreReadToo() {
        String[] parts = reference().split("(?m)^harborCfg:", -1);
        String yaml = parts[0] + "harborCfg:" + parts[1].replaceAll("(?m)^  # (?=mail:|ldap:|  )", "  ");

        assertThat(read(yaml).harborCfg().mail()).isPresent();
        assertThat(read(yaml).harborCfg().ldap().flatMap(ldap -> ldap.search())).isPresent();
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void namesEveryKeyThatIsWritten(@ForAll("clusters") Cluster cluster) {
        assertThat(keys(reference())).containsAll(keys(ClusterFile.write(cluster)));
    }
}
