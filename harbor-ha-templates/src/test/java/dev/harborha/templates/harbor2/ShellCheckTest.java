package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborVersion;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every script of every node is one that shellcheck has nothing to say about. */
class ShellCheckTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingToSay(Delivery delivery) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Program.require("shellcheck").toString(), "--shell=sh", "--enable=all", "--exclude=SC2312"));
        for (Scenario scenario : Scenario.ALL) {
            Cluster cluster = scenario.in(HarborVersion.parse("2.15.2"));
            TestKeys.HARBOR
                    .render(
                            cluster.toBuilder()
                                    .deployment(d -> d.delivery(delivery)
                                            .installDir(cluster.deployment()
                                                    .installDir()
                                                    .text()))
                                    .build(),
                            TestKeys.KEYS.withInternalTls())
                    .writeTo(folder.resolve(scenario.name()));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".sh"))
                    .map(Path::toString)
                    .forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(100);
        assertThat(Program.run(folder, Map.of(), command).succeeded().output()).isEmpty();
    }
}
