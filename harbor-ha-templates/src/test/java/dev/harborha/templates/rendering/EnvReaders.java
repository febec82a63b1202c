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

/** The ways in which docker-compose 1 has read env files; that of version 2 is {@link dev.harborha.prepare.EnvReader}'s. */
public final class EnvReaders {

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
