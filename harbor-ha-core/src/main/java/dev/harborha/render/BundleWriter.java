package dev.harborha.render;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.google.common.hash.Hashing;
import dev.harborha.render.FileChange.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Brings a folder to the state that a bundle describes. */
final class BundleWriter {

    /** What the names of the bundle's own files in the folder begin with. */
    static final String OWN_PREFIX = ".harbor-ha";

    /** The file that remembers what was written. */
    static final String MANIFEST = OWN_PREFIX + ".manifest";

    private static final Set<StandardOpenOption> NEW_FILE =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** Whatever the umask allows, nobody else may replace files; it may take more away. */
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private final Path folder;
    private final Bundle bundle;
    private final Set<Path> knownFolders = new HashSet<>();
    private final Set<Mode> exactModes = EnumSet.noneOf(Mode.class);
    private int staged;

    BundleWriter(Path folder, Bundle bundle) {
        this.folder = folder;
        this.bundle = bundle;
    }

    List<FileChange> changes() {
        FolderState.requireFolder(folder);
        try {
            return FolderState.compare(folder, bundle, readManifest(false)).changes();
        } catch (IOException e) {
            throw refusal("Cannot compare with the folder " + folder, e, "");
        }
    }

    void write(boolean force, IntConsumer progress) {
        try {
            if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                throw new BundleWriteException(
                        "The folder " + folder
                                + " is on a file system without Unix permissions, where secrets could be read by"
                                + " others; choose another one.",
                        List.of());
            }
            FolderState.requireFolder(folder);
            makeFolders(folder);
            try (StagingFolder staging = StagingFolder.open(folder)) {
                write(force, progress, staging.path());
            }
        } catch (IOException e) {
            throw refusal(
                    "Cannot write to the folder " + folder,
                    e,
                    " Every file there is whole, as it was or as it was to be; mend the cause and run again.");
        }
    }

    private void write(boolean force, IntConsumer progress, Path staging) throws IOException {
        Manifest manifest = readManifest(force);
        FolderState state = FolderState.compare(folder, bundle, manifest);
        List<String> foreign = state.changes().stream()
                .filter(FileChange::foreign)
                .map(FileChange::path)
                .toList();
        if (!foreign.isEmpty() && !force) {
            boolean one = foreign.size() == 1;
            throw new BundleWriteException(
                    foreign.size() + (one ? " file" : " files") + " below " + folder + (one ? " was" : " were")
                            + " made or changed by somebody else: " + some(foreign)
                            + ". Nothing was written; look at the difference, then move " + (one ? "it" : "them")
                            + " away or use force.",
                    foreign);
        }
        String finalManifest = Manifest.text(state.manifestLines());
        if (state.changes().isEmpty() && isManifest(finalManifest)) {
            progress.accept(bundle.files().size());
            return;
        }
        List<String> journal = new ArrayList<>(state.manifestLines());
        journal.addAll(manifest.journalLines());
        replace(MANIFEST, Manifest.text(journal), Mode.PRIVATE, staging);
        int done = bundle.files().size() - state.toWrite().size();
        for (RenderedFile file : state.toWrite()) {
            replace(file.path(), file.content(), file.mode(), staging);
            progress.accept(++done);
        }
        for (FileChange change : state.changes()) {
            if (change.kind() == Kind.REMOVED) {
                remove(folder.resolve(change.path()));
            }
        }
        replace(MANIFEST, finalManifest, Mode.PRIVATE, staging);
    }

    private boolean isManifest(String text) throws IOException {
        Path file = folder.resolve(MANIFEST);
        return Files.exists(file) && Files.readString(file).equals(text);
    }

    private Manifest readManifest(boolean force) throws IOException {
        Path file = folder.resolve(MANIFEST);
        try {
            return Manifest.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Manifest.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            if (force) {
                return Manifest.empty();
            }
            throw new BundleWriteException(
                    "The manifest " + file
                            + " cannot be read: it was changed, or a newer harbor-ha wrote it. Use that release, or"
                            + " remove the manifest and use force.",
                    List.of(MANIFEST));
        }
    }

    /** Writes a file under a temporary name with its final mode, then moves it to its place. */
    private void replace(String path, String content, Mode mode, Path staging) throws IOException {
        Path target = folder.resolve(path);
        Path parent = target.getParent();
        if (parent != null && knownFolders.add(parent)) {
            makeFolders(parent);
        }
        Path temporary = staging.resolve(Integer.toString(staged++));
        Set<PosixFilePermission> permissions = mode.permissions();
        try (SeekableByteChannel channel =
                Files.newByteChannel(temporary, NEW_FILE, PosixFilePermissions.asFileAttribute(permissions))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        if (!exactModes.contains(mode)) {
            // The process's umask takes permissions away from new files; where it does not, once is enough to know.
            if (Files.getPosixFilePermissions(temporary).equals(permissions)) {
                exactModes.add(mode);
            } else {
                Files.setPosixFilePermissions(temporary, permissions);
            }
        }
        Files.move(temporary, target, ATOMIC_MOVE);
    }

    /** Makes a folder and its parents where they are not there; a link to a folder is one. */
    private static void makeFolders(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, FOLDER_MODE);
        }
    }

    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(folder)) {
            try {
                Files.delete(parent);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
            parent = parent.getParent();
        }
    }

    private static String some(List<String> paths) {
        int shown = 5;
        return paths.size() <= shown
                ? String.join(", ", paths)
                : String.join(", ", paths.subList(0, shown)) + " and " + (paths.size() - shown) + " more";
    }

    private static BundleWriteException refusal(String what, IOException cause, String comfort) {
        return new BundleWriteException(what + ": " + reason(cause) + "." + comfort, cause);
    }

    private static String reason(IOException cause) {
        String file =
                cause instanceof FileSystemException failed && failed.getFile() != null ? failed.getFile() + ": " : "";
        if (cause instanceof AccessDeniedException) {
            return file + "permission denied";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return file + failed.getReason();
        }
        return file + describe(cause);
    }

    private static String describe(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something of that name is there";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "the thread was interrupted";
        }
        @Nullable String message = cause.getMessage();
        return message == null || cause instanceof FileSystemException
                ? cause.getClass().getSimpleName()
                : message;
    }

    /** Returns the SHA-256 of bytes in hexadecimal digits. */
    static String hash(byte[] bytes) {
        return Hashing.sha256().hashBytes(bytes).toString();
    }

    /** Tells whether a path exists, a dangling link included. */
    static boolean exists(Path path) {
        return Files.exists(path, NOFOLLOW_LINKS);
    }
}
