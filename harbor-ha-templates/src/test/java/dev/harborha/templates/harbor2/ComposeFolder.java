package dev.harborha.templates.harbor2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.PythonJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Docker Compose reads on the first node of a cluster, and what it has to make of it. */
final class ComposeFolder {

    private ComposeFolder() {}

    /** Lays down the compose files and the env files, and returns the folder. */
    static Path lay(Bundle bundle, Cluster cluster, Path folder) throws IOException {
        Node node = cluster.nodes().get(0);
        String install = "nodes/" + node.name() + cluster.deployment().installDir() + "/";
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(install) && file.path().matches(".*/(env|docker-compose[^/]*)")) {
                Path target = folder.resolve(file.path().substring(install.length()));
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.content());
            }
        }
        return folder;
    }

    /** Returns the environment of each service that Docker Compose has resolved. */
    static JsonNode environments(JsonNode services) {
        Map<String, Object> environments = new LinkedHashMap<>();
        services.properties()
                .forEach(service ->
                        environments.put(service.getKey(), service.getValue().withObject("/environment")));
        return PythonJudge.tree(environments);
    }

    /** Returns the environment of each service that the tables say. */
    static JsonNode expected(Cluster cluster, ClusterKeys keys) {
        Site site = new Site(new RenderContext(cluster, keys));
        Map<String, Object> environments = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            if (service.isIn(cluster)) {
                environments.put(
                        service.text(),
                        EnvTables.of(service).map(table -> table.values(site)).orElse(Map.of()));
            }
        }
        return PythonJudge.tree(environments);
    }
}
