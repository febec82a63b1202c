package dev.harborha.templates.harbor2;

import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Harbor's own {@code prepare} writes in each release, as people read it in Harbor's source: the tables below
 * {@code facts/}, whose format stands at the top of {@code env.csv}. A fact is a statement as {@link
 * dev.harborha.prepare.Statements} has them; that a file or folder is there is the statement {@code content} of it.
 */
final class Facts {

    private static final HarborVersion FIRST = HarborVersion.parse("2.0.0");

    private static final Pattern ALTERNATIVES = Pattern.compile("(.*)\\{(.*)}(.*)");
    private static final Pattern VOLUME = Pattern.compile("(?<source>[^:]*):(?<target>[^:]*)");
    private static final Pattern PORT = Pattern.compile("(?:.*:)?(?<target>\\d+)");

    /** The releases from the first to the last one, both included. */
    record Run(HarborVersion first, HarborVersion last) {

        boolean contains(HarborVersion release) {
            return !release.isBefore(first) && !last.isBefore(release);
        }
    }

    /**
     * One line of a table, or a part of it.
     *
     * @param statement the file and the name in it
     * @param value its value; absent if it depends on the cluster
     * @param releases the releases that have it
     * @param where what the cluster must have; after {@code !}, what it must not have
     */
    record Fact(String statement, Optional<String> value, List<Run> releases, List<String> where) {

        boolean holds(HarborVersion release, Set<String> features) {
            return releases.stream().anyMatch(run -> run.contains(release))
                    && where.stream()
                            .allMatch(condition -> condition.startsWith("!")
                                    ? !features.contains(condition.substring(1))
                                    : features.contains(condition));
        }
    }

    private final List<Fact> all = new ArrayList<>();

    /** Reads all tables. */
    static Facts read() {
        Facts facts = new Facts();
        for (String table : List.of("env.csv", "configuration.csv", "compose.csv", "files.csv")) {
            facts.addTable(table);
        }
        return facts;
    }

    List<Fact> all() {
        return List.copyOf(all);
    }

    /** Returns the files of which the tables say what is in them. */
    Set<String> files() {
        return all.stream()
                .map(Fact::statement)
                .filter(statement -> !statement.endsWith(": content"))
                .filter(statement -> !statement.endsWith(": mode") && !statement.endsWith(": owner"))
                .map(statement -> statement.substring(0, statement.indexOf(": ")))
                .collect(Collectors.toSet());
    }

    /**
     * Returns what holds in a release for a cluster with some features.
     *
     * @throws IllegalStateException if two lines say something of one statement
     */
    SortedMap<String, Optional<String>> in(HarborVersion release, Set<String> features) {
        SortedMap<String, Optional<String>> statements = new TreeMap<>();
        for (Fact fact : all) {
            if (fact.holds(release, features)) {
                Optional<String> value = fact.value().map(text -> text.replace("{release}", release.toString()));
                if (statements.put(fact.statement(), value) != null) {
                    throw new IllegalStateException(
                            "Two lines say what " + fact.statement() + " is in " + release + " with " + features + ".");
                }
            }
        }
        return statements;
    }

    private void addTable(String table) {
        String file = "";
        for (String line : text(table).lines().filter(text -> !text.isBlank()).toList()) {
            if (line.startsWith("[")) {
                file = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#")) {
                List<String> cells = Stream.of(line.split("\\|", -1))
                        .map(String::strip)
                        .collect(Collectors.toCollection(ArrayList::new));
                while (cells.size() < 4) {
                    cells.add("");
                }
                List<Run> releases = runs(cells.get(2));
                List<String> where = words(cells.get(3));
                for (String name : alternatives(cells.get(0))) {
                    addLine(file, name, cells.get(1), releases, where);
                }
            }
        }
    }

    private void addLine(String file, String name, String value, List<Run> releases, List<String> where) {
        if (file.isEmpty()) {
            all.add(new Fact(name + ": content", Optional.empty(), releases, where));
            List<String> access = words(value);
            if (!access.isEmpty()) {
                all.add(new Fact(name + ": mode", Optional.of(access.get(0)), releases, where));
                all.add(new Fact(name + ": owner", Optional.of(access.get(1)), releases, where));
            }
        } else if (name.endsWith("[]")) {
            String set = name.substring(0, name.length() - 2);
            for (String member : words(value)) {
                all.add(new Fact(file + ": " + set + "[" + member + "]", Optional.of("present"), releases, where));
            }
        } else if (name.endsWith(".volumes")) {
            Matcher volume = matching(VOLUME, value);
            String source = path(volume.group("source"));
            String target = path(volume.group("target"));
            all.add(new Fact(
                    file + ": " + name + "[" + target + "]",
                    source.equals("?") ? Optional.empty() : Optional.of(source + " -> " + target),
                    releases,
                    where));
        } else if (name.endsWith(".ports")) {
            String target = matching(PORT, value).group("target");
            all.add(new Fact(file + ": " + name + "[" + target + "]", Optional.of(value), releases, where));
        } else {
            Optional<String> constant = value.isEmpty() ? Optional.empty() : Optional.of(value);
            all.add(new Fact(file + ": " + name, constant, releases, where));
        }
    }

    private static List<String> alternatives(String name) {
        Matcher braces = ALTERNATIVES.matcher(name);
        return braces.matches()
                ? Stream.of(braces.group(2).split(",", -1))
                        .map(word -> braces.group(1) + word + braces.group(3))
                        .toList()
                : List.of(name);
    }

    private static List<Run> runs(String text) {
        if (text.isEmpty()) {
            return List.of(new Run(FIRST, HarborVersion.newest()));
        }
        return words(text).stream()
                .map(run -> run.split("\\.\\.", -1))
                .map(ends -> new Run(end(ends[0], FIRST), end(ends[1], HarborVersion.newest())))
                .toList();
    }

    private static HarborVersion end(String text, HarborVersion open) {
        return text.isEmpty() ? open : HarborVersion.parse(text);
    }

    private static Matcher matching(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("\"" + value + "\" is not " + pattern + ".");
        }
        return matcher;
    }

    private static String path(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static String text(String table) {
        try (InputStream in = Facts.class.getResourceAsStream("facts/" + table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
