package dev.harborha.model;

import java.util.Optional;

/**
 * A run of Harbor releases, from one that is in it to one that is not. An absent end is open.
 *
 * @param from the first release in the range
 * @param before the first release after the range
 */
public record VersionRange(Optional<HarborVersion> from, Optional<HarborVersion> before) {

    private static final VersionRange ALL = new VersionRange(Optional.empty(), Optional.empty());

    /**
     * Makes a range from its ends.
     *
     * @throws IllegalArgumentException if the range would be empty
     */
    public VersionRange {
        if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
            throw new IllegalArgumentException(
                    "The range from " + from.get() + " to before " + before.get() + " holds no release.");
        }
    }

    /** Returns the range of all releases. */
    public static VersionRange all() {
        return ALL;
    }

    /**
     * Returns the range that starts with {@code version}.
     *
     * @throws IllegalArgumentException if {@code version} is no version
     */
    public static VersionRange since(String version) {
        return new VersionRange(Optional.of(HarborVersion.parse(version)), Optional.empty());
    }

    /**
     * Returns the range of all releases before {@code version}.
     *
     * @throws IllegalArgumentException if {@code version} is no version
     */
    public static VersionRange before(String version) {
        return new VersionRange(Optional.empty(), Optional.of(HarborVersion.parse(version)));
    }

    /**
     * Returns the range from {@code from} to the last release before {@code before}.
     *
     * @throws IllegalArgumentException if one is no version, or the range would be empty
     */
    public static VersionRange between(String from, String before) {
        return new VersionRange(Optional.of(HarborVersion.parse(from)), Optional.of(HarborVersion.parse(before)));
    }

    /** Tells whether {@code version} is in this range. */
    public boolean contains(HarborVersion version) {
        return from.map(first -> !version.isBefore(first)).orElse(true)
                && before.map(version::isBefore).orElse(true);
    }

    /** Returns the range as people write it: {@code all}, {@code since 2.0.0}, {@code before 0.5.0}, {@code 2.0.0 to before 2.3.0}. */
    @Override
    public String toString() {
        if (from.isPresent() && before.isPresent()) {
            return from.get() + " to before " + before.get();
        }
        return from.map(first -> "since " + first)
                .or(() -> before.map(end -> "before " + end))
                .orElse("all");
    }
}
