package dev.harborha.templates.clusterfile;

import dev.harborha.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A map of a cluster file to be written; what has its default is left out. */
final class Tree {

    private final Map<String, Object> entries = new LinkedHashMap<>();

    Tree put(String key, Object value) {
        entries.put(key, value);
        return this;
    }

    Tree put(String key, Secret secret) {
        return put(key, SecretText.of(secret));
    }

    Tree put(String key, Tree tree) {
        return put(key, (Object) tree.entries);
    }

    /** Puts a value unless it is the default. */
    Tree unless(Object defaultValue, String key, Object value) {
        return defaultValue.equals(value) ? this : put(key, value);
    }

    /** Puts the tree of a part unless it is the default. */
    <T> Tree unless(T defaultValue, String key, T value, Function<T, Tree> tree) {
        return defaultValue.equals(value) ? this : put(key, tree.apply(value));
    }

    /** Puts a value where there is one; a number, a truth or a text stays what it is. */
    Tree maybe(String key, Optional<?> value) {
        value.ifPresent(
                there -> put(key, there instanceof Number || there instanceof Boolean ? there : there.toString()));
        return this;
    }

    /** Puts a number where there is one. */
    Tree maybe(String key, OptionalInt number) {
        number.ifPresent(there -> put(key, (Object) there));
        return this;
    }

    /** Puts a map of texts whose keys are free, unless it is empty. */
    Tree pairs(String key, Map<String, String> pairs) {
        return pairs.isEmpty() ? this : put(key, (Object) pairs);
    }

    Tree maybeSecret(String key, Optional<Secret> secret) {
        secret.ifPresent(there -> put(key, there));
        return this;
    }

    Tree maybeTree(String key, Optional<Tree> tree) {
        tree.ifPresent(there -> put(key, there));
        return this;
    }

    /** Puts a list unless it is empty. */
    Tree list(String key, List<?> items) {
        return items.isEmpty()
                ? this
                : put(key, (Object) items.stream()
                        .map(item -> item instanceof Tree tree ? tree.entries : item.toString())
                        .toList());
    }

    Map<String, Object> entries() {
        return entries;
    }
}
