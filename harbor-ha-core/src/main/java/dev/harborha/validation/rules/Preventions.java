package dev.harborha.validation.rules;

import dev.harborha.validation.Prevention;
import java.util.List;
import java.util.stream.Stream;

/** What people really had and no cluster of this library can have. */
public final class Preventions {

    private Preventions() {}

    /** Returns all entries. */
    public static List<Prevention> all() {
        return Stream.of(PreventedByKeys.ALL, PreventedAtBalancers.ALL, PreventedAtNodes.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
