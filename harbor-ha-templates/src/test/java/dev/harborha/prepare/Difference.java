package dev.harborha.prepare;

import dev.harborha.model.HarborVersion;
import java.util.Optional;

/**
 * A statement that is not the same on both sides.
 *
 * @param release the release that was compared
 * @param statement the file and the name in it
 * @param theirs the value that {@code prepare} wrote; absent if it wrote none
 * @param ours the value that we rendered; absent if we rendered none
 */
public record Difference(HarborVersion release, String statement, Optional<String> theirs, Optional<String> ours) {

    private static final String NONE = "(not there)";

    /** Returns the path of the file. */
    public String file() {
        return statement.substring(0, statement.indexOf(": "));
    }

    /** Returns the statement without the file. */
    public String name() {
        return statement.substring(statement.indexOf(": ") + 2);
    }

    /** Returns what a person needs to see, on three lines. */
    @Override
    public String toString() {
        return statement + "   [" + release + "]\n    theirs: " + theirs.orElse(NONE) + "\n    ours:   "
                + ours.orElse(NONE);
    }
}
