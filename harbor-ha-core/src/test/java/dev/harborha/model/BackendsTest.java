package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Database and Redis. */
class BackendsTest {

    private static final Secret PASSWORD = Secret.of("a-password");

    private static SharedDb db(Consumer<SharedDb.Builder> more) {
        return SharedDb.of(DbKind.MYSQL, db -> more.accept(db.address("db").password(PASSWORD)));
    }

    private static SharedRedis redis(Consumer<SharedRedis.Builder> more) {
        return SharedRedis.of(redis -> more.accept(redis.address("redis")));
    }

    @Test
    void aDatabaseTakesTheDefaultsOfItsKind() {
        assertThat(db(db -> {}))
                .isEqualTo(new SharedDb(
                        DbKind.MYSQL,
                        HostPort.parse("db:3306", 1),
                        "root",
                        PASSWORD,
                        "registry",
                        SslMode.DISABLE,
                        Optional.empty(),
                        new SharedDb.Pool(50, 10, Duration.ofMinutes(5), Duration.ZERO),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Pooler.NONE,
                        false));
        SharedDb postgresql = db(db -> db.kind(DbKind.POSTGRESQL));
        assertThat(postgresql.address()).hasToString("db:5432");
        assertThat(postgresql.username()).isEqualTo("postgres");
    }

    @Test
    void whatIsSaidOfADatabaseIsKept() {
        String pem = PartArbitraries.certificate();
        assertThat(db(db -> db.address("db:33")
                        .username("harbor")
                        .name("harbor_db")
                        .sslMode(SslMode.VERIFY_FULL)
                        .ca(pem)
                        .maxOpenConns(10_000)
                        .maxIdleConns(10_000)
                        .connMaxLifetime(Duration.ofDays(1))
                        .connMaxIdleTime(Duration.ofSeconds(1))
                        .maxConnections(1_000_000)
                        .idleInTransactionTimeout(Duration.ofDays(1))
                        .serverVersion("15.4")
                        .pooler(Pooler.SESSION)
                        .clientCertificates()))
                .isEqualTo(new SharedDb(
                        DbKind.MYSQL,
                        HostPort.parse("db:33", 1),
                        "harbor",
                        PASSWORD,
                        "harbor_db",
                        SslMode.VERIFY_FULL,
                        Optional.of(new PemCertificates(pem)),
                        new SharedDb.Pool(10_000, 10_000, Duration.ofDays(1), Duration.ofSeconds(1)),
                        OptionalInt.of(1_000_000),
                        Optional.of(Duration.ofDays(1)),
                        Optional.of(ServerVersion.parse("15.4")),
                        Pooler.SESSION,
                        true));
    }

    @Test
    void aSmallPoolKeepsAllItsConnections() {
        assertThat(db(db -> db.maxOpenConns(5)).pool().maxIdleConns()).isEqualTo(5);
        assertThat(db(db -> db.maxOpenConns(11)).pool().maxIdleConns()).isEqualTo(10);
        assertThat(db(db -> db.maxIdleConns(80).maxOpenConns(100)).pool().maxIdleConns())
                .isEqualTo(80);
        assertThat(db(db -> {}).pool()).isEqualTo(SharedDb.Pool.DEFAULT);
    }

    @Test
    void theModesOfEncryptionAreWrittenAsHarborWritesThem() {
        assertThat(SslMode.values())
                .extracting(SslMode::toString)
                .containsExactly("disable", "require", "verify-ca", "verify-full");
    }

    @Test
    void whatIsDeclaredOfServersIsWrittenAsTheirMakersWriteIt() {
        assertThat(Pooler.values())
                .extracting(Pooler::toString)
                .containsExactly("none", "session", "transaction", "statement");
        assertThat(EvictionPolicy.values())
                .extracting(EvictionPolicy::toString)
                .containsExactly(
                        "noeviction",
                        "allkeys-lru",
                        "allkeys-lfu",
                        "allkeys-random",
                        "volatile-lru",
                        "volatile-lfu",
                        "volatile-random",
                        "volatile-ttl");
        assertThat(RedisPersistence.values())
                .extracting(RedisPersistence::toString)
                .containsExactly("none", "rdb", "aof", "rdb+aof");
    }

    @Test
    void redisTakesItsDefaults() {
        assertThat(redis(redis -> {}))
                .isEqualTo(new SharedRedis(
                        new RedisEndpoint.Single(HostPort.parse("redis:6379", 1)),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        new RedisDatabases(0, 1, 2, 5, OptionalInt.empty(), OptionalInt.empty()),
                        Duration.ofSeconds(30),
                        100,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(redis(redis -> {}).databases()).isEqualTo(RedisDatabases.DEFAULT);
    }

    @Test
    void whatIsSaidOfRedisIsKept() {
        assertThat(redis(redis -> redis.address("redis:1")
                        .username("harbor")
                        .password(PASSWORD)
                        .registryAsDefaultUser()
                        .tls()
                        .sessionDatabase(15)
                        .registryDatabase(14)
                        .jobserviceDatabase(13)
                        .trivyDatabase(12)
                        .harborDatabase(11)
                        .cacheLayerDatabase(10)
                        .idleTimeout(Duration.ofHours(1))
                        .poolSize(1)
                        .serverVersion("7.2.4")
                        .clusterMode()
                        .evictionPolicy(EvictionPolicy.VOLATILE_TTL)
                        .persistence(RedisPersistence.RDB_AND_AOF)))
                .isEqualTo(new SharedRedis(
                        new RedisEndpoint.Single(HostPort.parse("redis:1", 1)),
                        Optional.of("harbor"),
                        Optional.of(PASSWORD),
                        true,
                        Optional.of(new RedisTls(Optional.empty())),
                        new RedisDatabases(15, 14, 13, 12, OptionalInt.of(11), OptionalInt.of(10)),
                        Duration.ofHours(1),
                        1,
                        Optional.of(ServerVersion.parse("7.2.4")),
                        true,
                        Optional.of(EvictionPolicy.VOLATILE_TTL),
                        Optional.of(RedisPersistence.RDB_AND_AOF)));
        String pem = PartArbitraries.certificate();
        assertThat(redis(redis -> redis.tls(pem)).tls()).contains(new RedisTls(Optional.of(new PemCertificates(pem))));
    }

    @Test
    void redisIsFoundAtOneAddressOrThroughSentinels() {
        SharedRedis redis = redis(r -> r.sentinel("mymaster", "s1", "s2:1", "2001:db8::1"));
        assertThat(redis.endpoint())
                .isEqualTo(new RedisEndpoint.Sentinel(
                        "mymaster",
                        List.of(
                                HostPort.parse("s1:26379", 1),
                                HostPort.parse("s2:1", 1),
                                HostPort.parse("[2001:db8::1]:26379", 1))));
        assertThat(redis.endpoint().addresses())
                .extracting(HostPort::toString)
                .containsExactly("s1:26379", "s2:1", "[2001:db8::1]:26379");
        assertThat(redis(r -> r.sentinel("mymaster", "s1").address("redis"))
                        .endpoint()
                        .addresses())
                .containsExactly(HostPort.parse("redis", 6379));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        "The database is incomplete; still to call: .address(…), .password(…).",
                        () -> SharedDb.of(DbKind.MYSQL, db -> db.username("root"))),
                refused("The user name of the database must not be empty.", () -> db(db -> db.username(""))),
                refused(
                        "The name of the database is \"a;b\"; use 1 to 63 letters, digits, underscores and hyphens.",
                        () -> db(db -> db.name("a;b"))),
                refused("The most open database connections is 1; use 2 to 10000.", () -> db(db -> db.maxOpenConns(1))),
                refused(
                        "The most open database connections is 10001; use 2 to 10000.",
                        () -> db(db -> db.maxOpenConns(10_001))),
                refused("The most idle database connections is 0; use 1 to 50.", () -> db(db -> db.maxIdleConns(0))),
                refused("The most idle database connections is 51; use 1 to 50.", () -> db(db -> db.maxIdleConns(51))),
                refused(
                        "The life of a database connection is 86401; use 0 to 86400 seconds.",
                        () -> db(db -> db.connMaxLifetime(Duration.ofSeconds(86_401)))),
                refused(
                        "The life of a database connection is -1; use 0 to 86400 seconds.",
                        () -> db(db -> db.connMaxLifetime(Duration.ofSeconds(-1)))),
                refused(
                        "The life of a database connection has a fraction of a second; use whole seconds.",
                        () -> db(db -> db.connMaxLifetime(Duration.ofMillis(86_400_001)))),
                refused(
                        "The idle time of a database connection is 86401; use 0 to 86400 seconds.",
                        () -> db(db -> db.connMaxIdleTime(Duration.ofSeconds(86_401)))),
                refused(
                        "The most connections of the database server is 0; use 1 to 1000000.",
                        () -> db(db -> db.maxConnections(0))),
                refused(
                        "The time that a session may idle inside a transaction is 86401; use 0 to 86400 seconds.",
                        () -> db(db -> db.idleInTransactionTimeout(Duration.ofSeconds(86_401)))),
                refused(
                        "The time that a session may idle inside a transaction has a fraction of a second; use whole seconds.",
                        () -> db(db -> db.idleInTransactionTimeout(Duration.ofMillis(1_500)))),
                refused(
                        "\"v15\" is no version of a server; write one to three numbers, as in \"15\", \"9.6\" or \"7.2.4\".",
                        () -> db(db -> db.serverVersion("v15"))),
                refused(
                        "The version of the database server is \"9\"; a release before 10 has two numbers, as in \"9.6\".",
                        () -> db(db -> db.serverVersion("9"))),
                refused(PemCertificatesTest.NO_CERTIFICATE, () -> db(db -> db.ca("x"))),
                refused(
                        "\"latest\" is no version of a server; write one to three numbers, as in \"15\", \"9.6\" or"
                                + " \"7.2.4\".",
                        () -> redis(redis -> redis.serverVersion("latest"))),
                refused(
                        "Redis is incomplete; still to call: .address(…) or .sentinel(…).",
                        () -> SharedRedis.of(redis -> {})),
                refused(
                        "The Redis database of the sessions is 16; use 0 to 15.",
                        () -> redis(redis -> redis.sessionDatabase(16))),
                refused(
                        "The Redis database of the registry is 0; use 1 to 15.",
                        () -> redis(redis -> redis.registryDatabase(0))),
                refused(
                        "The Redis database of the job service is 0; use 1 to 15.",
                        () -> redis(redis -> redis.jobserviceDatabase(0))),
                refused(
                        "The Redis database of the scanner is 16; use 1 to 15.",
                        () -> redis(redis -> redis.trivyDatabase(16))),
                refused(
                        "The Redis database of core's cache is 0; use 1 to 15.",
                        () -> redis(redis -> redis.harborDatabase(0))),
                refused(
                        "The Redis database of the cache layer is -1; use 1 to 15.",
                        () -> redis(redis -> redis.cacheLayerDatabase(-1))),
                refused(
                        "The Redis database of the cache layer is 16; use 1 to 15.",
                        () -> new RedisDatabases(0, 1, 2, 5, OptionalInt.empty(), OptionalInt.of(16))),
                refused(
                        "The Redis pool size is 0; use 1 to 10000 connections.",
                        () -> redis(redis -> redis.poolSize(0))),
                refused(
                        "The idle timeout of Redis is 0; use 1 to 3600 seconds.",
                        () -> redis(redis -> redis.idleTimeout(Duration.ofMillis(999)))),
                refused(
                        "The idle timeout of Redis has a fraction of a second; use whole seconds.",
                        () -> redis(redis -> redis.idleTimeout(Duration.ofMillis(1500)))),
                refused("The user of Redis must not be empty.", () -> redis(redis -> redis.username(""))),
                refused(
                        "Redis has a user and no password, which Harbor cannot write down; give .password(…), or leave"
                                + " .username(…) out.",
                        () -> redis(redis -> redis.username("harbor"))),
                refused(
                        "The name of the Redis master set is \"my master\"; use letters, digits and . _ -.",
                        () -> redis(redis -> redis.sentinel("my master", "s1"))),
                refused(
                        "The Redis master set mymaster has no sentinel; give the addresses of all of them, as in"
                                + " \"redis-1.example.com:26379\".",
                        () -> redis(redis -> redis.sentinel("mymaster"))),
                refused(
                        "\"s1:x\" has no valid port: expected a number from 1 to 65535 after the colon.",
                        () -> redis(redis -> redis.sentinel("mymaster", "s1:x"))),
                refused(PemCertificatesTest.NO_CERTIFICATE, () -> redis(redis -> redis.tls("x"))));
    }

    private static Arguments refused(String message, Runnable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
