package dev.harborha.templates.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {

    private static final TextTemplate TEMPLATE = TextTemplate.resource(TextTemplateTest.class, "template.txt");

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "", "@{second}", "@{first}", "@{", "}", "$", "${x}", "\\", "\\@{second}", "two\nlines", "é"
            })
    void putsTextsInTheirPlaces(String text) {
        assertThat(TEMPLATE.fill(Map.of("first", text, "second", "2")))
                .isEqualTo("a " + text + "\n${first} $first @first {first} @{first}\n2" + text + "\n");
    }

    @Test
    void refusesAPlaceWithoutAValue() {
        assertThatThrownBy(() -> TEMPLATE.fill(Map.of("first", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The template template.txt: ")
                .hasMessageContaining("'second'");
    }

    /** Neither a default nor a lookup of the substitutor's own is open to a template. */
    @Test
    void knowsNamesAlone() {
        TextTemplate template = TextTemplate.resource(TextTemplateTest.class, "default.txt");
        assertThatThrownBy(() -> template.fill(Map.of("first", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("second:-default");
    }

    @Test
    void namesAMissingResource() {
        assertThatThrownBy(() -> TextTemplate.resource(TextTemplateTest.class, "nowhere.txt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The template nowhere.txt is missing from the jar.");
    }
}
