package dev.harborha.templates.clusterfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** From a file to its text. */
final class SourceText {

    /** A cluster file of 10,000 nodes has less than 1 MiB. */
    static final int MAX_BYTES = 16 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    /** Returns the text of a file without a byte order mark. */
    static String read(Path file) {
        return withoutByteOrderMark(decode(file.toString(), bytes(file)));
    }

    static String withoutByteOrderMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static byte[] bytes(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw ClusterFileException.ofWhole(source, "This is a folder; give the path of a cluster file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge(source);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw ClusterFileException.ofWhole(source, "The file does not exist; give the path of a cluster file.");
        } catch (AccessDeniedException e) {
            throw ClusterFileException.ofWhole(
                    source, "The file must not be read by this user; change its permissions or its owner.");
        } catch (IOException e) {
            throw ClusterFileException.ofWhole(
                    source, "The file cannot be read; check that it is a file and that its disk is well.");
        }
    }

    static ClusterFileException tooLarge(String source) {
        return ClusterFileException.ofWhole(
                source, "The file is larger than 16 MiB, which no cluster file is; give the path of a cluster file.");
    }

    private static String decode(String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw ClusterFileException.ofWhole(
                    source, "The file is no UTF-8 text from byte " + (in.position() + 1) + " on; save it as UTF-8.");
        }
        return out.flip().toString();
    }
}
