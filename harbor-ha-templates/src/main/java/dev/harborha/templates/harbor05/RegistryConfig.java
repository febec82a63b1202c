package dev.harborha.templates.harbor05;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.templates.registry.StorageOptions;
import dev.harborha.templates.text.PythonTemplate;
import dev.harborha.templates.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The registry's {@code config.yml}, as a template of {@code prepare} in which nothing is left to fill in. It differs from
 * the one that Harbor 0.5.0 ships in the storage, the realm and the upload secret (<a
 * href="https://github.com/distribution/distribution/blob/v2.5.0/docs/configuration.md">the registry's reference</a>).
 */
final class RegistryConfig {

    /** Where the install guide mounts Google's key file; below {@code /etc/registry} prepare would delete it. */
    static final String CONTAINER_GCS_KEY = "/etc/harbor-ha/gcs-key.json";

    private RegistryConfig() {}

    static String of(Cluster cluster, ClusterKeys keys) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("version", "0.1");
        config.put("log", map("level", "info", "fields", map("service", "registry")));
        config.put("storage", storage(cluster));
        config.put(
                "http",
                map(
                        "addr",
                        ":5000",
                        "secret",
                        keys.registryHttpSecret().reveal(),
                        "debug",
                        map("addr", "localhost:5001")));
        config.put(
                "auth",
                map(
                        "token",
                        map(
                                "issuer",
                                "registry-token-issuer",
                                "realm",
                                cluster.publicUrl().tokenRealm(),
                                "rootcertbundle",
                                "/etc/registry/root.crt",
                                "service",
                                "token-service")));
        config.put(
                "notifications",
                map(
                        "endpoints",
                        List.of(map(
                                "name",
                                "harbor",
                                "disabled",
                                false,
                                "url",
                                "http://ui/service/notifications",
                                "timeout",
                                "3000ms",
                                "threshold",
                                5,
                                "backoff",
                                "1s"))));
        return PythonTemplate.escape(YamlText.write(config));
    }

    private static Map<String, Object> storage(Cluster cluster) {
        Map<String, Object> storage = map("cache", map("layerinfo", "inmemory"));
        storage.put(cluster.storage().driver(), StorageOptions.of(cluster.storage(), CONTAINER_GCS_KEY));
        storage.put("maintenance", map("uploadpurging", map("enabled", false)));
        storage.put("delete", map("enabled", true));
        return storage;
    }

    /** Returns a map that keeps the order of the given keys and values. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
