package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rendered file on its way to a test machine: only addresses and paths are changed, and each change must fit.
 *
 * <p>A pattern that matches more or less often than expected is an error, so that the test cannot quietly run on
 * something other than what was rendered.
 */
final class ConfigEdit {

    private final String name;
    private String text;

    private ConfigEdit(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its text, to be changed
     */
    static ConfigEdit of(Path file) {
        try {
            return new ConfigEdit(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the first group of a pattern.
     *
     * @param regex a regular expression over whole lines ({@code ^} and {@code $} match at line ends) with one group
     * @param replacement the text for the group, taken literally
     * @param times how often the pattern must match
     * @return this
     */
    ConfigEdit replace(String regex, String replacement, int times) {
        Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
        StringBuilder edited = new StringBuilder();
        int done = 0;
        int from = 0;
        while (matcher.find()) {
            edited.append(text, from, matcher.start(1)).append(replacement);
            from = matcher.end(1);
            done++;
        }
        if (done != times) {
            throw new AssertionError(
                    "Expected " + times + " times /" + regex + "/, found " + done + " in " + name + ":\n" + text);
        }
        text = edited.append(text, from, text.length()).toString();
        return this;
    }

    /**
     * Replaces a path wherever it stands, which may be nowhere.
     *
     * @param path the path on the machine that the file is for
     * @param here the path on this machine
     * @return this
     */
    ConfigEdit move(String path, Path here) {
        text = text.replace(path, here.toString());
        return this;
    }

    /**
     * Adds lines behind each match of a pattern.
     *
     * @param regex a regular expression over whole lines
     * @param addition the text to add, taken literally
     * @param times how often the pattern must match
     * @return this
     */
    ConfigEdit addBehind(String regex, String addition, int times) {
        return replace("(?:" + regex + ")()", "\n" + addition, times);
    }

    /**
     * Writes the changed text.
     *
     * @param target the file to write
     * @return that file
     */
    Path writeTo(Path target) {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            return Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
