package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.InternalTls.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other processes and threads do to the folder of internal TLS. */
class TlsProcessTest {

    @TempDir
    Path temp;

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 6000 && !Files.exists(file); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(file).exists();
    }

    private static void assertFits(ClusterKeys keys) {
        InternalTls tls = TlsStores.tls(keys);
        for (Component component : Component.values()) {
            assertThat(TlsStores.problem(
                            tls.caCertificate(),
                            component,
                            tls.certificate(component),
                            tls.key(component).reveal()))
                    .isEmpty();
        }
    }

    @Test
    void manyThreadsOfManyProcessesEndWithOneSet() throws Exception {
        Stores.put(Stores.privateFolder(temp.resolve("keys")), Member.PRIVATE_KEY);
        List<Process> started = new ArrayList<>();
        List<CompletableFuture<String>> outputs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Process process = OutsideProgram.start(
                    Map.of(),
                    OutsideProgram.keyStoreProcess(
                            List.of(), "raceWithInternalTls", temp.toString(), "4", Integer.toString(i)));
            started.add(process);
            outputs.add(OutsideProgram.outputOf(process));
        }
        awaitFile(temp.resolve("ready-0"));
        awaitFile(temp.resolve("ready-1"));
        Files.createFile(temp.resolve("go"));
        Set<String> digests = new TreeSet<>();
        for (int i = 0; i < 2; i++) {
            digests.addAll(OutsideProgram.await(started.get(i), outputs.get(i))
                    .requireSuccess()
                    .output()
                    .lines()
                    .toList());
        }
        ClusterKeys keys = ClusterKeys.load(temp.resolve("keys"));
        assertFits(keys);
        assertThat(digests).containsExactly(Stores.digest(keys));
    }

    @Test
    void aReaderSeesAWholeSetWhileOthersRenewIt() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.storeWith(store);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Set<ClusterKeys>>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(pool.submit(() -> {
                    Set<ClusterKeys> seen = new HashSet<>();
                    while (!done.get()) {
                        seen.add(ClusterKeys.load(store));
                    }
                    return seen;
                }));
            }
            Future<Set<ClusterKeys>> writer = pool.submit(() -> {
                Set<ClusterKeys> written = new HashSet<>(Set.of(TlsStores.KEYS));
                for (int i = 0; i < 25; i++) {
                    written.add(ClusterKeys.renewInternalTls(store));
                }
                return written;
            });
            Set<ClusterKeys> written = writer.get(2, TimeUnit.MINUTES);
            done.set(true);
            assertThat(written).hasSize(26);
            for (Future<Set<ClusterKeys>> reader : readers) {
                assertThat(written).containsAll(reader.get(1, TimeUnit.MINUTES));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void threadsThatRenewAtOnceTakeTurns() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.storeWith(store);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<ClusterKeys>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(pool.submit(() -> ClusterKeys.renewInternalTls(store)));
            }
            Set<ClusterKeys> renewed = new HashSet<>();
            for (Future<ClusterKeys> result : results) {
                ClusterKeys keys = result.get(1, TimeUnit.MINUTES);
                assertFits(keys);
                renewed.add(keys);
            }
            assertThat(renewed).hasSize(8).contains(ClusterKeys.load(store));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aKilledProcessLeavesAFolderThatTheNextOneCompletes() throws Exception {
        int stores = 80;
        for (int i = 0; i < stores; i++) {
            TlsStores.storeWithout(temp.resolve(Integer.toString(i)));
        }
        int kills = 0;
        int first = 0;
        while (kills < 4 && first < stores) {
            Process process = OutsideProgram.start(
                    Map.of(),
                    OutsideProgram.keyStoreProcess(List.of(), "fillWithInternalTls", temp.toString(), "" + stores));
            CompletableFuture<String> output = OutsideProgram.outputOf(process);
            awaitFile(temp.resolve(first + "/internal_tls/store"));
            TimeUnit.MILLISECONDS.sleep(3 + 11L * kills);
            boolean killed = process.isAlive();
            process.destroyForcibly();
            OutsideProgram.await(process, output);
            if (!killed) {
                break;
            }
            kills++;
            while (first < stores && Files.exists(temp.resolve(first + "/internal_tls/store"))) {
                assertFits(ClusterKeys.load(temp.resolve(Integer.toString(first))));
                first++;
            }
            if (first < stores) {
                Path killedHere = temp.resolve(Integer.toString(first));
                Map<String, String> left = Stores.snapshot(killedHere);
                left.keySet().removeIf(name -> name.endsWith(".unfinished"));
                assertThat(ClusterKeys.load(killedHere)).isEqualTo(Stores.KEYS);
                ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(killedHere);
                assertFits(keys);
                assertThat(ClusterKeys.load(killedHere)).isEqualTo(keys);
                assertThat(Stores.snapshot(killedHere)).containsAllEntriesOf(left);
                assertThat(Stores.names(killedHere)).noneMatch(name -> name.endsWith(".unfinished"));
            }
        }
        assertThat(kills).as("processes killed").isGreaterThan(2);
    }

    @Test
    void aProcessKilledInARenewalLeavesAWholeSet() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.storeWith(store);
        Set<String> sets = new HashSet<>();
        for (int kill = 0; kill < 6; kill++) {
            Files.deleteIfExists(temp.resolve("renewed"));
            Process process = OutsideProgram.start(
                    Map.of(), OutsideProgram.keyStoreProcess(List.of(), "renewForEver", store.toString()));
            CompletableFuture<String> output = OutsideProgram.outputOf(process);
            awaitFile(temp.resolve("renewed"));
            TimeUnit.MILLISECONDS.sleep(7L * kill);
            process.destroyForcibly();
            assertThat(OutsideProgram.await(process, output).output()).isEmpty();
            ClusterKeys left = ClusterKeys.load(store);
            assertFits(left);
            assertThat(Stores.values(left)).isEqualTo(Stores.values(Stores.KEYS));
            assertThat(TlsStores.tls(left).caCertificate())
                    .isEqualTo(TlsStores.tls(TlsStores.KEYS).caCertificate());
            assertThat(ClusterKeys.loadOrGenerate(store)).isEqualTo(left);
            sets.add(Stores.digest(left));
        }
        assertThat(sets).hasSize(6);
    }

    @Test
    void aWholeFolderIsReadWithoutTheMeansToDrawOrCheck() throws Exception {
        Path with = temp.resolve("with");
        Path without = temp.resolve("without");
        TlsStores.storeWith(with);
        TlsStores.storeWithout(without);
        for (String use : List.of("load", "loadOrGenerate", "loadOrGenerateWithInternalTls")) {
            assertReadsCheaply(use, with, "true");
        }
        for (String use : List.of("load", "loadOrGenerate")) {
            assertReadsCheaply(use, without, "false");
        }
    }

    private static void assertReadsCheaply(String use, Path store, String internalTls) throws IOException {
        List<String> command = OutsideProgram.keyStoreProcess(List.of(), "look", store.toString(), use);
        command.add(1, "-Xlog:class+load");
        List<String> output = OutsideProgram.run(command.toArray(String[]::new))
                .requireSuccess()
                .output()
                .lines()
                .toList();
        assertThat(output).contains(internalTls);
        assertThat(output).anyMatch(line -> line.contains(" dev.harborha.keys.TlsFolder "));
        assertThat(output.stream().anyMatch(line -> line.contains(" dev.harborha.keys.TlsIndex ")))
                .isEqualTo(internalTls.equals("true"));
        for (String costly : List.of(
                " org.bouncycastle.",
                " java.security.cert.CertificateFactory ",
                " java.security.KeyFactory ",
                " java.security.SecureRandom ",
                " java.security.Signature ",
                " dev.harborha.keys.TlsPair ",
                " dev.harborha.keys.TlsDraw ")) {
            assertThat(output.stream().filter(line -> line.contains(costly)))
                    .as("%s of %s", use, store)
                    .isEmpty();
        }
    }

    @Test
    void modesDoNotDependOnTheUmask() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.storeWithout(store);
        for (String use : List.of("look", "renew")) {
            List<String> umask = List.of("sh", "-c", "umask 277; exec \"$@\"", "sh");
            List<String> command = OutsideProgram.keyStoreProcess(umask, use, store.toString(), "draw");
            OutsideProgram.run(command.toArray(String[]::new)).requireSuccess();
            Map<String, String> files = Stores.snapshot(store);
            assertThat(files.remove("internal_tls")).startsWith("rwx------ ");
            assertThat(files.values()).allMatch(entry -> entry.startsWith("rw------- "));
        }
        assertFits(ClusterKeys.load(store));
    }

    /** A limit on the size of files stands for a full disk: it fails where a file longer than that is written. */
    @Test
    void aRenewalThatFailsHalfWayKeepsTheOldSet() throws Exception {
        Path store = temp.resolve("keys");
        TlsStores.storeWith(store);
        List<String> command = OutsideProgram.keyStoreProcess(
                List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"), "renew", store.toString());
        OutsideProgram.Result failed = OutsideProgram.run(command.toArray(String[]::new));
        assertThat(failed.output())
                .matches("\\Q" + store
                        + "/internal_tls/\\E.+ cannot be written: .+; mend that and call again, what is there"
                        + " so far is kept\\.\n");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        assertThat(ClusterKeys.renewInternalTls(store)).isEqualTo(ClusterKeys.load(store));
        assertThat(Stores.names(store)).noneMatch(name -> name.endsWith(".renewed") || name.endsWith(".unfinished"));
    }
}
