package dev.harborha.templates.clusterfile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an element of a cluster file and all that is in it begin. It holds names, and the texts of lists, none of which is a secret.
 *
 * @param mark where the element begins: its key, or, for an item of a list, the item
 * @param keys the elements of a map
 * @param items the elements of a list: by the name that the file gives them, and by their number, as in {@code #1}
 */
record Place(Mark mark, Map<String, Place> keys, Map<String, Place> items) {

    /** Returns the place of the whole of a file. */
    static Place of(YamlNode root) {
        return of("cluster", root.mark(), root);
    }

    private static Place of(String key, Mark mark, YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, Place> keys = new LinkedHashMap<>();
            map.entries().forEach((name, entry) -> keys.put(name, of(name, entry.key(), entry.value())));
            return new Place(mark, keys, Map.of());
        }
        if (node instanceof YamlNode.Sequence list) {
            return new Place(mark, Map.of(), items(key, list.items()));
        }
        return new Place(mark, Map.of(), Map.of());
    }

    /** Where two have one name it is the later one that is meant: rules find fault with that one. */
    private static Map<String, Place> items(String key, List<YamlNode> items) {
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            Place place = of(key, item.mark(), item);
            places.put("#" + (i + 1), place);
            name(key, i, item).ifPresent(name -> places.put(name, place));
        }
        return places;
    }

    private static Optional<String> name(String key, int index, YamlNode item) {
        if (item instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (!(item instanceof YamlNode.Mapping map)) {
            return Optional.empty();
        }
        YamlNode.Entry named = map.entries().get(key.equals("waivers") ? "rule" : "name");
        if (named != null && named.value() instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        return key.equals("loadBalancers") ? Optional.of(ClusterReader.defaultName(index)) : Optional.empty();
    }
}
