package dev.harborha.keys;

import java.nio.file.Path;

/** The first line of an index, which says what the index is of and in which format it is written. */
final class IndexFormat {

    private static final int MAX_DIGITS = 9;

    private final String header;
    private final int number;
    private final String what;
    private final String cure;

    /**
     * Makes a format.
     *
     * @param header what the first line holds before the number
     * @param number the highest format number that this release reads; it writes that one
     * @param what what such an index is of, as in "a key store"
     * @param cure what to do about a file that is no such index
     */
    IndexFormat(String header, int number, String what, String cure) {
        this.header = header;
        this.number = number;
        this.what = what;
        this.cure = cure;
    }

    /** Returns the first line, with its end. */
    String firstLine() {
        return header.concat(Integer.toString(number)).concat("\n");
    }

    /** Refuses a file whose first line is of no index of this kind, or of a newer format. */
    void require(Path file, String firstLine) {
        String digits = firstLine.startsWith(header) ? firstLine.substring(header.length()) : "";
        if (!isNumber(digits)) {
            throw ClusterKeysException.about(
                    file,
                    "is no index of " + what + ", because its first line is not \"" + header + number + "\"",
                    cure);
        }
        if (digits.length() > MAX_DIGITS || Integer.parseInt(digits) > number) {
            throw newer(file, "its format number is not " + number);
        }
    }

    private static boolean isNumber(String digits) {
        boolean number = !digits.isEmpty() && !digits.startsWith("0");
        for (int i = 0; i < digits.length(); i++) {
            number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        return number;
    }

    /** Returns the refusal of an index that a newer release wrote. */
    static ClusterKeysException newer(Path file, String sign) {
        return ClusterKeysException.about(
                file, "was written by a newer harbor-ha (" + sign + ")", "use that release or a later one");
    }
}
