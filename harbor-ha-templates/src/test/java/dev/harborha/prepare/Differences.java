package dev.harborha.prepare;

import dev.harborha.model.HarborVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The differences that are meant to be, and which of them were seen since. A run of tests has one of these. */
public final class Differences {

    private final List<Documented> documented;
    private final Set<Documented> seen = ConcurrentHashMap.newKeySet();

    private Differences(List<Documented> documented) {
        this.documented = documented;
    }

    /** Begins a run with the differences that are meant to be. */
    public static Differences documented(Documented... documented) {
        return new Differences(List.of(documented));
    }

    /** Compares two sets of statements and returns the differences that nobody meant; there should be none. */
    public List<Difference> undocumented(HarborVersion release, Map<String, String> theirs, Map<String, String> ours) {
        return between(release, theirs, ours).stream()
                .filter(difference -> !isDocumented(difference))
                .toList();
    }

    private boolean isDocumented(Difference difference) {
        List<Documented> matching =
                documented.stream().filter(entry -> entry.matches(difference)).toList();
        seen.addAll(matching);
        return !matching.isEmpty();
    }

    /** Returns what is documented and was not seen once in the whole run; there should be none. */
    public List<Documented> unmatched() {
        return documented.stream().filter(entry -> !seen.contains(entry)).toList();
    }

    /** Returns all differences, meant or not, in the order of their statements. */
    public static List<Difference> between(
            HarborVersion release, Map<String, String> theirs, Map<String, String> ours) {
        SortedSet<String> all = new TreeSet<>(theirs.keySet());
        all.addAll(ours.keySet());
        return all.stream()
                .filter(statement -> !Objects.equals(theirs.get(statement), ours.get(statement)))
                .map(statement -> new Difference(
                        release,
                        statement,
                        Optional.ofNullable(theirs.get(statement)),
                        Optional.ofNullable(ours.get(statement))))
                .toList();
    }
}
