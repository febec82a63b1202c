package dev.harborha.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.PythonJudge;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * YAML and JSON, as PyYAML reads them: {@code a.b[0].c = text}. What is no text says so, because a reader may mind:
 * {@code !int 8443}, {@code !bool true}, {@code !null}, {@code !map} and {@code !list} for empty ones. A key that comes twice is
 * refused, though PyYAML would not.
 */
final class YamlStatements {

    private static final String SCRIPT = """
            import yaml

            class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                pass

            def mapping(loader, node):
                loader.flatten_mapping(node)
                tree = {}
                for key_node, value_node in node.value:
                    key = str(loader.construct_object(key_node, deep=True))
                    if key in tree:
                        raise ValueError("%s comes twice%s" % (key, key_node.start_mark))
                    tree[key] = loader.construct_object(value_node, deep=True)
                return tree

            Loader.add_constructor("tag:yaml.org,2002:map", mapping)

            def plain(value):
                if isinstance(value, dict):
                    return {key: plain(inner) for key, inner in value.items()} or "!map"
                if isinstance(value, (list, tuple, set)):
                    return [plain(inner) for inner in value] or "!list"
                if value is None:
                    return "!null"
                if isinstance(value, bool):
                    return "!bool " + str(value).lower()
                if isinstance(value, str):
                    return value
                return "!%s %s" % (type(value).__name__, value)

            def answer(request):
                return {"tree": plain(yaml.load(request, Loader))}
            """;

    private static Optional<PythonJudge> python = Optional.empty();

    private YamlStatements() {}

    /**
     * Reads a text; all texts are read by one Python, which ends with this process.
     *
     * @return a tree of maps, lists and texts
     * @throws IllegalArgumentException if PyYAML refuses it
     */
    static synchronized JsonNode read(String text) {
        if (python.isEmpty()) {
            Path program = Program.python3().orElseThrow(() -> Program.missing("There is no python3 with PyYAML."));
            python = Optional.of(PythonJudge.start(program.toString(), SCRIPT));
        }
        JsonNode answer = python.get().ask(text);
        if (!answer.has("tree")) {
            throw new IllegalArgumentException(answer.path("error").asText());
        }
        return answer.path("tree");
    }

    /** Adds all that is in a tree. */
    static void add(FileStatements statements, String name, JsonNode tree) {
        if (tree.isObject()) {
            for (Map.Entry<String, JsonNode> entry : tree.properties()) {
                add(statements, below(name, entry.getKey()), entry.getValue());
            }
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) {
                add(statements, name + "[" + i + "]", tree.get(i));
            }
        } else {
            statements.add(name, tree.asText());
        }
    }

    /** Returns the name of a key's value. */
    static String below(String name, String key) {
        String step = key.matches("[\\w-]+") ? key : "\"" + key + "\"";
        return name.isEmpty() ? step : name + "." + step;
    }

    /** Returns a value without its type. */
    static String untyped(String value) {
        return value.equals("!null") ? "" : value.replaceFirst("^!(?:int|float|bool) ", "");
    }
}
