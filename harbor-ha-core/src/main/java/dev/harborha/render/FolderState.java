package dev.harborha.render;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.harborha.render.FileChange.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lies in an output folder, compared with a bundle.
 *
 * @param changes the differences, ordered by path
 * @param toWrite the files that are missing or differ
 * @param manifestLines the manifest of the bundle
 */
record FolderState(List<FileChange> changes, List<RenderedFile> toWrite, List<String> manifestLines) {

    static FolderState compare(Path folder, Bundle bundle, Manifest manifest) throws IOException {
        return new Comparison(folder, manifest).run(bundle);
    }

    /** Refuses an output folder that is something else; one that does not exist yet is fine. */
    static void requireFolder(Path folder) {
        if (BundleWriter.exists(folder) && !Files.isDirectory(folder)) {
            throw obstacle(folder, "is no folder; choose another one");
        }
    }

    private static BundleWriteException obstacle(Path path, String what) {
        return new BundleWriteException(path + " " + what + ". Nothing was written.", List.of(path.toString()));
    }

    /** One pass over bundle and folder. */
    private static final class Comparison {

        private final Path folder;
        private final Manifest manifest;
        private final Map<String, Boolean> folders = new HashMap<>();
        private final IdentityHashMap<String, String> hashes = new IdentityHashMap<>();
        private final List<FileChange> changes = new ArrayList<>();
        private final List<RenderedFile> toWrite = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        Comparison(Path folder, Manifest manifest) {
            this.folder = folder;
            this.manifest = manifest;
        }

        FolderState run(Bundle bundle) throws IOException {
            folders.put("", Files.isDirectory(folder));
            for (RenderedFile file : bundle.files()) {
                lines.add(Manifest.line(file, hashOf(file.content())));
                compare(file);
            }
            for (String path : manifest.paths()) {
                if (bundle.get(path).isEmpty()) {
                    stale(path);
                }
            }
            changes.sort(Comparator.comparing(FileChange::path));
            return new FolderState(changes, toWrite, lines);
        }

        /** Nodes share most texts, so one text is hashed once. */
        private String hashOf(String content) {
            return hashes.computeIfAbsent(content, text -> BundleWriter.hash(text.getBytes(StandardCharsets.UTF_8)));
        }

        private void compare(RenderedFile file) throws IOException {
            Path target = folder.resolve(file.path());
            if (!folderExists(parent(file.path())) || !BundleWriter.exists(target)) {
                changes.add(new FileChange(file.path(), Kind.ADDED, false, Optional.empty(), shown(file, true)));
                toWrite.add(file);
                return;
            }
            PosixFileAttributes found = Files.readAttributes(target, PosixFileAttributes.class, NOFOLLOW_LINKS);
            if (found.isDirectory()) {
                throw obstacle(target, "is a folder where a file has to be; move it away");
            }
            if (!found.isRegularFile()) {
                changes.add(new FileChange(file.path(), Kind.CHANGED, true, Optional.empty(), shown(file, true)));
                toWrite.add(file);
                return;
            }
            byte[] there = Files.readAllBytes(target);
            String hash = BundleWriter.hash(there);
            boolean open = isOpen(file.path(), found);
            if (!hash.equals(hashOf(file.content()))) {
                boolean foreign = !manifest.wrote(file.path(), hash);
                changes.add(new FileChange(
                        file.path(),
                        Kind.CHANGED,
                        foreign,
                        open && !file.secret() ? text(there) : Optional.empty(),
                        shown(file, open)));
                toWrite.add(file);
            } else if (!found.permissions().equals(file.mode().permissions())) {
                changes.add(new FileChange(file.path(), Kind.MODE_CHANGED, false, Optional.empty(), Optional.empty()));
                toWrite.add(file);
            }
        }

        private void stale(String path) throws IOException {
            Path target = folder.resolve(path);
            if (!folderExists(parent(path)) || !BundleWriter.exists(target)) {
                return;
            }
            if (Files.isDirectory(target, NOFOLLOW_LINKS)) {
                return;
            }
            PosixFileAttributes found = Files.readAttributes(target, PosixFileAttributes.class, NOFOLLOW_LINKS);
            boolean readable = found.isRegularFile();
            byte[] there = readable ? Files.readAllBytes(target) : new byte[0];
            boolean foreign = !readable || !manifest.wrote(path, BundleWriter.hash(there));
            boolean open = isOpen(path, found);
            changes.add(new FileChange(
                    path, Kind.REMOVED, foreign, open ? text(there) : Optional.empty(), Optional.empty()));
        }

        /** Tells whether the text that lies there may be shown: everybody may read it, and might when it was written. */
        private boolean isOpen(String path, PosixFileAttributes found) {
            return found.permissions().contains(PosixFilePermission.OTHERS_READ) && !manifest.wroteClosed(path);
        }

        private static Optional<String> shown(RenderedFile file, boolean open) {
            return file.secret() || !open ? Optional.empty() : Optional.of(file.content());
        }

        private static Optional<String> text(byte[] bytes) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }

        private static String parent(String path) {
            int end = path.lastIndexOf('/');
            return end < 0 ? "" : path.substring(0, end);
        }

        /** Tells whether a folder of the bundle exists; a link or a file in its place is refused. */
        private boolean folderExists(String path) {
            Boolean known = folders.get(path);
            if (known != null) {
                return known;
            }
            Path place = folder.resolve(path);
            boolean exists = folderExists(parent(path)) && BundleWriter.exists(place);
            if (exists && !Files.isDirectory(place, NOFOLLOW_LINKS)) {
                throw obstacle(place, "is no folder, or a link to one; move it away");
            }
            folders.put(path, exists);
            return exists;
        }
    }
}
