package dev.harborha.keys;

import com.google.common.util.concurrent.Striped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Lets one writer at a time into a folder, among all processes and all threads, and waits for a bounded time.
 *
 * <p>Between processes it is a lock on the file {@code .lock}, which the system gives back when a process dies; the file
 * itself stays. Threads of one process take a lock of the JVM first. That is needed, not only polite: a JVM holds one
 * lock on a file for all its threads, and a thread that closes its own channel to the file gives back the lock that
 * another thread holds.
 */
final class FolderLock {

    static final String FILE_NAME = ".lock";

    /** A lock for each folder in use, as long as it is in use; so many stripes that two folders do not share one. */
    private static final Striped<Lock> THREADS = Striped.lazyWeakLock(1 << 30);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path folder;
    private final PrivateFiles files;
    private final long deadline;

    /** Makes a lock that waits from now on, at most for the given time. */
    FolderLock(Path folder, PrivateFiles files, Duration patience) {
        this.folder = folder;
        this.files = files;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Does some work while no other thread and no other process is in the folder. */
    <T> T hold(Supplier<T> work) {
        try {
            Lock threads = THREADS.get(folder.toRealPath());
            if (!threads.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                return holdAmongProcesses(work);
            } finally {
                threads.unlock();
            }
        } catch (IOException e) {
            throw ClusterKeysException.about(
                    folder.resolve(FILE_NAME), "cannot be locked", "put the keys on a file system that has locks", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClusterKeysException.about(
                    folder.resolve(FILE_NAME), "could not be waited for, as the thread was interrupted", "call again");
        }
    }

    private <T> T holdAmongProcesses(Supplier<T> work) throws IOException, InterruptedException {
        try (FileChannel channel = files.openLock(FILE_NAME)) {
            while (!isLocked(channel)) {
                if (System.nanoTime() - deadline >= 0) {
                    throw busy();
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            return work.get();
        }
    }

    /** Takes the lock if it is free; the channel gives it back when it is closed. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class, from another class loader, holds it in this process.
            return false;
        }
    }

    private ClusterKeysException busy() {
        return ClusterKeysException.about(
                folder.resolve(FILE_NAME),
                "is held by another process or thread that is making these keys",
                "wait for it to end, or stop it, and call again");
    }
}
