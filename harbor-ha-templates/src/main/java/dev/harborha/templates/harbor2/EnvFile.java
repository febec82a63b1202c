package dev.harborha.templates.harbor2;

import dev.harborha.validation.ValueReader;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An env file as Docker Compose reads it: {@code NAME=value}, quoted where a plain value would be read as another one.
 */
final class EnvFile {

    /** What no reader takes for anything else; the values that Harbor's own files hold are all like this. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%?&=,+~-]*");

    private EnvFile() {}

    /**
     * Returns the text of a file, with the variables in the order of the map.
     *
     * @throws IllegalArgumentException if no spelling of a value is read the same by every Docker Compose
     */
    static String text(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(line -> line.getKey() + "=" + spell(line.getKey(), line.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String spell(String variable, String value) {
        ValueReader.COMPOSE_QUOTED_ENV.losesIn(value).ifPresent(loss -> {
            throw new IllegalArgumentException("The value of " + variable + " has " + loss
                    + ", which Docker Compose does not carry in an env file.");
        });
        // A backslash before the closing quote would be taken for an escape of it.
        if (PLAIN.matcher(value).matches() || value.endsWith("\\")) {
            return value;
        }
        if (value.indexOf('$') >= 0) {
            return "'" + value + "'";
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "\"";
    }
}
