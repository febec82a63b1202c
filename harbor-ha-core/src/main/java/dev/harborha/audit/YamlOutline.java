package dev.harborha.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands in a YAML text, as values below paths such as {@code services.core.volumes[0].source}: whatever the order of keys,
 * the quotes and the comments are.
 */
final class YamlOutline {

    private final SortedMap<String, String> values;

    private YamlOutline(SortedMap<String, String> values) {
        this.values = values;
    }

    /** Reads a text. What {@link YamlReader} does not understand is not in the outline. */
    static YamlOutline read(String text) {
        return new YamlOutline(YamlReader.read(text));
    }

    /** Returns all values by their paths. */
    SortedMap<String, String> all() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** Returns the value at a path; an empty text where nothing stands behind the key. */
    Optional<String> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** Tells whether there is anything at or below a path. */
    boolean has(String path) {
        return values.containsKey(path)
                || !values.subMap(path + ".", path + "/").isEmpty()
                || !values.subMap(path + "[", path + "\\").isEmpty();
    }

    /** Returns the values of a path and of everything below it, by their whole paths. */
    SortedMap<String, String> section(String path) {
        SortedMap<String, String> section = below(path);
        value(path).ifPresent(value -> section.put(path, value));
        return section;
    }

    private SortedMap<String, String> below(String path) {
        SortedMap<String, String> below = new TreeMap<>(values.subMap(path + ".", path + "/"));
        below.putAll(values.subMap(path + "[", path + "\\"));
        return below;
    }

    /** Returns the keys that stand directly below a path. */
    List<String> keys(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        Set<String> keys = new LinkedHashSet<>();
        for (String found : path.isEmpty() ? values.keySet() : below(path).keySet()) {
            if (found.startsWith(prefix)) {
                int end = prefix.length();
                while (end < found.length() && found.charAt(end) != '.' && found.charAt(end) != '[') {
                    end++;
                }
                keys.add(found.substring(prefix.length(), end));
            }
        }
        return List.copyOf(keys);
    }

    /** Returns the paths of the items of a sequence, in their order. */
    List<String> items(String path) {
        List<String> items = new ArrayList<>();
        for (String item = path + "[0]"; has(item); item = path + "[" + items.size() + "]") {
            items.add(item);
        }
        return items;
    }
}
