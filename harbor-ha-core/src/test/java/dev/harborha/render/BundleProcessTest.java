package dev.harborha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system, its limits and other processes do to a run. */
class BundleProcessTest {

    private static final int KILLS = 8;

    @TempDir
    Path temp;

    private static ChildProcess.Result run(List<String> before, String... arguments) {
        return ChildProcess.java(before, BundleProcess.class, arguments);
    }

    private String busy() {
        return "Another run is writing to the folder " + temp + "; wait until it is done.";
    }

    @ParameterizedTest
    @CsvSource({"000,rwxr-xr-x", "022,rwxr-xr-x", "027,rwxr-x---", "077,rwx------"})
    void filesHaveTheirModesWhateverTheUmaskAndNobodyElseMayWriteInFolders(String umask, String folderMode) {
        Path out = temp.resolve("new/out");
        run(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"), "modes", out.toString())
                .requireSuccess();
        assertThat(Folders.mode(out.resolve("d/public"))).isEqualTo("rw-r--r--");
        assertThat(Folders.mode(out.resolve("d/private"))).isEqualTo("rw-------");
        assertThat(Folders.mode(out.resolve("d/private2"))).isEqualTo("rw-------");
        assertThat(Folders.mode(out.resolve("d/program"))).isEqualTo("rwxr-xr-x");
        assertThat(Folders.mode(out.resolve(".harbor-ha.manifest"))).isEqualTo("rw-------");
        for (Path folder : List.of(temp.resolve("new"), out, out.resolve("d"))) {
            assertThat(Folders.mode(folder)).as(folder.toString()).isEqualTo(folderMode);
        }
    }

    @Test
    void aFolderThatMayNotBeWrittenIsRefused() throws IOException {
        List<String> before = ChildProcess.withoutRootPowers();
        Path out = Files.createDirectory(temp.resolve("out"));
        Folders.chmod(out, "r-xr-xr-x");
        ChildProcess.Result refused = run(before, "write", out.toString(), "1");
        assertThat(refused.output())
                .isEqualTo("Cannot write to the folder " + out + ": " + out.toRealPath()
                        + "/.harbor-ha.tmp: permission denied. Every file there is whole, as it was or as it was to be; mend"
                        + " the cause and run again.\n");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(Folders.everything(out)).isEmpty();
    }

    @Test
    void aFileThatMayNotBeReadIsNamedAndNothingIsWritten() {
        List<String> before = ChildProcess.withoutRootPowers();
        VersionedBundle.of(1).writeTo(temp);
        SortedMap<String, String> written = Folders.everything(temp);
        String path = "nodes/n2/folder/file2";
        Folders.chmod(temp.resolve(path), "---------");
        ChildProcess.Result refused = run(before, "write", temp.toString(), "2");
        ChildProcess.Result compared = run(before, "diff", temp.toString(), "2");
        Folders.chmod(temp.resolve(path), "rw-r--r--");
        assertThat(refused.output())
                .isEqualTo("Cannot write to the folder " + temp + ": " + temp + "/" + path
                        + ": permission denied. Every file"
                        + " there is whole, as it was or as it was to be; mend the cause and run again.\n");
        assertThat(compared.output())
                .isEqualTo(
                        "Cannot compare with the folder " + temp + ": " + temp + "/" + path + ": permission denied.\n");
        assertThat(Folders.everything(temp)).isEqualTo(written);
    }

    @Test
    void aFullDiskLeavesEveryFileWhole() throws IOException {
        boolean root = ChildProcess.await(ChildProcess.start(List.of("id", "-u")))
                .output()
                .strip()
                .equals("0");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        List<String> before = List.of(
                "unshare",
                root ? "-m" : "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=3m none \"$0\" && exec \"$@\"",
                disk.toString());
        ChildProcess.require("a small file system cannot be mounted in a mount namespace of its own", before);
        ChildProcess.Result result = run(before, "fullDisk", disk.toString()).requireSuccess();
        assertThat(result.output()).isEqualTo("survived a full disk\n");
    }

    @Test
    void aKilledRunLeavesEveryFileWholeAndTheNextOneNeedsNoForce() throws Exception {
        Random random = new Random(20_170_124);
        int interrupted = 0;
        int version = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            int reached = killInTheMiddle(version, random.nextInt(VersionedBundle.FILES / 2) + 1);
            if (Files.exists(temp.resolve(".harbor-ha.tmp"))) {
                interrupted++;
            }
            // What was told is a little behind what was done.
            assertThat(VersionedBundle.versionsOfWholeFiles(temp))
                    .as("after kill %s in version %s", kill, reached)
                    .isSubsetOf(reached - 1, reached, reached + 1)
                    .hasSizeLessThanOrEqualTo(2);
            version = reached + 10;
            VersionedBundle.of(version).writeTo(temp);
            assertThat(VersionedBundle.versionsOfWholeFiles(temp)).isEqualTo(Set.of(version));
            assertThat(VersionedBundle.of(version).diff(temp)).isEmpty();
            assertThat(Folders.everything(temp).keySet()).doesNotContain(".harbor-ha.tmp");
            version++;
        }
        assertThat(interrupted).as("runs that were killed in their middle").isGreaterThan(KILLS / 2);
    }

    /** Starts a process that writes version after version, and kills it while it writes; returns the version it was at. */
    private int killInTheMiddle(int first, int files) throws Exception {
        Process process =
                ChildProcess.startJava(List.of(), BundleProcess.class, "forever", temp.toString(), "" + first);
        BufferedReader output = process.inputReader();
        String told = output.readLine();
        while (!told.equals((first + 1) + " " + files)) {
            told = output.readLine();
        }
        process.toHandle().destroyForcibly(); // unlike the process's own, it leaves the output open
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            told = line;
        }
        return Integer.parseInt(told.substring(0, told.indexOf(' ')));
    }

    /** Does something while a run of this process is under way. */
    private void duringARun(Callable<Void> something) {
        VersionedBundle.of(1).writeTo(temp, false, done -> {
            if (done == 3) {
                try {
                    something.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void aSecondRunIsRefusedWhileOneIsUnderWay() {
        duringARun(() -> {
            Map<String, String> before = Folders.everything(temp);
            assertThatThrownBy(() -> VersionedBundle.of(2).writeTo(temp))
                    .isInstanceOf(BundleWriteException.class)
                    .hasMessage(busy());
            // Asked after the one above, whose end must not give the lock of this process back.
            ChildProcess.Result refused = run(List.of(), "write", temp.toString(), "2");
            assertThat(refused.output()).isEqualTo(busy() + "\n");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(Folders.everything(temp)).isEqualTo(before);
            return null;
        });
        assertThat(VersionedBundle.versionsOfWholeFiles(temp)).isEqualTo(Set.of(1));
        VersionedBundle.of(2).writeTo(temp);
        assertThat(VersionedBundle.versionsOfWholeFiles(temp)).isEqualTo(Set.of(2));
    }

    @Test
    void aRunIsRefusedUnderAnotherNameOfTheFolderToo() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolveSibling(temp.getFileName() + "-link"), temp);
        try {
            duringARun(() -> {
                assertThatThrownBy(() -> VersionedBundle.of(2).writeTo(link))
                        .hasMessage("Another run is writing to the folder " + link + "; wait until it is done.");
                return null;
            });
        } finally {
            Files.delete(link);
        }
        assertThat(VersionedBundle.of(1).diff(temp)).isEmpty();
    }

    @Test
    void manyRunsAtOnceDoNoDamage() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            processes.add(ChildProcess.startJava(List.of(), BundleProcess.class, "often", temp.toString(), i + "00"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> refusals = new ArrayList<>();
            for (int thread = 3; thread <= 4; thread++) {
                int first = thread * 100;
                refusals.add(threads.submit(() -> BundleProcess.often(temp, first)));
            }
            int refused = 0;
            for (Future<Integer> each : refusals) {
                refused += each.get(1, TimeUnit.MINUTES);
            }
            for (Process process : processes) {
                refused += Integer.parseInt(
                        ChildProcess.await(process).requireSuccess().output().strip());
            }
            assertThat(refused).as("runs that met another one").isPositive();
        } finally {
            threads.shutdownNow();
        }
        Set<Integer> versions = VersionedBundle.versionsOfWholeFiles(temp);
        assertThat(versions).as("the last run is complete").hasSize(1);
        assertThat(VersionedBundle.of(versions.iterator().next()).diff(temp)).isEmpty();
        assertThat(Folders.everything(temp).keySet()).doesNotContain(".harbor-ha.tmp");
    }
}
