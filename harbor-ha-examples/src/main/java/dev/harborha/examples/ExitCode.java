package dev.harborha.examples;

/** What the command line tells the shell. */
final class ExitCode {

    /** All went well; warnings and notes are no failure. */
    static final int OK = 0;

    /** An error was found in the cluster; nothing was rendered. */
    static final int ERROR_FINDINGS = 1;

    /**
     * The input was wrong, or the machine refused: options, files, keys, secrets, the disk, a text that the book of rules does
     * not know. Nothing was written.
     */
    static final int WRONG_INPUT = 2;

    /** With {@code --diff}: the folder differs from what would be rendered. */
    static final int DIFFERENCES = 3;

    private ExitCode() {}
}
