package dev.harborha.prepare;

import dev.harborha.model.HarborVersion;
import java.util.List;
import java.util.Map;

/** Two texts of one file, compared. */
final class Compared {

    private static final HarborVersion RELEASE = HarborVersion.parse("2.15.2");

    private Compared() {}

    /** Returns what differs, as {@code name: theirs, ours}; a value that is not there is {@code -}. */
    static List<String> texts(String path, String theirs, String ours) {
        Statements statements = Statements.ignoring();
        return Differences.between(
                        RELEASE,
                        statements.of(Map.of(path, theirs), EnvReader.RAW),
                        statements.of(Map.of(path, ours), EnvReader.RAW))
                .stream()
                .map(difference ->
                        difference.name() + ": " + difference.theirs().orElse("-") + ", "
                                + difference.ours().orElse("-"))
                .toList();
    }
}
