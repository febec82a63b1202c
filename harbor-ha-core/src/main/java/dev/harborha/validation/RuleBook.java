package dev.harborha.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All that is known of defects: those that rules find in clusters or in rendered files, and those that are prevented by
 * construction. Immutable.
 */
public final class RuleBook {

    /** A text shorter than this would be found in too many symptoms. */
    private static final int SHORTEST_EXCERPT = 8;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final List<RuleInfo> rules;
    private final List<RuleInfo> bundleRules;
    private final List<Prevention> preventions;
    private final Map<String, BookEntry> entries = new TreeMap<>();
    private final Map<String, List<String>> symptoms = new HashMap<>();

    /**
     * Binds a book.
     *
     * @param rules the rules on clusters
     * @param bundleRules the rules on rendered files
     * @param preventions what is prevented by construction
     * @throws IllegalArgumentException if two entries have the same id
     */
    public RuleBook(List<RuleInfo> rules, List<RuleInfo> bundleRules, List<Prevention> preventions) {
        this.rules = sorted(rules);
        this.bundleRules = sorted(bundleRules);
        this.preventions = sorted(preventions);
        for (List<? extends BookEntry> part : List.of(rules, bundleRules, preventions)) {
            for (BookEntry entry : part) {
                if (entries.putIfAbsent(entry.id(), entry) != null) {
                    throw new IllegalArgumentException(
                            "Two entries have the id " + entry.id() + "; give yours another one.");
                }
                symptoms.put(
                        entry.id(),
                        entry.symptoms().stream().map(RuleBook::normalized).toList());
            }
        }
    }

    private static <T extends BookEntry> List<T> sorted(List<T> entries) {
        return entries.stream().sorted(Comparator.comparing(BookEntry::id)).toList();
    }

    /** Returns the rules on clusters, those about waivers included, ordered by id. */
    public List<RuleInfo> rules() {
        return rules;
    }

    /** Returns the rules on rendered files, ordered by id. */
    public List<RuleInfo> bundleRules() {
        return bundleRules;
    }

    /** Returns what is prevented by construction, ordered by id. */
    public List<Prevention> preventions() {
        return preventions;
    }

    /** Returns all entries, ordered by id. */
    public List<BookEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** Returns the entry with the given id. */
    public Optional<BookEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /**
     * Finds what may be behind an error text: the entries one of whose symptoms stands in it, or, for an excerpt of at least
     * eight characters, in one of whose symptoms it stands. A symptom stands there in whole words; capitals and the kind and number of
     * blanks make no difference.
     *
     * @param text a line of a log or an error message, with whatever stands around it
     * @return the entries, those with the longest matching symptom first
     */
    public List<BookEntry> explain(String text) {
        String line = normalized(text);
        record Match(BookEntry entry, int length) {}
        List<Match> matches = new ArrayList<>();
        for (BookEntry entry : entries.values()) {
            int longest = symptoms.getOrDefault(entry.id(), List.of()).stream()
                    .mapToInt(symptom -> matchLength(symptom, line))
                    .max()
                    .orElse(0);
            if (longest > 0) {
                matches.add(new Match(entry, longest));
            }
        }
        return matches.stream()
                .sorted(Comparator.comparingInt(Match::length).reversed())
                .map(Match::entry)
                .toList();
    }

    private static String normalized(String text) {
        return BLANKS.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
    }

    /** Returns how many characters of a symptom a line has; 0 if it has not all of them. */
    private static int matchLength(String symptom, String line) {
        String[] parts = symptom.split("…", -1);
        int at = 0;
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            String fixed = parts[i].strip();
            boolean beginsWord = i == 0 || parts[i].startsWith(" ");
            boolean endsWord = i == parts.length - 1 || parts[i].endsWith(" ");
            int found = indexOf(line, fixed, at, beginsWord, endsWord);
            if (found < 0) {
                return line.length() >= SHORTEST_EXCERPT && symptom.contains(line) ? line.length() : 0;
            }
            at = found + fixed.length();
            length += fixed.length();
        }
        return length;
    }

    /** Finds a text where it does not begin, or end, inside a word: "moved" is not in "removed". */
    private static int indexOf(String line, String text, int from, boolean beginsWord, boolean endsWord) {
        int found = line.indexOf(text, from);
        while (found >= 0
                && ((beginsWord && isInsideWord(line, found))
                        || (endsWord && isInsideWord(line, found + text.length())))) {
            found = line.indexOf(text, found + 1);
        }
        return found;
    }

    private static boolean isInsideWord(String line, int at) {
        return at > 0
                && at < line.length()
                && Character.isLetterOrDigit(line.charAt(at - 1))
                && Character.isLetterOrDigit(line.charAt(at));
    }
}
