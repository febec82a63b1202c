package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.COMPOSE;
import static dev.harborha.audit.SampleBundle.CORE_ENV;
import static dev.harborha.audit.SampleBundle.HARBOR_CFG;
import static dev.harborha.audit.SampleBundle.HARBOR_YML;
import static dev.harborha.audit.SampleBundle.JOBSERVICE;
import static dev.harborha.audit.SampleBundle.JOBSERVICE_ENV;
import static dev.harborha.audit.SampleBundle.LOG;
import static dev.harborha.audit.SampleBundle.OVERRIDE;
import static dev.harborha.audit.SampleBundle.REGISTRY;
import static dev.harborha.audit.SampleBundle.REGISTRY_2X;
import static dev.harborha.audit.SampleBundle.TRIVY_ENV;
import static dev.harborha.audit.SampleBundle.UI_ENV;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

/** Examples for the rules on what all nodes must be told alike, and on the servers that they share. */
final class SharedExamples {

    private static final String JOBSERVICE_ENV_05 = UI_ENV.replace("ui/env", "jobservice/env");

    private SharedExamples() {}

    static void describe() {
        settings();
        backends();
    }

    private static void settings() {
        rule("bundle.environments-differ")
                .bad("another database", of05().replace(UI_ENV, "mysql.example.com", "mysql"))
                .bad(
                        "sessions shared by one node only",
                        of05().edit(UI_ENV, text -> text + "_REDIS_URL=redis:6379,100,,0\n"))
                .bad(
                        "another password and host in harbor.cfg, and keys drawn anew",
                        of05().replace(HARBOR_CFG, "of+the+database", "sesame")
                                .replace(HARBOR_CFG, "harbor.example.com", "10.0.0.12")
                                .edit(HARBOR_CFG, text -> text + "customize_crt = on\n"))
                .bad(
                        "secrets of 2.x that prepare would have drawn",
                        complete()
                                .replace(CORE_ENV, "of+the+forms", "of-the-forms")
                                .replace(CORE_ENV, "of+the+jobs", "sesame")
                                .replace(JOBSERVICE_ENV, "of+the+jobs", "sesame"))
                .bad("another job queue", complete().replace(JOBSERVICE, "6379/2", "6379/3"))
                .bad("another cache of the registry", complete().replace(REGISTRY_2X, "db: 1", "db: 3"))
                .bad("a scanner on one node only", complete().replace(CORE_ENV, "WITH_TRIVY=True", ""))
                .bad("another secret in an override", installer().replace(OVERRIDE, "of+the+forms", "of-the-forms"))
                .bad(
                        "another database in harbor.yml, and a public URL in one of them only",
                        installer()
                                .replace(HARBOR_YML, "of+the+database", "sesame")
                                .replace(HARBOR_YML, "external_url", "# external_url"))
                .bad(
                        "a key that may not be repeated",
                        installer().replace(HARBOR_YML, "password: \"of+the+redis\"", "of+the+redis: password"))
                .good(
                        "what each node may have for itself",
                        complete()
                                .replace(CORE_ENV, "CONNS=50", "CONNS=80")
                                .replace(CORE_ENV, "# of core", "\n# comment")
                                .replace(JOBSERVICE, "workers: 10", "workers: 5"))
                .good("quotes", complete().replace(CORE_ENV, "=pg.example.com", "=\"pg.example.com\""))
                .good(
                        "what each node of 0.5 may have for itself",
                        of05().replace(UI_ENV, "LOG_LEVEL=debug", "LOG_LEVEL=info")
                                .replace(HARBOR_CFG, "workers = 3", "workers = 5")
                                .edit(REGISTRY, text -> text + "log:\n  level: info\n"))
                .good(
                        "another style, port and number of workers in harbor.yml",
                        installer()
                                .replace(
                                        HARBOR_YML,
                                        "harbor: {host: pg.example.com, password: \"of+the+database\"}",
                                        "harbor:\n    password: 'of+the+database'\n    host: \"pg.example.com\"")
                                .replace(HARBOR_YML, "port: 80", "port: 81")
                                .replace(HARBOR_YML, "workers: 10", "workers: 5"));
        rule("bundle.scanner-settings-differ")
                .bad("another severity", complete().replace(TRIVY_ENV, "HIGH,CRITICAL", "CRITICAL"))
                .good("a token of its own", complete().replace(TRIVY_ENV, "of+the+bucket", "sesame"));
        rule("bundle.log-targets-differ")
                .bad("another server", complete().replace(LOG, "syslog.example.com", "10.0.0.9"))
                .bad(
                        "in one harbor.yml only",
                        installer()
                                .edit(
                                        HARBOR_YML,
                                        text -> text + "log:\n  external_endpoint: {protocol: tcp, host: syslog}\n"))
                .good("another comment", complete().replace(LOG, "central", "only"));
    }

    private static void backends() {
        rule("bundle.backend-on-node")
                .bad("loopback", complete().replaceOnAll(CORE_ENV, "=pg.example.com", "=127.0.0.1"))
                .bad(
                        "a database beside Harbor",
                        complete()
                                .replaceOnAll(CORE_ENV, "=pg.example.com", "=postgresql")
                                .replaceOnAll(
                                        COMPOSE,
                                        "  exporter:",
                                        "  postgresql:\n    image: goharbor/harbor-db:v2.14.4\n  exporter:"))
                .bad(
                        "the database of 0.5",
                        of05().replaceOnAll(UI_ENV, "mysql.example.com", "mysql")
                                .replaceOnAll(JOBSERVICE_ENV_05, "mysql.example.com", "mysql"))
                .bad("the Redis of sessions", complete().replaceOnAll(CORE_ENV, "@redis.example.com", "@localhost"))
                .bad("the Redis of jobs", complete().replaceOnAll(JOBSERVICE, "@redis.example.com", "@127.0.0.1"))
                .bad(
                        "the Redis of the registry",
                        complete().replaceOnAll(REGISTRY_2X, "redis.example.com", "localhost"))
                .bad("none in harbor.yml", installer().replaceOnAll(HARBOR_YML, "external_redis:", "internal_redis:"))
                .good("a server of that name", complete().replaceOnAll(CORE_ENV, "=pg.example.com", "=postgresql"))
                .good(
                        "a server of that name, by harbor.yml",
                        installer().replaceOnAll(OVERRIDE, "pg.example.com", "postgresql"))
                .good(
                        "one node",
                        complete()
                                .oneNode()
                                .replace(CORE_ENV.replace("harbor-2", "harbor-1"), "=pg.example.com", "=127.0.0.1"))
                .good(
                        "one machine, to try things out",
                        complete()
                                .replaceOnAll(CORE_ENV, "=pg.example.com", "=127.0.0.1")
                                .replace(SampleBundle.BALANCER, "10.0.0.1", "127.0.0.1"));
        rule("bundle.redis-databases-shared")
                .bad("jobs in the registry's database", complete().replaceOnAll(JOBSERVICE, "6379/2", "6379/1"))
                .bad("the scanner in that of sessions", complete().replaceOnAll(TRIVY_ENV, "6379/5", "6379/0"))
                .bad(
                        "a password with an unusual sign",
                        complete()
                                .replaceOnAll(
                                        JOBSERVICE,
                                        "of+the+redis@redis.example.com:6379/2",
                                        "of/the@redis@redis.example.com:6379/1"))
                .good(
                        "another server",
                        complete().replaceOnAll(JOBSERVICE, "redis.example.com:6379/2", "redis2.example.com:6379/1"))
                .good("what is no number", complete().replaceOnAll(JOBSERVICE, "6379/2", "6379/one"));
        rule("bundle.registry-redis-differs")
                .bad("another database", complete().replaceOnAll(CORE_ENV, "6379/1", "6379/3"))
                .bad(
                        "another server and password, and TLS",
                        complete()
                                .replaceOnAll(
                                        CORE_ENV,
                                        "REG=redis://:of+the+redis@redis.example.com:6379/1",
                                        "REG=rediss://:sesame@redis2.example.com:6379/1"))
                .good(
                        "spelled otherwise",
                        complete()
                                .replaceOnAll(
                                        CORE_ENV,
                                        "REG=redis://:of+the+redis@",
                                        "REG=redis://anonymous:of%2Bthe%2Bredis@"));
    }
}
