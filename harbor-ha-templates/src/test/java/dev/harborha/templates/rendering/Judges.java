package dev.harborha.templates.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Runs {@code docker-compose config} in a folder, or asks docker-compose's own function for the variables of a file that
     * holds a text. The environments are taken from what it is about to print: printed, rare characters become blanks.
     */
    private static final String COMPOSE1_SCRIPT = """
            import contextlib, io, logging, os, sys, tempfile, yaml
            from compose.cli import main as command
            from compose.config.environment import env_vars_from_file
            resolved = []
            serialize = command.serialize_config
            def remember(config, *rest):
                resolved.append(config)
                return serialize(config, *rest)
            command.serialize_config = remember
            def config(folder):
                said, printed = io.StringIO(), io.StringIO()
                sys.argv = ["docker-compose", "--project-name", "harbor", "config"]
                logging.getLogger().handlers.clear()
                resolved.clear()
                os.chdir(folder)
                try:
                    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
                        command.main()
                except SystemExit:
                    return {"said": said.getvalue()}
                tree = yaml.load(printed.getvalue(), yaml.CSafeLoader)
                for service in resolved[0].services:
                    if "environment" in service:
                        tree["services"][service["name"]]["environment"] = dict(service["environment"])
                return {"said": said.getvalue(), "config": tree}
            def answer(request):
                if "folder" in request:
                    return config(request["folder"])
                handle, path = tempfile.mkstemp()
                os.close(handle)
                try:
                    with io.open(path, "w", encoding="utf-8", newline="") as f:
                        f.write(request["text"])
                    return env_vars_from_file(path)
                finally:
                    os.remove(path)
            """;

    /** Holds compose files against a schema of the compose specification: the one of docker-compose, or that of a file. */
    private static final String SCHEMA_SCRIPT = """
            import json
            from compose.config.validation import load_jsonschema
            from compose.const import COMPOSE_SPEC
            from jsonschema import Draft7Validator
            from jsonschema.validators import validator_for
            validators = {}
            def validator(path):
                if path not in validators:
                    if path:
                        with open(path, encoding="utf-8") as f:
                            schema = json.load(f)
                    else:
                        schema = load_jsonschema(COMPOSE_SPEC)
                    kind = validator_for(schema, default=Draft7Validator)
                    kind.check_schema(schema)
                    validators[path] = kind(schema)
                return validators[path]
            def answer(request):
                errors = validator(request["schema"]).iter_errors(request["file"])
                return {"errors": [error.json_path + ": " + error.message for error in errors]}
            """;

    private static final Map<String, PythonJudge> STARTED = new ConcurrentHashMap<>();

    private Judges() {}

    private static PythonJudge judge(String name, String script, Supplier<Optional<Path>> program) {
        return STARTED.computeIfAbsent(
                script,
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
        return compose1(Map.of("text", text));
    }

    /** Returns what {@code docker-compose config} says to the compose files of a folder: everything resolved. */
    public static JsonNode composeConfig(Path folder) {
        JsonNode answer = compose1(Map.of("folder", folder.toAbsolutePath().toString()));
        if (!answer.path("said").asText("no answer").isEmpty()) {
            throw new AssertionError(
                    "docker-compose says: " + answer.path("said").asText() + answer.path("error"));
        }
        return answer.path("config");
    }

    /**
     * Returns what is wrong with a compose file by the schema of the compose specification.
     *
     * @param schema the file with the schema; without one it is that of docker-compose 1.29
     * @param file the compose file
     */
    public static List<String> composeErrors(Optional<Path> schema, JsonNode file) {
        String path = schema.map(given -> given.toAbsolutePath().toString()).orElse("");
        JsonNode answer = judge("docker-compose 1.26 to 1.29", SCHEMA_SCRIPT, EnvReaders::compose1Python)
                .ask(Map.of("schema", path, "file", file));
        if (!answer.path("errors").isArray()) {
            throw new AssertionError("The schema cannot be used: " + answer);
        }
        List<String> errors = new ArrayList<>();
        answer.path("errors").forEach(error -> errors.add(error.asText()));
        return errors;
    }

    private static JsonNode compose1(Map<String, String> question) {
        return judge("docker-compose 1.26 to 1.29", COMPOSE1_SCRIPT, EnvReaders::compose1Python)
                .ask(question);
    }

    private static Optional<String> text(JsonNode answer) {
        if (answer.has("error")) {
            throw new AssertionError(answer.toString());
        }
        return answer.has("text") ? Optional.of(answer.path("text").asText()) : Optional.empty();
    }
}
