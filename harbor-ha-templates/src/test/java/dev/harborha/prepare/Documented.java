package dev.harborha.prepare;

import dev.harborha.model.VersionRange;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A difference that is meant to be, and why. In the patterns a {@code *} stands for any text, and all else for itself.
 *
 * @param releases the releases that differ
 * @param statements a pattern of statements, such as {@code docker-compose.yml: services.*.image}
 * @param theirs a pattern of the value that {@code prepare} writes; absent if it writes none
 * @param ours a pattern of the value that we render; absent if we render none
 * @param reason why it is so, in a sentence
 */
public record Documented(
        VersionRange releases, String statements, Optional<String> theirs, Optional<String> ours, String reason) {

    /** Says that we render what {@code prepare} does not write. */
    public static Documented added(VersionRange releases, String statements, String reason) {
        return new Documented(releases, statements, Optional.empty(), Optional.of("*"), reason);
    }

    /** Says that we do not render what {@code prepare} writes. */
    public static Documented removed(VersionRange releases, String statements, String reason) {
        return removed(releases, statements, "*", reason);
    }

    /** Says that we render nothing where {@code prepare} writes one value. */
    public static Documented removed(VersionRange releases, String statements, String theirs, String reason) {
        return new Documented(releases, statements, Optional.of(theirs), Optional.empty(), reason);
    }

    /** Says that we render other values than {@code prepare} writes, whatever they are. */
    public static Documented changed(VersionRange releases, String statements, String reason) {
        return changed(releases, statements, "*", "*", reason);
    }

    /** Says that we render one value where {@code prepare} writes another one. */
    public static Documented changed(
            VersionRange releases, String statements, String theirs, String ours, String reason) {
        return new Documented(releases, statements, Optional.of(theirs), Optional.of(ours), reason);
    }

    /** Tells whether a difference is this one. */
    boolean matches(Difference difference) {
        return releases.contains(difference.release())
                && matches(statements, difference.statement())
                && matches(theirs, difference.theirs())
                && matches(ours, difference.ours());
    }

    private static boolean matches(Optional<String> pattern, Optional<String> value) {
        return pattern.isPresent() == value.isPresent()
                && pattern.map(text -> matches(text, value.orElseThrow())).orElse(true);
    }

    private static boolean matches(String pattern, String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
