package dev.harborha.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does on its own time, such as writing a line of its log. */
final class Waiting {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Waiting() {}

    /**
     * Waits until something holds.
     *
     * @param what the fact, for the message
     * @param fact tells whether it holds by now
     * @throws AssertionError if it does not hold in time
     */
    static void until(String what, BooleanSupplier fact) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("After " + PATIENCE.toSeconds() + " seconds it does not hold that " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
