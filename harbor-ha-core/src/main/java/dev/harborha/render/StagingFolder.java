package dev.harborha.render;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The place inside the output folder where files are written before they are moved. Its lock keeps two runs apart; what a
 * run that was killed left behind is swept away by the next one.
 */
final class StagingFolder implements Closeable {

    private static final String NAME = BundleWriter.OWN_PREFIX + ".tmp";
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 3;

    /**
     * The folders that this process writes to. The system's lock keeps processes apart, not threads; and a thread that
     * closes its own channel to the lock file gives back the lock that another thread holds.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private StagingFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static StagingFolder open(Path folder) throws IOException {
        Path path = folder.toRealPath().resolve(NAME);
        if (!IN_USE.add(path)) {
            throw busy(folder);
        }
        try {
            return new StagingFolder(path, lock(folder, path));
        } catch (IOException | RuntimeException e) {
            IN_USE.remove(path);
            throw e;
        }
    }

    /** Makes the folder, unless it is there, takes the lock in it and sweeps it. */
    private static FileChannel lock(Path folder, Path path) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            makeFolder(path);
            Path file = path.resolve(LOCK);
            Object identity = makeFile(file);
            FileChannel channel = openLock(file);
            if (channel != null) {
                boolean held = false;
                try {
                    if (!isFree(channel)) {
                        throw busy(folder);
                    }
                    held = identity != null && identity.equals(identityOf(file));
                    if (held) {
                        sweep(path);
                        return channel;
                    }
                } finally {
                    if (!held) {
                        channel.close();
                    }
                }
            }
        }
        throw busy(folder);
    }

    private static void makeFolder(Path path) throws IOException {
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Left behind by a run that was killed, or another run is under way: the lock tells.
            requireFolder(path);
        }
    }

    /**
     * Refuses anything but a folder: a link would lead the sweep to somebody else's files. It is looked at once, since another
     * run may remove and make it at any time; one that is gone is made by the next attempt.
     */
    private static void requireFolder(Path path) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!found.isDirectory()) {
            throw new BundleWriteException(
                    path + " is no folder that an earlier run left; remove it. Nothing was written.", List.of(NAME));
        }
    }

    /**
     * Makes the lock file, unless it is there, and returns which one it is. The run before removes it at its end, so the one
     * that is locked in the end may be another one than lies there. It is told apart without being opened: a process that
     * closes a file gives back its locks on it.
     */
    private static @Nullable Object makeFile(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            // Another run has made it, or removed its folder: what lies there, if anything, is looked at next.
        }
        return identityOf(file);
    }

    private static @Nullable Object identityOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static @Nullable FileChannel openLock(Path file) throws IOException {
        try {
            return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another copy of this class, from another class loader, holds it
        }
    }

    private static BundleWriteException busy(Path folder) {
        return new BundleWriteException(
                "Another run is writing to the folder " + folder + "; wait until it is done.", List.of());
    }

    Path path() {
        return path;
    }

    private static void sweep(Path path) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path)) {
            for (Path file : left) {
                if (!file.endsWith(LOCK)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Removes the folder and gives the lock back. */
    @Override
    public void close() throws IOException {
        try {
            sweep(path);
            Files.deleteIfExists(path.resolve(LOCK));
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // The next run has begun in it.
        } finally {
            channel.close();
            IN_USE.remove(path);
        }
    }
}
