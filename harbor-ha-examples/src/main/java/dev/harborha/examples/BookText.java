package dev.harborha.examples;

import dev.harborha.validation.BookEntry;
import dev.harborha.validation.Prevention;
import dev.harborha.validation.RuleBook;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The book of rules in words: its table of contents, a page, and what is found behind an error text. */
final class BookText {

    private static final int LINE = 100;
    private static final String INDENT = "  ";

    private BookText() {}

    /** Returns a line for each entry, in three groups. */
    static String list(RuleBook book) {
        int widest = book.entries().stream()
                .mapToInt(entry -> entry.id().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        group(text, "Rules on clusters, which check asks", book.rules(), widest);
        group(text.append('\n'), "Rules on rendered files, which render asks", book.bundleRules(), widest);
        group(text.append('\n'), "Prevented by construction, so that there is no rule", book.preventions(), widest);
        return text.toString();
    }

    private static void group(StringBuilder text, String title, List<? extends BookEntry> entries, int widest) {
        text.append(title).append(" (").append(entries.size()).append("):\n");
        for (BookEntry entry : entries) {
            String severity = entry instanceof RuleInfo rule ? rule.severity().name() : "";
            text.append(String.format(
                    Locale.ROOT, "%s%-" + widest + "s  %-7s  %s\n", INDENT, entry.id(), severity, entry.title()));
        }
    }

    /** Returns all about one entry. */
    static String page(BookEntry entry) {
        StringBuilder text = new StringBuilder(heading(entry, ""));
        text.append('\n').append(wrapped("", entry.why()));
        text.append('\n').append(wrapped("", cure(entry)));
        if (!entry.symptoms().isEmpty()) {
            text.append("\nWhat programs print (… stands for anything):\n");
            entry.symptoms()
                    .forEach(symptom -> text.append(INDENT).append(symptom).append('\n'));
        }
        text.append('\n');
        if (entry instanceof RuleInfo rule) {
            text.append("Releases of Harbor: ").append(rule.versions()).append('\n');
        }
        text.append("See:\n");
        entry.sources().forEach(source -> text.append(INDENT).append(source).append('\n'));
        return text.toString();
    }

    /** Returns what is most needed of some entries, the likeliest first. */
    static String explanation(List<BookEntry> entries) {
        List<String> texts = new ArrayList<>();
        for (BookEntry entry : entries) {
            texts.add(heading(entry, INDENT)
                    + wrapped(INDENT, entry.why())
                    + wrapped(INDENT, cure(entry))
                    + INDENT + "See: " + HarborHaCommand.NAME + " rules " + entry.id() + "\n");
        }
        return String.join("\n", texts);
    }

    private static String heading(BookEntry entry, String indent) {
        String kind = entry instanceof RuleInfo rule ? rule.severity().name() : "prevented by construction";
        return entry.id() + " (" + kind + ")\n" + indent + entry.title() + ".\n";
    }

    private static String cure(BookEntry entry) {
        return entry instanceof RuleInfo rule ? "Fix: " + rule.fix() : "Here: " + ((Prevention) entry).how();
    }

    private static String wrapped(String indent, String sentences) {
        StringBuilder text = new StringBuilder(indent);
        int column = indent.length();
        for (String word : sentences.split(" ", -1)) {
            if (column > indent.length() && column + 1 + word.length() > LINE) {
                text.append('\n').append(indent);
                column = indent.length();
            }
            text.append(column == indent.length() ? "" : " ").append(word);
            column += (column == indent.length() ? 0 : 1) + word.length();
        }
        return text.append('\n').toString();
    }
}
