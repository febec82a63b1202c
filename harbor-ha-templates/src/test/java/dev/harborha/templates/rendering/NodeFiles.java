package dev.harborha.templates.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of one node, as those read them who come after {@code prepare}. */
final class NodeFiles {

    private static final String TEMPLATES = "make/common/templates/";

    private final SortedMap<String, String> texts = new TreeMap<>();

    private NodeFiles() {}

    static NodeFiles of(Bundle bundle, String node) {
        NodeFiles files = new NodeFiles();
        String prefix = "nodes/" + node + "/";
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(prefix)) {
                files.texts.put(file.path().substring(prefix.length()), file.content());
            }
        }
        return files;
    }

    Set<String> paths() {
        return new TreeSet<>(texts.keySet());
    }

    String text(String path) {
        String text = texts.get(path);
        if (text == null) {
            throw new AssertionError("The node has no " + path);
        }
        return text;
    }

    Map<String, String> cfg() {
        return PrepareRules.config(text("make/harbor.cfg"));
    }

    /** Returns the values that prepare has for templates. */
    Map<String, String> values() {
        Map<String, String> values = new HashMap<>(cfg());
        for (String optional : new String[] {"ldap_searchdn", "ldap_search_pwd", "ldap_filter"}) {
            values.putIfAbsent(optional, "");
        }
        return values;
    }

    /** Returns what prepare makes of a template. */
    String prepared(String template) {
        return PrepareRules.substitute(text(TEMPLATES + template), values());
    }

    Map<String, String> uiEnv() {
        return EnvReaders.raw(prepared("ui/env"));
    }

    Map<String, String> jobserviceEnv() {
        return EnvReaders.raw(prepared("jobservice/env"));
    }

    JsonNode registryConfig() {
        return PythonJudge.tree(yaml(prepared("registry/config.yml")));
    }

    static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
