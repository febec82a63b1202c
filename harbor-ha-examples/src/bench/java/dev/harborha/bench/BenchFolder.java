package dev.harborha.bench;

import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Folders to write to, on a memory file system where there is one, so that the disk is not what is measured. */
final class BenchFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** The largest cluster that is written where the folders are on a disk. */
    private static final int MOST_NODES_ON_DISK = 1000;

    private BenchFolder() {}

    /** Tells whether so many nodes may be written: their files are hundreds of thousands, which no disk should have to bear. */
    static boolean bears(int nodes) {
        return nodes <= MOST_NODES_ON_DISK || isMemory();
    }

    private static boolean isMemory() {
        return Files.isWritable(MEMORY);
    }

    static Path create() {
        try {
            return isMemory()
                    ? Files.createTempDirectory(MEMORY, "harbor-ha-bench-")
                    : Files.createTempDirectory("harbor-ha-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says where the folders are. */
    static String place() {
        return isMemory() ? "a memory file system (/dev/shm)" : "the temporary folder";
    }

    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException failure) throws IOException {
                    Files.delete(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a program would write that had nothing else to do: the bytes are there already. */
    static Map<Path, byte[]> plain(Bundle bundle, Path folder) {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        Map<String, byte[]> texts = new IdentityHashMap<>();
        for (RenderedFile file : bundle.files()) {
            byte[] bytes = texts.computeIfAbsent(file.content(), text -> text.getBytes(StandardCharsets.UTF_8));
            files.put(folder.resolve(file.path()), bytes);
        }
        return files;
    }

    /** Writes as a plain Java program does, each folder made once: the floor that writing a bundle is compared with. */
    static void writePlain(Map<Path, byte[]> files) {
        Set<Path> made = new HashSet<>();
        try {
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                Path parent = file.getKey().getParent();
                if (made.add(parent)) {
                    Files.createDirectories(parent);
                }
                Files.write(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long bytes(Bundle bundle) {
        return bundle.files().stream()
                .mapToLong(file -> file.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
