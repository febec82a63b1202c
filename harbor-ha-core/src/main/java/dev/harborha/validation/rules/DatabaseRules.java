package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Pooler;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SslMode;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.time.Duration;
import java.util.List;

/** Rules on PostgreSQL: how many connections it takes, its release, its poolers and TLS. */
final class DatabaseRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String HELM = "https://github.com/goharbor/harbor-helm/";
    private static final String LIBPQ_SSL = "https://www.postgresql.org/docs/current/libpq-ssl.html";
    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    /**
     * Connections that are left to others: PostgreSQL keeps three for superusers, and somebody looks at the database or backs
     * it up.
     */
    private static final int RESERVE = 10;

    /** A transaction may idle as long; that is twice what is recommended. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private static final String IDLE_IN_TRANSACTION =
            "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT";

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "db.max-connections-undeclared",
                            NOTE,
                            rule -> rule.title("Nobody knows whether the database takes all connections")
                                    .why(
                                            "Core, the job service and, with metrics, the exporter of each node have a pool of their own."
                                                    + " Where the server takes fewer connections than all pools together, requests end with"
                                                    + " \"sorry, too many clients already\" under load.")
                                    .fix(
                                            "Say how many connections the server takes with .database(db -> db.maxConnections(…)).")
                                    .symptoms(
                                            "sorry, too many clients already",
                                            "remaining connection slots are reserved")
                                    .sources(HARBOR + "issues/16631")
                                    .versions(SINCE_2)),
                    DatabaseRules::undeclaredConnections),
            Rule.of(
                    RuleInfo.of(
                            "db.connection-budget-exceeded",
                            WARNING,
                            rule -> rule.title("All pools together are larger than what the database takes")
                                    .why(
                                            "Every core, job service and exporter opens a pool of its own: N nodes have two or three times N"
                                                    + " pools. Scans, garbage collection and replication fill them, and then logins and pushes"
                                                    + " answer 500 on every node at once. Ten connections are kept back for superusers,"
                                                    + " backups and whoever looks after the database.")
                                    .fix(
                                            "Make PostgreSQL's max_connections larger, or set a smaller .database(db -> db.maxOpenConns(…)).")
                                    .symptoms(
                                            "sorry, too many clients already",
                                            "remaining connection slots are reserved")
                                    .sources(
                                            HARBOR + "issues/16631",
                                            HARBOR + "issues/12058",
                                            "https://www.postgresql.org/docs/current/runtime-config-connection.html")
                                    .versions(SINCE_2)),
                    DatabaseRules::exceededConnections),
            Rule.of(
                    RuleInfo.of(
                            "db.idle-in-transaction-timeout-undeclared",
                            NOTE,
                            rule -> rule.title(
                                            "Nobody knows whether the database ends transactions of a core that hangs")
                                    .why(
                                            "A core that hangs in the middle of a push keeps its transaction open, and with it a lock on the"
                                                    + " project's quota. Pushes to that project then wait on every node, and no load balancer can"
                                                    + " help. PostgreSQL ends such a transaction by itself if it is told to; its own default is"
                                                    + " never. Measured on a cluster of 2.7.4 whose core was frozen for 25 seconds: with the"
                                                    + " timeout 41 pushes came through in the time in which 15 did without.")
                                    .fix(
                                            "Set idle_in_transaction_session_timeout of Harbor's user to 30 seconds, and say so with"
                                                    + " .database(db -> db.idleInTransactionTimeout(…)).")
                                    .symptoms("idle in transaction", "UPDATE quota_usage SET used =")
                                    .sources(IDLE_IN_TRANSACTION)
                                    .versions(SINCE_2)),
                    DatabaseRules::undeclaredIdleTime),
            Rule.of(
                    RuleInfo.of(
                            "db.idle-transactions-live-long",
                            WARNING,
                            rule -> rule.title("A core that hangs holds back the pushes of all nodes for long")
                                    .why(
                                            "A core that hangs in the middle of a push, a paused machine, or a node that was lost without a"
                                                    + " word keeps its transaction open, and with it a lock on the project's quota. Pushes to that"
                                                    + " project wait on every node until PostgreSQL ends the session: after"
                                                    + " idle_in_transaction_session_timeout, or never where that is 0. Clients give up before."
                                                    + " Measured on a cluster of 2.7.4: all load balancers alike stalled for as long as a core was"
                                                    + " frozen, and stopped doing so with a short timeout.")
                                    .fix(
                                            "Set idle_in_transaction_session_timeout of Harbor's user to 30 seconds, and say so with"
                                                    + " .database(db -> db.idleInTransactionTimeout(…)).")
                                    .symptoms("idle in transaction", "UPDATE quota_usage SET used =")
                                    .sources(IDLE_IN_TRANSACTION)
                                    .versions(SINCE_2)),
                    DatabaseRules::longIdleTime),
            Rule.of(
                    RuleInfo.of(
                            "db.postgresql-before-9.6",
                            ERROR,
                            rule -> rule.title("PostgreSQL is older than this release of Harbor can use")
                                    .why(
                                            "The migrations of Harbor 2.0 to 2.8 use statements that PostgreSQL has since 9.6; an older server"
                                                    + " stops them half-way, and the database stays marked as dirty.")
                                    .fix(
                                            "Use PostgreSQL 12 or later, and say so with .database(db -> db.serverVersion(…)).")
                                    .symptoms("syntax error at or near \"NOT\"", "Dirty database version …")
                                    .sources(HARBOR + "issues/13403")
                                    .versions(VersionRange.between("2.0.0", "2.9.0"))),
                    cluster -> olderThan(cluster, "9.6")),
            Rule.of(
                    RuleInfo.of(
                            "db.postgresql-before-12",
                            ERROR,
                            rule -> rule.title("PostgreSQL is older than this release of Harbor can use")
                                    .why(
                                            "Harbor needs PostgreSQL 12 since 2.9; with an older server the migration stops, and no node starts"
                                                    + " until the database is moved.")
                                    .fix(
                                            "Use PostgreSQL 12 or later, and say so with .database(db -> db.serverVersion(…)).")
                                    .symptoms("Dirty database version …")
                                    .sources(
                                            HARBOR + "issues/20296",
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/")
                                    .versions(VersionRange.since("2.9.0"))),
                    cluster -> olderThan(cluster, "12")),
            Rule.of(
                    RuleInfo.of(
                            "db.client-certificates",
                            ERROR,
                            rule -> rule.title("The database wants client certificates, and Harbor has none to show")
                                    .why(
                                            "Harbor knows an ssl_mode and nothing else about TLS to the database: it has no setting for a"
                                                    + " client certificate, and the server refuses every connection.")
                                    .fix(
                                            "Let Harbor's user log in by password: a hostssl line with scram-sha-256 and without"
                                                    + " clientcert in pg_hba.conf, and no .clientCertificates() here.")
                                    .symptoms("connection requires a valid client certificate")
                                    .sources(HELM + "issues/1485", HARBOR + "issues/10931")
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            cluster.database().clientCertificates(),
                            path("clientCertificates"),
                            () -> "The database at " + cluster.database().address()
                                    + " asks for client certificates, for which Harbor " + cluster.harbor()
                                    + " has no setting.")),
            Rule.of(
                    RuleInfo.of(
                            "db.pooler-breaks-sessions",
                            ERROR,
                            rule -> rule.title("The pooler in front of the database takes sessions apart")
                                    .why(
                                            "Harbor prepares statements and takes advisory locks while it migrates; both belong to a session of"
                                                    + " PostgreSQL. A pooler in transaction or statement mode gives each transaction another"
                                                    + " session, and requests fail at random.")
                                    .fix(
                                            "Use pool_mode = session in PgBouncer and .pooler(Pooler.SESSION), or no pooler.")
                                    .symptoms(
                                            "prepared statement … does not exist",
                                            "unnamed prepared statement does not exist")
                                    .sources(HARBOR + "issues/15379", "https://www.pgbouncer.org/features.html")
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            cluster.database().pooler() == Pooler.TRANSACTION
                                    || cluster.database().pooler() == Pooler.STATEMENT,
                            path("pooler"),
                            () -> "The pooler in front of the database works in "
                                    + cluster.database().pooler() + " mode; Harbor needs whole sessions.")),
            Rule.of(
                    RuleInfo.of(
                            "db.connection-in-clear",
                            NOTE,
                            rule -> rule.title("Connections to the database are not encrypted")
                                    .why(
                                            "Whoever can listen between a node and the database reads hashes of passwords, robot secrets and"
                                                    + " the names of all images. Harbor's own sample says disable.")
                                    .fix(
                                            "Use .sslMode(SslMode.VERIFY_FULL) with .ca(…), or waive db.connection-in-clear if nobody can"
                                                    + " listen there.")
                                    .sources(LIBPQ_SSL, HELM + "issues/1233")
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            sslMode(cluster) == SslMode.DISABLE && !Places.isOneMachine(cluster),
                            path("sslMode"),
                            () -> "Connections to the database at "
                                    + cluster.database().address() + " are not encrypted: sslMode is disable.")),
            Rule.of(
                    RuleInfo.of(
                            "db.server-not-verified",
                            NOTE,
                            rule -> rule.title("Harbor takes any server for its database")
                                    .why(
                                            "With require the connection is encrypted, but not verified: whoever can answer in the database's"
                                                    + " place gets Harbor's password and all data.")
                                    .fix("Use .sslMode(SslMode.VERIFY_FULL) with .ca(…).")
                                    .sources(LIBPQ_SSL)
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            sslMode(cluster) == SslMode.REQUIRE,
                            path("sslMode"),
                            () ->
                                    "Connections to the database are encrypted, but sslMode require verifies no certificate.")),
            Rule.of(
                    RuleInfo.of(
                            "db.authority-unknown",
                            NOTE,
                            rule -> rule.title("The database's certificate must come from a public authority")
                                    .why(
                                            "Harbor has no setting for the authority of the database: its containers trust public authorities"
                                                    + " and what lies in their trust store. With an authority of your own every component stops at"
                                                    + " its start.")
                                    .fix(
                                            "Give the authority's certificate with .database(db -> db.ca(…)), or waive db.authority-unknown if"
                                                    + " a public authority signed the server's.")
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(LIBPQ_SSL, HARBOR + "issues/10931")
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            verifies(cluster) && cluster.database().ca().isEmpty(),
                            path("ca"),
                            () -> "The database's certificate is verified (" + sslMode(cluster)
                                    + "), and no authority is given.")),
            Rule.of(
                    RuleInfo.of(
                            "db.authority-unused",
                            NOTE,
                            rule -> rule.title(
                                            "An authority is given for the database, and nothing is verified with it")
                                    .why(
                                            "Only verify-ca and verify-full look at the authority; with the other modes the certificate is laid"
                                                    + " down and never asked.")
                                    .fix("Use .sslMode(SslMode.VERIFY_FULL), or leave .ca(…) out.")
                                    .sources(LIBPQ_SSL)
                                    .versions(SINCE_2)),
                    cluster -> Problems.when(
                            !verifies(cluster) && cluster.database().ca().isPresent(),
                            path("ca"),
                            () -> "An authority is given for the database, but sslMode " + sslMode(cluster)
                                    + " verifies nothing.")),
            Rule.of(
                    RuleInfo.of(
                            "db.connections-live-forever",
                            NOTE,
                            rule -> rule.title("Connections to the database are never renewed")
                                    .why(
                                            "A firewall that drops idle connections, or a database that fails over, leaves pools full of dead"
                                                    + " connections; requests hang on them until TCP gives up.")
                                    .fix(
                                            "Leave .connMaxLifetime(…) at its default of 5 minutes, or choose a time below the firewall's.")
                                    .symptoms("driver: bad connection", "write: broken pipe")
                                    .sources(HARBOR + "issues/14943")
                                    .versions(VersionRange.since("2.7.0"))),
                    cluster -> Problems.when(
                            pool(cluster).connMaxLifetime().isZero(),
                            path("pool").child("connMaxLifetime"),
                            () -> "Connections to the database are kept for ever: connMaxLifetime is 0.")));

    private DatabaseRules() {}

    private static ModelPath path(String part) {
        return Places.CLUSTER.child("database").child(part);
    }

    private static SharedDb.Pool pool(Cluster cluster) {
        return cluster.database().pool();
    }

    private static SslMode sslMode(Cluster cluster) {
        return cluster.database().sslMode();
    }

    private static boolean verifies(Cluster cluster) {
        return sslMode(cluster) == SslMode.VERIFY_CA || sslMode(cluster) == SslMode.VERIFY_FULL;
    }

    private static List<Problem> olderThan(Cluster cluster, String needed) {
        return cluster.database()
                .serverVersion()
                .filter(version -> version.isBefore(needed))
                .map(version -> List.of(new Problem(
                        path("serverVersion"),
                        "The database runs PostgreSQL " + version + "; Harbor " + cluster.harbor() + " needs " + needed
                                + " or later.")))
                .orElse(List.of());
    }

    /** Returns how many processes of a node have a pool: core, the job service and, with metrics, the exporter. */
    static int poolsOfNode(Cluster cluster) {
        return cluster.harborYml().metric().isPresent() ? 3 : 2;
    }

    private static long most(Cluster cluster) {
        return (long) cluster.nodes().size()
                * poolsOfNode(cluster)
                * pool(cluster).maxOpenConns();
    }

    private static List<Problem> undeclaredConnections(Cluster cluster) {
        return Problems.when(
                cluster.database().maxConnections().isEmpty(),
                path("maxConnections"),
                () -> "The nodes open up to " + most(cluster)
                        + " connections to the database, and how many it takes is not said.",
                () -> "Make PostgreSQL's max_connections at least " + (most(cluster) + RESERVE)
                        + ", and say so with .database(db -> db.maxConnections(…)).");
    }

    private static List<Problem> undeclaredIdleTime(Cluster cluster) {
        return Problems.when(
                cluster.nodes().size() > 1
                        && cluster.database().idleInTransactionTimeout().isEmpty(),
                path("idleInTransactionTimeout"),
                () ->
                        "After how long PostgreSQL ends a transaction that idles is not said; its own default is never, and a core that"
                                + " hangs then holds back the pushes of "
                                + cluster.nodes().size() + " nodes.");
    }

    private static List<Problem> longIdleTime(Cluster cluster) {
        return cluster.database()
                .idleInTransactionTimeout()
                .filter(limit -> cluster.nodes().size() > 1)
                .filter(limit -> limit.isZero() || limit.compareTo(LONGEST_IDLE) > 0)
                .map(limit -> List.of(new Problem(
                        path("idleInTransactionTimeout"),
                        limit.isZero()
                                ? "PostgreSQL never ends a transaction that idles: idleInTransactionTimeout is 0."
                                : "PostgreSQL ends a transaction that idles after " + limit.toSeconds()
                                        + " seconds; more than " + LONGEST_IDLE.toSeconds()
                                        + " is long for clients that wait.")))
                .orElse(List.of());
    }

    private static List<Problem> exceededConnections(Cluster cluster) {
        int taken = cluster.database().maxConnections().orElse(Integer.MAX_VALUE);
        long fitting = (taken - RESERVE) / ((long) cluster.nodes().size() * poolsOfNode(cluster));
        return Problems.when(
                most(cluster) + RESERVE > taken,
                path("maxConnections"),
                () -> cluster.nodes().size() + " nodes with " + poolsOfNode(cluster) + " pools of "
                        + pool(cluster).maxOpenConns() + " connections open up to " + most(cluster)
                        + ", and the database takes " + taken + ", of which " + RESERVE + " are kept back.",
                () -> "Make PostgreSQL's max_connections at least " + (most(cluster) + RESERVE)
                        + (fitting < 2 ? "." : ", or use .maxOpenConns(" + fitting + ")."));
    }
}
