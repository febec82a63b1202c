package dev.harborha.templates.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.diff.CommandVisitor;
import org.apache.commons.text.diff.StringsComparator;

/**
 * The lines that differ between two texts. Each distinct line is given a character, and Commons Text compares the two texts of
 * characters. Equal lines at both ends are set aside first; a middle that is too large for that is shown as replaced as a whole.
 */
final class LineDiff {

    private static final int CONTEXT = 3;

    /** The comparison takes time in proportion to lines × differences; 4,000 lines that all differ take about a second. */
    private static final int MOST_LINES = 4_000;

    /** One line of the edit: kept (blank), deleted (-) or inserted (+). */
    private record Edit(char sign, String line) {}

    private final List<Edit> edits;

    private LineDiff(List<Edit> edits) {
        this.edits = edits;
    }

    static LineDiff between(String before, String after) {
        List<String> from = lines(before);
        List<String> to = lines(after);
        int head = 0;
        while (head < from.size() && head < to.size() && from.get(head).equals(to.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < from.size() - head
                && tail < to.size() - head
                && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
            tail++;
        }
        List<Edit> edits = new ArrayList<>();
        from.subList(0, head).forEach(line -> edits.add(new Edit(' ', line)));
        compare(from.subList(head, from.size() - tail), to.subList(head, to.size() - tail), edits);
        from.subList(from.size() - tail, from.size()).forEach(line -> edits.add(new Edit(' ', line)));
        return new LineDiff(edits);
    }

    /** Returns the lines, each with its newline, so that a last line without one differs from one that has it. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start) + 1;
            if (end == 0) {
                end = text.length();
            }
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private static void compare(List<String> from, List<String> to, List<Edit> edits) {
        if (from.isEmpty() || to.isEmpty() || from.size() + to.size() > MOST_LINES) {
            from.forEach(line -> edits.add(new Edit('-', line)));
            to.forEach(line -> edits.add(new Edit('+', line)));
            return;
        }
        Map<String, Character> characters = new HashMap<>();
        List<String> lineOf = new ArrayList<>();
        String before = characters(from, characters, lineOf);
        String after = characters(to, characters, lineOf);
        Run run = new Run(lineOf, edits);
        new StringsComparator(before, after).getScript().visit(run);
        run.end();
    }

    /** Turns the script into edits; in a run of changes the deleted lines come first. */
    private record Run(List<String> lineOf, List<Edit> edits, List<Edit> inserted)
            implements CommandVisitor<Character> {

        Run(List<String> lineOf, List<Edit> edits) {
            this(lineOf, edits, new ArrayList<>());
        }

        @Override
        public void visitKeepCommand(Character c) {
            end();
            edits.add(new Edit(' ', lineOf.get(c)));
        }

        @Override
        public void visitInsertCommand(Character c) {
            inserted.add(new Edit('+', lineOf.get(c)));
        }

        @Override
        public void visitDeleteCommand(Character c) {
            edits.add(new Edit('-', lineOf.get(c)));
        }

        void end() {
            edits.addAll(inserted);
            inserted.clear();
        }
    }

    private static String characters(List<String> lines, Map<String, Character> characters, List<String> lineOf) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            Character known = characters.get(line);
            if (known == null) {
                known = (char) lineOf.size();
                characters.put(line, known);
                lineOf.add(line);
            }
            text.append(known.charValue());
        }
        return text.toString();
    }

    /** Appends the hunks. */
    void appendTo(StringBuilder text) {
        int from = 1;
        int to = 1;
        int shown = 0;
        for (int change = nextChange(0); change >= 0; change = nextChange(shown)) {
            int start = Math.max(shown, change - CONTEXT);
            from += start - shown; // the lines between two hunks are on both sides
            to += start - shown;
            int end = hunkEnd(change);
            List<Edit> hunk = edits.subList(start, end);
            int deleted = (int) hunk.stream().filter(edit -> edit.sign() != '+').count();
            int inserted =
                    (int) hunk.stream().filter(edit -> edit.sign() != '-').count();
            text.append("@@ -")
                    .append(range(from, deleted))
                    .append(" +")
                    .append(range(to, inserted))
                    .append(" @@\n");
            hunk.forEach(edit -> append(edit, text));
            from += deleted;
            to += inserted;
            shown = end;
        }
    }

    /** Returns the end of the hunk with the given change: changes whose contexts touch are in one. */
    private int hunkEnd(int change) {
        int last = change;
        for (int next = change; next >= 0 && next - last <= 2 * CONTEXT + 1; next = nextChange(last + 1)) {
            last = next;
        }
        return Math.min(edits.size(), last + 1 + CONTEXT);
    }

    private int nextChange(int start) {
        for (int i = start; i < edits.size(); i++) {
            if (edits.get(i).sign() != ' ') {
                return i;
            }
        }
        return -1;
    }

    private static String range(int start, int count) {
        return count == 1 ? "" + start : (count == 0 ? start - 1 : start) + "," + count;
    }

    private static void append(Edit edit, StringBuilder text) {
        boolean ended = edit.line().endsWith("\n");
        String line = ended ? edit.line().substring(0, edit.line().length() - 1) : edit.line();
        text.append(edit.sign());
        line.codePoints().forEach(c -> {
            if (Character.isISOControl(c) && c != '\t') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        text.append(ended ? "\n" : "\n\\ No newline at end of file\n");
    }
}
