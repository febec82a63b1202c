package dev.harborha.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some releases of Harbor, as one or more ranges. A change that was carried back to older lines has more than one: {@code
 * since 2.7.3} of its line, {@code since 2.8.4} of the next, and everything after.
 *
 * @param ranges the ranges, oldest first, at least one
 */
public record Releases(List<VersionRange> ranges) {

    private static final Releases ALL = new Releases(List.of(VersionRange.all()));

    /**
     * Makes a set of releases.
     *
     * @throws IllegalArgumentException if there is no range
     */
    public Releases {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("A set of releases needs at least one range.");
        }
    }

    /** Returns all releases. */
    public static Releases all() {
        return ALL;
    }

    /** Returns the releases of the given ranges. */
    public static Releases of(VersionRange... ranges) {
        return new Releases(List.of(ranges));
    }

    /**
     * Returns the releases that have something which came with the last of the given ones and was carried back to the lines of
     * the others: {@code since("2.7.3", "2.8.4")} has 2.7.3 and 2.7.4 but not 2.8.0, 2.8.4, and everything after.
     *
     * @param versions the first release of each line, oldest first
     * @throws IllegalArgumentException if one is no version, or they are not of different lines in their order
     */
    public static Releases since(String... versions) {
        VersionRange[] ranges = new VersionRange[versions.length];
        for (int i = 0; i < versions.length; i++) {
            HarborVersion first = HarborVersion.parse(versions[i]);
            if (i > 0 && !lineOf(HarborVersion.parse(versions[i - 1])).isBefore(lineOf(first))) {
                throw new IllegalArgumentException("Releases since " + versions[i - 1] + " and since " + first
                        + " are not of different lines, oldest first.");
            }
            String nextLine = first.major() + "." + (first.minor() + 1) + ".0";
            ranges[i] = i == versions.length - 1
                    ? VersionRange.since(versions[i])
                    : VersionRange.between(versions[i], nextLine);
        }
        return new Releases(Arrays.asList(ranges));
    }

    private static HarborVersion lineOf(HarborVersion version) {
        return new HarborVersion(version.major(), version.minor(), 0);
    }

    /**
     * Returns the releases before {@code version}.
     *
     * @throws IllegalArgumentException if it is no version
     */
    public static Releases before(String version) {
        return of(VersionRange.before(version));
    }

    /** Tells whether {@code version} is among these releases. */
    public boolean contains(HarborVersion version) {
        return ranges.stream().anyMatch(range -> range.contains(version));
    }

    /** Returns the ranges as people write them, as in {@code 2.7.3 to before 2.8.0, since 2.8.4}. */
    @Override
    public String toString() {
        return ranges.stream().map(VersionRange::toString).collect(Collectors.joining(", "));
    }
}
