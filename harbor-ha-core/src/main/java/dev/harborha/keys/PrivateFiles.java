package dev.harborha.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes files that only their owner may see, in a folder that only its owner may enter.
 *
 * <p>Where the file system knows no POSIX permissions, as on Windows, the folder's own protection has to do.
 */
final class PrivateFiles {

    private static final int MAX_BYTES = 65_536;
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;
    private final boolean isMember;
    private final boolean posix;

    PrivateFiles(Path folder) {
        this(folder, false);
    }

    private PrivateFiles(Path folder, boolean isMember) {
        this.folder = folder;
        this.isMember = isMember;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Returns the files of a folder that belongs to another one, and so may be a link no more than a file there may. */
    static PrivateFiles memberOf(Path parent, String name) {
        return new PrivateFiles(parent.resolve(name), true);
    }

    /** Tells whether the folder is there; refuses one that is no folder or that others may enter. */
    boolean folderExists() {
        BasicFileAttributes attributes;
        try {
            attributes = isMember ? attributes(folder, LinkOption.NOFOLLOW_LINKS) : attributes(folder);
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(folder)) {
                throw ClusterKeysException.about(
                        folder, "is a symbolic link to nothing", "name a folder, or mend the link");
            }
            return false;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (isMember && !attributes.isDirectory()) {
            throw attributes.isSymbolicLink()
                    ? ClusterKeysException.about(
                            folder, "is a symbolic link", "put the folder itself there, with mode 700")
                    : ClusterKeysException.about(folder, "is no folder", "move it out of this folder");
        }
        if (!attributes.isDirectory()) {
            throw ClusterKeysException.about(folder, "is no folder", "name a folder for the keys");
        }
        if (isOpenToOthers(attributes)) {
            throw ClusterKeysException.about(
                    folder, "is a folder that other users may enter", "close it: `chmod 700 " + Unfit.FILE + "`");
        }
        return true;
    }

    /** Makes the folder, with those above it; only the folder itself is private. */
    void createFolder() {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (!Files.isDirectory(folder)) {
                createPrivateDirectory();
            }
        } catch (IOException e) {
            throw ClusterKeysException.about(
                    folder, "cannot be made", "let its parent folder be written, or name another folder", e);
        }
    }

    private void createPrivateDirectory() throws IOException {
        try {
            Files.createDirectory(folder, mode(FOLDER_MODE));
            if (posix) {
                Files.setPosixFilePermissions(folder, FOLDER_MODE);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Reads a file of ASCII text; refuses one that others may read, that is no file, or that is no such text. */
    Optional<String> readIfThere(String name) {
        Path file = folder.resolve(name);
        try {
            BasicFileAttributes attributes = attributes(file, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                throw ClusterKeysException.about(
                        file, "is a symbolic link", "put a copy of the file itself there, with mode 600");
            }
            if (!attributes.isRegularFile()) {
                throw ClusterKeysException.about(file, "is no file", "move it out of this folder");
            }
            if (isOpenToOthers(attributes)) {
                throw ClusterKeysException.about(
                        file, "can be read or changed by other users", "close it: `chmod 600 " + Unfit.FILE + "`");
            }
            if (attributes.size() > MAX_BYTES) {
                throw ClusterKeysException.about(file, "is larger than 64 KiB", "put back the right file");
            }
            byte[] bytes = Files.readAllBytes(file);
            requireText(file, bytes);
            return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireText(Path file, byte[] bytes) {
        if (bytes.length == 0) {
            throw ClusterKeysException.about(file, "is empty", "put back the right file, or remove it");
        }
        for (byte b : bytes) {
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw ClusterKeysException.about(
                        file, "holds bytes that are not plain ASCII text", "put back the right file");
            }
        }
    }

    /**
     * Writes a file whole or not at all: under another name first, then moved into its place. It has its final mode
     * before it has content, whatever the process's umask. What a process left that died here is replaced. Only one
     * process at a time may do this in a folder.
     */
    void write(String name, String content) {
        Path file = folder.resolve(name);
        Path unfinished = folder.resolve(unfinishedName(name));
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = FileChannel.open(
                    unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(FILE_MODE))) {
                if (posix) {
                    Files.setPosixFilePermissions(unfinished, FILE_MODE);
                }
                ByteBuffer bytes = ByteBuffer.wrap(Pem.ascii(content));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeAfterFailure(unfinished, e);
            throw ClusterKeysException.about(
                    file, "cannot be written", "mend that and call again, what is there so far is kept", e);
        }
    }

    /** Moves a file into the place of another one, or to where none is; does nothing when it is not there. */
    void moveIfThere(String from, String to) {
        try {
            Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It was moved before.
        } catch (IOException e) {
            throw ClusterKeysException.about(
                    folder.resolve(to),
                    "cannot be written",
                    "mend that and call again, what is there so far is kept",
                    e);
        }
    }

    private static void removeAfterFailure(Path unfinished, IOException failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static String unfinishedName(String name) {
        return "." + name + ".unfinished";
    }

    /** Makes sure that the names of the files written so far outlive a loss of power, where the system can do that. */
    void syncFolder() {
        if (!posix) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw ClusterKeysException.about(folder, "cannot be synced to its disk", "mend that and call again", e);
        }
    }

    /** Opens a file for locking, and makes it when it is not there. */
    FileChannel openLock(String name) {
        Path file = folder.resolve(name);
        try {
            createEmpty(file);
            return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw ClusterKeysException.about(
                    file, "cannot be written", "let this user write in the folder, or make the keys elsewhere", e);
        }
    }

    private void createEmpty(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createFile(file, mode(FILE_MODE));
            if (posix) {
                Files.setPosixFilePermissions(file, FILE_MODE);
            }
        } catch (FileAlreadyExistsException e) {
            // Another process made it at the same moment.
        }
    }

    private BasicFileAttributes attributes(Path file, LinkOption... options) throws IOException {
        return posix
                ? Files.readAttributes(file, PosixFileAttributes.class, options)
                : Files.readAttributes(file, BasicFileAttributes.class, options);
    }

    private static boolean isOpenToOthers(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix && !OWNER.containsAll(posix.permissions());
    }

    private FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static ClusterKeysException unreadable(Path file, IOException e) {
        return ClusterKeysException.about(file, "cannot be read", "call again as the user that owns the keys", e);
    }
}
