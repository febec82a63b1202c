package dev.harborha.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: beside its place first, then moved there. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Writes a text as UTF-8; what was there is replaced.
     *
     * @throws CommandException if it cannot be written; what was there is as it was
     */
    static void write(Path file, String text) {
        try {
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                throw new CommandException(
                        file + " is no file; name another one, or leave --output out to write to standard output.");
            }
            Path beside = place.resolveSibling(
                    "." + place.getFileName() + "." + ProcessHandle.current().pid());
            try {
                write(beside, StandardCharsets.UTF_8.encode(text));
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new CommandException(file + " cannot be written: " + reason(e) + ".");
        }
    }

    /** With the permissions that the user gives to new files. */
    private static void write(Path beside, ByteBuffer bytes) throws IOException {
        try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return "its folder does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "this user must not write there";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "another run writes it, or died; remove the hidden file beside it";
        }
        return "the disk refused";
    }
}
