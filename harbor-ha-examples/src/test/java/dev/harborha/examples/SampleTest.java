package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborVersion;
import dev.harborha.templates.clusterfile.ClusterFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code init} writes for each release is sound and renders as it stands, and so does what is commented out in it. */
class SampleTest {

    /** A key or an element that is commented out, with what is said about it. */
    private static final Pattern OPTION = Pattern.compile("( *)# ( *(?:- )?[a-zA-Z]+:(?: .*)?)");

    private static final Pattern SINCE = Pattern.compile("since (2\\.[0-9]+)$");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void keysAndCertificate() {
        file = Run.sample(folder);
        for (String authority : List.of("storage-ca.pem", "db-ca.pem")) {
            TextFiles.write(folder.resolve(authority), SampleKeys.KEYS.tokenCertificate());
        }
    }

    static List<HarborVersion> everyRelease() {
        return HarborVersion.SUPPORTED;
    }

    static List<HarborVersion> lastOfEveryLine() {
        return HarborVersion.SUPPORTED.stream()
                .filter(release -> {
                    List<HarborVersion> line = release.supportedOfLine();
                    return release.equals(line.get(line.size() - 1));
                })
                .toList();
    }

    private static String sample(HarborVersion release) {
        Run init = Run.of("init", "--harbor", release);
        assertThat(init.code()).isZero();
        assertThat(init.err()).isEmpty();
        return init.out();
    }

    /** Returns a sample with every option of its release, but for the other blob store. */
    private static String withOptions(HarborVersion release) {
        StringBuilder text = new StringBuilder();
        boolean otherStore = false;
        for (String line : sample(release).lines().toList()) {
            Matcher option = OPTION.matcher(line);
            otherStore = line.equals("  # filesystem:") || (otherStore && line.startsWith("  #   "));
            boolean taken = option.matches() && !otherStore && isIn(release, line);
            text.append(taken ? option.group(1) + option.group(2) : line).append('\n');
        }
        return text.toString().replace("file:certs/", "file:");
    }

    private static boolean isIn(HarborVersion release, String line) {
        Matcher since = SINCE.matcher(line);
        return !since.find() || !release.isBefore(HarborVersion.parse(since.group(1) + ".0"));
    }

    private Cluster read() {
        return ClusterFile.parse(TextFiles.read(file), folder, Map.of("REDIS_PASSWORD", "sample"));
    }

    private void assertThatItIsSound() {
        Run check = Run.of("check", file);
        assertThat(check.out()).doesNotContain("ERROR");
        assertThat(check.err()).isEmpty();
        assertThat(check.code()).isZero();
    }

    private void assertThatItRenders() {
        Run render = Run.of("render", file, "-o", folder.resolve("out"), "--force");
        assertThat(render.code()).as(render.out() + render.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyRelease")
    void theSampleIsSound(HarborVersion release) {
        TextFiles.write(file, sample(release));
        assertThat(read().harbor()).isEqualTo(release);
        assertThatItIsSound();
    }

    @ParameterizedTest
    @MethodSource("lastOfEveryLine")
    void itRendersAsItStandsAndWithEveryOption(HarborVersion release) {
        TextFiles.write(file, sample(release));
        assertThatItRenders();
        TextFiles.write(file, withOptions(release).replace("env:REDIS_PASSWORD", "sample"));
        assertThat(read()).isNotEqualTo(ClusterFile.parse(sample(release), folder));
        assertThatItIsSound();
        assertThatItRenders();
        if (read().deployment().delivery() == Delivery.INSTALLER) {
            TextFiles.replace(file, "\"installer\"", "\"complete\"");
            assertThatItRenders();
        }
    }

    @ParameterizedTest
    @MethodSource("lastOfEveryLine")
    void theOtherBlobStoreCanTakeThePlaceOfTheFirst(HarborVersion release) {
        String shared = sample(release)
                .replaceAll("(?m)^  s3:\\R(    .*\\R)+", "")
                .replaceAll("(?m)^  # (filesystem:|  path:|  source:)", "  $1");
        TextFiles.write(file, shared);
        assertThat(read().storage().driver()).isEqualTo("filesystem");
        assertThatItIsSound();
        assertThatItRenders();
    }

    @Test
    void nothingThatPeopleWantIsLeftOut() {
        TextFiles.write(file, withOptions(HarborVersion.newest()));
        Cluster cluster = read();
        assertThat(cluster.loadBalancers()).hasSize(2);
        assertThat(cluster.database().maxConnections()).isPresent();
        assertThat(cluster.database().serverVersion()).isPresent();
        assertThat(cluster.database().ca()).isPresent();
        assertThat(cluster.redis().orElseThrow().serverVersion()).isPresent();
        assertThat(cluster.redis().orElseThrow().persistence()).isPresent();
        assertThat(cluster.redis().orElseThrow().evictionPolicy()).isPresent();
        assertThat(cluster.redis().orElseThrow().tls()).isPresent();
        assertThat(cluster.storage().hosts()).hasSize(1);
        assertThat(cluster.storageCa()).isPresent();
        assertThat(cluster.nodeTls()).isPresent();
        assertThat(cluster.internalTls()).isTrue();
        assertThat(cluster.deployment().delivery()).isEqualTo(Delivery.INSTALLER);
        assertThat(cluster.harborYml().trivy()).isPresent();
        assertThat(cluster.harborYml().metric()).isPresent();
        assertThat(cluster.harborYml().cache()).isPresent();
        assertThat(cluster.harborYml().proxy()).isPresent();
        assertThat(cluster.waivers()).hasSize(1);

        TextFiles.write(file, withOptions(HarborVersion.parse("0.5.0")));
        assertThat(read().redis()).isPresent();
        assertThat(read().waivers()).hasSize(1);
    }
}
