package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The sentence of a refusal. */
final class ClusterKeysExceptionMessage {

    private ClusterKeysExceptionMessage() {}

    static AbstractStringAssert<?> of(ThrowingCallable use) {
        ClusterKeysException refusal = catchThrowableOfType(ClusterKeysException.class, use);
        assertThat(refusal).as("a refusal").isNotNull();
        return assertThat(refusal.getMessage());
    }
}
