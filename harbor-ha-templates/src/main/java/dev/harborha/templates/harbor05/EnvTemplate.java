package dev.harborha.templates.harbor05;

import dev.harborha.templates.text.PythonTemplate;
import dev.harborha.validation.ValueReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An env file that {@code prepare} writes from a template and docker-compose reads: {@code NAME=value}, unquoted, in the
 * order in which the variables are added.
 */
final class EnvTemplate {

    private final Map<String, String> lines = new LinkedHashMap<>();

    /**
     * Adds a variable with a value of ours.
     *
     * @throws IllegalArgumentException if docker-compose would not read the value as it is written
     */
    EnvTemplate set(String variable, String value) {
        ValueReader.COMPOSE_ENV.losesIn(value).ifPresent(loss -> {
            throw new IllegalArgumentException("The value of " + variable + " has " + loss
                    + ", which docker-compose does not" + " carry in an env file.");
        });
        return put(variable, PythonTemplate.escape(value));
    }

    /** Adds a variable whose value {@code prepare} takes from {@code harbor.cfg}. */
    EnvTemplate fromCfg(String variable, String key) {
        return put(variable, PythonTemplate.placeholder(key));
    }

    private EnvTemplate put(String variable, String text) {
        if (lines.putIfAbsent(variable, text) != null) {
            throw new IllegalStateException("The variable " + variable + " is set twice.");
        }
        return this;
    }

    /** Returns the text of the template. */
    String text() {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + "=" + line.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
