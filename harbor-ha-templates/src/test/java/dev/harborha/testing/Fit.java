package dev.harborha.testing;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.Releases;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * What generated parts have to fit to: nothing, or a release of Harbor 2.x, which is then told only what it knows and nothing
 * that hurts several nodes.
 *
 * @param release the release; absent where anything goes
 */
record Fit(Optional<HarborVersion> release) {

    /** Anything goes. */
    static final Fit NONE = new Fit(Optional.empty());

    static Fit to(HarborVersion release) {
        return new Fit(Optional.of(release));
    }

    /** Tells whether anything goes. */
    boolean isLoose() {
        return release.isEmpty();
    }

    /** Returns values that only some releases know; the others get what they have without it. */
    <T> Arbitrary<T> since(Releases releases, Arbitrary<T> values, T otherwise) {
        return release.map(releases::contains).orElse(true) ? values : Arbitraries.just(otherwise);
    }

    <T> Arbitrary<T> since(String version, Arbitrary<T> values, T otherwise) {
        return since(Releases.since(version), values, otherwise);
    }

    /** Returns values that only some releases know, or none. */
    <T> Arbitrary<Optional<T>> maybe(String version, Arbitrary<T> values) {
        return since(version, values.optional(), Optional.empty());
    }

    /** Returns {@code any} where anything goes, else {@code fitting}. */
    <T> Arbitrary<T> choose(Arbitrary<T> any, Arbitrary<T> fitting) {
        return isLoose() ? any : fitting;
    }
}
