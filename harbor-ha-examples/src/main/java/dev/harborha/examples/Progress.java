package dev.harborha.examples;

import java.util.function.IntConsumer;

/** Shows how far a long work is, in one line that is written over; on a terminal only. */
final class Progress implements AutoCloseable {

    private static final long MILLIS_BETWEEN = 100;
    private static final String START_OF_CLEARED_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private long shownAt;
    private boolean shown;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows what is being done. */
    void at(String work) {
        show(work + " …");
    }

    /** Returns a counter that shows {@code work}, how many are done, and how many there are; at most ten times a second. */
    IntConsumer counting(String work, int total) {
        return done -> {
            long now = System.nanoTime() / 1_000_000;
            if (terminal.interactive() && (now - shownAt >= MILLIS_BETWEEN || done == total)) {
                shownAt = now;
                show(work + " " + done + " of " + total);
            }
        };
    }

    private void show(String text) {
        if (terminal.interactive()) {
            terminal.err().print(START_OF_CLEARED_LINE + text);
            terminal.err().flush();
            shown = true;
        }
    }

    /** Removes the line, so that something else can be said. */
    void clear() {
        if (shown) {
            terminal.err().print(START_OF_CLEARED_LINE);
            terminal.err().flush();
            shown = false;
        }
    }

    /** Removes the line. */
    @Override
    public void close() {
        clear();
    }
}
