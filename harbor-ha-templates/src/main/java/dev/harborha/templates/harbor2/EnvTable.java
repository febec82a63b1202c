package dev.harborha.templates.harbor2;

import dev.harborha.model.Releases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The variables of one env file: name, the releases that read it, and where its value comes from. */
final class EnvTable {

    private record Line(String name, Releases releases, Function<Site, Optional<String>> value) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds a variable that is the same everywhere. */
    EnvTable constant(String name, String value) {
        return constant(name, Releases.all(), value);
    }

    /** Adds a variable that is the same everywhere, for some releases. */
    EnvTable constant(String name, Releases releases, String value) {
        return maybe(name, releases, site -> Optional.of(value));
    }

    /** Adds a variable. */
    EnvTable line(String name, Function<Site, String> value) {
        return line(name, Releases.all(), value);
    }

    /** Adds a variable for some releases. */
    EnvTable line(String name, Releases releases, Function<Site, String> value) {
        return maybe(name, releases, site -> Optional.of(value.apply(site)));
    }

    /** Adds a variable whose value changed from release to release. */
    EnvTable line(String name, Releases releases, ByRelease<String> value) {
        return line(name, releases, site -> value.in(site.release()));
    }

    /** Adds a variable that is left out where there is no value. */
    EnvTable maybe(String name, Function<Site, Optional<String>> value) {
        return maybe(name, Releases.all(), value);
    }

    /** Adds a variable for some releases that is left out where there is no value. */
    EnvTable maybe(String name, Releases releases, Function<Site, Optional<String>> value) {
        lines.add(new Line(name, releases, value));
        return this;
    }

    /** Adds the variables of another table. */
    EnvTable all(EnvTable other) {
        lines.addAll(other.lines);
        return this;
    }

    /** Returns the variables with their values. */
    Map<String, String> values(Site site) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.releases().contains(site.release())) {
                line.value().apply(site).ifPresent(value -> {
                    if (values.putIfAbsent(line.name(), value) != null) {
                        throw new IllegalStateException("The variable " + line.name() + " is in the table twice.");
                    }
                });
            }
        }
        return values;
    }

    /** Returns the text of the file. */
    String text(Site site) {
        return EnvFile.text(values(site));
    }
}
