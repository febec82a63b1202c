package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other processes do to a store, and it to them. */
class KeyStoreProcessTest {

    @TempDir
    Path temp;

    private static OutsideProgram.Result run(List<String> before, String... arguments) throws IOException {
        List<String> command = OutsideProgram.keyStoreProcess(before, arguments);
        return OutsideProgram.run(command.toArray(String[]::new));
    }

    /** Starts some processes, lets all go at the same moment, and returns the digests of all keys they got. */
    private Set<String> race(Path base, int processes, int threads) throws Exception {
        List<Process> started = new ArrayList<>();
        List<CompletableFuture<String>> outputs = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            Process process = OutsideProgram.start(
                    Map.of(),
                    OutsideProgram.keyStoreProcess(
                            List.of(), "race", base.toString(), Integer.toString(threads), Integer.toString(i)));
            started.add(process);
            outputs.add(OutsideProgram.outputOf(process));
        }
        for (int i = 0; i < processes; i++) {
            awaitFile(base.resolve("ready-" + i));
        }
        Files.createFile(base.resolve("go"));
        Set<String> digests = new TreeSet<>();
        for (int i = 0; i < processes; i++) {
            OutsideProgram.Result result = OutsideProgram.await(started.get(i), outputs.get(i));
            digests.addAll(result.requireSuccess().output().lines().toList());
        }
        return digests;
    }

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 6000 && !Files.exists(file); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(file).exists();
    }

    @Test
    void twoProcessesThatStartAtOnceEndWithOneSet() throws Exception {
        Set<String> digests = race(temp, 2, 1);
        assertThat(digests).containsExactly(Stores.digest(ClusterKeys.load(temp.resolve("keys"))));
    }

    @Test
    void manyThreadsOfManyProcessesEndWithOneSet() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path base = Files.createDirectory(temp.resolve("round-" + round));
            Stores.put(Stores.privateFolder(base.resolve("keys")), Member.PRIVATE_KEY);
            Set<String> digests = race(base, 2, 6);
            assertThat(digests).containsExactly(Stores.digest(ClusterKeys.load(base.resolve("keys"))));
        }
    }

    @Test
    void manyThreadsEndWithOneSet() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 10; round++) {
                Path folder = Stores.privateFolder(temp.resolve("keys-" + round));
                Stores.put(folder, Member.PRIVATE_KEY);
                List<Future<ClusterKeys>> results = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    results.add(pool.submit(() -> ClusterKeys.loadOrGenerate(folder)));
                }
                ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
                for (Future<ClusterKeys> result : results) {
                    assertThat(result.get(2, TimeUnit.MINUTES)).isEqualTo(keys);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aKilledProcessLeavesAStoreThatTheNextOneCompletes() throws Exception {
        int stores = 150;
        for (int i = 0; i < stores; i++) {
            Stores.put(Stores.privateFolder(temp.resolve(Integer.toString(i))), Member.PRIVATE_KEY);
        }
        int kills = 0;
        int first = 0;
        while (kills < 6 && first < stores) {
            Process process = OutsideProgram.start(
                    Map.of(), OutsideProgram.keyStoreProcess(List.of(), "fill", temp.toString(), "" + stores));
            CompletableFuture<String> output = OutsideProgram.outputOf(process);
            awaitFile(temp.resolve(first + "/store"));
            TimeUnit.MILLISECONDS.sleep(3 + 11L * kills);
            boolean killed = process.isAlive();
            process.destroyForcibly();
            OutsideProgram.await(process, output);
            if (!killed) {
                break;
            }
            kills++;
            while (first < stores && Files.exists(temp.resolve(first + "/store"))) {
                ClusterKeys.load(temp.resolve(Integer.toString(first)));
                first++;
            }
        }
        assertThat(kills).as("processes killed").isGreaterThan(2);
        for (int i = 0; i < stores; i++) {
            Path folder = temp.resolve(Integer.toString(i));
            Map<String, String> left = Stores.snapshot(folder);
            left.remove(".lock");
            left.keySet().removeIf(name -> name.endsWith(".unfinished"));
            ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
            assertThat(keys.tokenKey()).isEqualTo(Stores.KEYS.tokenKey());
            assertThat(ClusterKeys.load(folder)).isEqualTo(keys);
            assertThat(Stores.snapshot(folder)).containsAllEntriesOf(left);
            assertThat(Stores.names(folder)).noneMatch(name -> name.endsWith(".unfinished"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "277", "777"})
    void modesDoNotDependOnTheUmask(String umask) throws Exception {
        Path folder = temp.resolve("keys");
        run(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"), "save", folder.toString())
                .requireSuccess();
        assertThat(Stores.mode(folder)).isEqualTo("rwx------");
        assertThat(Stores.snapshot(folder).values()).hasSize(13).allMatch(entry -> entry.startsWith("rw------- "));
        ClusterKeys.load(folder);
    }

    /** A limit on the size of files stands for a full disk: the write of the first key fails half way. */
    @Test
    void aWriteThatFailsHalfWayLeavesNothingHalf() throws Exception {
        Path folder = temp.resolve("keys");
        OutsideProgram.Result failed =
                run(List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"), "save", folder.toString());
        assertThat(failed.output())
                .matches("\\Q" + folder + "/private_key.pem\\E cannot be written: .+; mend that and call again, what is"
                        + " there so far is kept\\.\n");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(Stores.names(folder)).containsExactly(".lock");
        run(List.of(), "save", folder.toString()).requireSuccess();
        assertThat(ClusterKeys.load(folder)).isNotNull();
    }

    @Test
    void aWholeStoreIsReadFromAFolderThatCannotBeWritten() throws Exception {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        Files.delete(folder.resolve(".lock"));
        makeReadOnly(folder);
        String digest = Stores.digest(Stores.KEYS) + "\n";
        for (String use : List.of("load", "loadOrGenerate")) {
            assertThat(run(withoutPowers(), use, folder.toString())
                            .requireSuccess()
                            .output())
                    .isEqualTo(digest);
        }
        assertThat(Stores.names(folder)).doesNotContain(".lock");
    }

    @Test
    void aFolderThatCannotBeWrittenGetsNoStore() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        Stores.put(folder, Member.PRIVATE_KEY);
        makeReadOnly(folder);
        OutsideProgram.Result refused = run(withoutPowers(), "loadOrGenerate", folder.toString());
        assertThat(refused.output())
                .isEqualTo(folder + "/.lock cannot be written: permission denied; let this user write in the folder, or"
                        + " make the keys elsewhere.\n");
        OutsideProgram.Result noParent =
                run(withoutPowers(), "loadOrGenerate", folder.resolve("keys").toString());
        assertThat(noParent.output())
                .isEqualTo(folder + "/keys cannot be made: permission denied; let its parent folder be written, or name"
                        + " another folder.\n");
        assertThat(Stores.names(folder)).containsExactly("private_key.pem");
    }

    @Test
    void aFileThatItsOwnerMayNotReadIsNamed() throws Exception {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        Stores.chmod(folder.resolve("csrf_key"), "---------");
        assertThat(run(withoutPowers(), "load", folder.toString()).output())
                .isEqualTo(folder + "/csrf_key cannot be read: permission denied; call again as the user that owns the"
                        + " keys.\n");
    }

    private static void makeReadOnly(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Stores.chmod(file, "r--------");
            }
        }
        Stores.chmod(folder, "r-x------");
    }

    /** Returns the words before a command that take away from root the power to ignore modes; none for other users. */
    private static List<String> withoutPowers() throws IOException {
        if (!OutsideProgram.run("id", "-u").output().strip().equals("0")) {
            return List.of();
        }
        String powers = "-dac_override,-dac_read_search";
        OutsideProgram.require("setpriv", "--bounding-set", powers, "true");
        return List.of("setpriv", "--bounding-set", powers);
    }
}
