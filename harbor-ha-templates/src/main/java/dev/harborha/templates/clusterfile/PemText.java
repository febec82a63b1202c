package dev.harborha.templates.clusterfile;

import dev.harborha.model.PemCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Certificates as the text of a cluster file: in PEM, or {@code file:} and the path of a file that holds them. */
final class PemText {

    private static final String FILE = "file:";

    /** The bundle of all public authorities has less than 300 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    private PemText() {}

    /**
     * Returns the certificates that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none, or the file cannot be read
     */
    static PemCertificates certificates(String text, Reading reading) {
        return new PemCertificates(pem(text, reading));
    }

    /**
     * Returns the text itself, or that of the file which it names. What holds a certificate is the text, whatever it begins
     * with.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    static String pem(String text, Reading reading) {
        return text.startsWith(FILE) && !text.contains("-----BEGIN ")
                ? read(text.substring(FILE.length()), reading.folder())
                : text;
    }

    private static String read(String name, Path folder) {
        if (name.isEmpty()) {
            throw noPath();
        }
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused(name, "is larger than 4 MiB, which no file of certificates is");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (InvalidPathException e) {
            throw noPath();
        } catch (NoSuchFileException e) {
            throw refused(name, "does not exist; the path is relative to the folder of the cluster file");
        } catch (CharacterCodingException e) {
            throw refused(name, "is no text; give certificates in PEM");
        } catch (IOException e) {
            throw refused(name, "cannot be read; check that it is a file and that this user may read it");
        }
    }

    private static IllegalArgumentException noPath() {
        return new IllegalArgumentException(
                "After \"file:\" comes the path of a file, relative to the folder of the cluster file.");
    }

    private static IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException("The file " + Shown.of(name) + " " + why + ".");
    }
}
