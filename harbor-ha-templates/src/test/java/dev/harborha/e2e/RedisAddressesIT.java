package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedRedis;
import dev.harborha.prepare.EnvReader;
import dev.harborha.render.Bundle;
import dev.harborha.secret.Secret;
import dev.harborha.templates.harbor2.Scenario;
import dev.harborha.templates.rendering.Judges;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.PythonJudge;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.validation.ValueReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every address of Redis that is rendered for a component leads a client into the database that the cluster names. */
@Timeout(60)
class RedisAddressesIT {

    private static final Releases OWN_CACHES = Releases.since("2.7.3", "2.8.4");
    private static final Releases CACHE = Releases.since("2.6.0");
    private static final Releases METRIC = Releases.since("2.2.0");
    private static final HarborVersion OLDEST = Scenario.newestOfEachLine().get(0);
    private static final String CONFIG = "nodes/harbor-1/opt/harbor/common/config/";

    /** The databases that the cluster names, by the names that its components have for their addresses. */
    private static final Map<String, Integer> DATABASES = Map.of(
            "_REDIS_URL", 0,
            "_REDIS_URL_CORE", 0,
            "_REDIS_URL_REG", 3,
            "_REDIS_URL_HARBOR", 6,
            "_REDIS_URL_CACHE_LAYER", 7,
            "redis_url", 4,
            "HARBOR_REDIS_URL", 4,
            "SCANNER_REDIS_URL", 9,
            "SCANNER_STORE_REDIS_URL", 9,
            "SCANNER_JOB_QUEUE_REDIS_URL", 9);

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> processes().logs());

    private final FreePorts ports = new FreePorts();
    private Processes processes;
    private RedisUser user;

    @BeforeEach
    void begin() {
        processes = new Processes(folder);
        user = new RedisUser();
    }

    @AfterEach
    void end() {
        processes.close();
        if (user != null) {
            user.close();
        }
    }

    private Processes processes() {
        return processes;
    }

    @Test
    void leadIntoTheirDatabasesInEveryLine() throws IOException {
        RedisAccess access = RedisAccess.password("redis-password");
        RedisServer server = server(access);
        for (HarborVersion release : Scenario.newestOfEachLine()) {
            assertThat(addresses(render(release, server, access)).keySet())
                    .as("%s", release)
                    .contains("core _REDIS_URL_REG", "jobservice redis_url", "trivy-adapter SCANNER_STORE_REDIS_URL");
            assertLead(release, server, access, "default");
        }
        assertThat(addresses(render(HarborVersion.newest(), server, access))).hasSize(11);
    }

    @Test
    void carryAnyPassword() {
        for (String password : AwkwardPasswords.ALL) {
            RedisAccess access = RedisAccess.password(password);
            RedisServer server = server(access);
            assertLead(HarborVersion.newest(), server, access, "default");
            if (Stream.of(ValueReader.COMPOSE_QUOTED_ENV, ValueReader.REDIS_SESSION)
                    .allMatch(reader -> reader.losesIn(password).isEmpty())) {
                assertLead(OLDEST, server, access, "default");
            }
        }
    }

    @Test
    void carryAnyUser() {
        for (String name : List.of("harbor", "har:bor@1/#%41?", "pässwörd-😀")) {
            RedisAccess access = RedisAccess.user(name, "p@ss: w%rd/");
            RedisServer server = server(access);
            assertLead(HarborVersion.parse("2.8.6"), server, access, name);
            assertLead(HarborVersion.newest(), server, access, name);
        }
    }

    @Test
    void needNoPassword() {
        RedisServer server = server(RedisAccess.open());
        assertLead(OLDEST, server, RedisAccess.open(), "default");
        assertLead(HarborVersion.newest(), server, RedisAccess.open(), "default");
    }

    @Test
    void wrongOnesAreNoticed() {
        RedisServer server = server(RedisAccess.password("redis-password"));
        String address = addresses(render(HarborVersion.newest(), server, RedisAccess.password("another")))
                .get("core _REDIS_URL_REG");
        assertThat(user.follow(address, "", false).path("error").asText()).contains("WRONGPASS");
    }

    @Test
    void redisCliFollowsThemToo() {
        RedisAccess access = RedisAccess.user("har:bor", AwkwardPasswords.ALL.get(0));
        RedisServer server = server(access);
        assertThat(addresses(render(HarborVersion.newest(), server, access)))
                .hasSize(11)
                .allSatisfy((name, address) -> assertThat(redisCli("-u", address))
                        .as(name)
                        .contains(" db=" + database(name) + " ", " user=har:bor "));
    }

    @Test
    void withTlsTheRenderedAuthorityIsEnough() throws IOException {
        RedisAccess access = RedisAccess.user("harbor", "p@ss: w%rd/");
        InetSocketAddress address = ports.nextOn("127.77.3.3");
        Path own = makeFolder();
        CertificateOfAuthority certificate =
                CertificateOfAuthority.of(own, address.getAddress().getHostAddress());
        RedisServer server = RedisServer.startWithTls(processes, address, own, access, certificate);
        Bundle bundle = render(HarborVersion.newest(), server, redis -> {
            access.describe(redis);
            redis.tls(read(certificate.authority()));
        });
        String authority = text(bundle, "common/config/shared/trust-certificates/redis_tls_ca.crt");
        Path authorityFile = Files.writeString(own.resolve("rendered-ca.crt"), authority);
        assertThat(addresses(bundle)).hasSize(11).allSatisfy((name, url) -> {
            assertThat(url).startsWith("rediss://");
            assertThat(user.follow(url, authority, false))
                    .as(name)
                    .isEqualTo(PythonJudge.tree(seen("harbor", database(name), "idle_timeout_seconds=60")));
            assertThat(redisCli("--cacert", authorityFile.toString(), "-u", url))
                    .as(name)
                    .contains(" db=" + database(name) + " ", " user=harbor ");
            assertThat(user.follow(url, TestKeys.certificate(), false)
                            .path("error")
                            .asText())
                    .contains("CERTIFICATE_VERIFY_FAILED");
        });
    }

    private RedisServer server(RedisAccess access) {
        return RedisServer.start(processes, ports.nextOn("127.77.3.3"), makeFolder(), access);
    }

    private Path makeFolder() {
        try {
            return Files.createTempDirectory(folder, "redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String redisCli(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Program.require("redis-cli").toString(), "--no-auth-warning"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("client", "info"));
        return Program.run(folder, Map.of(), command).succeeded().output();
    }

    private void assertLead(HarborVersion release, RedisServer server, RedisAccess access, String name) {
        boolean old = release.equals(OLDEST);
        addresses(render(release, server, access))
                .forEach((place, address) -> assertThat(user.follow(old ? fromCommas(address) : address, "", old))
                        .as(release + " " + place)
                        .isEqualTo(
                                PythonJudge.tree(seen(name, database(place), old ? "" : "idle_timeout_seconds=60"))));
    }

    private static Map<String, Object> seen(String name, int database, String query) {
        return Map.of("user", name, "db", database, "query", query);
    }

    /** The first release gives core a list of address, pool size, password, database and idle timeout. */
    private static String fromCommas(String address) {
        if (address.startsWith("redis://")) {
            return address;
        }
        String[] parts = address.split(",", -1);
        assertThat(parts).hasSize(5);
        assertThat(List.of(parts[1], parts[4])).containsExactly("100", "60");
        String password = URLEncoder.encode(parts[2], StandardCharsets.UTF_8).replace("+", "%20");
        return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + parts[0] + "/" + parts[3];
    }

    private static int database(String place) {
        Integer database = DATABASES.get(place.substring(place.indexOf(' ') + 1));
        if (database == null) {
            throw new AssertionError("Nobody knows the address " + place + ".");
        }
        return database;
    }

    private static Bundle render(HarborVersion release, RedisServer server, RedisAccess access) {
        return render(release, server, access::describe);
    }

    private static Bundle render(HarborVersion release, RedisServer server, Consumer<SharedRedis.Builder> change) {
        return TestKeys.HARBOR.render(
                Cluster.of(c -> c.harbor(release)
                        .publicUrl("https://harbor.example.com")
                        .node("harbor-1", "127.77.1.3")
                        .node("harbor-2", "127.77.2.3")
                        .database(db -> db.address("pg.example.com")
                                .password(Secret.of("database-password"))
                                .maxConnections(500))
                        .redis(redis -> {
                            redis.address(server.address())
                                    .idleTimeout(Duration.ofMinutes(1))
                                    .registryDatabase(3)
                                    .jobserviceDatabase(4)
                                    .trivyDatabase(9);
                            if (OWN_CACHES.contains(release)) {
                                redis.harborDatabase(6).cacheLayerDatabase(7);
                            }
                            change.accept(redis);
                        })
                        .s3(s3 -> s3.bucket("layers")
                                .region("eu-west-1")
                                .credentials(Secret.of("access-key"), Secret.of("secret-key")))
                        .loadBalancer(lb -> lb.nginx("127.77.0.13"))
                        .adminPassword(Secret.of("Not-the-default-1"))
                        .harborYml(yml -> {
                            yml.trivy();
                            if (METRIC.contains(release)) {
                                yml.metric();
                            }
                            if (CACHE.contains(release)) {
                                yml.cache();
                            }
                        })),
                TestKeys.KEYS);
    }

    /** Returns all addresses of Redis on the first node, by the component and the name that it has for them. */
    private static SortedMap<String, String> addresses(Bundle bundle) {
        SortedMap<String, String> addresses = new TreeMap<>();
        for (String component : List.of("core", "jobservice", "registryctl", "trivy-adapter", "exporter")) {
            bundle.get(CONFIG + component + "/env")
                    .ifPresent(file -> EnvReader.COMPOSE.read(file.content()).forEach((name, value) -> {
                        if (name.contains("REDIS_URL")) {
                            addresses.put(component + " " + name, value);
                        }
                    }));
        }
        addresses.put(
                "jobservice redis_url",
                Judges.yaml(text(bundle, "common/config/jobservice/config.yml"))
                        .at("/worker_pool/redis_pool/redis_url")
                        .asText());
        return addresses;
    }

    private static String text(Bundle bundle, String path) {
        return bundle.get("nodes/harbor-1/opt/harbor/" + path).orElseThrow().content();
    }
}
