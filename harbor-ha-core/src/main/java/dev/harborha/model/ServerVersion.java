package dev.harborha.model;

import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a server beside Harbor, as far as it is said: PostgreSQL's {@code 15} or {@code 9.6}, Redis's {@code 7.2.4}.
 * What is not said counts as 0 where two versions are compared.
 *
 * @param major the first number, 1 to 9999
 * @param minor the second number, if it is said
 * @param patch the third number, if it is said; never without a second one
 */
public record ServerVersion(int major, OptionalInt minor, OptionalInt patch) implements Comparable<ServerVersion> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,3})";
    private static final Pattern TEXT =
            Pattern.compile("([1-9][0-9]{0,3})(?:\\." + NUMBER + "(?:\\." + NUMBER + ")?)?");

    private static final Comparator<ServerVersion> BY_NUMBERS = Comparator.comparingInt(ServerVersion::major)
            .thenComparingInt(version -> version.minor.orElse(0))
            .thenComparingInt(version -> version.patch.orElse(0));

    private static final Comparator<ServerVersion> ORDER = BY_NUMBERS
            .thenComparing(version -> version.minor.isPresent())
            .thenComparing(version -> version.patch.isPresent());

    /**
     * Makes a version from its numbers.
     *
     * @throws IllegalArgumentException if a number is out of its range, or there is a third without a second
     */
    public ServerVersion {
        Text.between("the major version of a server", major, 1, 9999, "");
        minor.ifPresent(number -> Text.between("the minor version of a server", number, 0, 9999, ""));
        patch.ifPresent(number -> Text.between("the patch version of a server", number, 0, 9999, ""));
        if (minor.isEmpty() && patch.isPresent()) {
            throw new IllegalArgumentException(
                    "A version with a third number needs the second one, too, as in \"7.2.4\".");
        }
    }

    /**
     * Parses one to three numbers with dots between them.
     *
     * @throws IllegalArgumentException if {@code text} is anything else, such as {@code v15} or {@code 15.4 (Debian)}
     */
    public static ServerVersion parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is no version of a server; write one to three numbers, as in \"15\", \"9.6\" or \"7.2.4\".");
        }
        return new ServerVersion(
                Integer.parseInt(numbers.group(1)),
                numbers.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(numbers.group(2))),
                numbers.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(numbers.group(3))));
    }

    /** Tells whether this version came before {@code other}: 12.9 came before 13, 13 did not come before 13.0. */
    public boolean isBefore(ServerVersion other) {
        return BY_NUMBERS.compare(this, other) < 0;
    }

    /**
     * Tells whether this version came before the one of a text.
     *
     * @throws IllegalArgumentException if {@code other} is no version
     */
    public boolean isBefore(String other) {
        return isBefore(parse(other));
    }

    /** Compares by the numbers; of two that count the same, the one that says less comes first: 13 before 13.0. */
    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    /** Returns the numbers that are said, with dots between them. */
    @Override
    public String toString() {
        return major
                + (minor.isPresent() ? "." + minor.getAsInt() : "")
                + (patch.isPresent() ? "." + patch.getAsInt() : "");
    }
}
