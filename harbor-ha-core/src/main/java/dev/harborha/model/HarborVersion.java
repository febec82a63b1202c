package dev.harborha.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Harbor, such as 2.14.4. Any release parses, so that rules can speak of releases that this library does not
 * render; {@link #SUPPORTED} lists those that it does.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 */
public record HarborVersion(int major, int minor, int patch) implements Comparable<HarborVersion> {

    private static final Pattern TEXT = Pattern.compile("v?([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4})");
    private static final Comparator<HarborVersion> ORDER = Comparator.comparingInt(HarborVersion::major)
            .thenComparingInt(HarborVersion::minor)
            .thenComparingInt(HarborVersion::patch);

    /** The last patch of each line 2.0, 2.1 and so on that was tried. */
    private static final int[] PATCHES_OF_2 = {6, 6, 4, 5, 3, 6, 4, 4, 6, 5, 3, 2, 4, 5, 4, 2};

    /** The releases that were tried with this library, oldest first: the one list behind messages, docs and tests. */
    public static final List<HarborVersion> SUPPORTED = supported();

    /** The first release whose only database is PostgreSQL: 1.6.0 (goharbor/harbor issue 4855). */
    private static final HarborVersion POSTGRESQL_SINCE = new HarborVersion(1, 6, 0);

    private static List<HarborVersion> supported() {
        List<HarborVersion> tried = new ArrayList<>();
        tried.add(new HarborVersion(0, 5, 0));
        for (int line = 0; line < PATCHES_OF_2.length; line++) {
            for (int patch = 0; patch <= PATCHES_OF_2[line]; patch++) {
                tried.add(new HarborVersion(2, line, patch));
            }
        }
        return List.copyOf(tried);
    }

    /** Returns the newest release that was tried with this library. */
    public static HarborVersion newest() {
        return SUPPORTED.get(SUPPORTED.size() - 1);
    }

    /**
     * Returns the lines of {@link #SUPPORTED} for messages, as in {@code 0.5, 2.0 to 2.15}. A line is what releases with the same
     * first two numbers share.
     */
    public static String supportedLines() {
        List<String> runs = new ArrayList<>();
        HarborVersion first = SUPPORTED.get(0);
        HarborVersion last = first;
        for (HarborVersion next : SUPPORTED) {
            if (next.major != last.major || next.minor > last.minor + 1) {
                runs.add(run(first, last));
                first = next;
            }
            last = next;
        }
        runs.add(run(first, last));
        return String.join(", ", runs);
    }

    private static String run(HarborVersion first, HarborVersion last) {
        return first.isOfLineOf(last) ? first.line() : first.line() + " to " + last.line();
    }

    /**
     * Makes a version from its numbers.
     *
     * @throws IllegalArgumentException if a number is not between 0 and 9999
     */
    public HarborVersion {
        requireNumber(major);
        requireNumber(minor);
        requireNumber(patch);
    }

    private static void requireNumber(int number) {
        if (number < 0 || number > 9999) {
            throw new IllegalArgumentException(
                    "A Harbor version is made of numbers from 0 to 9999, as in \"2.14.4\"; " + number + " is none.");
        }
    }

    /**
     * Parses {@code x.y.z}, with or without a leading {@code v}.
     *
     * @throws IllegalArgumentException if {@code text} is anything else, such as {@code 2.14} or {@code 2.14.4-rc1}
     */
    public static HarborVersion parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".");
        }
        return new HarborVersion(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)));
    }

    /** Tells whether this very release was tried with this library. */
    public boolean isSupported() {
        return SUPPORTED.contains(this);
    }

    /** Tells whether another patch of the same minor release was tried with this library. */
    public boolean isPatchOfSupported() {
        return SUPPORTED.stream().anyMatch(this::isOfLineOf);
    }

    /** Returns the releases of the same line that were tried with this library, oldest first. */
    public List<HarborVersion> supportedOfLine() {
        return SUPPORTED.stream().filter(this::isOfLineOf).toList();
    }

    /** Returns the line, as in {@code 2.14}. */
    public String line() {
        return major + "." + minor;
    }

    private boolean isOfLineOf(HarborVersion other) {
        return other.major == major && other.minor == minor;
    }

    /** Returns the database that this release talks to: MySQL before 1.6.0, PostgreSQL from then on. */
    public DbKind databaseKind() {
        return isBefore(POSTGRESQL_SINCE) ? DbKind.MYSQL : DbKind.POSTGRESQL;
    }

    /** Tells whether this release came before {@code other}. */
    public boolean isBefore(HarborVersion other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(HarborVersion other) {
        return ORDER.compare(this, other);
    }

    /** Returns the version without a leading {@code v}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
