package dev.harborha.templates.harbor2;

import static dev.harborha.prepare.Documented.added;
import static dev.harborha.prepare.Documented.changed;
import static dev.harborha.prepare.Documented.removed;

import dev.harborha.model.VersionRange;
import dev.harborha.prepare.Differences;
import dev.harborha.prepare.Documented;
import java.util.List;

/** Where what is rendered differs from what Harbor's own {@code prepare} writes, and why. */
final class MeantDifferences {

    private static final VersionRange ALL_OF_2 = VersionRange.since("2.0.0");
    private static final String REGISTRY = "common/config/registry/config.yml: ";
    private static final VersionRange BEFORE_2_3 = VersionRange.between("2.0.0", "2.3.0");
    private static final VersionRange BEFORE_2_9 = VersionRange.between("2.0.0", "2.9.0");
    private static final VersionRange OF_2_0 = VersionRange.between("2.0.0", "2.1.0");
    private static final String PROXY = "common/config/nginx/nginx.conf: ";
    private static final String JOBSERVICE = "common/config/jobservice/config.yml: ";
    private static final String COMPOSE = "docker-compose.yml: ";

    static final List<Documented> LIST = List.of(
            changed(
                    ALL_OF_2,
                    REGISTRY + "http.secret",
                    "placeholder",
                    "*",
                    "The word that Harbor ships is public; this one is drawn once for the cluster."),
            changed(
                    ALL_OF_2,
                    REGISTRY + "version",
                    "!float 0.1",
                    "0.1",
                    "Every text is quoted; the registry reads both."),
            changed(ALL_OF_2, REGISTRY + "redis.password", "!null", "", "No password, said as a text."),
            added(
                    VersionRange.since("2.13.0"),
                    REGISTRY + "redis.enabletls",
                    "The registry reads this spelling; prepare writes enableTLS, and Redis is then spoken to in clear (issue"
                            + " 21913)."),
            removed(VersionRange.since("2.15.0"), REGISTRY + "redis.username", "!null", "No user is not mentioned."),
            added(
                    ALL_OF_2,
                    COMPOSE + "networks.harbor.ipam.config[0].subnet",
                    "Docker's own choice can hold the database's address or another node's (issue 20866)."),
            changed(
                    ALL_OF_2,
                    COMPOSE + "services.regist*.volumes[/storage]",
                    "/data/registry -> /storage",
                    "/mnt/harbor -> /storage",
                    "Layers on a shared file system: the share itself is mounted, wherever it lies on the node."),
            removed(
                    ALL_OF_2,
                    COMPOSE + "services.core.volumes[/etc/core/certificates/uaa_ca.pem]",
                    "The authority of a UAA server is rendered into the folder that is mounted there."),
            added(
                    ALL_OF_2,
                    "common/config/core/certificates/uaa_ca.pem: content",
                    "The authority of a UAA server is rendered into the folder that is mounted there."),
            added(
                    ALL_OF_2,
                    "common/config/shared/trust-certificates/harbor_internal_ca.crt: content",
                    "prepare leaves the authority out where the data volume is not /data, and nginx does not start (issue"
                            + " 22373)."),
            changed(
                    BEFORE_2_3,
                    PROXY + "*/proxy_set_header[X-Forwarded-Proto]",
                    "$scheme",
                    "$x_forwarded_proto",
                    "The load balancer's word stands, as in Harbor since 2.3; before, pushes through an https load balancer retry"
                            + " for ever."),
            added(
                    BEFORE_2_3,
                    PROXY + "http/map[$http_x_forwarded_proto $x_forwarded_proto]/*",
                    "The load balancer's word stands, as in Harbor since 2.3."),
            changed(
                    OF_2_0,
                    PROXY + "*/proxy_pass",
                    "http://core/*",
                    "https://core/*",
                    "With internal TLS core speaks nothing else; the proxy of a plain http node of 2.0 does not know that."),
            added(
                    OF_2_0,
                    PROXY + "*/proxy_ssl_*",
                    "With internal TLS core speaks nothing else; the proxy of a plain http node of 2.0 does not know that."),
            removed(
                    OF_2_0,
                    PROXY + "http/upstream[core]/server[core:8080]",
                    "With internal TLS core speaks nothing else; the proxy of a plain http node of 2.0 does not know that."),
            added(
                    OF_2_0,
                    PROXY + "http/upstream[core]/server[core:8443]",
                    "With internal TLS core speaks nothing else; the proxy of a plain http node of 2.0 does not know that."),
            changed(
                    BEFORE_2_9,
                    JOBSERVICE + "job_loggers[1].name",
                    "FILE",
                    "DB",
                    "The log of a job is readable through every node; prepare has no setting for it before 2.9."),
            removed(
                    BEFORE_2_9,
                    JOBSERVICE + "job_loggers[1].*",
                    "The log of a job is readable through every node; prepare has no setting for it before 2.9."),
            added(
                    BEFORE_2_9,
                    JOBSERVICE + "job_loggers[2].*",
                    "The loggers are the cluster's; prepare has no setting for them before 2.9."),
            changed(
                    BEFORE_2_9,
                    JOBSERVICE + "job_loggers[1].sweeper.duration",
                    "The days that logs of jobs are kept are the cluster's; prepare has no setting for them before 2.8."),
            changed(
                    VersionRange.between("2.0.0", "2.2.0"),
                    REGISTRY + "log.level",
                    "warning",
                    "warn",
                    "The registry calls it warn, and does not start with any other word."),
            changed(
                    ALL_OF_2,
                    REGISTRY + "log.level",
                    "fatal",
                    "error",
                    "The registry knows no level above error, and does not start with any other word."),
            added(
                    OF_2_0,
                    COMPOSE + "services.trivy-adapter.depends_on[log]",
                    "Docker does not start a container whose log it cannot open."),
            changed(
                    ALL_OF_2,
                    COMPOSE + "services.*.image",
                    "goharbor/*",
                    "registry.example.com*",
                    "The cluster names a mirror; prepare has no setting for it."),
            removed(
                    VersionRange.between("2.9.2", "2.9.3"),
                    "common/config/*/nginx.conf: http/server[listen 8443]/listen[[::]:8443]",
                    "2.9.2 alone listens on IPv6 whether it is wanted or not, and does not start where there is none."),
            changed(ALL_OF_2, "common/config/*: mode", "640", "600", "Files with secrets are for their owner alone."),
            changed(ALL_OF_2, "common/config/*: mode", "640", "644", "Files without secrets may be read by everybody."),
            changed(
                    ALL_OF_2,
                    "common/config/registry/passwd: *",
                    "The hash of a password is for the registry's user alone."),
            changed(ALL_OF_2, "data/secret/*: mode", "600", "644", "A certificate may be read by everybody."),
            added(ALL_OF_2, "start.sh: content", "Starts Harbor at boot, until all containers run (issue 7008)."));

    static final Differences ALL = Differences.documented(LIST.toArray(Documented[]::new));

    private MeantDifferences() {}
}
