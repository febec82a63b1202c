package dev.harborha.templates.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;

/**
 * A text with places {@code @{name}}, kept as a resource beside the class that uses it. An undefined name is an error;
 * values are not looked into again.
 */
public final class TextTemplate {

    private final String name;
    private final String text;

    private TextTemplate(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalStateException if the resource is missing
     */
    public static TextTemplate resource(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The template " + name + " is missing from the jar.");
            }
            return new TextTemplate(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the text with values in its places.
     *
     * @throws IllegalArgumentException if a place has no value; the message names template and place
     */
    public String fill(Map<String, String> values) {
        StringSubstitutor substitutor = new StringSubstitutor(values, "@{", "}", '\\')
                .setEnableUndefinedVariableException(true)
                .setValueDelimiterMatcher(null)
                .setDisableSubstitutionInValues(true);
        try {
            return substitutor.replace(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The template " + name + ": " + e.getMessage(), e);
        }
    }
}
