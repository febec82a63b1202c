package dev.harborha.templates.harbor05;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.prepare.EnvReader;
import dev.harborha.templates.rendering.AwkwardTexts;
import dev.harborha.templates.rendering.EnvReaders;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.PrepareRules;
import dev.harborha.templates.rendering.PythonJudge;
import dev.harborha.testing.Texts;
import dev.harborha.validation.ValueReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class EnvTemplateProperties {

    @Provide
    Arbitrary<String> texts() {
        return AwkwardTexts.any();
    }

    @Provide
    Arbitrary<String> carried() {
        return Texts.carriedBy(ValueReader.COMPOSE_ENV);
    }

    /** A file in which a value stands between two others, which have to stay what they are. */
    private static Optional<String> file(String value) {
        try {
            EnvTemplate template =
                    new EnvTemplate().set("BEFORE", "1").set("VALUE", value).fromCfg("AFTER", "hostname");
            return Optional.of(PrepareRules.substitute(template.text(), Map.of("hostname", "2")));
        } catch (IllegalArgumentException e) {
            assertThat(e)
                    .hasMessageStartingWith("The value of VALUE has ")
                    .hasMessageEndingWith(", which docker-compose does not carry in an env file.");
            return Optional.empty();
        }
    }

    private static Map<String, String> variables(String value) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("BEFORE", "1");
        variables.put("VALUE", value);
        variables.put("AFTER", "2");
        return variables;
    }

    @Property(tries = 2000)
    void aValueIsReadAsItIsOrRefused(@ForAll("texts") String value) {
        file(value).ifPresent(text -> {
            assertThat(EnvReaders.raw(text)).isEqualTo(variables(value));
            assertThat(EnvReader.COMPOSE.read(text)).isEqualTo(variables(value));
        });
    }

    @AddLifecycleHook(NeedsProgram.Compose1.class)
    @Property(tries = 500)
    void aValueIsReadAsItIsByDockerCompose(@ForAll("carried") String value) {
        assertThat(Judges.compose1(file(value).orElseThrow())).isEqualTo(PythonJudge.tree(variables(value)));
    }

    @Example
    void anEmptyValueIsCarried() {
        assertThat(file("")).hasValue("BEFORE=1\nVALUE=\nAFTER=2\n");
        assertThat(EnvReader.COMPOSE.read("BEFORE=1\nVALUE=\nAFTER=2\n")).isEqualTo(variables(""));
    }

    @Example
    void aVariableIsSetOnce() {
        assertThatThrownBy(() -> new EnvTemplate().set("A", "1").fromCfg("A", "hostname"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The variable A is set twice.");
    }
}
