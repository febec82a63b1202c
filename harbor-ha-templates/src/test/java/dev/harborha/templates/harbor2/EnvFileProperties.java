package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.prepare.EnvReader;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.PythonJudge;
import dev.harborha.testing.Texts;
import dev.harborha.validation.ValueReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Every value that passes the check arrives as it is, whichever Docker Compose reads the env file. */
class EnvFileProperties {

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> signs = Arbitraries.strings()
                .withChars(" \t\r\n#\"'\\$${}=:abnrtv0é`!*".toCharArray())
                .ofMaxLength(8);
        return Arbitraries.frequencyOf(Tuple.of(1, Texts.any()), Tuple.of(1, Texts.line()), Tuple.of(2, signs));
    }

    @Provide
    Arbitrary<List<String>> carried() {
        return texts().filter(EnvFileProperties::isCarried).list().ofSize(100);
    }

    private static boolean isCarried(String text) {
        return ValueReader.COMPOSE_QUOTED_ENV.losesIn(text).isEmpty();
    }

    /** Many values in one file, which also have to leave each other alone. */
    private static Map<String, String> variables(List<String> values) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String value : values) {
            variables.put("V" + variables.size(), value);
        }
        return variables;
    }

    @AddLifecycleHook(NeedsProgram.Compose1.class)
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void dockerComposeReadsWhatWasGiven(@ForAll("carried") List<String> values) {
        Map<String, String> variables = variables(values);
        assertThat(Judges.compose1(EnvFile.text(variables))).isEqualTo(PythonJudge.tree(variables));
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void version2ReadsWhatWasGiven(@ForAll("carried") List<String> values) {
        Map<String, String> variables = variables(values);
        assertThat(EnvReader.COMPOSE.read(EnvFile.text(variables))).isEqualTo(variables);
    }

    /** Before the closing quote, docker-compose takes the second of two backslashes for an escape. */
    @Example
    void aBackslashAtTheEndStandsWithoutQuotes() {
        assertThat(EnvFile.text(variables(List.of("a b\\", "\\", "a \\\""))))
                .isEqualTo("V0=a b\\\nV1=\\\nV2=\"a \\\\\\\"\"\n");
    }

    @Property
    void whatIsNotCarriedIsRefused(@ForAll("texts") String value) {
        if (!isCarried(value)) {
            assertThatThrownBy(() -> EnvFile.text(Map.of("PASSWORD", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The value of PASSWORD has ")
                    .hasMessageEndingWith(", which Docker Compose does not carry in an env file.");
        }
    }
}
