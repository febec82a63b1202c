package dev.harborha.templates.text;

import java.util.regex.Pattern;

/**
 * The escaping of Python's {@code string.Template}, which Harbor 0.5's {@code prepare} reads its templates with (<a
 * href="https://docs.python.org/2.7/library/string.html#template-strings">Template strings</a>).
 */
public final class PythonTemplate {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private PythonTemplate() {}

    /** Returns the text that a template must hold for {@code prepare} to write {@code text}: each {@code $} twice. */
    public static String escape(String text) {
        return text.replace("$", "$$");
    }

    /**
     * Returns the placeholder for which {@code prepare} puts a value of {@code harbor.cfg}.
     *
     * @throws IllegalArgumentException if {@code name} is no name of a value
     */
    public static String placeholder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a value of harbor.cfg.");
        }
        return "$" + name;
    }
}
