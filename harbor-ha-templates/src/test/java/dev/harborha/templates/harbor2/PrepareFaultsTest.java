package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.InvalidClusterException;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.SslMode;
import dev.harborha.model.Storage;
import dev.harborha.prepare.Containers;
import dev.harborha.prepare.EnvReader;
import dev.harborha.prepare.RealPrepare;
import dev.harborha.prepare.Statements;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.validation.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where Harbor's own {@code prepare} is at fault: the complete way is right, the installer's way puts it right or is refused.
 * Tests that are named {@code prepare…} run that of the release, and see the fault itself, and that it is gone with the
 * override.
 */
class PrepareFaultsTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final String REGISTRY = "/etc/registry/config.yml: ";

    @TempDir
    Path folder;

    private static Cluster cluster(String release, Consumer<ClusterBuilder> change) {
        return new Scenario("fault", Releases.all(), change).in(HarborVersion.parse(release));
    }

    private static Node first(Cluster cluster) {
        return cluster.nodes().get(0);
    }

    private static String installDir(Cluster cluster) {
        return cluster.deployment().installDir().text();
    }

    /** Returns what containers see in the complete way. */
    private static Containers complete(Cluster cluster) {
        return Containers.of(
                PreparedNode.complete(TestKeys.HARBOR.render(cluster, KEYS), cluster, first(cluster)),
                installDir(cluster),
                EnvReader.COMPOSE);
    }

    /** Returns what the files of the installer's way say. */
    private static SortedMap<String, String> installer(Cluster cluster) {
        Bundle bundle = TestKeys.HARBOR.render(PreparedNode.installer(cluster), KEYS);
        return Statements.ignoring().of(PreparedNode.rendered(bundle, cluster, first(cluster)), EnvReader.RAW);
    }

    private static void mounts(SortedMap<String, String> installer, String service, String file, String target) {
        String volumes = "docker-compose.override.yml: services." + service + ".volumes[";
        assertThat(installer.subMap(volumes, volumes + "~").values()).contains("./harbor-ha/" + file + ":" + target);
    }

    private static void refuses(Cluster cluster, String rule, String problem) {
        assertThatThrownBy(() -> TestKeys.HARBOR.render(cluster, KEYS))
                .isInstanceOf(InvalidClusterException.class)
                .satisfies(refusal -> assertThat(
                                ((InvalidClusterException) refusal).report().findings())
                        .filteredOn(finding -> finding.id().equals(rule))
                        .extracting(Finding::toString)
                        .singleElement()
                        .asString()
                        .contains(problem));
    }

    /**
     * What prepare left on a node.
     *
     * @param machine all files of the node
     */
    private record Ran(SortedMap<String, String> machine, String install) {

        /** Returns what containers would see of prepare's own files. */
        Containers alone() {
            SortedMap<String, String> without = new TreeMap<>(machine);
            without.remove(install + "/docker-compose.override.yml");
            return Containers.of(without, install, EnvReader.RAW);
        }

        /** Returns what containers see. */
        Containers withOverride() {
            return Containers.of(machine, install, EnvReader.COMPOSE);
        }
    }

    private Ran prepare(Cluster cluster) throws IOException {
        RealPrepare prepare = PreparedNode.prepare(cluster, KEYS, first(cluster));
        return new Ran(
                PreparedNode.installed(
                        cluster,
                        prepare,
                        prepare.run(Files.createDirectories(folder.resolve("node")))
                                .succeeded()),
                installDir(cluster));
    }

    // Redis by TLS: prepare writes enableTLS, the registry reads enabletls.

    private static Cluster redisTls(String release) {
        return cluster(
                release,
                c -> c.redis(redis -> redis.address("redis.example.com")
                        .password(Secret.of("redis-password"))
                        .tls(Scenario.PEM)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.13.0", "2.15.2"})
    void redisTlsIsSpelledAsTheRegistryReadsIt(String release) {
        Map<String, String> complete = complete(redisTls(release)).statements();
        SortedMap<String, String> installer = installer(redisTls(release));
        assertThat(installer).containsEntry("harbor-ha/registry/config.yml: redis.enabletls", "!bool true");
        for (String service : List.of("registry", "registryctl")) {
            assertThat(complete).containsEntry(service + REGISTRY + "redis.enabletls", "!bool true");
            mounts(installer, service, "registry/config.yml", "/etc/registry/config.yml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.13.0", "2.15.2"})
    void prepareMisspellsRedisTls(String release) throws IOException {
        Ran ran = prepare(redisTls(release));
        assertThat(ran.alone().statements())
                .containsEntry("registry" + REGISTRY + "redis.enableTLS", "!bool true")
                .doesNotContainKey("registry" + REGISTRY + "redis.enabletls");
        assertThat(ran.withOverride().statements())
                .containsEntry("registry" + REGISTRY + "redis.enabletls", "!bool true");
    }

    // A Redis with an IPv6 address: prepare writes it without quotes, which is no YAML.

    private static Cluster redisIpv6(String release) {
        return cluster(
                release, c -> c.redis(redis -> redis.address("[fd00::6]:6380").password(Secret.of("redis-password"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void theAddressOfRedisMayBeIpv6(String release) {
        Cluster cluster = redisIpv6(release);
        assertThat(complete(cluster).statements())
                .containsEntry("registry" + REGISTRY + "redis.addr", "[fd00::6]:6380");
        SortedMap<String, String> installer = installer(cluster);
        assertThat(installer).containsEntry("harbor-ha/registry/config.yml: redis.addr", "[fd00::6]:6380");
        mounts(installer, "registry", "registry/config.yml", "/etc/registry/config.yml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.1.6", "2.15.2"})
    void prepareDoesNotQuoteTheAddressOfRedis(String release) throws IOException {
        Ran ran = prepare(redisIpv6(release));
        Containers alone = ran.alone();
        assertThatIllegalArgumentException()
                .isThrownBy(alone::statements)
                .withMessageStartingWith("registry/etc/registry/config.yml: ");
        assertThat(ran.withOverride().statements())
                .containsEntry("registry" + REGISTRY + "redis.addr", "[fd00::6]:6380")
                .containsEntry(
                        "jobservice/etc/jobservice/config.yml: worker_pool.redis_pool.redis_url",
                        complete(redisIpv6(release))
                                .statements()
                                .get("jobservice/etc/jobservice/config.yml: worker_pool.redis_pool.redis_url"));
    }

    @Test
    void sentinelsMayBeIpv6InTheCompleteWayAlone() {
        Cluster cluster = cluster(
                "2.15.2", c -> c.redis(redis -> redis.sentinel("mymaster", "fd00::6", "redis-2.example.com:26380")));
        assertThat(complete(cluster).statements())
                .containsEntry("registry" + REGISTRY + "redis.addr", "[fd00::6]:26379,redis-2.example.com:26380");
        refuses(
                PreparedNode.installer(cluster),
                "deployment.installer-with-ipv6-sentinel",
                "The sentinel fd00::6 is an IPv6 address.");
    }

    // TLS between containers with a data volume of one's own: prepare does not copy the authority.

    private static Cluster internalTlsElsewhere(String release) {
        return cluster(
                release,
                c -> c.internalTls()
                        .deployment(d -> d.dataVolume("/srv/harbor"))
                        .harborYml(yml -> yml.trivy()));
    }

    private static final List<String> TRUST =
            List.of("registry", "registryctl", "core", "jobservice", "proxy", "trivy-adapter");

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void theAuthorityBetweenContainersIsEverywhere(String release) {
        String authority = KEYS.internalTls().orElseThrow().caCertificate();
        Cluster cluster = internalTlsElsewhere(release);
        Containers complete = complete(cluster);
        SortedMap<String, String> installer = installer(cluster);
        assertThat(installer).containsEntry("harbor-ha/internal_tls/harbor_internal_ca.crt: content", authority);
        for (String service : TRUST) {
            assertThat(complete.files()).containsEntry(service + "/harbor_cust_cert/harbor_internal_ca.crt", authority);
            mounts(
                    installer,
                    service,
                    "internal_tls/harbor_internal_ca.crt",
                    "/harbor_cust_cert/harbor_internal_ca.crt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void prepareForgetsTheAuthorityBetweenContainers(String release) throws IOException {
        Ran ran = prepare(internalTlsElsewhere(release));
        for (String service : TRUST) {
            String file = service + "/harbor_cust_cert/harbor_internal_ca.crt";
            assertThat(ran.alone().files()).doesNotContainKey(file);
            assertThat(ran.withOverride().files())
                    .containsEntry(file, KEYS.internalTls().orElseThrow().caCertificate());
        }
    }

    // The data volume: prepare's wrapper takes the last word of each line that has "data_volume:" in it.

    private static final String NAMES_IT = "data_volume: /somewhere/else";

    private static Cluster namesTheDataVolume() {
        return cluster(
                "2.15.2",
                c -> c.adminPassword(Secret.of(NAMES_IT))
                        .deployment(d -> d.dataVolume("/srv/harbor"))
                        .harborYml(yml -> yml.trace(trace -> trace.attribute("my_data_volume", "a")
                                .attribute("data_volume", NAMES_IT)
                                .attribute("note", "my " + NAMES_IT)
                                .jaegerAgent("jaeger.example.com"))));
    }

    @Test
    void theDataVolumeStandsInOnePlainLine() {
        Cluster cluster = namesTheDataVolume();
        Bundle bundle = TestKeys.HARBOR.render(PreparedNode.installer(cluster), KEYS);
        String yml =
                bundle.get("nodes/harbor-1/opt/harbor/harbor.yml").orElseThrow().content();
        assertThat(yml.lines().filter(line -> line.matches("[^#]*data_volume:.*")))
                .containsExactly("data_volume: /srv/harbor");
        assertThat(installer(cluster))
                .containsEntry("harbor.yml: data_volume", "/srv/harbor")
                .containsEntry("harbor.yml: harbor_admin_password", NAMES_IT)
                .containsEntry("harbor.yml: trace.attributes.my_data_volume", "a")
                .containsEntry("harbor.yml: trace.attributes.data_volume", NAMES_IT)
                .containsEntry("harbor.yml: trace.attributes.note", "my " + NAMES_IT);
        assertThat(TestKeys.HARBOR.render(cluster, KEYS).files())
                .extracting(RenderedFile::path)
                .noneMatch(path -> path.endsWith("harbor.yml"));
    }

    @Test
    void prepareTakesTheDataVolumeFromThatLine() throws IOException {
        Cluster cluster = namesTheDataVolume();
        Containers containers = prepare(cluster).withOverride();
        assertThat(containers.statements()).isEqualTo(complete(cluster).statements());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"/data\"", "/my data", "/data #1", "/data#1", "data", "/data:z", "/$HOME"})
    void aDataVolumeThatTheWrapperMisreadsIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployment.of(d -> d.dataVolume(path)))
                .withMessageContaining(
                        "begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".");
    }

    // Storage: prepare takes an unknown driver for the file system, and 1 for true.

    @Test
    void everyKindOfStorageIsOneThatPrepareKnows() {
        Set<String> kinds = new TreeSet<>();
        Set<String> drivers = new TreeSet<>();
        for (Scenario scenario : Scenario.ALL) {
            Cluster cluster = scenario.in(HarborVersion.parse("2.15.2"));
            if (kinds.add(cluster.storage().getClass().getName())) {
                String driver = cluster.storage().driver();
                drivers.add(driver);
                assertThat(complete(cluster).statements().keySet())
                        .anyMatch(name -> name.startsWith("registry" + REGISTRY + "storage." + driver + "."));
                assertThat(installer(cluster).keySet())
                        .anyMatch(name -> name.startsWith("harbor.yml: storage_service." + driver + "."))
                        .anyMatch(name -> name.startsWith("harbor-ha/registry/config.yml: storage." + driver + "."));
            }
        }
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Storage.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        assertThat(drivers).containsExactly("azure", "filesystem", "gcs", "oss", "s3", "swift");
    }

    private static Cluster one(String release) {
        return cluster(
                release, c -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").multipartCopyMaxConcurrency(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void oneStaysOne(String release) {
        String option = "storage.s3.multipartcopymaxconcurrency";
        assertThat(complete(one(release)).statements()).containsEntry("registry" + REGISTRY + option, "!int 1");
        SortedMap<String, String> installer = installer(one(release));
        assertThat(installer).containsEntry("harbor-ha/registry/config.yml: " + option, "!int 1");
        mounts(installer, "registry", "registry/config.yml", "/etc/registry/config.yml");
        mounts(installer, "registryctl", "registry/config.yml", "/etc/registry/config.yml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void prepareMakesOneTrue(String release) throws IOException {
        String option = "registry" + REGISTRY + "storage.s3.multipartcopymaxconcurrency";
        Ran ran = prepare(one(release));
        assertThat(ran.alone().statements()).containsEntry(option, "!bool true");
        assertThat(ran.withOverride().statements()).containsEntry(option, "!int 1");
    }

    /** Each is one that prepare replaces by its own default without a word. */
    @Test
    void numbersThatPrepareReplacesAreRefused() {
        refusesNumber(
                () -> SharedRedis.of(redis -> redis.address("redis.example.com").registryDatabase(0)),
                "Redis database of the registry");
        refusesNumber(
                () -> SharedRedis.of(redis -> redis.address("redis.example.com").idleTimeout(Duration.ZERO)),
                "idle timeout of Redis");
        refusesNumber(
                () -> cluster(
                        "2.15.2",
                        c -> c.database(db -> db.address("pg.example.com")
                                .password(Secret.of("database-password"))
                                .maxIdleConns(0))),
                "idle database connections");
        refusesNumber(
                () -> HarborYml.of(yml -> yml.jobservice(jobservice -> jobservice.maxJobDurationHours(23))),
                "longest duration of a job");
        refusesNumber(() -> HarborLog.of(log -> log.rotateCount(0)), "number of old log files");
    }

    private static void refusesNumber(Runnable description, String what) {
        assertThatIllegalArgumentException().isThrownBy(description::run).withMessageContaining(what);
    }

    // Redis users: prepare glues a user without a password to the host, and before 2.15 the registry is told of none.

    @Test
    void aRedisUserNeedsAPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedRedis.of(
                        redis -> redis.address("redis.example.com").username("harbor")))
                .withMessage(
                        "Redis has a user and no password, which Harbor cannot write down; give .password(…), or leave"
                                + " .username(…) out.");
    }

    private static Cluster redisUser(String release, boolean registryAsDefaultUser) {
        return cluster(
                release,
                c -> c.redis(redis -> redis.address("redis.example.com")
                        .username("harbor")
                        .password(Secret.of("redis-password"))
                        .registryAsDefaultUser(registryAsDefaultUser)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.0", "2.14.4"})
    void theRegistryIsDefaultUserOrItIsRefused(String release) {
        Cluster cluster = redisUser(release, true);
        assertThat(complete(cluster).statements())
                .containsEntry(
                        "core environment: _REDIS_URL_REG",
                        "redis://harbor:redis-password@redis.example.com:6379/1?idle_timeout_seconds=30")
                .containsEntry("registry" + REGISTRY + "redis.password", "redis-password")
                .doesNotContainKey("registry" + REGISTRY + "redis.username");
        SortedMap<String, String> installer = installer(cluster);
        assertThat(installer)
                .containsEntry("harbor-ha/registry/config.yml: redis.password", "redis-password")
                .doesNotContainKey("harbor-ha/registry/config.yml: redis.username");
        mounts(installer, "registry", "registry/config.yml", "/etc/registry/config.yml");
        for (Cluster refused : List.of(redisUser(release, false), PreparedNode.installer(redisUser(release, false)))) {
            refuses(
                    refused,
                    "redis.acl-user-unknown-to-registry",
                    "The registry of Harbor " + release
                            + " knows no Redis user and would be refused with this password.");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRegistryIsToldOfTheUserSince215(boolean registryAsDefaultUser) {
        Cluster cluster = redisUser("2.15.0", registryAsDefaultUser);
        assertThat(complete(cluster).statements()).containsEntry("registry" + REGISTRY + "redis.username", "harbor");
        assertThat(installer(cluster)).containsEntry("harbor-ha/registry/config.yml: redis.username", "harbor");
    }

    @Test
    void prepareTellsTheRegistryOfTheUserSince215() throws IOException {
        String username = "registry" + REGISTRY + "redis.username";
        Ran before = prepare(redisUser("2.14.4", true));
        assertThat(before.alone().statements()).doesNotContainKey(username);
        assertThat(before.withOverride().statements()).doesNotContainKey(username);
        Ran since = prepare(redisUser("2.15.0", false));
        assertThat(since.alone().statements()).containsEntry(username, "harbor");
        assertThat(since.withOverride().statements()).containsEntry(username, "harbor");
    }

    // Addresses and paths: prepare puts an IPv6 host name into the URL as it is, and knows one path of metrics with
    // plain http.

    private static Cluster ipv6Url(String release) {
        return cluster(release, c -> c.publicUrl("https://[fd00::10]").privateNetwork());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void thePublicUrlMayBeIpv6(String release) {
        assertThat(complete(ipv6Url(release)).environments().get("core"))
                .containsEntry("EXT_ENDPOINT", "https://[fd00::10]");
        assertThat(installer(ipv6Url(release)))
                .containsEntry("harbor.yml: external_url", "https://[fd00::10]")
                .containsEntry(
                        "docker-compose.override.yml: services.core.environment.EXT_ENDPOINT", "https://[fd00::10]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.15.2"})
    void prepareTakesTheUrlAsItIsGiven(String release) throws IOException {
        Ran ran = prepare(ipv6Url(release));
        assertThat(ran.alone().environments().get("core")).containsEntry("EXT_ENDPOINT", "https://[fd00::10]");
        assertThat(ran.withOverride().environments().get("core")).containsEntry("EXT_ENDPOINT", "https://[fd00::10]");
        // From the host name alone it makes no URL.
        RealPrepare prepare = PreparedNode.prepare(ipv6Url(release), KEYS, first(ipv6Url(release)));
        RealPrepare byName = RealPrepare.of(
                        prepare.release(),
                        prepare.harborYml()
                                .replaceAll("(?m)^hostname: .*$", "hostname: \"fd00::10\"")
                                .replaceAll("(?m)^external_url: .*\n", ""))
                .hostFiles(prepare.hostFiles());
        assertThat(byName.run(Files.createDirectory(folder.resolve("by-name")))
                        .succeeded()
                        .files()
                        .get("common/config/core/env"))
                .contains("EXT_ENDPOINT=http://fd00::10");
    }

    private static Cluster metricsElsewhere(String release) {
        return cluster(release, c -> c.harborYml(yml -> yml.metric(9191, "/figures")));
    }

    private static final String LOCATION = "http/server[listen 9090]/location[= %s]/proxy_pass";

    @ParameterizedTest
    @ValueSource(strings = {"2.2.0", "2.15.2"})
    void metricsAreWhereTheClusterWantsThem(String release) {
        String location = String.format(LOCATION, "/figures");
        assertThat(complete(metricsElsewhere(release)).statements())
                .containsKey("proxy/etc/nginx/nginx.conf: " + location);
        SortedMap<String, String> installer = installer(metricsElsewhere(release));
        assertThat(installer).containsKey("harbor-ha/nginx/nginx.conf: " + location);
        mounts(installer, "proxy", "nginx/nginx.conf", "/etc/nginx/nginx.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.0", "2.15.2"})
    void preparePutsMetricsWhereItWants(String release) throws IOException {
        Ran ran = prepare(metricsElsewhere(release));
        assertThat(ran.alone().statements())
                .containsKey("proxy/etc/nginx/nginx.conf: " + String.format(LOCATION, "/metrics"));
        assertThat(ran.withOverride().statements())
                .isEqualTo(complete(metricsElsewhere(release)).statements());
    }

    @Test
    void addressFamiliesAreRefusedWhereTheyAreNotKnown() {
        Cluster cluster = cluster("2.10.3", c -> c.nodeTls(tls -> {}).harborYml(yml -> yml.ipFamily(true, true)));
        for (Cluster refused : List.of(cluster, PreparedNode.installer(cluster))) {
            refuses(refused, "setting.not-in-release", "ipFamily");
        }
    }

    // Secrets: prepare draws them on every run.

    private static final Map<String, Set<String>> DRAWN = Map.of(
            "core",
            Set.of(
                    "CORE_SECRET",
                    "JOBSERVICE_SECRET",
                    "REGISTRY_CREDENTIAL_PASSWORD",
                    "CSRF_KEY",
                    "ROBOT_SCANNER_NAME_PREFIX"),
            "jobservice",
            Set.of("CORE_SECRET", "JOBSERVICE_SECRET", "REGISTRY_CREDENTIAL_PASSWORD"),
            "registryctl",
            Set.of("CORE_SECRET", "JOBSERVICE_SECRET"));

    @Test
    void secretsAreTheClustersInBothWays() {
        Cluster cluster = cluster("2.15.2", c -> {});
        Containers complete = complete(cluster);
        SortedMap<String, String> installer = installer(cluster);
        DRAWN.forEach((service, names) -> names.forEach(name -> assertThat(installer)
                .containsEntry(
                        "docker-compose.override.yml: services." + service + ".environment." + name,
                        complete.environments().get(service).get(name))));
        assertThat(complete.environments().get("core"))
                .containsEntry("CSRF_KEY", KEYS.csrfKey().reveal());
        mounts(installer, "registry", "registry/passwd", "/etc/registry/passwd");
        assertThat(installer)
                .containsEntry(
                        "data/secret/keys/secretkey: content", KEYS.secretKey().reveal())
                .containsEntry(
                        "data/secret/core/private_key.pem: content",
                        KEYS.tokenKey().reveal())
                .containsEntry("data/secret/registry/root.crt: content", KEYS.tokenCertificate());
    }

    @Test
    void prepareDrawsOtherSecretsOnEveryRun() throws IOException {
        Cluster cluster = cluster("2.15.2", c -> {});
        Ran once = prepare(cluster);
        Ran again = prepare(cluster);
        DRAWN.forEach((service, names) -> names.forEach(
                name -> assertThat(once.alone().environments().get(service).get(name))
                        .isNotEqualTo(again.alone().environments().get(service).get(name))));
        assertThat(again.withOverride().statements())
                .isEqualTo(once.withOverride().statements());
    }

    // What a run leaves behind: trusted authorities are emptied, an env file for a database that is not there, random
    // orders.

    private static Cluster authorities() {
        return cluster(
                "2.15.2",
                c -> c.storageCa(Scenario.PEM)
                        .database(db -> db.address("pg.example.com")
                                .password(Secret.of("database-password"))
                                .sslMode(SslMode.VERIFY_FULL)
                                .ca(Scenario.OTHER_PEM)
                                .maxConnections(500))
                        .redis(redis -> redis.address("redis.example.com")
                                .password(Secret.of("redis-password"))
                                .tls(Scenario.PEM))
                        .internalTls()
                        .harborYml(yml -> yml.proxy(proxy -> proxy.http("http://proxy.example.com:3128")
                                .noProxy("one.example.com", "two.example.com", "three.example.com"))));
    }

    private static final List<String> AUTHORITIES =
            List.of("storage_ca_bundle.crt", "redis_tls_ca.crt", "harbor_internal_ca.crt");

    @Test
    void authoritiesAndOrdersAreTheSameEverywhere() {
        Containers complete = complete(authorities());
        SortedMap<String, String> installer = installer(authorities());
        AUTHORITIES.forEach(name -> assertThat(complete.files()).containsKey("core/harbor_cust_cert/" + name));
        assertThat(installer)
                .containsEntry("harbor-ha/storage_ca_bundle.crt: content", Scenario.PEM + Scenario.OTHER_PEM)
                .containsEntry("harbor.yml: storage_service.ca_bundle", "/opt/harbor/harbor-ha/storage_ca_bundle.crt")
                .containsEntry("harbor.yml: external_redis.tlsOptions.rootCA", "/opt/harbor/harbor-ha/redis_tls_ca.crt")
                .containsEntry(
                        "docker-compose.override.yml: services.core.environment.NO_PROXY",
                        complete.environments().get("core").get("NO_PROXY"));
        mounts(installer, "core", "internal_tls/harbor_internal_ca.crt", "/harbor_cust_cert/harbor_internal_ca.crt");
        // The password of the database is for root alone, and no container gets that file.
        RenderedFile database = TestKeys.HARBOR
                .render(authorities(), KEYS)
                .get("nodes/harbor-1/opt/harbor/common/config/db/env")
                .orElseThrow();
        assertThat(database.mode().octal() + " " + database.owner()).isEqualTo("600 0:0");
        assertThat(complete.environments()).doesNotContainKey("db");
        assertThat(complete.files().keySet()).noneMatch(path -> path.endsWith("/db/env"));
    }

    @Test
    void prepareMayRunAgainWithoutLosingAuthorities() throws IOException {
        Containers once = prepare(authorities()).withOverride();
        Containers again = prepare(authorities()).withOverride();
        AUTHORITIES.forEach(name -> assertThat(again.files()).containsKey("core/harbor_cust_cert/" + name));
        assertThat(again.statements()).isEqualTo(once.statements());
    }

    // Migration: prepare's own writes "none" for the strong ciphers, which is a true text.

    @Test
    void ciphersAreSaidAndNothingHasToBeMigrated() {
        for (String release : List.of("2.9.5", "2.15.2")) {
            for (boolean strong : new boolean[] {false, true}) {
                Cluster cluster = cluster(release, c -> c.nodeTls(tls -> tls.strongSslCiphers(strong)));
                String line = release.substring(0, release.lastIndexOf('.')) + ".0";
                assertThat(installer(cluster))
                        .containsEntry("harbor.yml: _version", line)
                        .containsEntry("harbor.yml: https.strong_ssl_ciphers", "!bool " + strong);
                assertThat(ciphers(complete(cluster)).contains("!AES128")).isEqualTo(strong);
            }
        }
    }

    @Test
    void prepareTakesTheCiphersThatAreSaid() throws IOException {
        for (boolean strong : new boolean[] {false, true}) {
            Cluster cluster = cluster("2.15.2", c -> c.nodeTls(tls -> tls.strongSslCiphers(strong)));
            assertThat(ciphers(prepare(cluster).withOverride())).isEqualTo(ciphers(complete(cluster)));
        }
    }

    private static String ciphers(Containers containers) {
        return containers.statements().get("proxy/etc/nginx/nginx.conf: http/server[listen 8443]/ssl_ciphers");
    }

    // Harbor 0.5: a semicolon after a blank begins a comment in harbor.cfg.

    @Test
    void aSemicolonIsRefusedForHarbor05AndCarriedSince() {
        Secret password = Secret.of("Pass#word ; x");
        refuses(
                Scenarios.all(Scenario.PEM, TestKeys.certificateKey()).get("post-s3-https").toBuilder()
                        .adminPassword(password)
                        .build(),
                "value.lost-by-reader",
                "The value has a \";\" that begins it or follows a blank; Harbor 0.5's prepare would change it or cut it off.");
        Cluster cluster = cluster("2.15.2", c -> c.adminPassword(password));
        assertThat(complete(cluster).environments().get("core"))
                .containsEntry("HARBOR_ADMIN_PASSWORD", password.reveal());
        assertThat(installer(cluster))
                .containsEntry("harbor.yml: harbor_admin_password", password.reveal())
                .containsEntry(
                        "docker-compose.override.yml: services.core.environment.HARBOR_ADMIN_PASSWORD",
                        password.reveal());
    }
}
