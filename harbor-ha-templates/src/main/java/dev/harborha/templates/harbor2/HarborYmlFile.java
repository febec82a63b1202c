package dev.harborha.templates.harbor2;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cluster;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.HarborLog;
import dev.harborha.model.Jobservice;
import dev.harborha.model.NodeTls;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.Trace;
import dev.harborha.secret.Secret;
import dev.harborha.templates.registry.StorageOptions;
import dev.harborha.templates.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code harbor.yml} of a node, which Harbor's own {@code prepare} reads. Keys that a release does not know do it no harm, so
 * there is one file for all but for the few keys that were renamed.
 */
final class HarborYmlFile {

    private static final Releases REDIS_HOST_AND_PORT_APART = Releases.before("2.1.0");

    /** The word for "the registry serves layers itself"; {@code prepare} stops where the other one stands. */
    private static final ByRelease<String> REDIRECT_OFF =
            ByRelease.of("disabled").since("2.8.0", "disable");

    private static final Pattern PLAIN_KEY = Pattern.compile("(?m)^( *)([\\w./-]*data_volume): ");

    private final Site site;
    private final Cluster cluster;
    private final InstallerFiles installed;

    private HarborYmlFile(Site site, InstallerFiles installed) {
        this.site = site;
        this.cluster = site.cluster();
        this.installed = installed;
    }

    /**
     * Returns the text of the file. The data volume stands in a plain line at its end, because Harbor's wrapper takes the last
     * word, quotes and all, of every line with {@code data_volume:} in it; there must be no other one.
     */
    static String of(Site site, int port, InstallerFiles installed) {
        return "# Rendered by harbor-ha. Change the cluster's description and render again.\n"
                + withoutDataVolume(YamlText.write(new HarborYmlFile(site, installed).tree(port)))
                + "data_volume: " + site.cluster().deployment().dataVolume() + "\n";
    }

    /** Spells a key in quotes, and a value with an escape, where YAML that has plain keys and quoted values would name it. */
    private static String withoutDataVolume(String yml) {
        return PLAIN_KEY.matcher(yml).replaceAll("$1\"$2\": ").replace("data_volume:", "data_volume\\x3a");
    }

    private Map<String, Object> tree(int port) {
        Map<String, Object> yml = new LinkedHashMap<>();
        yml.put("_version", cluster.harbor().major() + "." + cluster.harbor().minor() + ".0");
        yml.put("hostname", cluster.publicUrl().host().urlText());
        yml.put("external_url", cluster.publicUrl().toString());
        cluster.nodeTls().ifPresentOrElse(tls -> https(yml, tls, port), () -> yml.put("http", Tree.of("port", port)));
        yml.put("harbor_admin_password", cluster.adminPassword().reveal());
        yml.put("external_database", Tree.of("harbor", database(cluster.database())));
        yml.put("external_redis", redis(site.redis()));
        yml.put("storage_service", storage());
        yml.put("jobservice", jobservice(site.yml().jobservice()));
        yml.put(
                "notification",
                Tree.of(
                        "webhook_job_max_retry",
                        EnvTables.webhookRetries(site),
                        "webhook_job_http_client_timeout",
                        site.yml().notification().webhookJobHttpClientTimeout()));
        yml.put("log", log(site.yml().log()));
        options(yml);
        return yml;
    }

    private void https(Map<String, Object> yml, NodeTls tls, int port) {
        TlsCertificate.OnMachine paths = installed.nodeCertificate(tls);
        yml.put("http", Tree.of("port", tls.httpPort()));
        yml.put(
                "https",
                Tree.of(
                        "port",
                        port,
                        "certificate",
                        paths.certificate().text(),
                        "private_key",
                        paths.key().text(),
                        "strong_ssl_ciphers",
                        tls.strongSslCiphers()));
    }

    private static Map<String, Object> database(SharedDb database) {
        SharedDb.Pool pool = database.pool();
        return Tree.of(
                "host",
                database.address().host().text(),
                "port",
                database.address().port(),
                "db_name",
                database.name(),
                "username",
                database.username(),
                "password",
                database.password().reveal(),
                "ssl_mode",
                database.sslMode().toString(),
                "max_idle_conns",
                pool.maxIdleConns(),
                "max_open_conns",
                pool.maxOpenConns(),
                "conn_max_lifetime",
                GoDuration.of(pool.connMaxLifetime()),
                "conn_max_idle_time",
                GoDuration.of(pool.connMaxIdleTime()));
    }

    private Map<String, Object> redis(SharedRedis redis) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (REDIS_HOST_AND_PORT_APART.contains(site.release())) {
            map.put("host", redis.endpoint().addresses().get(0).host().urlText());
            map.put("port", redis.endpoint().addresses().get(0).port());
        } else {
            map.put("host", site.redisUrl().hosts());
        }
        if (redis.endpoint() instanceof RedisEndpoint.Sentinel sentinel) {
            map.put("sentinel_master_set", sentinel.masterSet());
        }
        redis.username().ifPresent(name -> map.put("username", name));
        redis.password().map(Secret::reveal).ifPresent(text -> map.put("password", text));
        redis.tls().ifPresent(tls -> map.put("tlsOptions", Tree.of("enable", true, "rootCA", installed.redisCa())));
        map.put("registry_db_index", redis.databases().registry());
        map.put("jobservice_db_index", redis.databases().jobservice());
        map.put("trivy_db_index", redis.databases().trivy());
        redis.databases().harbor().ifPresent(index -> map.put("harbor_db_index", index));
        redis.databases().cacheLayer().ifPresent(index -> map.put("cache_layer_db_index", index));
        map.put("idle_timeout_seconds", redis.idleTimeout().toSeconds());
        return map;
    }

    private Map<String, Object> storage() {
        Map<String, Object> service = new LinkedHashMap<>();
        Map<String, Object> options =
                new LinkedHashMap<>(StorageOptions.of(cluster.storage(), RegistryConfig.CONTAINER_GCS_KEY));
        if (cluster.storage() instanceof GcsStorage gcs) {
            // Here the key's path on the machine: prepare mounts it into the containers.
            gcs.keyFile().map(AbsolutePath::text).ifPresent(path -> options.put("keyfile", path));
        }
        service.put(cluster.storage().driver(), options);
        if (!cluster.redirectsToStorage()) {
            service.put("redirect", Tree.of(REDIRECT_OFF.in(site.release()), true));
        }
        site.caBundle().ifPresent(bundle -> service.put("ca_bundle", installed.caBundle()));
        return service;
    }

    private static Map<String, Object> jobservice(Jobservice jobservice) {
        return Tree.of(
                "max_job_workers",
                jobservice.maxJobWorkers(),
                "job_loggers",
                jobservice.jobLoggers().stream().map(Enum::name).toList(),
                "logger_sweeper_duration",
                jobservice.loggerSweeperDuration(),
                "max_job_duration_hours",
                jobservice.maxJobDurationHours());
    }

    private static Map<String, Object> log(HarborLog log) {
        Map<String, Object> map = Tree.of(
                "level",
                log.level().name().toLowerCase(Locale.ROOT),
                "local",
                Tree.of(
                        "rotate_count",
                        log.rotateCount(),
                        "rotate_size",
                        log.rotateSize(),
                        "location",
                        log.location().text()));
        log.externalEndpoint()
                .ifPresent(endpoint -> map.put(
                        "external_endpoint",
                        Tree.of(
                                "protocol",
                                endpoint.protocol().name().toLowerCase(Locale.ROOT),
                                "host",
                                endpoint.address().host().text(),
                                "port",
                                endpoint.address().port())));
        return map;
    }

    private void options(Map<String, Object> yml) {
        site.yml().trivy().ifPresent(trivy -> {
            Map<String, Object> map = Tree.of(
                    "ignore_unfixed",
                    trivy.ignoreUnfixed(),
                    "skip_update",
                    trivy.skipUpdate(),
                    "skip_java_db_update",
                    trivy.skipJavaDbUpdate(),
                    "offline_scan",
                    trivy.offlineScan(),
                    "insecure",
                    trivy.insecure(),
                    "security_check",
                    trivy.securityCheck(),
                    "timeout",
                    GoDuration.of(trivy.timeout()));
            trivy.githubToken().map(Secret::reveal).ifPresent(token -> map.put("github_token", token));
            trivy.dbRepository().ifPresent(name -> map.put("db_repository", name));
            trivy.javaDbRepository().ifPresent(name -> map.put("java_db_repository", name));
            yml.put("trivy", map);
        });
        site.yml()
                .metric()
                .ifPresent(metric ->
                        yml.put("metric", Tree.of("enabled", true, "port", metric.port(), "path", metric.path())));
        site.yml().trace().ifPresent(trace -> yml.put("trace", trace(trace)));
        site.yml()
                .cache()
                .ifPresent(cache -> yml.put("cache", Tree.of("enabled", true, "expire_hours", cache.expireHours())));
        site.yml()
                .uploadPurging()
                .ifPresent(purging -> yml.put(
                        "upload_purging",
                        Tree.of(
                                "enabled",
                                true,
                                "age",
                                purging.ageHours() + "h",
                                "interval",
                                purging.intervalHours() + "h",
                                "dryrun",
                                purging.dryRun())));
        site.yml()
                .proxy()
                .ifPresent(proxy -> yml.put(
                        "proxy",
                        Tree.of(
                                "http_proxy",
                                ProxyEnv.url(proxy, proxy.http()),
                                "https_proxy",
                                ProxyEnv.url(proxy, proxy.https()),
                                "no_proxy",
                                String.join(",", proxy.noProxy()),
                                "components",
                                proxy.components().stream()
                                        .map(component -> component.name().toLowerCase(Locale.ROOT))
                                        .toList())));
        yml.put(
                "core",
                Tree.of(
                        "quota_update_provider",
                        site.yml().quotaUpdateProvider().name().toLowerCase(Locale.ROOT)));
        if (cluster.internalTls()) {
            yml.put("internal_tls", Tree.of("enabled", true, "dir", installed.internalTls()));
        }
        yml.put(
                "ip_family",
                Tree.of(
                        "ipv4",
                        Tree.of("enabled", site.yml().ipFamily().ipv4()),
                        "ipv6",
                        Tree.of("enabled", site.yml().ipFamily().ipv6())));
        site.yml().uaaCa().ifPresent(ca -> yml.put("uaa", Tree.of("ca_file", installed.uaaCa())));
    }

    private static Map<String, Object> trace(Trace trace) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("enabled", true);
        map.put("sample_rate", TraceEnv.sampleRate(trace));
        trace.namespace().ifPresent(name -> map.put("namespace", name));
        if (!trace.attributes().isEmpty()) {
            map.put("attributes", trace.attributes());
        }
        if (trace.exporter() instanceof Trace.JaegerCollector jaeger) {
            Map<String, Object> collector =
                    Tree.of("endpoint", jaeger.endpoint().text());
            jaeger.username().ifPresent(name -> collector.put("username", name));
            jaeger.password().map(Secret::reveal).ifPresent(text -> collector.put("password", text));
            map.put("jaeger", collector);
        } else if (trace.exporter() instanceof Trace.JaegerAgent agent) {
            map.put(
                    "jaeger",
                    Tree.of(
                            "agent_host",
                            agent.address().host().text(),
                            "agent_port",
                            agent.address().port()));
        } else if (trace.exporter() instanceof Trace.Otel otel) {
            map.put(
                    "otel",
                    Tree.of(
                            "endpoint",
                            otel.endpoint().toString(),
                            "url_path",
                            otel.urlPath(),
                            "compression",
                            otel.compression(),
                            "insecure",
                            otel.insecure(),
                            "timeout",
                            otel.timeout().toSeconds()));
        } else {
            throw new IllegalStateException(
                    "An exporter of an unknown kind: " + trace.exporter().getClass());
        }
        return map;
    }
}
