package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one database of all nodes. Harbor 0.5 wants MySQL, and its own {@code registry.sql} creates a database called
 * {@code registry}; since 1.6 Harbor wants PostgreSQL.
 *
 * @param kind the kind of database
 * @param address where it listens
 * @param username the user that Harbor connects as
 * @param password that user's password
 * @param name the name of the database on its server
 * @param sslMode whether connections are encrypted; since 1.6
 * @param ca the authority of the server's certificate, where the containers do not trust it anyway; since 2.0
 * @param pool the connections that each process of a node keeps; since 2.0
 * @param maxConnections the most connections that the server takes from all its clients, where it is known
 * @param idleInTransactionTimeout after how long the server ends a session of Harbor's user that idles inside a transaction,
 *     where it is known; zero is never
 * @param serverVersion the release of the server, where it is known
 * @param pooler what shares the server's connections in front of it
 * @param clientCertificates whether the server wants to see a certificate of its clients, which no release of Harbor can show
 */
public record SharedDb(
        DbKind kind,
        HostPort address,
        String username,
        Secret password,
        String name,
        SslMode sslMode,
        Optional<PemCertificates> ca,
        Pool pool,
        OptionalInt maxConnections,
        Optional<Duration> idleInTransactionTimeout,
        Optional<ServerVersion> serverVersion,
        Pooler pooler,
        boolean clientCertificates) {

    /** The name that Harbor's own scripts give the database: {@code registry}. */
    public static final String DEFAULT_NAME = "registry";

    /**
     * What {@link Builder#idleInTransactionTimeout} should be: 30 seconds. A load balancer has found a core that hangs by then,
     * and no step of a push is known to idle inside a transaction as long.
     */
    public static final Duration RECOMMENDED_IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    private static final long DAY = 86_400;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");

    /**
     * The connections that each process of a node keeps. Core, the job service and, with metrics, the exporter have one pool
     * each (<a href="https://github.com/goharbor/harbor/issues/16631">issue 16631</a>).
     *
     * @param maxOpenConns the most connections, 2 to 10000
     * @param maxIdleConns the most of them that are kept while idle, 1 to {@code maxOpenConns}
     * @param connMaxLifetime after how long a connection is closed, 0 (never) to 24 hours; since 2.7
     * @param connMaxIdleTime after how long an idle connection is closed, 0 (never) to 24 hours; since 2.7
     */
    public record Pool(int maxOpenConns, int maxIdleConns, Duration connMaxLifetime, Duration connMaxIdleTime) {

        /**
         * At most 50 connections, 10 of them idle, closed after 5 minutes. Harbor's own default for a database outside is 2 idle
         * and no limit at all, with which a few nodes use up any server.
         */
        public static final Pool DEFAULT = new Pool(50, 10, Duration.ofMinutes(5), Duration.ZERO);

        /** Returns how many idle connections a pool keeps that was told only how many it may open: 10, or all if they are fewer. */
        public static int defaultMaxIdleConns(int maxOpenConns) {
            return Math.min(DEFAULT.maxIdleConns(), maxOpenConns);
        }

        /**
         * Makes a pool.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public Pool {
            Text.between("the most open database connections", maxOpenConns, 2, 10_000, "");
            Text.between("the most idle database connections", maxIdleConns, 1, maxOpenConns, "");
            Text.seconds("the life of a database connection", connMaxLifetime, 0, DAY);
            Text.seconds("the idle time of a database connection", connMaxIdleTime, 0, DAY);
        }
    }

    /**
     * Makes a database.
     *
     * @throws IllegalArgumentException if the user name is empty or no single line of text, the name of the database has
     *     other characters than letters, digits, underscores and hyphens, a number or a time is out of its range, or the release
     *     of the server is one before 10 without its second number
     */
    public SharedDb {
        Text.line("the user name of the database", username);
        requireName(name);
        maxConnections.ifPresent(
                most -> Text.between("the most connections of the database server", most, 1, 1_000_000, ""));
        idleInTransactionTimeout.ifPresent(SharedDb::requireIdleTime);
        serverVersion.ifPresent(SharedDb::requireRelease);
    }

    private static Duration requireIdleTime(Duration limit) {
        return Text.seconds("the time that a session may idle inside a transaction", limit, 0, DAY);
    }

    /** Before 10, PostgreSQL's releases were named by two numbers, as MySQL's are. */
    private static ServerVersion requireRelease(ServerVersion version) {
        if (version.major() < 10 && version.minor().isEmpty()) {
            throw new IllegalArgumentException("The version of the database server is \"" + version
                    + "\"; a release before 10 has two numbers, as in \"9.6\".");
        }
        return version;
    }

    private static String requireName(String name) {
        return Text.matching(
                "the name of the database", name, NAME, "use 1 to 63 letters, digits, underscores and hyphens");
    }

    /** Describes a database; what is not said takes the defaults of its kind. */
    public static final class Builder {

        private @Nullable DbKind kind;
        private @Nullable String address;
        private @Nullable String username;
        private @Nullable Secret password;
        private String name = DEFAULT_NAME;
        private SslMode sslMode = SslMode.DISABLE;
        private Optional<PemCertificates> ca = Optional.empty();
        private int maxOpenConns = Pool.DEFAULT.maxOpenConns();
        private OptionalInt maxIdleConns = OptionalInt.empty();
        private Duration connMaxLifetime = Pool.DEFAULT.connMaxLifetime();
        private Duration connMaxIdleTime = Pool.DEFAULT.connMaxIdleTime();
        private OptionalInt maxConnections = OptionalInt.empty();
        private Optional<Duration> idleInTransactionTimeout = Optional.empty();
        private Optional<ServerVersion> serverVersion = Optional.empty();
        private Pooler pooler = Pooler.NONE;
        private boolean clientCertificates;

        Builder() {}

        /** Sets the kind of database. Default: what the Harbor release of the cluster uses. */
        public Builder kind(DbKind kind) {
            this.kind = kind;
            return this;
        }

        /**
         * Sets where the database listens: {@code host} or {@code host:port}. Default port: the kind's own, 3306 or 5432.
         *
         * @throws IllegalArgumentException if the host or the port is malformed
         */
        public Builder address(String address) {
            HostPort.parse(address, DbKind.MYSQL.defaultPort());
            this.address = address;
            return this;
        }

        /**
         * Sets the user. Default: {@code root} for MySQL, {@code postgres} for PostgreSQL, as in Harbor's templates.
         *
         * @throws IllegalArgumentException if the name is empty or no single line of text
         */
        public Builder username(String username) {
            this.username = Text.line("the user name of the database", username);
            return this;
        }

        /** Sets the user's password. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /**
         * Sets the name of the database on its server. Default: {@code registry}.
         *
         * @throws IllegalArgumentException if the name has other characters than letters, digits, underscores and hyphens
         */
        public Builder name(String name) {
            this.name = requireName(name);
            return this;
        }

        /** Sets whether connections are encrypted. Default: {@link SslMode#DISABLE}, as in Harbor's sample. */
        public Builder sslMode(SslMode mode) {
            this.sslMode = mode;
            return this;
        }

        /**
         * Gives the authority of the server's certificate, in PEM, which every container is then made to trust; since 2.0.
         * Default: those that the containers trust anyway.
         *
         * @throws IllegalArgumentException if the text is no certificate in PEM
         */
        public Builder ca(String pem) {
            this.ca = Optional.of(new PemCertificates(pem));
            return this;
        }

        /**
         * Sets the most connections of each process of a node, 2 to 10000; since 2.0. Default: 50. Harbor's own default has no
         * limit.
         */
        public Builder maxOpenConns(int connections) {
            this.maxOpenConns = connections;
            return this;
        }

        /** Sets the most idle connections of each process of a node, from 1; since 2.0. Default: 10, or all where they are fewer. */
        public Builder maxIdleConns(int connections) {
            this.maxIdleConns = OptionalInt.of(connections);
            return this;
        }

        /** Sets after how long a connection is closed, 0 (never) to 24 hours; since 2.7. Default: 5 minutes, as in Harbor. */
        public Builder connMaxLifetime(Duration life) {
            this.connMaxLifetime = life;
            return this;
        }

        /** Sets after how long an idle connection is closed, 0 (never) to 24 hours; since 2.7. Default: never, as in Harbor. */
        public Builder connMaxIdleTime(Duration idle) {
            this.connMaxIdleTime = idle;
            return this;
        }

        /** Says how many connections the server takes from all its clients, PostgreSQL's {@code max_connections}. */
        public Builder maxConnections(int connections) {
            this.maxConnections = OptionalInt.of(connections);
            return this;
        }

        /**
         * Says after how long the server ends a session of Harbor's user that idles inside a transaction, PostgreSQL's
         * {@code idle_in_transaction_session_timeout}: 0 (never, PostgreSQL's own default) to 24 hours, in whole seconds.
         * Recommended: 30 seconds, so that a core that hangs does not hold back the pushes of all nodes for longer. Default: it
         * is not known.
         *
         * @throws IllegalArgumentException if the time is out of its range or no whole number of seconds
         */
        public Builder idleInTransactionTimeout(Duration limit) {
            this.idleInTransactionTimeout = Optional.of(requireIdleTime(limit));
            return this;
        }

        /**
         * Says which release the server is, PostgreSQL's {@code SHOW server_version}: {@code 15}, {@code 15.4} or {@code 9.6}.
         * Default: it is not known.
         *
         * @throws IllegalArgumentException if it is no version of one to three numbers, or a release before 10 has only one
         */
        public Builder serverVersion(String version) {
            this.serverVersion = Optional.of(requireRelease(ServerVersion.parse(version)));
            return this;
        }

        /** Says what shares the server's connections in front of it. Default: {@link Pooler#NONE}. */
        public Builder pooler(Pooler pooler) {
            this.pooler = pooler;
            return this;
        }

        /** Says that the server wants to see a certificate of its clients: {@code clientcert} in {@code pg_hba.conf}. */
        public Builder clientCertificates() {
            return clientCertificates(true);
        }

        /** Sets whether the server wants to see a certificate of its clients. Default: false. */
        public Builder clientCertificates(boolean wanted) {
            this.clientCertificates = wanted;
            return this;
        }

        SharedDb build(DbKind kindOfRelease) {
            String place = address;
            Secret secret = password;
            if (place == null || secret == null) {
                throw incomplete(place, secret);
            }
            DbKind chosen = kind == null ? kindOfRelease : kind;
            return new SharedDb(
                    chosen,
                    HostPort.parse(place, chosen.defaultPort()),
                    username == null ? chosen.defaultUsername() : username,
                    secret,
                    name,
                    sslMode,
                    ca,
                    new Pool(
                            maxOpenConns,
                            maxIdleConns.orElse(Pool.defaultMaxIdleConns(maxOpenConns)),
                            connMaxLifetime,
                            connMaxIdleTime),
                    maxConnections,
                    idleInTransactionTimeout,
                    serverVersion,
                    pooler,
                    clientCertificates);
        }

        private static IllegalArgumentException incomplete(@Nullable String address, @Nullable Secret password) {
            return new Missing("The database")
                    .need(address, ".address(…)")
                    .need(password, ".password(…)")
                    .refusal();
        }
    }

    /**
     * Describes a database of a given kind on its own.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static SharedDb of(DbKind kind, Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build(kind);
    }
}
