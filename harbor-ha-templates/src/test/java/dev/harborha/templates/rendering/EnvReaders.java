package dev.harborha.templates.rendering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which docker-compose has read env files. */
public final class EnvReaders {

    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.\\[\\]-]+");
    private static final Pattern DOLLAR = Pattern.compile(
            "\\$(?:(?<escaped>\\$)|(?<named>[_a-zA-Z]\\w*)|\\{(?<braced>[_a-zA-Z]\\w*)}|(?<invalid>\\{))");

    private EnvReaders() {}

    /** Compose before 1.26: each line as it is, but for blanks around it. */
    public static Map<String, String> raw(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                String[] pair = stripped.split("=", 2);
                put(variables, pair[0], pair[1]);
            }
        }
        return variables;
    }

    /**
     * Compose 2: a value that begins with a quote ends with it, others at {@code " #"} or the line's end, without the blanks
     * around; then {@code $} is a variable.
     *
     * @throws IllegalArgumentException if compose would refuse the file, or a value is quoted, which ours never are
     */
    public static Map<String, String> compose2(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Matcher separator = Pattern.compile("[=:]").matcher(line);
            if (!separator.find()) {
                throw new IllegalArgumentException("no separator: " + line);
            }
            String key = line.substring(0, separator.start()).strip();
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("unexpected character in variable name: " + key);
            }
            String value = line.substring(separator.end()).stripLeading();
            if (value.startsWith("'") || value.startsWith("\"")) {
                throw new IllegalArgumentException("a quoted value: " + line);
            }
            int comment = value.indexOf(" #");
            put(variables, key, expand((comment < 0 ? value : value.substring(0, comment)).stripTrailing(), variables));
        }
        return variables;
    }

    private static String expand(String value, Map<String, String> variables) {
        Matcher dollar = DOLLAR.matcher(value);
        StringBuilder expanded = new StringBuilder();
        while (dollar.find()) {
            if (dollar.group("invalid") != null) {
                throw new IllegalArgumentException("Invalid template: " + value);
            }
            String name = dollar.group("named") == null ? dollar.group("braced") : dollar.group("named");
            String found = name == null ? "$" : variables.getOrDefault(name, "");
            dollar.appendReplacement(expanded, Matcher.quoteReplacement(found));
        }
        return dollar.appendTail(expanded).toString();
    }

    private static void put(Map<String, String> variables, String name, String value) {
        if (variables.put(name, value) != null) {
            throw new IllegalArgumentException("twice: " + name);
        }
    }

    /** Finds the Python that runs a docker-compose of the 1 line from 1.26 on. */
    static Optional<Path> compose1Python() {
        return Program.find("docker-compose")
                .flatMap(EnvReaders::interpreter)
                .filter(python -> Program.run(
                                        Path.of(""),
                                        Map.of(),
                                        List.of(
                                                python.toString(),
                                                "-c",
                                                "import compose, dotenv; assert compose.__version__ >= '1.26', compose.__version__"))
                                .exitCode()
                        == 0);
    }

    private static Optional<Path> interpreter(Path script) {
        try {
            byte[] start = Files.newInputStream(script).readNBytes(200);
            Matcher shebang = Pattern.compile("\\A#!\\s*(/\\S*python\\S*)\\s*$", Pattern.MULTILINE)
                    .matcher(new String(start, StandardCharsets.ISO_8859_1));
            return shebang.find() ? Optional.of(Path.of(shebang.group(1))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
