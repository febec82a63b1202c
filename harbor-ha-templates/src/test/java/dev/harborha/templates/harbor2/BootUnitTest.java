package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.render.Bundle;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit that starts Harbor at boot. */
class BootUnitTest {

    @TempDir
    Path folder;

    private static String unit(Cluster cluster) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        return bundle.get("nodes/harbor-1/etc/systemd/system/harbor.service")
                .orElseThrow()
                .content();
    }

    private static Cluster cluster(String scenario) {
        return Scenario.ALL.stream()
                .filter(one -> one.name().equals(scenario))
                .findFirst()
                .orElseThrow()
                .in(HarborVersion.parse("2.14.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "shared-filesystem", "images-of-a-mirror"})
    void systemdTakesIt(String scenario) throws IOException {
        Path analyze = Program.require("systemd-analyze");
        String text = unit(cluster(scenario));
        Path script = folder.resolve("start.sh");
        Files.writeString(script, "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path unit = folder.resolve("harbor.service");
        // It wants the script to be there.
        Files.writeString(unit, text.replaceAll("(?m)^ExecStart=.*$", "ExecStart=" + script));
        Files.writeString(folder.resolve("docker.service"), "[Service]\nExecStart=/bin/true\n");
        Program.Result result = Program.run(
                folder,
                Map.of("SYSTEMD_UNIT_PATH", folder + ":"),
                List.of(analyze.toString(), "verify", "--man=no", unit.toString()));
        assertThat(result.succeeded().output()).isEmpty();
    }

    @Test
    void itWaitsForTheShareAndForDocker() {
        assertThat(unit(cluster("shared-filesystem")).lines())
                .containsOnlyOnce(
                        "RequiresMountsFor=/mnt/harbor",
                        "Requires=docker.service",
                        "After=docker.service network-online.target",
                        "WorkingDirectory=/opt/harbor",
                        "ExecStart=/opt/harbor/start.sh");
        assertThat(unit(cluster("s3"))).doesNotContain("RequiresMountsFor");
    }

    /** The script limits itself; a first start pulls images for as long as that takes. */
    @Test
    void itSetsNoLimitOfItsOwn() {
        assertThat(unit(cluster("s3")).lines()).contains("Type=oneshot", "TimeoutStartSec=infinity");
    }
}
