package dev.harborha.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A compose file. What compose takes in several forms has one form here, and what it takes as a set has no order: volumes by
 * their target ({@code services.core.volumes[/data] = /data -> /data}), ports by the container's port, the rest by its members
 * ({@code services.core.cap_add[SETUID] = present}).
 */
final class ComposeStatements {

    private static final Set<String> SETS =
            Set.of("cap_add", "cap_drop", "dns", "dns_search", "env_file", "expose", "security_opt", "tmpfs");
    private static final Set<String> MAPS_OR_SETS = Set.of("networks", "depends_on");
    private static final Set<String> VARIABLES = Set.of("environment", "labels");

    private ComposeStatements() {}

    /** Adds all that a compose file says. */
    static void add(FileStatements statements, JsonNode file) {
        for (Map.Entry<String, JsonNode> part : file.properties()) {
            if (part.getKey().equals("services")) {
                for (Map.Entry<String, JsonNode> service : part.getValue().properties()) {
                    addService(statements, YamlStatements.below("services", service.getKey()), service.getValue());
                }
            } else {
                YamlStatements.add(statements, YamlStatements.below("", part.getKey()), part.getValue());
            }
        }
    }

    private static void addService(FileStatements statements, String name, JsonNode service) {
        for (Map.Entry<String, JsonNode> entry : service.properties()) {
            String key = entry.getKey();
            String path = YamlStatements.below(name, key);
            JsonNode value = entry.getValue();
            if (key.equals("volumes") && value.isArray()) {
                addEntries(statements, path, value, ComposeEntry::volume);
            } else if (key.equals("ports") && value.isArray()) {
                addEntries(statements, path, value, ComposeEntry::port);
            } else if (MAPS_OR_SETS.contains(key)) {
                addMembers(statements, path, value);
            } else if (SETS.contains(key) && !value.isObject()) {
                statements.addSet(path, texts(value));
            } else if (VARIABLES.contains(key) && value.isArray()) {
                for (String text : texts(value)) {
                    String[] pair = text.split("=", 2);
                    statements.add(YamlStatements.below(path, pair[0]), pair.length < 2 ? "!null" : pair[1]);
                }
            } else {
                YamlStatements.add(statements, path, value);
            }
        }
    }

    private static void addEntries(
            FileStatements statements, String path, JsonNode list, Function<JsonNode, ComposeEntry> reader) {
        list.valueStream().map(reader).sorted().forEach(entry -> {
            String name = path + "[" + entry.key() + "]";
            statements.add(name, entry.value());
            entry.more().forEach((key, value) -> statements.add(name + "." + key, value));
        });
    }

    /** Adds a list of names, or a map from names to settings; a condition that is the default one is left out. */
    private static void addMembers(FileStatements statements, String path, JsonNode value) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String name = path + "[" + member.getKey() + "]";
                statements.add(name, FileStatements.PRESENT);
                for (Map.Entry<String, JsonNode> setting : member.getValue().properties()) {
                    boolean isDefault = setting.getKey().equals("condition")
                            && setting.getValue().asText().equals("service_started");
                    if (setting.getKey().equals("aliases")) {
                        statements.addSet(name + ".aliases", texts(setting.getValue()));
                    } else if (!isDefault) {
                        YamlStatements.add(
                                statements, YamlStatements.below(name, setting.getKey()), setting.getValue());
                    }
                }
            }
        } else {
            statements.addSet(path, texts(value));
        }
    }

    /** Returns the texts of a list, or of a text that stands for a list of one; of a map its path, as env files have. */
    private static List<String> texts(JsonNode value) {
        Stream<JsonNode> items = value.isArray() ? value.valueStream() : Stream.of(value);
        return items.map(item -> item.isObject() ? item.path("path").asText() : YamlStatements.untyped(item.asText()))
                .toList();
    }
}
