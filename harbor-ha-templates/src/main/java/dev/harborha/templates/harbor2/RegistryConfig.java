package dev.harborha.templates.harbor2;

import dev.harborha.model.LogLevel;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.Releases;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import dev.harborha.templates.registry.StorageOptions;
import dev.harborha.templates.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The registry's {@code config.yml}. It differs from what {@code prepare} writes in that every value is quoted, the upload
 * secret is the cluster's own, and TLS to Redis is switched on in both spellings: {@code prepare} writes {@code enableTLS}, and
 * Harbor's registry reads {@code enabletls} (<a href="https://github.com/goharbor/harbor/issues/21913">issue 21913</a>).
 */
final class RegistryConfig {

    /** Where the compose file mounts Google's key file in the containers. */
    static final String CONTAINER_GCS_KEY = "/etc/registry/gcs.key";

    private static final Releases PURGES = Releases.since("2.5.0");
    private static final Releases REDIS_TIMEOUTS = Releases.since("2.1.0");
    private static final Releases REDIS_POOL = Releases.since("2.3.0");
    private static final Releases REDIS_TLS = Releases.since("2.13.0");

    /** Before, the registry knows no user (<a href="https://github.com/goharbor/harbor/issues/18892">issue 18892</a>). */
    private static final Releases REDIS_USER = Releases.since("2.15.0");

    private RegistryConfig() {}

    static String of(Site site) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("version", "0.1");
        config.put(
                "log", Tree.of("level", logLevel(site.yml().log().level()), "fields", Tree.of("service", "registry")));
        config.put("storage", storage(site));
        config.put("redis", redis(site));
        config.put("http", http(site));
        config.put(
                "auth",
                Tree.of("htpasswd", Tree.of("realm", "harbor-registry-basic-realm", "path", "/etc/registry/passwd")));
        config.put("validation", Tree.of("disabled", true));
        config.put("compatibility", Tree.of("schema1", Tree.of("enabled", true)));
        return YamlText.write(config);
    }

    /** The registry knows error, warn, info and debug, and does not start with any other word. */
    private static String logLevel(LogLevel level) {
        return switch (level) {
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARNING -> "warn";
            case ERROR, FATAL -> "error";
        };
    }

    private static Map<String, Object> storage(Site site) {
        Map<String, Object> storage = Tree.of("cache", Tree.of("layerinfo", "redis"));
        storage.put(
                site.cluster().storage().driver(),
                StorageOptions.of(site.cluster().storage(), CONTAINER_GCS_KEY));
        storage.put("maintenance", Tree.of("uploadpurging", purging(site)));
        storage.put("delete", Tree.of("enabled", true));
        if (!site.cluster().redirectsToStorage()) {
            storage.put("redirect", Tree.of("disable", true));
        }
        return storage;
    }

    private static Map<String, Object> purging(Site site) {
        Optional<UploadPurging> purging = site.yml().uploadPurging().filter(set -> PURGES.contains(site.release()));
        return purging.map(set -> Tree.of(
                        "enabled",
                        true,
                        "age",
                        set.ageHours() + "h",
                        "interval",
                        set.intervalHours() + "h",
                        "dryrun",
                        set.dryRun()))
                .orElse(Tree.of("enabled", false));
    }

    private static Map<String, Object> redis(Site site) {
        Map<String, Object> redis = Tree.of("addr", site.redisUrl().hosts());
        if (site.redis().endpoint() instanceof RedisEndpoint.Sentinel sentinel) {
            redis.put("sentinelMasterSet", sentinel.masterSet());
        }
        if (REDIS_TIMEOUTS.contains(site.release())) {
            redis.put("readtimeout", "10s");
            redis.put("writetimeout", "10s");
            redis.put("dialtimeout", "10s");
        }
        redis.put("password", site.redis().password().map(Secret::reveal).orElse(""));
        if (REDIS_USER.contains(site.release())) {
            site.redis().username().ifPresent(name -> redis.put("username", name));
        }
        redis.put("db", site.redis().databases().registry());
        if (REDIS_TLS.contains(site.release())) {
            redis.put("enableTLS", site.redis().tls().isPresent());
            redis.put("enabletls", site.redis().tls().isPresent());
        }
        if (REDIS_POOL.contains(site.release())) {
            redis.put("pool", Tree.of("maxidle", 100, "maxactive", 500, "idletimeout", "60s"));
        }
        return redis;
    }

    private static Map<String, Object> http(Site site) {
        Map<String, Object> http = new LinkedHashMap<>();
        if (site.cluster().internalTls()) {
            http.put("addr", ":5443");
            http.put(
                    "tls",
                    Tree.of(
                            "certificate",
                            "/etc/harbor/tls/registry.crt",
                            "key",
                            "/etc/harbor/tls/registry.key",
                            "minimumtls",
                            "tls1.2"));
        } else {
            http.put("addr", ":5000");
        }
        http.put("secret", site.keys().registryHttpSecret().reveal());
        http.put(
                "debug",
                site.yml()
                        .metric()
                        .map(metric -> Tree.of(
                                "addr",
                                ":" + metric.port(),
                                "prometheus",
                                Tree.of("enabled", true, "path", metric.path())))
                        .orElse(Tree.of("addr", "localhost:5001")));
        return http;
    }
}
