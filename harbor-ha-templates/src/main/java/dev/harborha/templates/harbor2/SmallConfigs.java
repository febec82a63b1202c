package dev.harborha.templates.harbor2;

import dev.harborha.model.HarborLog;
import dev.harborha.model.LogLevel;
import dev.harborha.model.Releases;
import dev.harborha.templates.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The configuration files of a few lines: registryctl's, core's, and those of the log container. */
final class SmallConfigs {

    private static final Releases REGISTRYCTL_READS_REGISTRY = Releases.since("2.1.0");

    /** What registryctl logs: everything, until it was told the cluster's level. */
    private static final ByRelease<Boolean> REGISTRYCTL_LEVEL_IS_SET =
            ByRelease.of(false).since("2.2.0", true);

    /** How core's web framework runs. */
    private static final ByRelease<String> RUN_MODE = ByRelease.of("dev").since("2.1.0", "prod");

    private SmallConfigs() {}

    static String registryctl(Site site) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (site.cluster().internalTls()) {
            config.put("protocol", "https");
            config.put("port", 8443);
            config.put(
                    "https_config",
                    Tree.of("cert", "/etc/harbor/ssl/registryctl.crt", "key", "/etc/harbor/ssl/registryctl.key"));
        } else {
            config.put("protocol", "http");
            config.put("port", 8080);
        }
        config.put("log_level", REGISTRYCTL_LEVEL_IS_SET.in(site.release()) ? registryctlLevel(site) : "INFO");
        if (REGISTRYCTL_READS_REGISTRY.contains(site.release())) {
            config.put("registry_config", "/etc/registry/config.yml");
        }
        return YamlText.write(config);
    }

    private static String registryctlLevel(Site site) {
        LogLevel level = site.yml().log().level();
        return level == LogLevel.WARNING ? "warn" : level.name().toLowerCase(Locale.ROOT);
    }

    static String coreApp(Site site) {
        String mode = RUN_MODE.in(site.release());
        int port = mode.equals("dev") ? 8080 : site.servicePort();
        return "appname = Harbor\nrunmode = " + mode + "\nenablegzip = true\n\n[" + mode + "]\nhttpport = " + port
                + "\n";
    }

    static String logrotate(Site site) {
        HarborLog log = site.yml().log();
        return "/var/log/docker/*.log {\n    rotate " + log.rotateCount() + "\n    size " + log.rotateSize()
                + "\n    copytruncate\n    compress\n    missingok\n    nodateext\n}\n";
    }

    /** Each container's lines into a file of its own, or all of them to a server. */
    static String rsyslog(Site site) {
        String action = site.yml()
                .log()
                .externalEndpoint()
                .map(endpoint -> "action(type=\"omfwd\" Target=\""
                        + endpoint.address().host().text() + "\" Port=\""
                        + endpoint.address().port() + "\" Protocol=\""
                        + endpoint.protocol().name().toLowerCase(Locale.ROOT)
                        + "\" Template=\"RSYSLOG_SyslogProtocol23Format\")")
                .orElse("action(type=\"omfile\" dynaFile=\"DynaFile\")");
        return "template(name=\"DynaFile\" type=\"string\" string=\"/var/log/docker/%programname%.log\")\n\n"
                + "if $programname != \"rsyslogd\" then {\n    " + action + "\n}\n";
    }
}
