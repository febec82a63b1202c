package dev.harborha.testing;

import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HostPort;
import dev.harborha.model.RedisDatabases;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.RedisTls;
import dev.harborha.model.Releases;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.VersionRange;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Redises outside any node. */
public final class Redises {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final Arbitrary<Integer> POOL = Arbitraries.integers().between(1, 10_000);

    /** Since when core's cache and the cache layer may have databases of their own. */
    private static final Releases OWN_CACHES = Releases.since("2.7.3", "2.8.4", "2.9.0");

    private Redises() {}

    /** Returns Redises that are told nothing which only Harbor 2.x knows. */
    static Arbitrary<SharedRedis> plain(Arbitrary<Secret> passwords) {
        return Combinators.combine(
                        singles(), passwords.optional(), Arbitraries.integers().between(0, 15), POOL)
                .as((endpoint, password, index, pool) -> new SharedRedis(
                        endpoint,
                        Optional.empty(),
                        password,
                        false,
                        Optional.empty(),
                        new RedisDatabases(index, 1, 2, 5, OptionalInt.empty(), OptionalInt.empty()),
                        SharedRedis.DEFAULT_IDLE_TIMEOUT,
                        pool,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Returns Redises with everything that can be said of one. */
    static Arbitrary<SharedRedis> any(Arbitrary<String> users, Arbitrary<Secret> passwords) {
        return with(Fit.NONE, users, passwords);
    }

    /**
     * Returns Redises that fit to a release of Harbor 2.x: no two components share a database, and the registry may be Redis's
     * default user where others have a name.
     */
    public static Arbitrary<SharedRedis> fitting(
            HarborVersion release, Arbitrary<String> users, Arbitrary<Secret> passwords) {
        return with(Fit.to(release), users, passwords);
    }

    private record User(Optional<String> name, Optional<Secret> password) {}

    /** The releases that can use sentinels: the first ones of 2.5 and 2.6 cannot. */
    public static final Releases SENTINELS = Releases.of(
            VersionRange.between("2.1.0", "2.5.0"),
            VersionRange.between("2.5.1", "2.6.0"),
            VersionRange.since("2.6.1"));

    /** What is declared of the server. */
    private record Server(
            Optional<ServerVersion> version,
            boolean clusterMode,
            Optional<EvictionPolicy> evictionPolicy,
            Optional<RedisPersistence> persistence) {}

    private static Arbitrary<SharedRedis> with(Fit fit, Arbitrary<String> users, Arbitrary<Secret> passwords) {
        Arbitrary<User> nameless = passwords.optional().map(password -> new User(Optional.empty(), password));
        Arbitrary<User> named = Combinators.combine(users, passwords)
                .as((name, password) -> new User(Optional.of(name), Optional.of(password)));
        Arbitrary<Optional<RedisTls>> tls =
                fit.maybe("2.13.0", Pems.ofAuthorities(fit).optional().map(RedisTls::new));
        return Combinators.combine(
                        fit.since(SENTINELS, Arbitraries.oneOf(singles(), sentinels()), sample()),
                        nameless.flatMap(
                                user -> fit.since("2.8.0", Arbitraries.oneOf(Arbitraries.just(user), named), user)),
                        FLAG,
                        tls,
                        databases(fit),
                        Arbitraries.of("PT1S", "PT30S", "PT1M5S", "PT1H").map(Duration::parse),
                        fit.choose(POOL, Arbitraries.just(SharedRedis.DEFAULT_POOL_SIZE)),
                        servers(fit))
                .as((endpoint, user, same, encrypted, indexes, idle, pool, server) -> new SharedRedis(
                        endpoint,
                        user.name(),
                        user.password(),
                        fit.isLoose() ? same : user.name().isPresent(),
                        encrypted,
                        indexes,
                        idle,
                        pool,
                        server.version(),
                        server.clusterMode(),
                        server.evictionPolicy(),
                        server.persistence()));
    }

    private static Arbitrary<Server> servers(Fit fit) {
        return Combinators.combine(
                        fit.choose(Arbitraries.of("2.8", "5.0.14", "6", "7.2.4"), Arbitraries.of("6.2", "7.2.4"))
                                .map(ServerVersion::parse)
                                .optional(),
                        fit.choose(FLAG, Arbitraries.just(false)),
                        fit.choose(Arbitraries.of(EvictionPolicy.class), Arbitraries.just(EvictionPolicy.NOEVICTION))
                                .optional(),
                        fit.choose(Arbitraries.of(RedisPersistence.class), Arbitraries.just(RedisPersistence.AOF))
                                .optional())
                .as(Server::new);
    }

    private static RedisEndpoint sample() {
        return new RedisEndpoint.Single(HostPort.parse("redis.example.com", SharedRedis.DEFAULT_PORT));
    }

    private static Arbitrary<RedisEndpoint> singles() {
        return Arbitraries.of("redis.example.com", "10.9.0.2:6380", "[2001:db8:9::2]:6379")
                .map(text -> new RedisEndpoint.Single(HostPort.parse(text, SharedRedis.DEFAULT_PORT)));
    }

    private static Arbitrary<RedisEndpoint> sentinels() {
        Arbitrary<HostPort> places = Arbitraries.of(
                        "redis-1.example.com", "10.9.0.2", "[2001:db8:9::2]:26380", "redis-3.example.com:6379")
                .map(text -> HostPort.parse(text, SharedRedis.DEFAULT_SENTINEL_PORT));
        return Combinators.combine(
                        Arbitraries.of("mymaster", "Harbor.redis_1-a"),
                        places.list().uniqueElements().ofMinSize(1).ofMaxSize(3))
                .as((name, list) -> new RedisEndpoint.Sentinel(name, list));
    }

    private static Arbitrary<RedisDatabases> databases(Fit fit) {
        Arbitrary<Integer> index = Arbitraries.integers().between(1, 15);
        Arbitrary<RedisDatabases> any = Combinators.combine(
                        Arbitraries.integers().between(0, 15), index, index, index, index.optional(), index.optional())
                .as((session, registry, jobs, trivy, harbor, layer) ->
                        new RedisDatabases(session, registry, jobs, trivy, number(harbor), number(layer)));
        Arbitrary<RedisDatabases> fitting = Combinators.combine(
                        Arbitraries.shuffle(IntStream.rangeClosed(1, 15).boxed().toList()),
                        fit.since(OWN_CACHES, FLAG, false),
                        fit.since(OWN_CACHES, FLAG, false))
                .as(Redises::apart);
        return fit.choose(any, Arbitraries.oneOf(Arbitraries.just(RedisDatabases.DEFAULT), fitting));
    }

    private static RedisDatabases apart(List<Integer> numbers, boolean harbor, boolean layer) {
        return new RedisDatabases(
                0,
                numbers.get(0),
                numbers.get(1),
                numbers.get(2),
                harbor ? OptionalInt.of(numbers.get(3)) : OptionalInt.empty(),
                layer ? OptionalInt.of(numbers.get(4)) : OptionalInt.empty());
    }

    private static OptionalInt number(Optional<Integer> there) {
        return there.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
