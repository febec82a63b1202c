package dev.harborha.templates.harbor2;

import dev.harborha.model.HarborVersion;
import java.util.Map;
import java.util.TreeMap;

/**
 * One fact that changed from release to release: a table of the release that brought a value and the value.
 *
 * @param <T> the type of the values
 */
final class ByRelease<T> {

    private final TreeMap<HarborVersion, T> values = new TreeMap<>();

    private ByRelease() {}

    /** Returns a table that begins with the value of 2.0.0. */
    static <T> ByRelease<T> of(T first) {
        ByRelease<T> table = new ByRelease<>();
        table.values.put(new HarborVersion(2, 0, 0), first);
        return table;
    }

    /** Adds the value that holds from a release on. */
    ByRelease<T> since(String version, T value) {
        values.put(HarborVersion.parse(version), value);
        return this;
    }

    /** Returns the value of a release. */
    T in(HarborVersion release) {
        Map.Entry<HarborVersion, T> entry = values.floorEntry(release);
        if (entry == null) {
            throw new IllegalArgumentException("The table begins with 2.0.0; " + release + " is before it.");
        }
        return entry.getValue();
    }
}
