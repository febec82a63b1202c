package dev.harborha.templates.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide tells people to type at a load balancer. */
class BalancerGuideTest {

    private static final Pattern COPY = Pattern.compile("(?m)^    `(find .*)`$");

    @TempDir
    Path folder;

    /** A bundle may have been written with folders that are for its owner only; those of the machine must not become so. */
    @Test
    void theFilesGoToTheirPlacesAndNoFolderOfTheMachineChanges() throws IOException {
        Cluster cluster =
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("lb-canary-buffered");
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        Path out = folder.resolve("out");
        bundle.writeTo(out);
        try (Stream<Path> folders = Files.walk(out.resolve("lb/lb-1")).filter(Files::isDirectory)) {
            for (Path one : folders.toList()) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Path machine = Files.createDirectories(folder.resolve("machine/etc/nginx"));
        for (Path one = machine; !one.equals(folder); one = one.getParent()) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path root = folder.resolve("machine");

        Matcher command = COPY.matcher(BalancerGuide.of(cluster));
        assertThat(command.find()).isTrue();
        Program.run(
                        out.resolve("lb/lb-1"),
                        Map.of(),
                        List.of("sh", "-c", command.group(1).replace("\"/$1\"", "\"" + root + "/$1\"")))
                .succeeded();

        for (String kept : List.of("", "etc", "etc/nginx")) {
            assertThat(mode(root.resolve(kept))).as(kept).isEqualTo("rwxr-xr-x");
        }
        List<RenderedFile> files = bundle.files().stream()
                .filter(file -> file.path().startsWith("lb/lb-1/"))
                .toList();
        assertThat(files).hasSizeGreaterThan(8).anyMatch(RenderedFile::secret);
        for (RenderedFile file : files) {
            Path there = root.resolve(file.path().substring("lb/lb-1/".length()));
            assertThat(there).hasContent(file.content());
            assertThat(mode(there)).as(file.path()).isEqualTo(mode(out.resolve(file.path())));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
