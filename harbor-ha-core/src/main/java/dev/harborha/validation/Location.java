package dev.harborha.validation;

/**
 * A place in a file.
 *
 * @param file the path of the file, as it was given
 * @param line the line, from 1
 * @param column the character in that line, from 1
 */
public record Location(String file, int line, int column) {

    /**
     * Makes a place.
     *
     * @throws IllegalArgumentException if the line or the column is below 1
     */
    public Location {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "Lines and columns are counted from 1; found line " + line + ", column " + column + ".");
        }
    }

    /** Returns the place as compilers write it: {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
