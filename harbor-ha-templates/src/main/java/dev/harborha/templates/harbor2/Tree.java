package dev.harborha.templates.harbor2;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep the order of their keys, as {@code YamlText} writes them. */
final class Tree {

    private Tree() {}

    /** Returns a map of the given keys and values, in turn. */
    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
