package dev.harborha.testing;

import dev.harborha.model.DbKind;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HostPort;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.Pooler;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SslMode;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Databases outside any node. */
public final class Databases {

    private Databases() {}

    /** Returns databases that are told nothing which only Harbor 2.x knows. */
    static Arbitrary<SharedDb> plain(Arbitrary<DbKind> kinds, Arbitrary<String> users, Arbitrary<Secret> passwords) {
        return with(kinds, users, passwords, Arbitraries.just(Rest.PLAIN));
    }

    /** Returns databases with everything that can be said of one. */
    static Arbitrary<SharedDb> any(Arbitrary<String> users, Arbitrary<Secret> passwords) {
        return with(Arbitraries.of(DbKind.class), users, passwords, rest(Fit.NONE));
    }

    /** Returns databases that fit to a release of Harbor 2.x; their servers take as many connections as they are asked for. */
    public static Arbitrary<SharedDb> fitting(
            HarborVersion release, Arbitrary<String> users, Arbitrary<Secret> passwords) {
        return with(Arbitraries.just(DbKind.POSTGRESQL), users, passwords, rest(Fit.to(release)));
    }

    /** What is declared of the server. */
    private record Server(
            OptionalInt maxConnections,
            Optional<Duration> idleInTransaction,
            Optional<ServerVersion> version,
            Pooler pooler,
            boolean clientCertificates) {

        static final Server UNKNOWN =
                new Server(OptionalInt.empty(), Optional.empty(), Optional.empty(), Pooler.NONE, false);
    }

    private record Rest(SslMode mode, Optional<PemCertificates> ca, SharedDb.Pool pool, Server server) {

        static final Rest PLAIN = new Rest(SslMode.DISABLE, Optional.empty(), SharedDb.Pool.DEFAULT, Server.UNKNOWN);
    }

    private static Arbitrary<SharedDb> with(
            Arbitrary<DbKind> kinds, Arbitrary<String> users, Arbitrary<Secret> passwords, Arbitrary<Rest> rests) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.of("mysql.example.com:3306", "10.9.0.1:5432", "[2001:db8:9::1]:65535"),
                        Arbitraries.oneOf(Arbitraries.of("root", "postgres"), users),
                        passwords,
                        Arbitraries.of("registry", "0", "Harbor_DB-1"),
                        rests)
                .as((kind, address, user, password, name, rest) -> new SharedDb(
                        kind,
                        HostPort.parse(address, 1),
                        user,
                        password,
                        name,
                        rest.mode(),
                        rest.ca(),
                        rest.pool(),
                        rest.server().maxConnections(),
                        rest.server().idleInTransaction(),
                        rest.server().version(),
                        rest.server().pooler(),
                        rest.server().clientCertificates()));
    }

    private static Arbitrary<Rest> rest(Fit fit) {
        return Combinators.combine(
                        Arbitraries.of(SslMode.class), Pems.ofAuthorities(fit).optional(), pools(fit), servers(fit))
                .as(Rest::new);
    }

    private static Arbitrary<Server> servers(Fit fit) {
        Arbitrary<Optional<Integer>> connections = fit.choose(
                Arbitraries.of(1, 100, 1_000_000).optional(),
                Arbitraries.just(1_000_000).optional());
        Arbitrary<Optional<ServerVersion>> versions = fit.choose(
                        Arbitraries.of("5.7.44", "9.6", "10", "15.4", "9999.9999.9999"), Arbitraries.of("12", "13.14"))
                .map(ServerVersion::parse)
                .optional();
        return Combinators.combine(
                        connections,
                        Arbitraries.of(0L, 1L, 30L, 86_400L)
                                .map(Duration::ofSeconds)
                                .optional(),
                        versions,
                        fit.choose(Arbitraries.of(Pooler.class), Arbitraries.of(Pooler.NONE, Pooler.SESSION)),
                        fit.choose(Arbitraries.of(true, false), Arbitraries.just(false)))
                .as((most, idle, version, pooler, clients) -> new Server(
                        most.map(OptionalInt::of).orElseGet(OptionalInt::empty), idle, version, pooler, clients));
    }

    private static Arbitrary<SharedDb.Pool> pools(Fit fit) {
        SharedDb.Pool usual = SharedDb.Pool.DEFAULT;
        Arbitrary<Integer> most = fit.choose(Arbitraries.of(2, 9, 50, 51, 10_000), Arbitraries.of(5, 50, 100));
        return most.flatMap(open -> Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(1, open, SharedDb.Pool.defaultMaxIdleConns(open)),
                                Arbitraries.integers().between(1, open)),
                        fit.since("2.7.0", lives(), usual.connMaxLifetime()),
                        fit.since("2.7.0", lives(), usual.connMaxIdleTime()))
                .as((idle, life, unused) -> new SharedDb.Pool(open, idle, life, unused)));
    }

    private static Arbitrary<Duration> lives() {
        return Arbitraries.of("PT0S", "PT1S", "PT5M", "PT59M59S", "PT1H30M", "PT24H")
                .map(Duration::parse);
    }
}
