package dev.harborha.templates.rendering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.model.Cluster;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.nginx.NginxReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bundle taken apart by its readers into single values, each under the name by which its reader knows it. A text that became
 * a part of the file around it shows as another name, or as another value elsewhere.
 */
final class Leaves {

    private static final Pattern DSN = Pattern.compile("([^:]*):(.*)@tcp\\((.*)\\)/([^/]*)", Pattern.DOTALL);

    /** An address with a user or a password in it. */
    private static final Pattern URL =
            Pattern.compile("(?<scheme>[a-z+]+)://(?<user>[^:@/]*)(?::(?<password>[^:@/]*))?@(?<rest>[^@]*)");

    private static final Pattern VOLUME = Pattern.compile(".*#\\.services\\.[^.]+\\.volumes\\[\\d+]");

    private final SortedMap<String, String> leaves = new TreeMap<>();

    private Leaves() {}

    static SortedMap<String, String> of(Cluster cluster, Bundle bundle) {
        boolean oldest = cluster.harbor().major() < 2;
        Leaves leaves = new Leaves();
        Set<String> nodes = new HashSet<>();
        for (RenderedFile file : bundle.files()) {
            String[] parts = file.path().split("/", -1);
            if (parts[0].equals("nodes") && oldest) {
                if (nodes.add(parts[1])) {
                    leaves.node(file.path().substring(0, 7 + parts[1].length()), NodeFiles.of(bundle, parts[1]));
                }
            } else if (file.path().endsWith("nginx.conf")) {
                leaves.nginx(file.path(), NginxReader.read(file.content()));
            } else if (file.path().equals("INSTALL.md")) {
                leaves.guide(file.content());
            } else if (file.path().endsWith("/env")) {
                EnvReader.COMPOSE
                        .read(file.content())
                        .forEach((name, value) -> leaves.value(file.path() + "#" + name, value));
            } else if (file.path().endsWith(".yml")) {
                leaves.yaml(file.path() + "#", PythonJudge.tree(NodeFiles.yaml(file.content())));
            } else {
                leaves.put(file.path(), file.content());
            }
        }
        return leaves.leaves;
    }

    /** A value of Harbor 2.x: addresses are taken apart as their readers do it. */
    private void value(String place, String written) {
        String value = place.contains(".environment.") ? written.replace("$$", "$") : written;
        Matcher url = URL.matcher(value);
        if (url.matches()) {
            put(place + "[scheme]", url.group("scheme"));
            put(place + "[user]", decoded(url.group("user")));
            put(place + "[password]", decoded(url.group("password")));
            put(place + "[rest]", url.group("rest"));
        } else if (place.matches(".*[#.]_REDIS_URL")) {
            split(place, value, ",");
        } else if (place.endsWith("TRACE_ATTRIBUTES")) {
            try {
                yaml(place, new ObjectMapper().readTree(value));
            } catch (JsonProcessingException e) {
                throw new AssertionError("The attributes are no JSON.", e);
            }
        } else if (VOLUME.matcher(place).matches()) {
            split(place, value, ":");
        } else {
            put(place, value);
        }
    }

    private void split(String place, String value, String separator) {
        String[] parts = value.split(separator, -1);
        for (int i = 0; i < parts.length; i++) {
            put(place + "[" + i + "]", parts[i]);
        }
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void put(String name, String value) {
        if (leaves.put(name, value) != null) {
            throw new AssertionError("twice: " + name);
        }
    }

    private void node(String prefix, NodeFiles node) {
        for (String path : node.paths()) {
            String place = prefix + path;
            if (path.endsWith("harbor.cfg")) {
                node.cfg().forEach((key, value) -> put(place + "#" + key, value));
                mail(place, node.cfg());
            } else if (path.endsWith("/env")) {
                variables(place, node.prepared(path.replaceFirst(".*/(\\w+/env)", "$1")));
            } else if (path.endsWith(".yml")) {
                yaml(place + "#", node.registryConfig());
            } else if (path.endsWith("nginx.http.conf")) {
                nginx(place, NginxReader.read(node.prepared("nginx/nginx.http.conf")));
            } else {
                put(place, node.text(path));
            }
        }
    }

    /** Harbor's {@code app.conf} as beego reads it: a value that begins with a quote loses the quotes around it. */
    private void mail(String place, Map<String, String> cfg) {
        cfg.forEach((key, value) -> {
            if (key.startsWith("email_")) {
                String trimmed = value.strip();
                put(
                        place + "#app.conf#" + key,
                        trimmed.startsWith("\"") ? trimmed.replaceAll("^\"+|\"+$", "") : trimmed);
            }
        });
    }

    private void variables(String place, String text) {
        Map<String, String> variables = EnvReaders.raw(text);
        if (!variables.equals(EnvReader.COMPOSE.read(text))) {
            throw new AssertionError(
                    "compose 2 reads another environment: " + EnvReader.COMPOSE.read(text) + " not " + variables);
        }
        variables.forEach((name, value) -> {
            if (name.equals("_REDIS_URL")) {
                split(place + "#" + name, value, ",");
            } else {
                put(place + "#" + name, value);
            }
        });
        // The data source that Harbor makes of them, as Go's driver takes it apart again.
        Matcher dsn = DSN.matcher(
                variables.get("MYSQL_USR") + ":" + variables.get("MYSQL_PWD") + "@tcp(" + variables.get("MYSQL_HOST")
                        + ":" + variables.get("MYSQL_PORT") + ")/" + variables.get("MYSQL_DATABASE"));
        if (!dsn.matches()) {
            throw new AssertionError("The data source is malformed.");
        }
        for (int i = 1; i <= dsn.groupCount(); i++) {
            put(place + "#dsn[" + i + "]", dsn.group(i));
        }
    }

    private void yaml(String place, JsonNode tree) {
        if (tree.isValueNode()) {
            value(place, tree.isTextual() ? tree.asText() : tree.getNodeType() + " " + tree.asText());
        }
        tree.properties().forEach(field -> yaml(place + "." + field.getKey(), field.getValue()));
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            yaml(place + "[" + i + "]", tree.get(i));
        }
    }

    private void nginx(String place, NginxReader.Directive directive) {
        for (int i = 1; i < directive.words().size(); i++) {
            put(place + "[" + i + "]", directive.words().get(i));
        }
        for (int i = 0; i < directive.block().size(); i++) {
            NginxReader.Directive child = directive.block().get(i);
            nginx(place + "/" + i + ":" + child.words().get(0), child);
        }
    }

    private void guide(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            List<String> words = lines[i].contains("mysql -h") ? shellWords(lines[i]) : List.of(lines[i]);
            for (int j = 0; j < words.size(); j++) {
                put(String.format("INSTALL.md#%03d[%d]", i, j), words.get(j));
            }
        }
    }

    /** Splits a line as a shell does: single quotes keep everything, a backslash the next character. */
    private static List<String> shellWords(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("(?:'[^']*'|\\\\.|[^\\s'\\\\])+").matcher(line);
        while (word.find()) {
            Matcher piece = Pattern.compile("'([^']*)'|\\\\(.)|([^'\\\\]+)").matcher(word.group());
            StringBuilder plain = new StringBuilder();
            while (piece.find()) {
                for (int group = 1; group <= 3; group++) {
                    plain.append(piece.group(group) == null ? "" : piece.group(group));
                }
            }
            words.add(plain.toString());
        }
        return words;
    }
}
