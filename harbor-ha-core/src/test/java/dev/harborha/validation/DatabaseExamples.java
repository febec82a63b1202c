package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.Pooler;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SslMode;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.function.Consumer;

/** Examples for the rules on PostgreSQL. */
final class DatabaseExamples {

    private static final String CERTIFICATE = ClusterKeys.generate(2048).tokenCertificate();

    private DatabaseExamples() {}

    /** Returns a change to the sample's database, which takes 500 connections. */
    private static Consumer<ClusterBuilder> db(Consumer<SharedDb.Builder> change) {
        return c -> c.database(db -> {
            db.address("pg.example.com")
                    .password(Secret.of("db-password-of-the-test"))
                    .maxConnections(500)
                    .idleInTransactionTimeout(Duration.ofSeconds(30));
            change.accept(db);
        });
    }

    /** Returns a database of which nothing is declared. */
    private static Consumer<SharedDb.Builder> undeclared() {
        return db -> db.address("pg.example.com").password(Secret.of("db-password-of-the-test"));
    }

    static void describe() {
        rule("db.max-connections-undeclared")
                .mutant(unset("database.maxConnections"))
                .needs(cluster -> cluster.database().maxConnections().isPresent())
                .bad2x(
                        "two nodes",
                        c -> c.database(
                                db -> db.address("pg.example.com").password(Secret.of("db-password-of-the-test"))))
                .bad2x(
                        "three nodes with metrics and larger pools",
                        c -> c.node("harbor-3", "10.0.0.13")
                                .harborYml(yml -> yml.metric())
                                .database(db -> db.address("pg.example.com")
                                        .password(Secret.of("db-password-of-the-test"))
                                        .maxOpenConns(200)))
                .good2x("declared", c -> {});
        rule("db.connection-budget-exceeded")
                .mutant(set(
                        "database.maxConnections",
                        cluster -> cluster.nodes().size()
                                        * (cluster.harborYml().metric().isPresent() ? 3 : 2)
                                        * cluster.database().pool().maxOpenConns()
                                + 9))
                .ends("db.max-connections-undeclared")
                .bad2x("PostgreSQL's own default", db(db -> db.maxConnections(100)))
                .bad2x("one too many", db(db -> db.maxConnections(209)))
                .bad2x("with metrics", db(db -> db.maxConnections(210)).andThen(c -> c.harborYml(yml -> yml.metric())))
                .bad2x("no pool is small enough", db(db -> db.maxConnections(12)))
                .bad2x("the smallest pools that fit", db(db -> db.maxConnections(18)))
                .good2x("just enough", db(db -> db.maxConnections(210)))
                .good2x("smaller pools", db(db -> db.maxConnections(100).maxOpenConns(22)))
                .good2x(
                        "not declared",
                        c -> c.database(
                                db -> db.address("pg.example.com").password(Secret.of("db-password-of-the-test"))));
        rule("db.idle-in-transaction-timeout-undeclared")
                .mutant(unset("database.idleInTransactionTimeout"))
                .needs(nodesAtLeast(2))
                .needs(cluster -> cluster.database().idleInTransactionTimeout().isPresent())
                .bad2x("two nodes", c -> c.database(undeclared()))
                .bad2x("three nodes", c -> c.node("harbor-3", "10.0.0.13").database(undeclared()))
                .good2x("declared", c -> {})
                .good2x("one node", c -> c.withoutNode("harbor-2").database(undeclared()));
        rule("db.idle-transactions-live-long")
                .mutant(set("database.idleInTransactionTimeout", Duration.ZERO))
                .needs(nodesAtLeast(2))
                .ends("db.idle-in-transaction-timeout-undeclared")
                .bad2x("PostgreSQL's own default", db(db -> db.idleInTransactionTimeout(Duration.ZERO)))
                .bad2x("a second too long", db(db -> db.idleInTransactionTimeout(Duration.ofSeconds(61))))
                .bad2x("a day", db(db -> db.idleInTransactionTimeout(Duration.ofDays(1))))
                .good2x("a minute", db(db -> db.idleInTransactionTimeout(Duration.ofMinutes(1))))
                .good2x("a second", db(db -> db.idleInTransactionTimeout(Duration.ofSeconds(1))))
                .good2x("not declared, which another rule says", c -> c.database(undeclared()))
                .good2x(
                        "one node",
                        db(db -> db.idleInTransactionTimeout(Duration.ZERO)).andThen(c -> c.withoutNode("harbor-2")));
        rule("db.postgresql-before-9.6")
                .mutant(set("database.serverVersion", ServerVersion.parse("9.5")))
                .bad2x("9.5", db(db -> db.serverVersion("9.5")).andThen(c -> c.harbor("2.8.6")))
                .good2x("9.6", db(db -> db.serverVersion("9.6")).andThen(c -> c.harbor("2.8.6")))
                .good2x("not declared", c -> c.harbor("2.8.6"));
        rule("db.postgresql-before-12")
                .mutant(set("database.serverVersion", ServerVersion.parse("11.22")))
                .bad2x("11", db(db -> db.serverVersion("11.22")))
                .good2x("12", db(db -> db.serverVersion("12")))
                .good2x("15", db(db -> db.serverVersion("15.4")));
        rule("db.client-certificates")
                .mutant(set("database.clientCertificates", true))
                .bad2x("demanded", db(db -> db.clientCertificates()))
                .good2x("not demanded", c -> {});
        rule("db.pooler-breaks-sessions")
                .mutant(set("database.pooler", Pooler.TRANSACTION))
                .bad2x("transactions", db(db -> db.pooler(Pooler.TRANSACTION)))
                .bad2x("statements", db(db -> db.pooler(Pooler.STATEMENT)))
                .good2x("sessions", db(db -> db.pooler(Pooler.SESSION)))
                .good2x("none", c -> {});
        rule("db.connection-in-clear")
                .mutant(set("database.sslMode", SslMode.DISABLE), unset("database.ca"))
                .needs(cluster -> cluster.database().sslMode() != SslMode.DISABLE)
                .ends("db.server-not-verified", "db.authority-unknown")
                .bad2x("as in Harbor's sample", c -> {})
                .good2x("encrypted", db(db -> db.sslMode(SslMode.REQUIRE)));
        rule("db.server-not-verified")
                .mutant(set("database.sslMode", SslMode.REQUIRE), unset("database.ca"))
                .needs(cluster -> cluster.database().sslMode() != SslMode.REQUIRE)
                .ends("db.connection-in-clear", "db.authority-unknown")
                .bad2x("any server", db(db -> db.sslMode(SslMode.REQUIRE)))
                .good2x("verified", db(db -> db.sslMode(SslMode.VERIFY_CA).ca(CERTIFICATE)))
                .good2x("in clear, which another rule says", c -> {});
        rule("db.authority-unknown")
                .mutant(set("database.sslMode", SslMode.VERIFY_FULL), unset("database.ca"))
                .needs(cluster -> cluster.database().sslMode() != SslMode.VERIFY_FULL
                        || cluster.database().ca().isPresent())
                .ends("db.connection-in-clear", "db.server-not-verified")
                .bad2x("verify-full", db(db -> db.sslMode(SslMode.VERIFY_FULL)))
                .bad2x("verify-ca", db(db -> db.sslMode(SslMode.VERIFY_CA)))
                .good2x("given", db(db -> db.sslMode(SslMode.VERIFY_FULL).ca(CERTIFICATE)))
                .good2x("nothing is verified", db(db -> db.sslMode(SslMode.REQUIRE)));
        rule("db.authority-unused")
                .mutant(set("database.ca", new PemCertificates(CERTIFICATE)))
                .needs(cluster -> cluster.database().sslMode() == SslMode.DISABLE
                        || cluster.database().sslMode() == SslMode.REQUIRE)
                .bad2x("in clear", db(db -> db.ca(CERTIFICATE)))
                .bad2x("any server", db(db -> db.sslMode(SslMode.REQUIRE).ca(CERTIFICATE)))
                .good2x("verified", db(db -> db.sslMode(SslMode.VERIFY_CA).ca(CERTIFICATE)));
        rule("db.connections-live-forever")
                .mutant(set("database.pool.connMaxLifetime", Duration.ZERO))
                .bad2x("never closed", db(db -> db.connMaxLifetime(Duration.ZERO)))
                .good2x("an hour", db(db -> db.connMaxLifetime(Duration.ofHours(1))))
                .good2x("by default", c -> {});
    }
}
