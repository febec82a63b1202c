package dev.harborha.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the calls that a builder still waits for, so that one message can name them all. */
final class Missing {

    private final String what;
    private final List<String> calls = new ArrayList<>();

    Missing(String what) {
        this.what = what;
    }

    Missing unless(boolean there, String call) {
        if (!there) {
            calls.add(call);
        }
        return this;
    }

    Missing need(@Nullable Object part, String call) {
        return unless(part != null, call);
    }

    IllegalArgumentException refusal() {
        return new IllegalArgumentException(what + " is incomplete; still to call: " + String.join(", ", calls) + ".");
    }
}
