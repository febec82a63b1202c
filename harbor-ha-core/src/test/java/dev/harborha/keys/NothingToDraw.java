package dev.harborha.keys;

import java.util.Map;

/** A completion that must not be asked. */
enum NothingToDraw implements KeyStoreFolder.Completion {
    INSTANCE;

    @Override
    public void accept(Map<Member, String> found) {
        // All the same to it.
    }

    @Override
    public Map<Member, String> complete(Map<Member, String> found) {
        throw new AssertionError("nothing was to be drawn");
    }
}
