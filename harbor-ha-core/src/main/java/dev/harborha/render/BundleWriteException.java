package dev.harborha.render;

import java.util.List;

/**
 * A bundle that could not be written. Its message is one sentence for the user with what is in the way and what to do;
 * every file on disk is whole, either as it was or as it was to be.
 */
public final class BundleWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> foreign;

    BundleWriteException(String message, List<String> foreign) {
        super(message);
        this.foreign = List.copyOf(foreign);
    }

    BundleWriteException(String message, Throwable cause) {
        super(message, cause);
        this.foreign = List.of();
    }

    /** Returns the files that somebody else made or changed, if they were the reason: then nothing was written. */
    public List<String> foreignFiles() {
        return foreign;
    }
}
