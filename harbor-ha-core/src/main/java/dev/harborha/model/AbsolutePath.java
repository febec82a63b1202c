package dev.harborha.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A path on one of the cluster's machines, from the root. Letters, digits and {@code . _ - + @} are allowed, because the
 * path goes into compose volumes, nginx directives and shell commands, whose rules for blanks and colons differ.
 *
 * @param text the path, without a slash at its end
 */
public record AbsolutePath(String text) {

    private static final int LONGEST = 1024;
    private static final Pattern ALLOWED = Pattern.compile("(/[A-Za-z0-9._+@-]+)+");

    /**
     * Makes a path.
     *
     * @throws IllegalArgumentException if the path does not begin with a slash, has empty, {@code .} or {@code ..} parts,
     *     holds other characters, or is longer than 1024 characters
     */
    public AbsolutePath {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no path: it has " + text.length()
                    + " characters, at most " + LONGEST + " are allowed.");
        }
        if (text.length() > 1 && text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (!ALLOWED.matcher(text).matches()
                || List.of(text.split("/")).stream().anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw new IllegalArgumentException(
                    Quoted.of(text)
                            + " is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".");
        }
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return text;
    }
}
