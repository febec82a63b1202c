package dev.harborha.audit;

import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where the files of a node lie in a bundle, and what stands in them. */
final class NodeFiles {

    private static final String NODES = "nodes/";

    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?m)^[ \\t]*([A-Za-z_][A-Za-z0-9_]*)[ \\t]*(?:=[ \\t]*|:[ \\t]+)(.*)$");

    private static final Pattern SECTION = Pattern.compile("(?m)^([A-Za-z_]+):(.*(?:\\R(?:[ \\t#].*)?)*)");

    private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*#.*$");

    private NodeFiles() {}

    static boolean isOnNode(RenderedFile file) {
        return file.path().startsWith(NODES) && file.path().indexOf('/', NODES.length()) > 0;
    }

    /** Returns {@code nodes/<name>/}. */
    static String node(RenderedFile file) {
        return file.path().substring(0, file.path().indexOf('/', NODES.length()) + 1);
    }

    /** Returns the path below {@code nodes/<name>/}. */
    static String placeOnNode(RenderedFile file) {
        return file.path().substring(file.path().indexOf('/', NODES.length()) + 1);
    }

    /** Returns all values that an env file, a {@code harbor.cfg} or a YAML text gives to names, in their spelling there. */
    static Map<String, List<String>> values(String text, Set<String> names) {
        Map<String, List<String>> values = new TreeMap<>();
        ASSIGNMENT
                .matcher(text)
                .results()
                .filter(line -> names.contains(line.group(1)))
                .forEach(line -> values.computeIfAbsent(line.group(1), name -> new ArrayList<>())
                        .add(line.group(2)));
        return values;
    }

    /** Returns the texts of sections of a YAML file, which begin without a blank and last to the next that does. */
    private static Map<String, List<String>> sections(String text, Set<String> names) {
        Map<String, List<String>> sections = new TreeMap<>();
        SECTION.matcher(text)
                .results()
                .filter(section -> names.contains(section.group(1)))
                .forEach(section -> sections.computeIfAbsent(section.group(1), name -> new ArrayList<>())
                        .add(COMMENT.matcher(section.group(2)).replaceAll("").strip()));
        return sections;
    }

    /** Returns a difference in the texts as a whole. */
    static BiFunction<String, String, List<String>> whole(String what) {
        return (one, other) -> one.equals(other) ? List.of() : List.of(what);
    }

    /** Returns a difference in what a pattern's group finds. */
    static BiFunction<String, String, List<String>> found(String what, Pattern pattern) {
        return (one, other) -> found(pattern, one).equals(found(pattern, other)) ? List.of() : List.of(what);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Returns the differences in the values of names. */
    static BiFunction<String, String, List<String>> namesIn(Set<String> names) {
        return (one, other) -> differing("value of ", values(one, names), values(other, names));
    }

    /** Returns the differences in sections of a YAML file. */
    static BiFunction<String, String, List<String>> sectionsIn(Set<String> names) {
        return (one, other) -> differing("section ", sections(one, names), sections(other, names));
    }

    private static List<String> differing(
            String what, Map<String, List<String>> first, Map<String, List<String>> second) {
        Set<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        names.removeIf(name -> Objects.equals(first.get(name), second.get(name)));
        return names.stream().map(name -> what + name).toList();
    }

    /** Returns the files of every node whose paths have one of some endings, by {@code nodes/<name>/}. */
    static Map<String, List<RenderedFile>> byNode(Iterable<RenderedFile> files, String... pathEnds) {
        Map<String, List<RenderedFile>> byNode = new LinkedHashMap<>();
        for (RenderedFile file : files) {
            if (endsWithOne(file.path(), pathEnds) && isOnNode(file)) {
                byNode.computeIfAbsent(node(file), node -> new ArrayList<>()).add(file);
            }
        }
        return byNode;
    }

    private static boolean endsWithOne(String path, String... ends) {
        for (String end : ends) {
            if (path.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
