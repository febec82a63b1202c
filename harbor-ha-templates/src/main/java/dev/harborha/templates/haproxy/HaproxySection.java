package dev.harborha.templates.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One section of an HAProxy configuration, such as {@code frontend harbor}, and its lines. Every word is quoted where it has to
 * be, so a text can neither end its line nor begin another word.
 */
final class HaproxySection {

    /** What HAProxy takes as it is: no blank, quote, {@code #}, backslash or {@code $}. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/=@,+*~%^|&<>!?(){}\\[\\];-]+");

    private final List<String> lines = new ArrayList<>();

    private HaproxySection(String... words) {
        lines.add(words(words));
    }

    /**
     * Begins a section.
     *
     * @throws IllegalArgumentException if a word has a control character
     */
    static HaproxySection of(String... words) {
        return new HaproxySection(words);
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException if a word has a control character
     */
    HaproxySection line(String... words) {
        lines.add("  " + words(words));
        return this;
    }

    /** Adds a line if something holds. */
    HaproxySection lineIf(boolean holds, String... words) {
        return holds ? line(words) : this;
    }

    /** Adds a comment before the next line; a line break begins another comment line. */
    HaproxySection because(String why) {
        lines.add("");
        why.lines().forEach(line -> lines.add("  # " + line));
        return this;
    }

    static String words(String... words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add(quote(word));
        }
        return String.join(" ", quoted);
    }

    /** Writes a word: as it is, or in single quotes, in which HAProxy takes everything but a single quote as it is. */
    static String quote(String word) {
        if (word.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("This text has a control character, which has no place in haproxy.cfg.");
        }
        return BARE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns the text of a configuration: the sections in order. */
    static String write(String comment, List<HaproxySection> sections) {
        StringBuilder text = new StringBuilder();
        comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        for (HaproxySection section : sections) {
            text.append('\n');
            section.lines.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
