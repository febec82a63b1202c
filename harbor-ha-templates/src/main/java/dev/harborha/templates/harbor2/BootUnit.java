package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.text.TextTemplate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The systemd unit that starts Harbor at boot, and the script that it runs. */
final class BootUnit {

    private BootUnit() {}

    /** Returns both, under the paths that they have on the machine, without a slash at the beginning. */
    static List<RenderedFile> files(Cluster cluster) {
        String installDir = cluster.deployment().installDir().text();
        String mounts = InstallScript.mounts(cluster).stream()
                .map(path -> "RequiresMountsFor=" + path + "\n")
                .collect(Collectors.joining());
        return List.of(
                RenderedFile.open(
                        "etc/systemd/system/harbor.service",
                        TextTemplate.resource(BootUnit.class, "harbor.service.txt")
                                .fill(Map.of("installDir", installDir, "mounts", mounts))),
                new RenderedFile(
                        installDir.substring(1) + "/start.sh",
                        TextTemplate.resource(BootUnit.class, "start.sh.txt").fill(Map.of()),
                        Mode.EXECUTABLE,
                        Owner.ROOT,
                        false));
    }
}
