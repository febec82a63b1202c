package dev.harborha.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sections of a configuration of HAProxy. It does not judge: what stands before the first section is passed over. */
final class HaproxyText {

    /** The words that begin a section. */
    private static final Set<String> KINDS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "peers",
            "resolvers",
            "userlist",
            "mailers",
            "program",
            "cache",
            "ring",
            "http-errors",
            "fcgi-app",
            "log-forward",
            "crt-store",
            "traces");

    /** No quote is open. */
    private static final int NONE = -1;

    /**
     * One line.
     *
     * @param words what it says, without quotes
     */
    record Line(List<String> words) {

        Line {
            words = List.copyOf(words);
        }

        /** Returns a word by its place; an empty text where there is none. */
        String word(int index) {
            return index < words.size() ? words.get(index) : "";
        }

        boolean begins(String... start) {
            return words.size() >= start.length
                    && words.subList(0, start.length).equals(List.of(start));
        }

        /** Returns what follows a word. */
        Optional<String> after(String word) {
            int at = words.indexOf(word);
            return at < 0 || at + 1 >= words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
        }

        /** Returns what follows each of a word. */
        List<String> allAfter(String word) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i + 1 < words.size(); i++) {
                if (words.get(i).equals(word)) {
                    found.add(words.get(i + 1));
                }
            }
            return found;
        }

        /** Never shows the words, among which may be a secret. */
        @Override
        public String toString() {
            return word(0) + " …";
        }
    }

    /** One section, and the defaults that it takes. */
    static final class Section {

        private final Line head;
        private final List<Line> lines = new ArrayList<>();
        private final @Nullable Section defaults;

        private Section(Line head, @Nullable Section defaults) {
            this.head = head;
            this.defaults = defaults;
        }

        String kind() {
            return head.word(0);
        }

        /** Returns its name; an empty text where it has none. */
        String name() {
            return head.word(1);
        }

        List<Line> lines() {
            return lines;
        }

        /** Returns its own lines that begin with some words. */
        List<Line> all(String... start) {
            return lines.stream().filter(line -> line.begins(start)).toList();
        }

        /** Returns the lines that count here: its own, or those of its defaults where it has none. */
        List<Line> inForce(String... start) {
            for (Section section = this; section != null; section = section.defaults) {
                List<Line> found = section.all(start);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }

        @Override
        public String toString() {
            return head.toString();
        }
    }

    private HaproxyText() {}

    /** Reads a file. */
    static List<Section> read(String text) {
        List<Section> sections = new ArrayList<>();
        Map<String, Section> named = new LinkedHashMap<>();
        Section defaults = null;
        for (String line : text.lines().toList()) {
            Line words = new Line(words(line));
            if (KINDS.contains(words.word(0))) {
                Section from = words.after("from").map(named::get).orElse(null);
                boolean isDefaults = words.word(0).equals("defaults");
                Section section = new Section(words, from != null ? from : isDefaults ? null : defaults);
                sections.add(section);
                if (isDefaults) {
                    defaults = section;
                    named.putIfAbsent(section.name(), section);
                }
            } else if (!words.words().isEmpty() && !sections.isEmpty()) {
                sections.get(sections.size() - 1).lines.add(words);
            }
        }
        return sections;
    }

    /** Returns the words of a line as HAProxy takes them: quotes of both kinds, backslashes, and comments wherever they begin. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        int quote = NONE;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'' && c != '\'') {
                word.append(c);
            } else if (quote == c) {
                quote = NONE;
            } else if (c == '\\' && i + 1 < line.length()) {
                i++;
                word.append(escaped(line.charAt(i)));
                begun = true;
            } else if (quote == '"') {
                word.append(c);
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (c == '#') {
                break;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
