package dev.harborha.templates.report;

import dev.harborha.render.FileChange;
import java.util.List;
import java.util.Optional;

/**
 * Writes the differences between a bundle and a folder for people: a unified diff of each public file, and one line, which
 * begins with {@code ~}, for whatever has no text to show (a secret file, changed permissions) or needs to be known besides
 * (somebody else's edit). Control characters are spelled out, so that nothing in a file can talk to the terminal.
 */
public final class UnifiedDiff {

    private UnifiedDiff() {}

    /** Returns the differences in the given order; an empty text for none. */
    public static String text(List<FileChange> changes) {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> append(change, text));
        return text.toString();
    }

    private static void append(FileChange change, StringBuilder text) {
        if (change.foreign()) {
            text.append("~ ")
                    .append(change.path())
                    .append(" was made or changed by somebody else; writing it needs force\n");
        }
        Optional<String> before = change.before();
        Optional<String> after = change.after();
        switch (change.kind()) {
            case ADDED -> {
                if (after.isPresent()) {
                    header(text, "/dev/null", "b/" + change.path());
                    LineDiff.between("", after.get()).appendTo(text);
                } else {
                    line(change, "added (secret, not shown)", text);
                }
            }
            case REMOVED -> {
                if (before.isPresent()) {
                    header(text, "a/" + change.path(), "/dev/null");
                    LineDiff.between(before.get(), "").appendTo(text);
                } else {
                    line(change, "removed (secret, not shown)", text);
                }
            }
            case CHANGED -> {
                if (before.isPresent() && after.isPresent()) {
                    header(text, "a/" + change.path(), "b/" + change.path());
                    LineDiff.between(before.get(), after.get()).appendTo(text);
                } else {
                    line(
                            change,
                            after.isPresent()
                                    ? "changed (what lies there is no UTF-8 text, not shown)"
                                    : "changed (secret, not shown)",
                            text);
                }
            }
            case MODE_CHANGED -> line(change, "gets other permissions", text);
        }
    }

    private static void header(StringBuilder text, String before, String after) {
        text.append("--- ").append(before).append("\n+++ ").append(after).append('\n');
    }

    private static void line(FileChange change, String what, StringBuilder text) {
        text.append("~ ").append(change.path()).append(' ').append(what).append('\n');
    }
}
