package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborVersion;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every script of a node is one that shellcheck has nothing to say about. */
class ShellCheckTest {

    /** Without files, with copies, with a mount, and with most files: scripts differ in their lists alone. */
    private static final Set<String> SCENARIOS = Set.of("s3", "https-nodes", "shared-filesystem", "internal-tls");

    /** What is not on by default, but for those that are about taste and about all that {@code set -e} does not see. */
    private static final String MORE_CHECKS =
            "add-default-case,avoid-nullary-conditions,check-unassigned-uppercase,deprecate-which,quote-safe-variables";

    @TempDir
    Path folder;

    @Test
    void nothingToSay() throws IOException {
        Set<String> scripts = new LinkedHashSet<>();
        for (Scenario scenario : Scenario.ALL) {
            if (SCENARIOS.contains(scenario.name())) {
                for (Delivery delivery : Delivery.values()) {
                    Cluster cluster = scenario.in(HarborVersion.parse("2.15.2")).toBuilder()
                            .deployment(d -> d.delivery(delivery))
                            .build();
                    TestKeys.HARBOR.render(cluster, InstalledMachine.KEYS).files().stream()
                            .filter(file -> file.path().endsWith(".sh"))
                            .map(RenderedFile::content)
                            .forEach(scripts::add);
                }
            }
        }
        // An install.sh for each, but that of the installer's way copies no certificate; and the start.sh of all of
        // them.
        assertThat(scripts).hasSize(SCENARIOS.size() * Delivery.values().length - 1 + 1);
        List<String> command = new ArrayList<>(
                List.of(Program.require("shellcheck").toString(), "--shell=sh", "--enable=" + MORE_CHECKS));
        for (String script : scripts) {
            Path file = folder.resolve("script-" + command.size() + ".sh");
            Files.writeString(file, script);
            command.add(file.toString());
        }
        assertThat(Program.run(folder, Map.of(), command).succeeded().output()).isEmpty();
    }
}
