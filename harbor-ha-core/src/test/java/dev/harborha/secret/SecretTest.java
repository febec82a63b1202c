package dev.harborha.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret.Origin;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretTest {

    private static final String VALUE = "correct-horse";

    static Stream<Arguments> makers() {
        return Stream.of(
                Arguments.of((Function<String, Secret>) Secret::of, Origin.PROGRAM),
                Arguments.of((Function<String, Secret>) Secret::literal, Origin.LITERAL),
                Arguments.of((Function<String, Secret>) Secret::generated, Origin.GENERATED));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void aGivenValueIsKept(Function<String, Secret> maker, Origin origin) {
        Secret secret = maker.apply(VALUE);
        assertThat(secret.reveal()).isEqualTo(VALUE);
        assertThat(secret.origin()).isEqualTo(origin);
        assertThat(secret.isResolved()).isTrue();
        assertThat(secret.reference()).isEmpty();
        assertThat(secret.problem()).isEmpty();
        assertThat(secret).hasToString("Secret(***)");
    }

    @ParameterizedTest
    @MethodSource("makers")
    void anEmptyValueIsRefused(Function<String, Secret> maker, Origin origin) {
        assertThatThrownBy(() -> maker.apply(""))
                .as("from %s", origin)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A secret must not be empty.");
    }

    @ParameterizedTest
    @MethodSource("makers")
    void halfASurrogatePairIsRefusedWithoutTheValue(Function<String, Secret> maker, Origin origin) {
        for (String half : List.of("correct\ud83d", "\ude00horse", "a\ude00\ud83db")) {
            assertThatThrownBy(() -> maker.apply(half))
                    .as("from %s", origin)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A secret must be well-formed text; this one holds half a surrogate pair.");
        }
    }

    @Test
    void equalMeansSameReferenceAndSameValue() {
        Secret one = Secret.of(VALUE);
        assertThat(one).isEqualTo(Secret.of(VALUE)).hasSameHashCodeAs(Secret.of(VALUE));
        assertThat(one).isNotEqualTo(Secret.of("correct-horsf")).isNotEqualTo(Secret.of("correct-horse-"));
        assertThat(one).isNotEqualTo(Secret.fromEnv("V", Map.of("V", VALUE)));
        assertThat(one).isNotEqualTo(VALUE).isNotEqualTo(null);
        assertThat(Secret.fromEnv("V", Map.of("V", VALUE)))
                .isEqualTo(Secret.fromEnv("V", Map.of("V", VALUE)))
                .isNotEqualTo(Secret.fromEnv("V", Map.of("V", "other")))
                .isNotEqualTo(Secret.fromEnv("W", Map.of("W", VALUE)));
    }

    @Test
    void anUnresolvedSecretEqualsOnlyItsLike() {
        Secret unresolved = Secret.fromEnv("V", Map.of());
        assertThat(unresolved)
                .isEqualTo(Secret.fromEnv("V", Map.of()))
                .isNotEqualTo(Secret.fromEnv("W", Map.of()))
                .isNotEqualTo(Secret.fromEnv("V", Map.of("V", VALUE)));
    }

    /** A secret written in clear reads back as LITERAL, and the cluster must equal the one that was written. */
    @Test
    void whoGaveTheValueDoesNotMatterForEquality() {
        assertThat(Secret.of(VALUE)).isEqualTo(Secret.literal(VALUE)).isEqualTo(Secret.generated(VALUE));
    }

    @Test
    void theHashTellsNothingOfTheValue() {
        assertThat(Secret.of(VALUE)).hasSameHashCodeAs(Secret.of("another"));
        assertThat(Secret.fromEnv("V", Map.of("V", VALUE))).hasSameHashCodeAs(Secret.fromEnv("V", Map.of()));
    }

    @Test
    void anUnresolvedSecretIsNotRevealed() {
        Secret secret = Secret.fromEnv("DB_PASSWORD", Map.of());
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A secret has no value: the environment variable DB_PASSWORD is not set.");
    }

    @Test
    void aSecretCannotBeSerialized() {
        assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    }
}
