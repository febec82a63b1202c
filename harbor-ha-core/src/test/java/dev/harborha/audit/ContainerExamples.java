package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.COMPOSE;
import static dev.harborha.audit.SampleBundle.CORE_ENV;
import static dev.harborha.audit.SampleBundle.EXPORTER_ENV;
import static dev.harborha.audit.SampleBundle.HARBOR_CFG;
import static dev.harborha.audit.SampleBundle.HARBOR_YML;
import static dev.harborha.audit.SampleBundle.JOBSERVICE;
import static dev.harborha.audit.SampleBundle.JOBSERVICE_ENV;
import static dev.harborha.audit.SampleBundle.OF_2X;
import static dev.harborha.audit.SampleBundle.OVERRIDE;
import static dev.harborha.audit.SampleBundle.REGISTRY_2X;
import static dev.harborha.audit.SampleBundle.SECRET_KEY_2X;
import static dev.harborha.audit.SampleBundle.UI_ENV;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

/** Examples for the rules on what the containers of one node are told. */
final class ContainerExamples {

    private ContainerExamples() {}

    static void describe() {
        secrets();
        settings();
    }

    private static void secrets() {
        rule("bundle.container-secrets-differ")
                .bad("core and the job service", complete().replace(JOBSERVICE_ENV, "of+the+core", "sesame"))
                .bad(
                        "inside an override",
                        installer().edit(OVERRIDE, text -> text.replaceFirst("of\\+the\\+core", "sesame")))
                .bad("ui and the job service of 0.5", of05().replace(UI_ENV, "of+the+ui", "sesame"))
                .good(
                        "a secret of its own for a node",
                        complete()
                                .replace(CORE_ENV, "of+the+core", "of-this-node")
                                .replace(JOBSERVICE_ENV, "of+the+core", "of-this-node")
                                .replace(SampleBundle.CONFIG + "registryctl/env", "of+the+core", "of-this-node"))
                .good(
                        "with quotes and without",
                        complete().replace(JOBSERVICE_ENV, "of+the+core", "'of+the+core' # quoted"));
        rule("bundle.secret-empty")
                .bad("nothing behind the sign", complete().replaceOnAll(CORE_ENV, "of+the+core", ""))
                .bad("no line", complete().replaceOnAll(JOBSERVICE_ENV, "JOBSERVICE_SECRET", "# JOBSERVICE_SECRET"))
                .bad("as prepare writes nothing", complete().replaceOnAll(CORE_ENV, "\"of+the+jobs\"", "None"))
                .bad("of 0.5", of05().replaceOnAll(UI_ENV, "of+the+ui", ""))
                .bad(
                        "no password in harbor.yml",
                        installer()
                                .replaceOnAll(HARBOR_YML, ", password: \"of+the+database\"", "")
                                .replaceOnAll(
                                        OVERRIDE,
                                        "POSTGRESQL_HOST:",
                                        "POSTGRESQL_PASSWORD: \"None\"\n      POSTGRESQL_HOST:"))
                .good("a database without a password", complete().replaceOnAll(CORE_ENV, "of+the+database", ""))
                .good("a password of four letters", complete().replaceOnAll(CORE_ENV, "of+the+database", "None"))
                .good("a template's variable", of05());
        rule("bundle.secrets-left-to-prepare")
                .bad("no override", installer().removeOnAll(OVERRIDE))
                .bad("one secret", installer().replace(OVERRIDE, "CSRF_KEY:", "CSRF_KEYS:"))
                .good("one node", installer().oneNode().remove(OVERRIDE.replace("harbor-2", "harbor-1")))
                .good("an override", installer());
        rule("bundle.csrf-key-length")
                .bad(
                        "31 characters",
                        complete().replaceOnAll(CORE_ENV, "forms+1234567890123456789", "forms+123456789012345678"))
                .bad(
                        "in an override",
                        installer().replaceOnAll(OVERRIDE, "forms+1234567890123456789", "forms+12345678901234567890"))
                .good("none, which is another rule's", complete().replaceOnAll(CORE_ENV, "CSRF_KEY", "# CSRF_KEY"));
        rule("bundle.secret-published")
                .bad("the administrator's password", complete().replaceOnAll(CORE_ENV, "of+the+admin", "Harbor12345"))
                .bad("the database's password", complete().replaceOnAll(CORE_ENV, "of+the+database", "root123"))
                .bad("in harbor.yml", installer().replaceOnAll(HARBOR_YML, "of+the+admin", "Harbor12345"))
                .bad("in harbor.cfg", of05().replaceOnAll(HARBOR_CFG, "of+the+admin", "Harbor12345"))
                .bad("the upload secret", complete().replaceOnAll(REGISTRY_2X, "of+the+uploads", "placeholder"))
                .bad(
                        "the secret key of the chart",
                        complete()
                                .edit(SECRET_KEY_2X, text -> "not-a-secure-key")
                                .edit(SECRET_KEY_2X.replace("harbor-2", "harbor-1"), text -> "not-a-secure-key"))
                .good(
                        "the upload secret is another one in the environment",
                        complete()
                                .replaceOnAll(REGISTRY_2X, "of+the+uploads", "placeholder")
                                .replaceOnAll(
                                        COMPOSE,
                                        "  registry:\n",
                                        "  registry:\n    environment: {REGISTRY_HTTP_SECRET: of+the+uploads}\n"));
        rule("bundle.scanner-prefix-empty")
                .bad("nothing behind the sign", complete().replaceOnAll(CORE_ENV, "Ab3dEf7h", ""))
                .good("no line", complete().replaceOnAll(CORE_ENV, "ROBOT_SCANNER_NAME_PREFIX", "# ROBOT"));
    }

    private static void settings() {
        rule("bundle.container-settings-differ")
                .bad(
                        "core's address",
                        complete().replaceOnAll(JOBSERVICE_ENV, "https://core:8443", "https://other:8443"))
                .bad(
                        "the exporter's database",
                        complete().replaceOnAll(EXPORTER_ENV, "pg.example.com", "pg2.example.com"))
                .bad("the exporter's job queue", complete().replaceOnAll(JOBSERVICE, "6379/2", "6379/3"))
                .bad("the database of 0.5", of05().replaceOnAll(UI_ENV, "mysql.example.com", "mysql2.example.com"))
                .good(
                        "what one of them is not told",
                        complete().replaceOnAll(JOBSERVICE_ENV, "CORE_URL", "# CORE_URL"));
        rule("bundle.container-url-outside-node")
                .bad(
                        "the public address",
                        complete()
                                .replaceOnAll(CORE_ENV, "https://core:8443", "https://harbor.example.com")
                                .replaceOnAll(JOBSERVICE_ENV, "https://core:8443", "https://harbor.example.com"))
                .bad(
                        "an IPv6 address",
                        complete().replaceOnAll(CORE_ENV, "https://registry:5443", "http://[2001:db8::1]:5000"))
                .bad(
                        "what may not be repeated",
                        complete().replaceOnAll(CORE_ENV, "https://registry:5443", "http://a+b.c"))
                .good(
                        "this container",
                        complete().replaceOnAll(CORE_ENV, "https://registry:5443", "http://[::1]:5000"));
        rule("bundle.no-proxy-incomplete")
                .bad("no exception", complete().replaceOnAll(CORE_ENV, "NO_PROXY", "# NO_PROXY"))
                .bad("two are missing", complete().replaceOnAll(CORE_ENV, ",registry,registryctl", ""))
                .good(
                        "no proxy",
                        complete()
                                .replaceOnAll(CORE_ENV, "http://proxy.example.com:3128", "")
                                .replaceOnAll(CORE_ENV, "NO_PROXY", "# NO_PROXY"))
                .good(
                        "everything",
                        complete().replaceOnAll(CORE_ENV, "NO_PROXY=127.0.0.1,localhost", "NO_PROXY=*\n# "));
        rule("bundle.scanner-missing")
                .bad("no such container", complete().replaceOnAll(COMPOSE, "  trivy-adapter:", "  nothing:"))
                .good(
                        "no scanner",
                        complete()
                                .replaceOnAll(COMPOSE, "  trivy-adapter:", "  nothing:")
                                .replaceOnAll(CORE_ENV, "WITH_TRIVY=True", "WITH_TRIVY=False"))
                .good(
                        "prepare adds it",
                        installer()
                                .replaceOnAll(
                                        OVERRIDE, "POSTGRESQL_HOST:", "WITH_TRIVY: \"True\"\n      POSTGRESQL_HOST:"));
        rule("bundle.job-logs-on-one-node")
                .bad("files only", complete().replaceOnAll(JOBSERVICE, "DB", "FILE"))
                .bad("no logger", complete().replaceOnAll(JOBSERVICE, "job_loggers", "loggers"))
                .bad(
                        "left to harbor.yml",
                        installer()
                                .removeOnAll(OF_2X + "harbor-ha/jobservice/config.yml")
                                .replaceOnAll(HARBOR_YML, "[STD_OUTPUT, DB]", "[FILE]"))
                .good(
                        "one node",
                        complete().oneNode().replace(JOBSERVICE.replace("harbor-2", "harbor-1"), "DB", "FILE"))
                .good("in harbor.yml", installer().removeOnAll(OF_2X + "harbor-ha/jobservice/config.yml"));
    }
}
