package dev.harborha.templates.rendering;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules by which Harbor 0.5's {@code prepare} reads: Python 2's {@code RawConfigParser} and {@code string.Template}. What
 * Python itself says to the same texts is compared in {@link PrepareRulesProperties}.
 */
public final class PrepareRules {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(?:(?<escaped>\\$)|(?<named>[_a-zA-Z]\\w*)|\\{(?<braced>[_a-zA-Z]\\w*)}|)");
    private static final Pattern SECTION = Pattern.compile("\\[[^]]+].*", Pattern.DOTALL);
    private static final Pattern OPTION =
            Pattern.compile("(?<option>[^:=\\s][^:=]*)\\s*[:=]\\s*(?<value>[^\\n]*)", Pattern.DOTALL);

    private PrepareRules() {}

    /**
     * Reads a file that has a section's header put before it.
     *
     * @throws IllegalArgumentException if Python would raise an error
     */
    public static Map<String, String> config(String file) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(file)) {
            throw new IllegalArgumentException("UnicodeDecodeError");
        }
        Map<String, String> options = new LinkedHashMap<>();
        String last = "";
        for (String line : file.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT).equals("rem")
                    && "rR".indexOf(line.charAt(0)) >= 0) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
                options.merge(last, line.strip(), (before, more) -> before + "\n" + more);
                continue;
            }
            if (SECTION.matcher(line).matches()) {
                throw new IllegalArgumentException("another section: " + line);
            }
            Matcher option = OPTION.matcher(line);
            if (!option.matches()) {
                throw new IllegalArgumentException("ParsingError: " + line);
            }
            last = option.group("option").stripTrailing().toLowerCase(Locale.ROOT);
            options.put(last, value(option.group("value")));
        }
        return options;
    }

    private static String value(String text) {
        int semicolon = text.indexOf(';');
        // Python's text[-1] is the last character.
        int before = semicolon == 0 ? text.length() - 1 : semicolon - 1;
        String cut =
                semicolon >= 0 && Character.isWhitespace(text.charAt(before)) ? text.substring(0, semicolon) : text;
        String value = cut.strip();
        return value.equals("\"\"") ? "" : value;
    }

    /**
     * Substitutes as {@code string.Template(template).substitute(values)} does.
     *
     * @throws IllegalArgumentException if Python would raise an error: a lone {@code $}, or an unknown name
     */
    public static String substitute(String template, Map<String, String> values) {
        Matcher place = PLACEHOLDER.matcher(template);
        StringBuilder text = new StringBuilder();
        while (place.find()) {
            String name = place.group("named") == null ? place.group("braced") : place.group("named");
            if (place.group("escaped") != null) {
                place.appendReplacement(text, "\\$");
            } else if (name == null) {
                throw new IllegalArgumentException("ValueError: a lone $ at " + place.start());
            } else if (!values.containsKey(name)) {
                throw new IllegalArgumentException("KeyError: " + name);
            } else {
                place.appendReplacement(text, Matcher.quoteReplacement(values.get(name)));
            }
        }
        return place.appendTail(text).toString();
    }
}
