package dev.harborha.templates.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.Node;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of one node of Harbor 2.x, as the components get to read them, delivered in either way. */
final class Node2x {

    private static final String FILES = "common/config/";
    private static final String OVERRIDING = "harbor-ha/";

    private final NodeFiles files;
    private final boolean complete;
    private final String install;
    private final String data;

    private Node2x(NodeFiles files, Cluster cluster) {
        this.files = files;
        this.complete = cluster.deployment().delivery() == Delivery.COMPLETE;
        this.install = cluster.deployment().installDir().text().substring(1) + "/";
        this.data = cluster.deployment().dataVolume().text().substring(1) + "/";
    }

    static Node2x of(Bundle bundle, Cluster cluster, Node node) {
        return new Node2x(NodeFiles.of(bundle, node.name()), cluster);
    }

    Set<String> paths() {
        return files.paths();
    }

    String text(String path) {
        return files.text(path);
    }

    String installed(String path) {
        return files.text(install + path);
    }

    /** Returns a file that prepare would write, which in the installer way is laid over prepare's. */
    String config(String path) {
        return installed((complete ? FILES : OVERRIDING) + path);
    }

    String secret(String path) {
        return files.text(data + "secret/" + path);
    }

    JsonNode yaml(String path) {
        return PythonJudge.tree(NodeFiles.yaml(config(path)));
    }

    /** Returns the environment of a component: from its env file, or from the override, which wins over it. */
    Map<String, String> env(String service) {
        if (complete) {
            return EnvReader.COMPOSE.read(config(service + "/env"));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        PythonJudge.tree(NodeFiles.yaml(installed("docker-compose.override.yml")))
                .path("services")
                .path(service)
                .path("environment")
                .properties()
                .forEach(variable -> variables.put(
                        variable.getKey(), variable.getValue().asText().replace("$$", "$")));
        return variables;
    }

    /** Returns what all nodes must have in common and keep for ever, by its place. */
    SortedMap<String, String> keys() {
        SortedMap<String, String> keys = new TreeMap<>();
        for (String service : new String[] {"core", "jobservice", "registryctl"}) {
            env(service).forEach((name, value) -> {
                if (name.endsWith("_SECRET")
                        || name.equals("CSRF_KEY")
                        || name.equals("ROBOT_SCANNER_NAME_PREFIX")
                        || name.startsWith("REGISTRY_CREDENTIAL_")
                        || name.equals("HARBOR_ADMIN_PASSWORD")) {
                    keys.put(service + " " + name, value);
                }
            });
        }
        keys.put(
                "registry http.secret",
                yaml("registry/config.yml").at("/http/secret").asText());
        keys.put("registry passwd", config("registry/passwd"));
        for (String file : new String[] {"keys/secretkey", "core/private_key.pem", "registry/root.crt"}) {
            keys.put(file, secret(file));
        }
        for (String path : paths()) {
            if (path.matches(".*/(secret/tls|internal_tls)/[^/]+")) {
                keys.put("internal TLS " + path.replaceFirst(".*/", ""), text(path));
            }
        }
        return keys;
    }
}
