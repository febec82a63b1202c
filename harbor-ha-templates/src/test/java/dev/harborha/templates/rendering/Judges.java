package dev.harborha.templates.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

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

    private Judges() {}

    private static final class Python3 {
        static final PythonJudge JUDGE = PythonJudge.start(
                Program.python3()
                        .orElseThrow(() -> Program.missing("There is no python3 with PyYAML."))
                        .toString(),
                PYTHON3_SCRIPT);
    }

    private static final class Python2 {
        static final PythonJudge JUDGE = PythonJudge.start(
                Program.python2()
                        .orElseThrow(() -> Program.missing("There is no Python 2.7."))
                        .toString(),
                PYTHON2_SCRIPT);
    }

    private static final class Compose1 {
        static final PythonJudge JUDGE = PythonJudge.start(
                EnvReaders.compose1Python()
                        .orElseThrow(() -> Program.missing("There is no docker-compose 1.26 to 1.29."))
                        .toString(),
                COMPOSE1_SCRIPT);
    }

    /** Fills a template with Python 3; nothing if it refuses. */
    public static Optional<String> filledByPython3(String template, Map<String, String> values) {
        return text(Python3.JUDGE.ask(Map.of("template", template, "values", values)));
    }

    /** Reads YAML with PyYAML. */
    public static JsonNode yaml(String text) {
        JsonNode answer = Python3.JUDGE.ask(Map.of("yaml", text));
        if (!answer.has("tree")) {
            throw new AssertionError("PyYAML refuses: " + answer);
        }
        return answer.path("tree");
    }

    /** Fills a template with Python 2.7; nothing if it refuses. */
    static Optional<String> filledByPython2(String template, Map<String, String> values) {
        return text(Python2.JUDGE.ask(Map.of("template", template, "values", values)));
    }

    /** Reads a configuration with Python 2.7; {@code {"refused": true}} if it refuses. */
    static JsonNode cfg(String text) {
        return Python2.JUDGE.ask(Map.of("cfg", text));
    }

    /** Reads an env file with docker-compose. */
    public static JsonNode compose1(String text) {
        return Compose1.JUDGE.ask(Map.of("text", text));
    }

    private static Optional<String> text(JsonNode answer) {
        if (answer.has("error")) {
            throw new AssertionError(answer.toString());
        }
        return answer.has("text") ? Optional.of(answer.path("text").asText()) : Optional.empty();
    }
}
