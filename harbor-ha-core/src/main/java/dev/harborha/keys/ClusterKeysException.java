package dev.harborha.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Keys that cannot be used, read or stored. The message is one sentence that names the file or folder, what is wrong
 * with it and the cure; it never holds a part of a key.
 */
public final class ClusterKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ClusterKeysException(String message) {
        super(message);
    }

    /**
     * Returns a refusal of a file or folder.
     *
     * @param problem the rest of a sentence that begins with the path
     * @param cure an imperative, in which {@link Unfit#FILE} stands for the path
     */
    static ClusterKeysException about(Path file, String problem, String cure) {
        return new ClusterKeysException(file + " " + problem + "; " + cure.replace(Unfit.FILE, shellWord(file)) + ".");
    }

    /** Returns a refusal of a file or folder that the system did not let us read or write. */
    static ClusterKeysException about(Path file, String problem, String cure, IOException cause) {
        ClusterKeysException exception = about(file, problem + ": " + FileReason.of(cause), cure);
        exception.initCause(cause);
        return exception;
    }

    private static String shellWord(Path file) {
        String path = file.toString();
        return Pattern.matches("[A-Za-z0-9_./:@%+=-]+", path) ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
