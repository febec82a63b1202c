package dev.harborha.templates.harbor2;

import static dev.harborha.templates.harbor2.InstalledMachine.files;
import static dev.harborha.templates.harbor2.InstalledMachine.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.harbor2.InstalledMachine.Place;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code install.sh} on a disk that fills up, killed at every one of its steps, and on a machine whose share is not there. */
class InstallScriptMishapsTest {

    private static final HarborVersion RELEASE = HarborVersion.parse("2.14.4");
    private static final String BESIDE = ".harbor-ha";

    /** Changes an installed node on a file system of 1 MiB when so many pages are left, and once more when there is room. */
    private static final String SMALL_DISK = """
            set -eu
            old=$1 new=$2 pages=$3 out=$4
            mount -t tmpfs -o size=1m none "$DESTDIR"
            cp -a "$old/." "$DESTDIR"
            dd if=/dev/zero "of=$DESTDIR/filler" bs=4096 2> /dev/null || true
            truncate -s "-$((pages * 4096))" "$DESTDIR/filler"
            "$new/install.sh" && echo complete || echo stopped
            rm "$DESTDIR/filler"
            cp -a "$DESTDIR/." "$out/full"
            "$new/install.sh" > /dev/null
            cp -a "$DESTDIR/." "$out/mended"
            """;

    private static final int PAGES_AT_A_TIME = 3;

    /** Stands for a program: does its work, but for the one call at which all of the script is killed. */
    private static final String KILLER = """
            #!/bin/sh
            program=${0##*/}
            PATH=${PATH#*:}
            # Without a file it copies a list of the script's own.
            if [ "$program $#" != "cat 0" ]; then
              echo "$program" >> "$CALLS"
              if [ "$(wc -l < "$CALLS")" -eq "$KILL_AT" ]; then
                case $program in
                  cat) head -c 100 -- "$@" ;;
                  install) shift 6 && umask 077 && head -c 100 "$1" > "$2" ;;
                esac
                kill -9 0
              fi
            fi
            exec "$program" "$@"
            """;

    /** The machine's programs, and nothing else of it, below a folder of its own. */
    private static final String OWN_ROOT = """
            set -eu
            mount -t tmpfs none "$1"
            cd "$1"
            for folder in bin sbin lib lib32 lib64 libx32 usr dev proc; do
              if [ -L "/$folder" ]; then
                cp -P "/$folder" .
              elif [ -d "/$folder" ]; then
                mkdir "$folder"
                mount --rbind "/$folder" "$folder"
              fi
            done
            mkdir tmp copied mnt
            mount --bind "$2" copied
            exec env -i PATH="$PATH" chroot . /bin/sh -c "$3"
            """;

    @TempDir
    Path folder;

    private InstalledMachine machine;

    @BeforeEach
    void machine() throws IOException {
        machine = new InstalledMachine(folder);
    }

    private static Cluster cluster(String scenario) {
        return Scenario.ALL.stream()
                .filter(one -> one.name().equals(scenario))
                .findFirst()
                .orElseThrow()
                .in(RELEASE);
    }

    private static final Cluster BEFORE =
            cluster("trivy").toBuilder().storageCa(Scenario.PEM).build();

    /** Some files are there no more, one is new; public ones and a secret one change, and one grows by several pages. */
    private static final Cluster AFTER = cluster("uaa").toBuilder()
            .adminPassword(Secret.of("another-password"))
            .storageCa(Scenario.PEM.repeat(20))
            .timeServers()
            .build();

    private static final List<String> CHANGED = List.of(
            "/opt/harbor/common/config/core/env",
            "/opt/harbor/common/config/shared/trust-certificates/storage_ca_bundle.crt",
            "/opt/harbor/docker-compose.yml");

    private Path render(String name, Bundle bundle) {
        bundle.writeTo(folder.resolve(name));
        return folder.resolve(name).resolve("nodes/harbor-1");
    }

    private void install(Path node) {
        Program.run(folder, Map.of("DESTDIR", machine.root().toString()), List.of(node + "/install.sh"))
                .succeeded();
    }

    /** Installs the node as it was before, and returns where it is kept. */
    private Path installed(Bundle before) throws IOException {
        install(render("before", before));
        return Files.move(machine.root(), folder.resolve("installed"));
    }

    private void restore(Path installed) throws IOException {
        Files.createDirectory(machine.root());
        Program.run(folder, Map.of(), List.of("cp", "-a", installed + "/.", machine.root() + "/"))
                .succeeded();
    }

    @Test
    void aFullDiskLeavesTheOldFileOrTheNewOne() throws IOException {
        Bundle before = TestKeys.HARBOR.render(BEFORE, InstalledMachine.KEYS);
        Bundle after = TestKeys.HARBOR.render(AFTER, InstalledMachine.KEYS);
        Path installed = installed(before);
        Files.createDirectory(machine.root());
        Path renewed = render("after", after);
        List<String> ends = new ArrayList<>(List.of("stopped"));
        for (int pages = 0; ends.get(ends.size() - 1).equals("stopped"); pages += PAGES_AT_A_TIME) {
            Path out = Files.createDirectory(folder.resolve("pages-" + pages));
            Files.createDirectory(out.resolve("full"));
            Files.createDirectory(out.resolve("mended"));
            Program.Result result = Program.run(
                            folder,
                            Map.of("DESTDIR", machine.root().toString()),
                            List.of(
                                    Program.require("unshare").toString(),
                                    "-m",
                                    "/bin/sh",
                                    "-c",
                                    SMALL_DISK,
                                    "disk",
                                    installed.toString(),
                                    renewed.toString(),
                                    Integer.toString(pages),
                                    out.toString()))
                    .succeeded();
            String last = result.output().lines().reduce((one, two) -> two).orElseThrow();
            ends.add(last.equals("complete") && result.output().contains("cat: ") ? "name taken" : last);
            SortedMap<String, Place> full = InstalledMachine.places(out.resolve("full"));
            full.forEach((path, place) -> isWhole(path, place, before, after));
            areClosed(full, before, after);
            assertThat(files(InstalledMachine.places(out.resolve("mended")))).isEqualTo(rendered(after));
        }
        // So many pages more that what was too little for the new file was enough for it beside the old one, and not
        // for both.
        assertThat(ends).hasSizeGreaterThan(2).endsWith("name taken");
    }

    @Test
    void aKilledRunLeavesWholeFilesAndTheNextOneMendsThem() throws IOException {
        Bundle before = TestKeys.HARBOR.render(BEFORE, InstalledMachine.KEYS);
        Bundle after = TestKeys.HARBOR.render(AFTER, InstalledMachine.KEYS);
        Path installed = installed(before);
        Path renewed = render("after", after);
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : List.of("cat", "chmod", "install", "mv")) {
            Files.writeString(programs.resolve(program), KILLER);
            Files.setPosixFilePermissions(programs.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path calls = folder.resolve("calls");
        Set<String> cut = new HashSet<>();
        boolean killed = true;
        for (int at = 1; killed; at++) {
            restore(installed);
            Files.deleteIfExists(calls);
            killed = Program.run(
                                    folder,
                                    Map.of(
                                            "DESTDIR", machine.root().toString(),
                                            "PATH", programs + ":" + System.getenv("PATH"),
                                            "CALLS", calls.toString(),
                                            "KILL_AT", Integer.toString(at)),
                                    List.of(Program.require("setsid").toString(), "-w", renewed + "/install.sh"))
                            .exitCode()
                    != 0;
            SortedMap<String, Place> places = machine.places();
            for (Map.Entry<String, Place> place : places.entrySet()) {
                Place beside = places.get(place.getKey() + BESIDE);
                if (beside != null && whole(place.getKey(), after).contains(beside.what())) {
                    // The one that was just being written over.
                    cut.add(place.getKey());
                } else {
                    isWhole(place.getKey(), place.getValue(), before, after);
                }
            }
            areClosed(places, before, after);
            install(renewed);
            assertThat(files(machine.places())).as("killed at " + at).isEqualTo(rendered(after));
            Program.removeFolder(machine.root());
        }
        assertThat(cut).containsExactlyInAnyOrderElementsOf(CHANGED);
        Files.createDirectory(machine.root());
    }

    private static Set<String> whole(String path, Bundle... bundles) {
        Set<String> texts = new HashSet<>();
        for (Bundle bundle : bundles) {
            bundle.get("nodes/harbor-1" + path).map(RenderedFile::content).ifPresent(texts::add);
        }
        return texts;
    }

    private static void isWhole(String path, Place place, Bundle before, Bundle after) {
        if (!place.what().equals("folder") && !path.endsWith(BESIDE) && !path.equals(InstalledMachine.LIST)) {
            assertThat(whole(path, before, after)).as(path).contains(place.what());
        }
    }

    /** What others may read is no secret, whole or not. */
    private static void areClosed(SortedMap<String, Place> places, Bundle before, Bundle after) {
        places.forEach((path, place) -> {
            if (!place.what().equals("folder") && !place.mode().endsWith("00")) {
                String target = path.endsWith(BESIDE) ? path.substring(0, path.length() - BESIDE.length()) : path;
                for (Bundle bundle : List.of(before, after)) {
                    bundle.get("nodes/harbor-1" + target)
                            .ifPresent(file -> assertThat(file.secret())
                                    .as(path + " with mode " + place.mode())
                                    .isFalse());
                }
            }
        });
    }

    private Program.Result onOwnRoot(String commands) throws IOException {
        Path copied = render("copied", TestKeys.HARBOR.render(cluster("shared-filesystem"), InstalledMachine.KEYS));
        Path root = Files.createDirectories(folder.resolve("own-root"));
        return Program.run(
                folder,
                Map.of(),
                List.of(
                        Program.require("unshare").toString(),
                        "-m",
                        "/bin/sh",
                        "-c",
                        OWN_ROOT,
                        "root",
                        root.toString(),
                        copied.toString(),
                        commands));
    }

    @Test
    void aShareThatIsNotMountedStopsIt() throws IOException {
        Program.Result result = onOwnRoot("mkdir /mnt/harbor; /copied/install.sh || ls -A / /tmp");
        assertThat(result.output())
                .startsWith(
                        "install.sh: /mnt/harbor is not mounted; mount the share first, or layers would go to the node's own"
                                + " disk\n")
                .doesNotContain("opt", "data", "tmp.");
    }

    @Test
    void aShareInWhichHarborMayNotWriteStopsIt() throws IOException {
        Program.Result result = onOwnRoot("""
                mkdir /mnt/harbor
                mount -t tmpfs -o mode=755 none /mnt/harbor
                /copied/install.sh || ls -A /
                """);
        assertThat(result.output())
                .startsWith(
                        "install.sh: user 10000 may not write in /mnt/harbor; give that folder to him first: chown 10000:10000"
                                + " /mnt/harbor\n")
                .doesNotContain("opt", "data");
    }

    /** A file server may give it to a user of its own, as long as Harbor's can write. */
    @Test
    void aShareIsLeftAsItIs() throws IOException {
        Program.Result result = onOwnRoot("""
                mkdir /mnt/harbor
                mount -t tmpfs -o mode=1777,uid=1234 none /mnt/harbor
                /copied/install.sh
                /copied/install.sh
                stat -c '%a %u:%g' /mnt/harbor
                """);
        assertThat(result.succeeded().output().lines().toList())
                .contains("/data/secret/keys/secretkey", "/etc/systemd/system/harbor.service")
                .doesNotHaveDuplicates()
                .endsWith("1777 1234:0");
    }
}
