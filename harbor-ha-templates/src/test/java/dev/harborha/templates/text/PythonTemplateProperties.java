package dev.harborha.templates.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.templates.rendering.AwkwardTexts;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.PrepareRules;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class PythonTemplateProperties {

    @Provide
    Arbitrary<String> texts() {
        return AwkwardTexts.any();
    }

    @Property(tries = 1000)
    void anEscapedTextComesOutAsItWas(@ForAll("texts") String text) {
        assertThat(PrepareRules.substitute(PythonTemplate.escape(text), Map.of()))
                .isEqualTo(text);
    }

    @AddLifecycleHook(NeedsProgram.Python3.class)
    @Property(tries = 500)
    void anEscapedTextComesOutOfPythonAsItWas(@ForAll("texts") String text) {
        assertThat(Judges.filledByPython3(PythonTemplate.escape(text), Map.of()))
                .contains(text);
    }

    @Property(tries = 500)
    void aPlaceholderTakesAnyValue(@ForAll("texts") String before, @ForAll("texts") String value) {
        String template = PythonTemplate.escape(before) + PythonTemplate.placeholder("db_password") + "\n";
        assertThat(PrepareRules.substitute(template, Map.of("db_password", value)))
                .isEqualTo(before + value + "\n");
    }

    @Property(tries = 500)
    void onlyNamesArePlaceholders(@ForAll("texts") String text) {
        if (!text.matches("[a-z_][a-z0-9_]*")) {
            assertThatThrownBy(() -> PythonTemplate.placeholder(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"" + text + "\" is no name of a value of harbor.cfg.");
        }
    }
}
