package dev.harborha.templates.harbor2;

import dev.harborha.model.JobLogger;
import dev.harborha.model.Jobservice;
import dev.harborha.model.Releases;
import dev.harborha.templates.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The job service's {@code config.yml}. The loggers are the cluster's in every release; {@code prepare} lets them be chosen since
 * 2.9 only, and before that keeps the logs of jobs in files that no other node can read.
 */
final class JobserviceConfig {

    /** The namespace of all keys of the job service in Redis, a constant of Harbor's. */
    static final String NAMESPACE = "harbor_job_service_namespace";

    private static final String LOG_FOLDER = "/var/log/jobs";
    private static final Releases METRIC = Releases.since("2.3.0");
    private static final Releases REAPER = Releases.since("2.8.0");

    private JobserviceConfig() {}

    static String of(Site site) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (site.cluster().internalTls()) {
            config.put("protocol", "https");
            config.put(
                    "https_config",
                    Tree.of("cert", "/etc/harbor/ssl/job_service.crt", "key", "/etc/harbor/ssl/job_service.key"));
        } else {
            config.put("protocol", "http");
        }
        config.put("port", site.servicePort());
        config.put(
                "worker_pool",
                Tree.of(
                        "workers",
                        site.yml().jobservice().maxJobWorkers(),
                        "backend",
                        "redis",
                        "redis_pool",
                        Tree.of("redis_url", redisUrl(site), "namespace", NAMESPACE, "idle_timeout_second", 3600)));
        String level = site.yml().log().level().name().toUpperCase(Locale.ROOT);
        config.put("job_loggers", loggers(site.yml().jobservice(), level));
        config.put("loggers", List.of(Tree.of("name", "STD_OUTPUT", "level", level)));
        if (METRIC.contains(site.release())) {
            site.yml()
                    .metric()
                    .ifPresent(metric -> config.put(
                            "metric", Tree.of("enabled", true, "path", metric.path(), "port", metric.port())));
        }
        if (REAPER.contains(site.release())) {
            config.put(
                    "reaper",
                    Tree.of(
                            "max_update_hours",
                            site.yml().jobservice().maxJobDurationHours(),
                            "max_dangling_hours",
                            168));
            config.put("max_retrieve_size_mb", 10);
        }
        return YamlText.write(config);
    }

    private static String redisUrl(Site site) {
        int database = site.redis().databases().jobservice();
        return Releases.before("2.1.0").contains(site.release())
                ? site.redisUrl().withMadeUpUser(database)
                : site.redisUrl().of(database);
    }

    private static List<Object> loggers(Jobservice jobservice, String level) {
        List<Object> loggers = new ArrayList<>();
        for (JobLogger logger : jobservice.jobLoggers()) {
            Map<String, Object> entry = Tree.of("name", logger.name(), "level", level);
            if (logger == JobLogger.FILE) {
                entry.put("settings", Tree.of("base_dir", LOG_FOLDER));
                entry.put(
                        "sweeper",
                        Tree.of(
                                "duration",
                                jobservice.loggerSweeperDuration(),
                                "settings",
                                Tree.of("work_dir", LOG_FOLDER)));
            } else if (logger == JobLogger.DB) {
                entry.put("sweeper", Tree.of("duration", jobservice.loggerSweeperDuration()));
            }
            loggers.add(entry);
        }
        return loggers;
    }
}
