package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Stores.privateFolder(temp.resolve("keys"));
    }

    @Test
    void aFolderThatSomebodyElseHoldsForTooLong() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        PrivateFiles files = new PrivateFiles(folder);
        Thread holder = new Thread(() -> new FolderLock(folder, files, Duration.ofSeconds(1)).hold(() -> {
            held.countDown();
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        }));
        holder.start();
        held.await();
        String[] process = OutsideProgram.keyStoreProcess(List.of(), "impatient", folder.toString())
                .toArray(String[]::new);
        try {
            ClusterKeysExceptionMessage.of(this::useWithoutPatience).isEqualTo(busy());
            // The thread that gave up must not have given back the lock: another process would get in. (As would happen
            // if this thread but read the lock's file.)
            assertThat(OutsideProgram.run(process).output()).isEqualTo(busy() + "\n");
        } finally {
            enough.countDown();
            holder.join();
        }
        assertThat(OutsideProgram.run(process).output()).contains("nothing was to be drawn");
    }

    /** Another class loader of this JVM shares the system's lock with us, but not our own. */
    @Test
    void aFolderThatACopyOfThisClassHoldsForTooLong() throws Exception {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            ClusterKeysExceptionMessage.of(this::useWithoutPatience).isEqualTo(busy());
        }
    }

    private void useWithoutPatience() {
        new KeyStoreFolder(folder, Duration.ofMillis(50)).loadOrComplete(NothingToDraw.INSTANCE);
    }

    private String busy() {
        return folder.resolve(".lock") + " is held by another process or thread that is making these keys;"
                + " wait for it to end, or stop it, and call again.";
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaits() throws Exception {
        Stores.put(folder, ".lock", "");
        Thread.currentThread().interrupt();
        ClusterKeysExceptionMessage.of(() -> ClusterKeys.loadOrGenerate(folder))
                .isEqualTo(folder.resolve(".lock")
                        + " could not be waited for, as the thread was interrupted; call again.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Stores.names(folder)).containsExactly(".lock");
    }

    @Test
    void aLockThatIsALink() throws Exception {
        Path target = Stores.put(temp, "precious", "text");
        Files.createSymbolicLink(folder.resolve(".lock"), target);
        ClusterKeysExceptionMessage.of(() -> ClusterKeys.loadOrGenerate(folder))
                .startsWith(folder + "/.lock cannot be ");
        assertThat(Files.readString(target, StandardCharsets.UTF_8)).isEqualTo("text");
    }

    @Test
    void foldersDoNotWaitForEachOther() {
        new FolderLock(folder, new PrivateFiles(folder), Duration.ZERO).hold(() -> {
            for (int i = 0; i < 300; i++) {
                Path other = temp.resolve("other-" + i);
                PrivateFiles files = new PrivateFiles(other);
                files.createFolder();
                FolderLock lock = new FolderLock(other, files, Duration.ZERO);
                assertThat(CompletableFuture.supplyAsync(() -> lock.hold(() -> other)))
                        .succeedsWithin(Duration.ofMinutes(1));
            }
            return "";
        });
    }
}
