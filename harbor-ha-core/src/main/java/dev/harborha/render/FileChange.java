package dev.harborha.render;

import java.util.Optional;

/**
 * How one file of a bundle differs from what lies in a folder.
 *
 * @param path the file
 * @param kind what would happen to it
 * @param foreign whether somebody else made or changed the file that lies there, so that writing needs force
 * @param before the text that lies there; absent for a secret file, for a new one, and for one that is no UTF-8 text
 * @param after the text to be written; absent for a secret file and for one that is removed
 */
public record FileChange(String path, Kind kind, boolean foreign, Optional<String> before, Optional<String> after) {

    /** What would happen to a file. */
    public enum Kind {
        /** It is not there yet. */
        ADDED,
        /** Its text differs. */
        CHANGED,
        /** Its text is the same, its permissions differ. */
        MODE_CHANGED,
        /** An earlier run wrote it, and the cluster no longer has it. */
        REMOVED
    }

    /** Returns the path and what would happen to it; never the content. */
    @Override
    public String toString() {
        return kind + " " + path + (foreign ? " (changed by somebody else)" : "");
    }
}
