package dev.harborha.validation.book;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people really had, and where the book has it, as {@code pains.txt} tells.
 *
 * @param number its number
 * @param title what they had
 * @param entries the ids of the entries of the book that are about it
 * @param values the values that cannot be malformed in this way, and how
 * @param reasons why a description of a cluster cannot show it
 */
record Pain(int number, String title, List<String> entries, List<String> values, List<String> reasons) {

    private static final String FILE = "/pains.txt";
    private static final Pattern HEAD = Pattern.compile("(\\d+): (\\S.*)");
    private static final Pattern LINE = Pattern.compile(" {2}(entry|value|reason) (\\S.*)");
    private static final String STATIC = "static: ";

    /** Reads the file; a line of an unknown form fails. */
    static List<Pain> all() {
        List<Pain> pains = new ArrayList<>();
        for (String line : lines()) {
            Matcher head = HEAD.matcher(line);
            Matcher part = LINE.matcher(line);
            if (head.matches()) {
                pains.add(new Pain(
                        Integer.parseInt(head.group(1)),
                        head.group(2),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>()));
            } else if (part.matches() && !pains.isEmpty()) {
                Pain last = pains.get(pains.size() - 1);
                switch (part.group(1)) {
                    case "entry" -> last.entries.addAll(Splitter.on(' ').splitToList(part.group(2)));
                    case "value" -> last.values.add(part.group(2));
                    default -> last.reasons.add(part.group(2));
                }
            } else if (!line.startsWith(STATIC)) {
                throw new IllegalStateException(FILE + " has a line that means nothing: " + line);
            }
        }
        return pains;
    }

    /** Returns the numbers of those of which a description of a cluster can show something. */
    static SortedSet<Integer> numbersOfStatic() {
        SortedSet<Integer> numbers = new TreeSet<>();
        String line = lines().stream()
                .filter(text -> text.startsWith(STATIC))
                .findFirst()
                .orElseThrow();
        for (String range : Splitter.on(' ').split(line.substring(STATIC.length()))) {
            List<String> ends = Splitter.on('-').splitToList(range);
            int last = Integer.parseInt(ends.get(ends.size() - 1));
            for (int number = Integer.parseInt(ends.get(0)); number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Pain.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
