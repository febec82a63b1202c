package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;

import com.google.common.base.Splitter;
import dev.harborha.model.Cluster;
import dev.harborha.model.Deployment;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborYml;
import dev.harborha.model.IpFamily;
import dev.harborha.model.Jobservice;
import dev.harborha.model.ModelPath;
import dev.harborha.model.NodeTls;
import dev.harborha.model.Notification;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.RedisDatabases;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.Releases;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.SslMode;
import dev.harborha.model.SwiftStorage;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The rule on settings that a release does not know, and the table of the releases that know each one. */
final class SettingRules {

    static final List<Rule> ALL = List.of(Rule.of(
            RuleInfo.of(
                    "setting.not-in-release",
                    ERROR,
                    rule -> rule.title("A setting does not exist in this release of Harbor")
                            .why(
                                    "Harbor ignores what it does not know, without a word: the cluster would not be what its description says.")
                            .fix("Leave the setting out, or use a release that has it: .harbor(…).")
                            .sources("https://github.com/goharbor/harbor/blob/main/make/harbor.yml.tmpl")),
            SettingRules::unknown));

    /** Where a setting stands, the releases that have it, how it is said, and whether a cluster says it. */
    record Setting(String path, Releases releases, String call, Predicate<Cluster> isSaid) {

        ModelPath modelPath(Cluster cluster) {
            ModelPath place = Places.CLUSTER;
            for (String part : Splitter.on('.')
                    .split(path.replace("$driver", cluster.storage().driver()))) {
                place = place.child(part);
            }
            return place;
        }
    }

    static final List<Setting> SETTINGS = settings();

    private SettingRules() {}

    private static List<Problem> unknown(Cluster cluster) {
        return SETTINGS.stream()
                .filter(setting -> !setting.releases().contains(cluster.harbor())
                        && setting.isSaid().test(cluster))
                .map(setting -> new Problem(
                        setting.modelPath(cluster),
                        "Harbor " + cluster.harbor() + " does not have this setting; releases that do: "
                                + setting.releases() + ".",
                        "Leave " + setting.call() + " out, or use a release that has it."))
                .toList();
    }

    private static List<Setting> settings() {
        Table table = new Table();
        general(table);
        database(table);
        redis(table);
        storage(table);
        harborYml(table);
        trivy(table);
        return List.copyOf(table.settings);
    }

    private static void general(Table table) {
        table.add(
                "harborCfg",
                Releases.before("1.0.0"),
                ".harborCfg(…)",
                c -> !c.harborCfg().equals(HarborCfg.DEFAULT));
        table.add(
                "jobserviceNode",
                Releases.before("2.0.0"),
                ".jobserviceOn(…)",
                c -> c.jobserviceNode().isPresent());
        table.since("2.0.0", "redirect", ".redirect(…)", c -> c.redirect().isPresent());
        table.since("2.0.0", "storageCa", ".storageCa(…)", c -> c.storageCa().isPresent());
        table.since("2.0.0", "nodeTls", ".nodeTls(…)", c -> c.nodeTls().isPresent());
        table.add(
                "nodeTls.strongSslCiphers",
                Releases.since("2.9.3", "2.10.1"),
                ".strongSslCiphers(true)",
                c -> c.nodeTls().map(NodeTls::strongSslCiphers).orElse(false));
        table.since("2.0.0", "internalTls", ".internalTls()", Cluster::internalTls);
        table.since(
                "2.0.0", "deployment", ".deployment(…)", c -> !c.deployment().equals(Deployment.DEFAULT));
        table.since("2.0.0", "harborYml", ".harborYml(…)", c -> !c.harborYml().equals(HarborYml.DEFAULT));
    }

    private static void database(Table table) {
        SharedDb.Pool usual = SharedDb.Pool.DEFAULT;
        table.since(
                "2.0.0", "database.sslMode", ".sslMode(…)", c -> c.database().sslMode() != SslMode.DISABLE);
        table.since("2.0.0", "database.ca", ".ca(…)", c -> c.database().ca().isPresent());
        table.since(
                "2.0.0",
                "database.pool.maxOpenConns",
                ".maxOpenConns(…)",
                c -> c.database().pool().maxOpenConns() != usual.maxOpenConns());
        table.since(
                "2.0.0",
                "database.pool.maxIdleConns",
                ".maxIdleConns(…)",
                c -> c.database().pool().maxIdleConns() != usual.maxIdleConns());
        table.since(
                "2.7.0",
                "database.pool.connMaxLifetime",
                ".connMaxLifetime(…)",
                c -> !c.database().pool().connMaxLifetime().equals(usual.connMaxLifetime()));
        table.since(
                "2.7.0",
                "database.pool.connMaxIdleTime",
                ".connMaxIdleTime(…)",
                c -> !c.database().pool().connMaxIdleTime().equals(usual.connMaxIdleTime()));
    }

    private static void redis(Table table) {
        RedisDatabases usual = RedisDatabases.DEFAULT;
        Releases ownCaches = Releases.since("2.7.3", "2.8.4");
        table.add(
                "redis.poolSize",
                Releases.before("2.1.0"),
                ".poolSize(…)",
                ofRedis(redis -> redis.poolSize() != SharedRedis.DEFAULT_POOL_SIZE));
        table.add(
                "redis.databases.session",
                Releases.before("2.0.0"),
                ".sessionDatabase(…)",
                ofRedis(redis -> redis.databases().session() != usual.session()));
        table.since(
                "2.0.0",
                "redis.databases.registry",
                ".registryDatabase(…)",
                ofRedis(redis -> redis.databases().registry() != usual.registry()));
        table.since(
                "2.0.0",
                "redis.databases.jobservice",
                ".jobserviceDatabase(…)",
                ofRedis(redis -> redis.databases().jobservice() != usual.jobservice()));
        table.since(
                "2.0.0",
                "redis.databases.trivy",
                ".trivyDatabase(…)",
                ofRedis(redis -> redis.databases().trivy() != usual.trivy()));
        table.add(
                "redis.databases.harbor",
                ownCaches,
                ".harborDatabase(…)",
                ofRedis(redis -> redis.databases().harbor().isPresent()));
        table.add(
                "redis.databases.cacheLayer",
                ownCaches,
                ".cacheLayerDatabase(…)",
                ofRedis(redis -> redis.databases().cacheLayer().isPresent()));
        table.since(
                "2.0.0",
                "redis.idleTimeout",
                ".idleTimeout(…)",
                ofRedis(redis -> !redis.idleTimeout().equals(SharedRedis.DEFAULT_IDLE_TIMEOUT)));
        table.since(
                "2.1.0",
                "redis.sentinel",
                ".sentinel(…)",
                ofRedis(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel));
        table.since(
                "2.8.0",
                "redis.username",
                ".username(…)",
                ofRedis(redis -> redis.username().isPresent()));
        table.since(
                "2.13.0", "redis.tls", ".tls(…)", ofRedis(redis -> redis.tls().isPresent()));
    }

    private static Predicate<Cluster> ofRedis(Predicate<SharedRedis> isSaid) {
        return cluster -> cluster.redis().filter(isSaid).isPresent();
    }

    private static void storage(Table table) {
        s3Option(table, "skipVerify", S3Storage.Advanced::skipVerify);
        s3Option(table, "v4Auth", S3Storage.Advanced::v4Auth);
        s3Option(table, "multipartCopyChunkSize", S3Storage.Advanced::multipartCopyChunkSize);
        s3Option(table, "multipartCopyMaxConcurrency", S3Storage.Advanced::multipartCopyMaxConcurrency);
        s3Option(table, "multipartCopyThresholdSize", S3Storage.Advanced::multipartCopyThresholdSize);
        s3Option(table, "objectAcl", S3Storage.Advanced::objectAcl);
        table.since(
                "2.0.0",
                "storage.$driver.storageClass",
                ".storageClass(\"NONE\")",
                c -> c.storage() instanceof S3Storage s3
                        && s3.storageClass().filter("NONE"::equals).isPresent());
        table.since(
                "2.0.0",
                "storage.$driver.maxConcurrency",
                ".maxConcurrency(…)",
                c -> c.storage() instanceof GcsStorage gcs
                        && gcs.maxConcurrency().isPresent());
        swiftOption(table, "tenantDomain", SwiftStorage.Options::tenantDomain);
        swiftOption(table, "tenantDomainId", SwiftStorage.Options::tenantDomainId);
    }

    private static void swiftOption(Table table, String name, Function<SwiftStorage.Options, Optional<?>> option) {
        table.since(
                "2.0.0",
                "storage.$driver." + name,
                "." + name + "(…)",
                c -> c.storage() instanceof SwiftStorage swift
                        && option.apply(swift.options()).isPresent());
    }

    private static void s3Option(Table table, String name, Function<S3Storage.Advanced, Optional<?>> option) {
        table.since(
                "2.0.0",
                "storage.$driver." + name,
                "." + name + "(…)",
                c -> c.storage() instanceof S3Storage s3
                        && option.apply(s3.advanced()).isPresent());
    }

    private static void harborYml(Table table) {
        table.since(
                "2.2.0",
                "harborYml.metric",
                ".metric(…)",
                c -> c.harborYml().metric().isPresent());
        table.since(
                "2.4.0",
                "harborYml.trace",
                ".trace(…)",
                c -> c.harborYml().trace().isPresent());
        table.since(
                "2.5.0",
                "harborYml.uploadPurging",
                ".uploadPurging(…)",
                c -> c.harborYml()
                        .uploadPurging()
                        .filter(purging -> !purging.equals(UploadPurging.DEFAULT))
                        .isPresent());
        table.since(
                "2.6.0",
                "harborYml.cache",
                ".cache(…)",
                c -> c.harborYml().cache().isPresent());
        table.since(
                "2.8.0",
                "harborYml.notification.webhookJobHttpClientTimeout",
                ".notification(…)",
                c -> c.harborYml().notification().webhookJobHttpClientTimeout()
                        != Notification.DEFAULT.webhookJobHttpClientTimeout());
        table.since(
                "2.9.0",
                "harborYml.quotaUpdateProvider",
                ".quotaUpdateProvider(…)",
                c -> c.harborYml().quotaUpdateProvider() != QuotaUpdateProvider.DB);
        table.since(
                "2.11.0",
                "harborYml.ipFamily",
                ".ipFamily(…)",
                c -> !c.harborYml().ipFamily().equals(IpFamily.DEFAULT));
        table.since(
                "2.13.0",
                "harborYml.jobservice.maxJobDurationHours",
                ".maxJobDurationHours(…)",
                c -> c.harborYml().jobservice().maxJobDurationHours() != Jobservice.DEFAULT.maxJobDurationHours());
    }

    private static void trivy(Table table) {
        table.since(
                "2.4.0",
                "harborYml.trivy.timeout",
                ".timeout(…)",
                ofTrivy(trivy -> !trivy.timeout().equals(Trivy.DEFAULT.timeout())));
        table.since("2.4.2", "harborYml.trivy.offlineScan", ".offlineScan(…)", ofTrivy(Trivy::offlineScan));
        table.since(
                "2.6.2",
                "harborYml.trivy.securityCheck",
                ".securityCheck(…)",
                ofTrivy(trivy -> !trivy.securityCheck().equals(Trivy.DEFAULT.securityCheck())));
        table.add(
                "harborYml.trivy.skipJavaDbUpdate",
                Releases.since("2.9.3", "2.10.1"),
                ".skipJavaDbUpdate(…)",
                ofTrivy(Trivy::skipJavaDbUpdate));
        table.since(
                "2.15.0",
                "harborYml.trivy.dbRepository",
                ".dbRepository(…)",
                ofTrivy(trivy -> trivy.dbRepository().isPresent()));
        table.since(
                "2.15.0",
                "harborYml.trivy.javaDbRepository",
                ".javaDbRepository(…)",
                ofTrivy(trivy -> trivy.javaDbRepository().isPresent()));
    }

    private static Predicate<Cluster> ofTrivy(Predicate<Trivy> isSaid) {
        return cluster -> cluster.harborYml().trivy().filter(isSaid).isPresent();
    }

    private static final class Table {

        private final List<Setting> settings = new ArrayList<>();

        void since(String version, String path, String call, Predicate<Cluster> isSaid) {
            add(path, Releases.since(version), call, isSaid);
        }

        void add(String path, Releases releases, String call, Predicate<Cluster> isSaid) {
            settings.add(new Setting(path, releases, call, isSaid));
        }
    }
}
