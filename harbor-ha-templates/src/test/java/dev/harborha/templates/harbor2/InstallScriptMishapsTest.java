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
import java.util.HashMap;
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

    /** Installs on a file system of 1 MiB, changes the node when so many pages are left, and once more when there is room. */
    private static final String SMALL_DISK = """
            set -eu
            old=$1 new=$2 pages=$3 out=$4
            mount -t tmpfs -o size=1m none "$DESTDIR"
            "$old/install.sh" > /dev/null
            dd if=/dev/zero "of=$DESTDIR/filler" bs=4096 2> /dev/null || true
            truncate -s "-$((pages * 4096))" "$DESTDIR/filler"
            "$new/install.sh" && echo complete || echo stopped
            rm "$DESTDIR/filler"
            cp -a "$DESTDIR/." "$out/full"
            "$new/install.sh" > /dev/null
            cp -a "$DESTDIR/." "$out/mended"
            """;

    /** Stands for a program: does its work, but for the one call at which all of the script is killed. */
    private static final String KILLER = """
            #!/bin/sh
            program=${0##*/}
            PATH=${PATH#*:}
            echo "$program" >> "$CALLS"
            if [ "$(wc -l < "$CALLS")" -eq "$KILL_AT" ]; then
              [ "$program" != cat ] || head -c 100 -- "$@"
              kill -9 0
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

    /** What changes: some files are there no more, some are new, public ones and secret ones change. */
    private static final Cluster BEFORE = cluster("metrics");

    private static final Cluster AFTER = cluster("trivy").toBuilder()
            .adminPassword(Secret.of("another-password"))
            .redis("redis-2.example.com")
            .timeServers()
            .build();

    private Path render(String name, Bundle bundle) {
        bundle.writeTo(folder.resolve(name));
        return folder.resolve(name).resolve("nodes/harbor-1");
    }

    @Test
    void aFullDiskLeavesTheOldFileOrTheNewOne() throws IOException {
        Bundle before = TestKeys.HARBOR.render(BEFORE, InstalledMachine.KEYS);
        Bundle after = TestKeys.HARBOR.render(AFTER, InstalledMachine.KEYS);
        Path old = render("before", before);
        Path renewed = render("after", after);
        Set<String> ends = new HashSet<>();
        boolean nameWasTaken = false;
        for (int pages = 0; pages < 20; pages++) {
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
                                    old.toString(),
                                    renewed.toString(),
                                    Integer.toString(pages),
                                    out.toString()))
                    .succeeded();
            ends.add(result.output().lines().reduce((first, last) -> last).orElseThrow());
            nameWasTaken |= result.output().contains("cat: write error")
                    && result.output().endsWith("complete\n");
            SortedMap<String, Place> full = InstalledMachine.places(out.resolve("full"));
            full.forEach((path, place) -> isWhole(path, place, before, after));
            areClosed(full, before, after);
            assertThat(files(InstalledMachine.places(out.resolve("mended")))).isEqualTo(rendered(after));
        }
        assertThat(ends).containsExactlyInAnyOrder("stopped", "complete");
        assertThat(nameWasTaken).isTrue();
    }

    @Test
    void aKilledRunLeavesWholeFilesAndTheNextOneMendsThem() throws IOException {
        Bundle before = TestKeys.HARBOR.render(BEFORE, InstalledMachine.KEYS);
        Bundle after = TestKeys.HARBOR.render(AFTER, InstalledMachine.KEYS);
        Path old = render("before", before);
        Path renewed = render("after", after);
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : List.of("cat", "mv", "chown", "chmod")) {
            Files.writeString(programs.resolve(program), KILLER);
            Files.setPosixFilePermissions(programs.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path calls = folder.resolve("calls");
        List<String> cut = new ArrayList<>();
        boolean killed = true;
        for (int at = 1; killed; at++) {
            Program.removeFolder(machine.root());
            Files.createDirectory(machine.root());
            Map<String, String> environment =
                    new HashMap<>(Map.of("DESTDIR", machine.root().toString()));
            Program.run(folder, environment, List.of(old + "/install.sh")).succeeded();
            Files.deleteIfExists(calls);
            environment.put("PATH", programs + ":" + System.getenv("PATH"));
            environment.put("CALLS", calls.toString());
            environment.put("KILL_AT", Integer.toString(at));
            killed = Program.run(
                                    folder,
                                    environment,
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
            Program.run(folder, Map.of("DESTDIR", machine.root().toString()), List.of(renewed + "/install.sh"))
                    .succeeded();
            assertThat(files(machine.places())).as("killed at " + at).isEqualTo(rendered(after));
            Program.removeFolder(machine.root());
        }
        assertThat(cut).hasSizeGreaterThan(3).doesNotHaveDuplicates();
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
