package dev.harborha.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.harborha.model.AwkwardText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class SecretProperties {

    private static final String MARKER = "TOP7SECRET";

    @Provide
    Arbitrary<String> awkwardTexts() {
        return AwkwardText.any();
    }

    @Property
    void anyTextIsCarriedOrRefused(@ForAll("awkwardTexts") String text) {
        Throwable refusal = catchThrowable(() -> Secret.of(text));
        boolean carriable =
                !text.isEmpty() && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        if (carriable) {
            assertThat(refusal).isNull();
            assertThat(Secret.of(text).reveal()).isEqualTo(text);
        } else {
            assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void noTextOfASecretTellsItsValue(@ForAll("awkwardTexts") String around) {
        String value = around + MARKER + around;
        Throwable refusal = catchThrowable(() -> Secret.of(value));
        if (refusal == null) {
            assertThat(Secret.of(value).toString()).doesNotContain(MARKER);
        } else {
            assertThat(refusal.toString()).doesNotContain(MARKER);
        }
        Secret variable = Secret.fromEnv("V", Map.of("V", value));
        assertThat(variable + variable.problem().orElse("")).doesNotContain(MARKER);
    }

    @Property(tries = 100)
    void aFileGivesBackWhatWasWritten(@ForAll("awkwardTexts") String text) throws IOException {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text));
        Path file = Files.createTempFile("secret", ".txt");
        try {
            Files.writeString(file, text + "\n");
            String expected = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            Secret secret = Secret.fromFile(file);
            assertThat(secret.isResolved()).isEqualTo(!expected.isEmpty());
            if (secret.isResolved()) {
                assertThat(secret.reveal()).isEqualTo(expected);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property
    void equalityFollowsTheValue(
            @ForAll @StringLength(min = 1, max = 2) @Chars({'a', 'b'}) String one,
            @ForAll @StringLength(min = 1, max = 2) @Chars({'a', 'b'}) String two) {
        assertThat(Secret.of(one).equals(Secret.of(two))).isEqualTo(one.equals(two));
    }
}
