package dev.harborha.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bundles of a few files, and what lies in a folder. */
final class Folders {

    private static final Path LOCK = Path.of(BundleWriter.OWN_PREFIX + ".tmp", "lock");

    private Folders() {}

    static Bundle bundle(RenderedFile... files) {
        return Bundle.of(Map.of("test", List.of(files)));
    }

    /** Returns everything below a folder but the bundle's own files: path to mode and content. */
    static SortedMap<String, String> tree(Path folder) {
        SortedMap<String, String> tree = everything(folder);
        tree.keySet().removeIf(path -> path.startsWith(BundleWriter.OWN_PREFIX));
        return tree;
    }

    /** Returns everything below a folder: path to mode and content; links are not followed. */
    static SortedMap<String, String> everything(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .collect(Collectors.toMap(
                            path -> folder.relativize(path).toString(), Folders::describe, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path path) {
        try {
            if (path.endsWith(LOCK)) {
                return "lock"; // a process that reads it would give back its lock on it
            }
            if (Files.isSymbolicLink(path)) {
                return "-> " + Files.readSymbolicLink(path);
            }
            return Files.isDirectory(path) ? "folder" : mode(path) + " " + text(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
    }

    static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void chmod(Path path, String mode) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when each file below a folder was written, after setting it to a time long ago. */
    static Map<String, FileTime> age(Path folder) throws IOException {
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        for (String path : everything(folder).keySet()) {
            Files.setLastModifiedTime(folder.resolve(path), longAgo);
        }
        return times(folder);
    }

    static Map<String, FileTime> times(Path folder) {
        Map<String, FileTime> times = new TreeMap<>();
        everything(folder).keySet().forEach(path -> {
            try {
                times.put(path, Files.getLastModifiedTime(folder.resolve(path)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return times;
    }

    static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
