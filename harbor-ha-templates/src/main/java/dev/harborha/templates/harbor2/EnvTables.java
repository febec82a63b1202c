package dev.harborha.templates.harbor2;

import dev.harborha.model.OutboundProxy;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedDb;
import dev.harborha.model.Trivy;
import dev.harborha.model.VersionRange;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The env files of all components, variable by variable, each with the releases that read it. */
final class EnvTables {

    private static final Releases ALL = Releases.all();
    private static final Releases OF_2_0 = Releases.before("2.1.0");
    private static final Releases SINCE_2_1 = Releases.since("2.1.0");
    private static final Releases SINCE_2_3 = Releases.since("2.3.0");
    private static final Releases SINCE_2_7 = Releases.since("2.7.0");
    private static final Releases OF_2_13 = Releases.of(VersionRange.between("2.13.0", "2.14.0"));
    private static final Releases SINCE_2_8 = Releases.since("2.8.0");
    private static final Releases WITH_CLAIR = Releases.before("2.2.0");
    private static final Releases WITH_CHARTMUSEUM = Releases.before("2.8.0");
    private static final Releases WITH_NOTARY = Releases.before("2.9.0");

    private static final String INTERNAL_CA = "/harbor_cust_cert/harbor_internal_ca.crt";

    /** The kinds of registries that a project may be a proxy of. */
    private static final ByRelease<String> PROXY_CACHE_TYPES = ByRelease.of("")
            .since("2.1.0", "docker-hub,harbor")
            .since("2.2.0", "docker-hub,harbor,azure-acr,aws-ecr,google-gcr,quay")
            .since("2.2.2", "docker-hub,harbor,azure-acr,aws-ecr,google-gcr,quay,docker-registry")
            .since("2.6.0", "docker-hub,harbor,azure-acr,aws-ecr,google-gcr,quay,docker-registry,github-ghcr")
            .since(
                    "2.7.0",
                    "docker-hub,harbor,azure-acr,aws-ecr,google-gcr,quay,docker-registry,github-ghcr,jfrog-artifactory")
            .since(
                    "2.12.0",
                    "docker-hub,harbor,azure-acr,ali-acr,aws-ecr,google-gcr,quay,docker-registry,github-ghcr,jfrog-artifactory")
            .since(
                    "2.14.0",
                    "docker-hub,harbor,azure-acr,ali-acr,aws-ecr,google-gcr,docker-registry,github-ghcr,jfrog-artifactory");

    /** The kinds of registries that Harbor replicates with. */
    private static final String REPLICATION_ADAPTERS =
            "ali-acr,aws-ecr,azure-acr,docker-hub,docker-registry,github-ghcr,google-gcr,harbor,huawei-SWR,jfrog-artifactory,"
                    + "tencent-tcr,volcengine-cr";

    /** How often a webhook that fails is sent again, where the cluster does not say: what Harbor's sample has. */
    private static final ByRelease<Integer> WEBHOOK_RETRIES = ByRelease.of(10).since("2.8.0", 3);

    static final EnvTable CORE = new EnvTable()
            .constant("CONFIG_PATH", "/etc/core/app.conf")
            .constant("UAA_CA_ROOT", "/etc/core/certificates/uaa_ca.pem")
            .line("_REDIS_URL", OF_2_0, site -> site.redisUrl().commaForm())
            .line("_REDIS_URL_CORE", SINCE_2_1, site -> site.redisUrl().core())
            .maybe(
                    "_REDIS_URL_HARBOR",
                    site -> site.redis().databases().harbor().stream()
                            .mapToObj(site.redisUrl()::of)
                            .findFirst())
            .line(
                    "_REDIS_URL_REG",
                    OF_2_0,
                    site -> site.redisUrl()
                            .withMadeUpUser(site.redis().databases().registry()))
            .line(
                    "_REDIS_URL_REG",
                    SINCE_2_1,
                    site -> site.redisUrl().of(site.redis().databases().registry()))
            .constant("SYNC_QUOTA", Releases.before("2.15.0"), "true")
            .constant("CHART_CACHE_DRIVER", WITH_CHARTMUSEUM, "redis")
            .line("LOG_LEVEL", EnvTables::logLevel)
            .line("EXT_ENDPOINT", site -> site.cluster().publicUrl().toString())
            .constant("DATABASE_TYPE", "postgresql")
            .all(database("POSTGRESQL_", "DATABASE"))
            .line("REGISTRY_URL", EnvTables::registryUrl)
            .line("PORTAL_URL", SINCE_2_1, site -> site.url("portal"))
            .line("TOKEN_SERVICE_URL", site -> site.url("core") + "/service/token")
            .line(
                    "HARBOR_ADMIN_PASSWORD",
                    site -> site.cluster().adminPassword().reveal())
            .line(
                    "MAX_JOB_WORKERS",
                    site -> Integer.toString(site.yml().jobservice().maxJobWorkers()))
            .line("CORE_SECRET", site -> site.keys().coreSecret().reveal())
            .line("JOBSERVICE_SECRET", site -> site.keys().jobserviceSecret().reveal())
            .constant("WITH_NOTARY", WITH_NOTARY, "False")
            .constant("WITH_CLAIR", WITH_CLAIR, "False")
            .all(clair())
            .line("WITH_TRIVY", site -> pythonBoolean(site.hasTrivy()))
            .line("CORE_URL", site -> site.url("core"))
            .line(
                    "CORE_LOCAL_URL",
                    site -> site.cluster().internalTls() ? "https://core:8443" : "http://127.0.0.1:8080")
            .line("JOBSERVICE_URL", site -> site.url("jobservice"))
            .line("TRIVY_ADAPTER_URL", site -> site.url("trivy-adapter"))
            .constant("NOTARY_URL", WITH_NOTARY, "http://notary-server:4443")
            .line(
                    "REGISTRY_STORAGE_PROVIDER_NAME",
                    site -> site.cluster().storage().driver())
            .constant("READ_ONLY", "false")
            .constant("RELOAD_KEY", "")
            .line("CHART_REPOSITORY_URL", WITH_CHARTMUSEUM, site -> site.url("chartmuseum", 9999, 9443))
            .line("REGISTRY_CONTROLLER_URL", site -> site.url("registryctl"))
            .constant("WITH_CHARTMUSEUM", WITH_CHARTMUSEUM, "False")
            .all(registryCredential())
            .line("CSRF_KEY", site -> site.keys().csrfKey().reveal())
            .line("ROBOT_SCANNER_NAME_PREFIX", SINCE_2_8, site -> site.keys().robotScannerNamePrefix())
            .line("PERMITTED_REGISTRY_TYPES_FOR_PROXY_CACHE", SINCE_2_1, PROXY_CACHE_TYPES)
            .constant("REPLICATION_ADAPTER_WHITELIST", Releases.since("2.14.0"), REPLICATION_ADAPTERS)
            .all(proxy(OutboundProxy.Component.CORE))
            .constant("PORT", OF_2_0, "8080")
            .line("PORT", SINCE_2_1, site -> Integer.toString(site.servicePort()))
            .all(internalTls("core"))
            .maybe("METRIC_ENABLE", whereMetric(site -> "true"))
            .maybe(
                    "METRIC_PATH",
                    whereMetric(site -> site.yml().metric().orElseThrow().path()))
            .maybe(
                    "METRIC_PORT",
                    whereMetric(site ->
                            Integer.toString(site.yml().metric().orElseThrow().port())))
            .all(metricNames(ALL, "core"))
            .all(TraceEnv.table("harbor-core"))
            .all(cache())
            .line(
                    "QUOTA_UPDATE_PROVIDER",
                    Releases.since("2.9.0"),
                    site -> site.yml().quotaUpdateProvider().name().toLowerCase(Locale.ROOT));

    static final EnvTable JOBSERVICE = new EnvTable()
            .line("CORE_SECRET", site -> site.keys().coreSecret().reveal())
            .line("REGISTRY_URL", EnvTables::registryUrl)
            .line("JOBSERVICE_SECRET", site -> site.keys().jobserviceSecret().reveal())
            .line("CORE_URL", site -> site.url("core"))
            .line("REGISTRY_CONTROLLER_URL", site -> site.url("registryctl"))
            .line("JOBSERVICE_WEBHOOK_JOB_MAX_RETRY", site -> Integer.toString(webhookRetries(site)))
            .line(
                    "JOBSERVICE_WEBHOOK_JOB_HTTP_CLIENT_TIMEOUT",
                    SINCE_2_8,
                    site -> Integer.toString(site.yml().notification().webhookJobHttpClientTimeout()))
            .line("LOG_LEVEL", Releases.since("2.13.1"), EnvTables::logLevel)
            .all(internalTls("job_service"))
            .all(proxy(OutboundProxy.Component.JOBSERVICE))
            .all(registryCredential())
            .line(
                    "MAX_JOB_DURATION_SECONDS",
                    OF_2_13,
                    site -> Integer.toString(site.yml().jobservice().maxJobDurationHours() * 3600))
            .all(metricNames(SINCE_2_3, "jobservice"))
            .all(TraceEnv.table("harbor-jobservice"))
            .maybe(
                    "_REDIS_URL_CORE",
                    site -> site.yml().cache().map(cache -> site.redisUrl().core()))
            .all(cache());

    static final EnvTable REGISTRYCTL = new EnvTable()
            .line("CORE_SECRET", site -> site.keys().coreSecret().reveal())
            .line("JOBSERVICE_SECRET", site -> site.keys().jobserviceSecret().reveal())
            .all(internalTls("registryctl"))
            .all(TraceEnv.table("harbor-registryctl"));

    /** Harbor writes this file for a database outside, too, where no container reads it. */
    static final EnvTable DB = new EnvTable()
            .line(
                    "POSTGRES_PASSWORD",
                    site -> site.cluster().database().password().reveal());

    static final EnvTable EXPORTER = new EnvTable()
            .line("LOG_LEVEL", SINCE_2_3, EnvTables::logLevel)
            .constant("HARBOR_EXPORTER_PORT", "8080")
            .constant("HARBOR_EXPORTER_METRICS_PATH", "/metrics")
            .constant("HARBOR_EXPORTER_METRICS_ENABLED", "true")
            .constant("HARBOR_EXPORTER_MAX_REQUESTS", "30")
            .line("HARBOR_EXPORTER_CACHE_TIME", ALL, ByRelease.of("30").since("2.3.0", "23"))
            .constant("HARBOR_EXPORTER_CACHE_CLEAN_INTERVAL", "14400")
            .constant("HARBOR_METRIC_NAMESPACE", "harbor")
            .constant("HARBOR_METRIC_SUBSYSTEM", "exporter")
            .constant("HARBOR_SERVICE_HOST", "core")
            .line(
                    "HARBOR_REDIS_URL",
                    SINCE_2_3,
                    site -> site.redisUrl().of(site.redis().databases().jobservice()))
            .constant("HARBOR_REDIS_NAMESPACE", SINCE_2_3, JobserviceConfig.NAMESPACE)
            .constant("HARBOR_REDIS_TIMEOUT", SINCE_2_3, "3600")
            .line("HARBOR_SERVICE_PORT", site -> Integer.toString(site.servicePort()))
            .line("HARBOR_SERVICE_SCHEME", site -> site.cluster().internalTls() ? "https" : "http")
            .all(database("HARBOR_DATABASE_", "DBNAME"));

    static final EnvTable TRIVY = new EnvTable()
            .line("SCANNER_LOG_LEVEL", EnvTables::logLevel)
            .line("SCANNER_REDIS_URL", SINCE_2_1, EnvTables::trivyRedis)
            .line("SCANNER_STORE_REDIS_URL", EnvTables::trivyRedis)
            .constant("SCANNER_STORE_REDIS_NAMESPACE", "harbor.scanner.trivy:store")
            .line("SCANNER_JOB_QUEUE_REDIS_URL", EnvTables::trivyRedis)
            .constant("SCANNER_JOB_QUEUE_REDIS_NAMESPACE", "harbor.scanner.trivy:job-queue")
            .constant("SCANNER_TRIVY_CACHE_DIR", "/home/scanner/.cache/trivy")
            .constant("SCANNER_TRIVY_REPORTS_DIR", "/home/scanner/.cache/reports")
            .constant("SCANNER_TRIVY_VULN_TYPE", "os,library")
            .constant("SCANNER_TRIVY_SEVERITY", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL")
            .line("SCANNER_TRIVY_IGNORE_UNFIXED", ofTrivy(trivy -> pythonBoolean(trivy.ignoreUnfixed())))
            .line("SCANNER_TRIVY_SKIP_UPDATE", ofTrivy(trivy -> pythonBoolean(trivy.skipUpdate())))
            .line(
                    "SCANNER_TRIVY_SKIP_JAVA_DB_UPDATE",
                    Releases.since("2.9.3", "2.10.1"),
                    ofTrivy(trivy -> pythonBoolean(trivy.skipJavaDbUpdate())))
            .line(
                    "SCANNER_TRIVY_DB_REPOSITORY",
                    Releases.since("2.15.0"),
                    ofTrivy(trivy -> trivy.dbRepository().orElse("ghcr.io/aquasecurity/trivy-db")))
            .line(
                    "SCANNER_TRIVY_JAVA_DB_REPOSITORY",
                    Releases.since("2.15.0"),
                    ofTrivy(trivy -> trivy.javaDbRepository().orElse("ghcr.io/aquasecurity/trivy-java-db")))
            .line(
                    "SCANNER_TRIVY_OFFLINE_SCAN",
                    Releases.since("2.4.2"),
                    ofTrivy(trivy -> pythonBoolean(trivy.offlineScan())))
            .line("SCANNER_TRIVY_SECURITY_CHECKS", Releases.since("2.6.2"), ofTrivy(Trivy::securityCheck))
            .line(
                    "SCANNER_TRIVY_GITHUB_TOKEN",
                    ofTrivy(trivy ->
                            trivy.githubToken().map(token -> token.reveal()).orElse("")))
            .line("SCANNER_TRIVY_INSECURE", ofTrivy(trivy -> pythonBoolean(trivy.insecure())))
            .line("SCANNER_TRIVY_TIMEOUT", Releases.since("2.4.0"), ofTrivy(trivy -> GoDuration.of(trivy.timeout())))
            .all(proxy(OutboundProxy.Component.TRIVY))
            .maybe("SCANNER_API_SERVER_ADDR", whereTls(":8443"))
            .maybe("SCANNER_API_SERVER_TLS_KEY", whereTls("/etc/harbor/ssl/trivy_adapter.key"))
            .maybe("SCANNER_API_SERVER_TLS_CERTIFICATE", whereTls("/etc/harbor/ssl/trivy_adapter.crt"));

    private EnvTables() {}

    /** Returns the table of a service, if it has an env file. */
    static Optional<EnvTable> of(Service service) {
        return switch (service) {
            case CORE -> Optional.of(CORE);
            case JOBSERVICE -> Optional.of(JOBSERVICE);
            case REGISTRYCTL -> Optional.of(REGISTRYCTL);
            case TRIVY_ADAPTER -> Optional.of(TRIVY);
            case EXPORTER -> Optional.of(EXPORTER);
            case LOG, REGISTRY, PORTAL, PROXY -> Optional.empty();
        };
    }

    static int webhookRetries(Site site) {
        return site.yml().notification().webhookJobMaxRetry().orElse(WEBHOOK_RETRIES.in(site.release()));
    }

    static String logLevel(Site site) {
        return site.yml().log().level().name().toLowerCase(Locale.ROOT);
    }

    /** Returns a truth as Python prints it, which is how Harbor's {@code prepare} writes these. */
    static String pythonBoolean(boolean truth) {
        return truth ? "True" : "False";
    }

    private static String registryUrl(Site site) {
        return site.url("registry", 5000, 5443);
    }

    private static String trivyRedis(Site site) {
        int database = site.redis().databases().trivy();
        return OF_2_0.contains(site.release())
                ? site.redisUrl().withMadeUpUser(database)
                : site.redisUrl().of(database);
    }

    private static EnvTable database(String prefix, String nameOfName) {
        return new EnvTable()
                .line(
                        prefix + "HOST",
                        site -> site.cluster().database().address().host().text())
                .line(
                        prefix + "PORT",
                        site -> Integer.toString(
                                site.cluster().database().address().port()))
                .line(prefix + "USERNAME", site -> site.cluster().database().username())
                .line(
                        prefix + "PASSWORD",
                        site -> site.cluster().database().password().reveal())
                .line(prefix + nameOfName, site -> site.cluster().database().name())
                .line(
                        prefix + "SSLMODE",
                        site -> site.cluster().database().sslMode().toString())
                .line(
                        prefix + "MAX_IDLE_CONNS",
                        site -> Integer.toString(pool(site).maxIdleConns()))
                .line(
                        prefix + "MAX_OPEN_CONNS",
                        site -> Integer.toString(pool(site).maxOpenConns()))
                .line(
                        prefix + "CONN_MAX_LIFETIME",
                        SINCE_2_7,
                        site -> GoDuration.of(pool(site).connMaxLifetime()))
                .line(
                        prefix + "CONN_MAX_IDLE_TIME",
                        SINCE_2_7,
                        site -> GoDuration.of(pool(site).connMaxIdleTime()));
    }

    private static SharedDb.Pool pool(Site site) {
        return site.cluster().database().pool();
    }

    /** The scanner that was there beside Trivy; core of 2.0 reads these although it is not deployed. */
    private static EnvTable clair() {
        return new EnvTable()
                .constant("CLAIR_DB_PASSWORD", OF_2_0, "")
                .constant("CLAIR_DB_HOST", OF_2_0, "")
                .constant("CLAIR_DB_PORT", OF_2_0, "")
                .constant("CLAIR_DB_USERNAME", OF_2_0, "")
                .constant("CLAIR_DB", OF_2_0, "")
                .constant("CLAIR_DB_SSLMODE", OF_2_0, "")
                .constant("CLAIR_URL", OF_2_0, "http://clair:6060")
                .line("CLAIR_ADAPTER_URL", WITH_CLAIR, site -> site.url("clair-adapter"));
    }

    private static EnvTable registryCredential() {
        return new EnvTable()
                .constant("REGISTRY_CREDENTIAL_USERNAME", "harbor_registry_user")
                .line(
                        "REGISTRY_CREDENTIAL_PASSWORD",
                        site -> site.keys().registryPassword().reveal());
    }

    private static EnvTable internalTls(String component) {
        return new EnvTable()
                .maybe("INTERNAL_TLS_ENABLED", whereTls("true"))
                .maybe("INTERNAL_TLS_KEY_PATH", whereTls("/etc/harbor/ssl/" + component + ".key"))
                .maybe("INTERNAL_TLS_CERT_PATH", whereTls("/etc/harbor/ssl/" + component + ".crt"))
                .maybe("INTERNAL_TLS_TRUST_CA_PATH", whereTls(INTERNAL_CA));
    }

    private static Function<Site, Optional<String>> whereTls(String value) {
        return site -> site.cluster().internalTls() ? Optional.of(value) : Optional.empty();
    }

    private static EnvTable metricNames(Releases releases, String subsystem) {
        return new EnvTable()
                .maybe("METRIC_NAMESPACE", releases, whereMetric(site -> "harbor"))
                .maybe("METRIC_SUBSYSTEM", releases, whereMetric(site -> subsystem));
    }

    private static Function<Site, Optional<String>> whereMetric(Function<Site, String> value) {
        return site -> site.yml().metric().map(metric -> value.apply(site));
    }

    private static Function<Site, String> ofTrivy(Function<Trivy, String> value) {
        return site -> value.apply(site.yml().trivy().orElse(Trivy.DEFAULT));
    }

    private static EnvTable cache() {
        return new EnvTable()
                .maybe(
                        "_REDIS_URL_CACHE_LAYER",
                        site -> site.yml()
                                .cache()
                                .flatMap(cache -> site.redis().databases().cacheLayer().stream()
                                        .mapToObj(site.redisUrl()::of)
                                        .findFirst()))
                .maybe("CACHE_ENABLED", site -> site.yml().cache().map(cache -> "true"))
                .maybe(
                        "CACHE_EXPIRE_HOURS",
                        site -> site.yml().cache().map(cache -> Integer.toString(cache.expireHours())));
    }

    private static EnvTable proxy(OutboundProxy.Component component) {
        return new EnvTable()
                .line("HTTP_PROXY", site -> ProxyEnv.of(site, component).http())
                .line("HTTPS_PROXY", site -> ProxyEnv.of(site, component).https())
                .line("NO_PROXY", site -> ProxyEnv.of(site, component).noProxy());
    }
}
