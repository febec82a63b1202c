package dev.harborha.templates.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The real readers of a node's files, each started when it is first asked; they end with this process. */
public final class Judges {

    /** Fills templates as {@code prepare} does, and reads YAML. */
    private static final String PYTHON3_SCRIPT = """
            import yaml
            from string import Template
            def answer(request):
                if "yaml" in request:
                    return {"tree": yaml.safe_load(request["yaml"])}
                try:
                    return {"text": Template(request["template"]).substitute(request["values"])}
                except (KeyError, ValueError):
                    return {"refused": True}
            """;

    /** Reads configurations and fills templates with what {@code prepare} uses. */
    private static final String PYTHON2_SCRIPT = """
            from __future__ import unicode_literals
            import ConfigParser, StringIO
            from string import Template
            def answer(request):
                try:
                    if "cfg" in request:
                        parser = ConfigParser.RawConfigParser()
                        parser.readfp(StringIO.StringIO("[configuration]\\n" + request["cfg"]))
                        if parser.sections() != ["configuration"]:
                            return {"refused": True}
                        return dict(parser.items("configuration"))
                    return {"text": Template(request["template"]).substitute(request["values"])}
                except (ConfigParser.Error, KeyError, ValueError):
                    return {"refused": True}
            """;

    /** Asks docker-compose's own function for the variables of a file that holds a text. */
    private static final String COMPOSE1_SCRIPT = """
            import io, os, tempfile
            from compose.config.environment import env_vars_from_file
            def answer(request):
                handle, path = tempfile.mkstemp()
                os.close(handle)
                try:
                    with io.open(path, "w", encoding="utf-8", newline="") as f:
                        f.write(request["text"])
                    return env_vars_from_file(path)
                finally:
                    os.remove(path)
            """;

    private static final Map<String, PythonJudge> STARTED = new ConcurrentHashMap<>();

    private Judges() {}

    private static PythonJudge judge(String name, String script, Supplier<Optional<Path>> program) {
        return STARTED.computeIfAbsent(
                name,
                key -> PythonJudge.start(
                        program.get()
                                .orElseThrow(() -> Program.missing("There is no " + name + "."))
                                .toString(),
                        script));
    }

    private static JsonNode python3(Object question) {
        return judge("python3 with PyYAML", PYTHON3_SCRIPT, Program::python3).ask(question);
    }

    private static JsonNode python2(Object question) {
        return judge("Python 2.7", PYTHON2_SCRIPT, Program::python2).ask(question);
    }

    /** Fills a template with Python 3; nothing if it refuses. */
    public static Optional<String> filledByPython3(String template, Map<String, String> values) {
        return text(python3(Map.of("template", template, "values", values)));
    }

    /** Reads YAML with PyYAML. */
    public static JsonNode yaml(String text) {
        JsonNode answer = python3(Map.of("yaml", text));
        if (!answer.has("tree")) {
            throw new AssertionError("PyYAML refuses: " + answer);
        }
        return answer.path("tree");
    }

    /** Fills a template with Python 2.7; nothing if it refuses. */
    static Optional<String> filledByPython2(String template, Map<String, String> values) {
        return text(python2(Map.of("template", template, "values", values)));
    }

    /** Reads a configuration with Python 2.7; {@code {"refused": true}} if it refuses. */
    static JsonNode cfg(String text) {
        return python2(Map.of("cfg", text));
    }

    /** Reads an env file with docker-compose. */
    public static JsonNode compose1(String text) {
        return judge("docker-compose 1.26 to 1.29", COMPOSE1_SCRIPT, EnvReaders::compose1Python)
                .ask(Map.of("text", text));
    }

    private static Optional<String> text(JsonNode answer) {
        if (answer.has("error")) {
            throw new AssertionError(answer.toString());
        }
        return answer.has("text") ? Optional.of(answer.path("text").asText()) : Optional.empty();
    }
}
