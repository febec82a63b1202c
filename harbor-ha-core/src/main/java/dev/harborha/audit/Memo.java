package dev.harborha.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made of the last texts, so that a text which nodes share and several rules look at is read once. It forgets the oldest
 * ones: nodes without a text in common must not be kept twice.
 */
final class Memo<K, V> {

    private static final int MOST = 64;

    private final Map<K, V> known = new LinkedHashMap<>();
    private final Function<K, V> make;

    Memo(Function<K, V> make) {
        this.make = make;
    }

    synchronized V of(K key) {
        V value = known.get(key);
        if (value == null) {
            value = make.apply(key);
            known.put(key, value);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return value;
    }
}
