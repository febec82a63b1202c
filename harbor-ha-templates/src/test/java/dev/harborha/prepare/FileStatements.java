package dev.harborha.prepare;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/** Gathers what one file says: a name for each statement, which says where in the file it stands, and its value. */
final class FileStatements {

    /** The value of what has none and is there or not, such as a member of a set. */
    static final String PRESENT = "present";

    private final String file;
    private final SortedMap<String, String> statements;

    /**
     * Begins with a file.
     *
     * @param statements where the file's statements go
     */
    FileStatements(String file, SortedMap<String, String> statements) {
        this.file = file;
        this.statements = statements;
    }

    /** Adds a statement; the second of the same name is called {@code name#2}. */
    void add(String name, String value) {
        String full = file + ": " + name;
        String key = full;
        for (int i = 2; statements.containsKey(key); i++) {
            key = full + "#" + i;
        }
        statements.put(key, value);
    }

    /** Adds each statement of a map. */
    void addAll(Map<String, String> more) {
        more.forEach(this::add);
    }

    /** Adds the members of a set, whose order means nothing. */
    void addSet(String name, Collection<String> members) {
        members.stream().distinct().forEach(member -> add(name + "[" + member + "]", PRESENT));
    }
}
