package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one Redis of all nodes: sessions, the queue of jobs and what the registry knows of layers. With Harbor 0.5 it is optional
 * and holds the sessions of the web interface, so that a login survives a change of node.
 *
 * @param endpoint where it is found
 * @param username the user of its access control list; since 2.8
 * @param password its password, if it wants one
 * @param registryAsDefaultUser whether Redis's {@code default} user has the same password and may use the registry's database:
 *     the registry knows no other user before 2.15
 * @param tls TLS, if it speaks it; since 2.13
 * @param databases the databases that the components use
 * @param idleTimeout after how long an idle connection is closed, 1 second to 1 hour; since 2.0
 * @param poolSize the most connections a node of Harbor 0.5 keeps open for sessions, 1 to 10000
 * @param serverVersion the release of the server, where it is known
 * @param clusterMode whether the server is a Redis Cluster, which no release of Harbor can use
 * @param evictionPolicy what the server throws away when its memory is full, where it is known
 * @param persistence what the server finds again after a restart, where it is known
 */
public record SharedRedis(
        RedisEndpoint endpoint,
        Optional<String> username,
        Optional<Secret> password,
        boolean registryAsDefaultUser,
        Optional<RedisTls> tls,
        RedisDatabases databases,
        Duration idleTimeout,
        int poolSize,
        Optional<ServerVersion> serverVersion,
        boolean clusterMode,
        Optional<EvictionPolicy> evictionPolicy,
        Optional<RedisPersistence> persistence) {

    /** The port that Redis listens on unless told otherwise: 6379. */
    public static final int DEFAULT_PORT = 6379;

    /** The port that a sentinel listens on unless told otherwise: 26379. */
    public static final int DEFAULT_SENTINEL_PORT = 26_379;

    /** The pool size that beego, Harbor's web framework, takes when it is told none: 100. */
    public static final int DEFAULT_POOL_SIZE = 100;

    /** After how long Harbor closes an idle connection when it is told nothing: 30 seconds. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Makes a Redis.
     *
     * @throws IllegalArgumentException if a number is out of range, or there is a user without a password
     */
    public SharedRedis {
        username.ifPresent(name -> Text.line("the user of Redis", name));
        if (username.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException(
                    "Redis has a user and no password, which Harbor cannot write down; give .password(…), or leave .username(…) out.");
        }
        Text.seconds("the idle timeout of Redis", idleTimeout, 1, 3600);
        Text.between("the Redis pool size", poolSize, 1, 10_000, "connections");
    }

    /**
     * Describes a Redis.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static SharedRedis of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes a Redis; only where it is found is required. */
    public static final class Builder {

        private @Nullable RedisEndpoint endpoint;
        private Optional<String> username = Optional.empty();
        private Optional<Secret> password = Optional.empty();
        private boolean registryAsDefaultUser;
        private Optional<RedisTls> tls = Optional.empty();
        private int sessionDatabase = RedisDatabases.DEFAULT.session();
        private int registryDatabase = RedisDatabases.DEFAULT.registry();
        private int jobserviceDatabase = RedisDatabases.DEFAULT.jobservice();
        private int trivyDatabase = RedisDatabases.DEFAULT.trivy();
        private OptionalInt harborDatabase = OptionalInt.empty();
        private OptionalInt cacheLayerDatabase = OptionalInt.empty();
        private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
        private int poolSize = DEFAULT_POOL_SIZE;
        private Optional<ServerVersion> serverVersion = Optional.empty();
        private boolean clusterMode;
        private Optional<EvictionPolicy> evictionPolicy = Optional.empty();
        private Optional<RedisPersistence> persistence = Optional.empty();

        Builder() {}

        /**
         * Sets where Redis listens: {@code host} or {@code host:port}. Default port: 6379.
         *
         * @throws IllegalArgumentException if the host or the port is malformed
         */
        public Builder address(String address) {
            this.endpoint = new RedisEndpoint.Single(HostPort.parse(address, DEFAULT_PORT));
            return this;
        }

        /**
         * Finds Redis through sentinels; since 2.1.
         *
         * @param masterSet the name of the set of servers, such as {@code mymaster}
         * @param sentinels where the sentinels listen, {@code host} or {@code host:port}; default port 26379
         * @throws IllegalArgumentException if the name or an address is malformed, or there is no sentinel
         */
        public Builder sentinel(String masterSet, String... sentinels) {
            List<HostPort> places = Arrays.stream(sentinels)
                    .map(text -> HostPort.parse(text, DEFAULT_SENTINEL_PORT))
                    .toList();
            this.endpoint = new RedisEndpoint.Sentinel(masterSet, places);
            return this;
        }

        /** Sets the user of Redis's access control list; since 2.8. Default: none, which is Redis's {@code default} user. */
        public Builder username(String name) {
            this.username = Optional.of(name);
            return this;
        }

        /** Sets the password. Default: none. */
        public Builder password(Secret password) {
            this.password = Optional.of(password);
            return this;
        }

        /**
         * Says that Redis's {@code default} user has the same password and may use the registry's database, which the registry
         * needs before 2.15: it knows no other user.
         */
        public Builder registryAsDefaultUser() {
            return registryAsDefaultUser(true);
        }

        /** Sets whether Redis's {@code default} user has the same password and may use the registry's database. Default: false. */
        public Builder registryAsDefaultUser(boolean same) {
            this.registryAsDefaultUser = same;
            return this;
        }

        /** Says that Redis speaks TLS, with a certificate that the containers trust anyway; since 2.13. Default: plain. */
        public Builder tls() {
            return tls(new RedisTls(Optional.empty()));
        }

        /**
         * Says that Redis speaks TLS, with a certificate of this authority; since 2.13.
         *
         * @throws IllegalArgumentException if the text is no certificate in PEM
         */
        public Builder tls(String caPem) {
            return tls(new RedisTls(Optional.of(new PemCertificates(caPem))));
        }

        /** Says that Redis speaks TLS. */
        public Builder tls(RedisTls tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** Sets the database of the sessions, 0 to 15. Default: 0, and since 2.0 nothing else. */
        public Builder sessionDatabase(int index) {
            this.sessionDatabase = (int) Text.between("the Redis database of the sessions", index, 0, 15, "");
            return this;
        }

        /** Sets the registry's database, 1 to 15. Default: 1. */
        public Builder registryDatabase(int index) {
            this.registryDatabase = (int) Text.between("the Redis database of the registry", index, 1, 15, "");
            return this;
        }

        /** Sets the job service's database, 1 to 15. Default: 2. */
        public Builder jobserviceDatabase(int index) {
            this.jobserviceDatabase = (int) Text.between("the Redis database of the job service", index, 1, 15, "");
            return this;
        }

        /** Sets the scanner's database, 1 to 15. Default: 5. */
        public Builder trivyDatabase(int index) {
            this.trivyDatabase = (int) Text.between("the Redis database of the scanner", index, 1, 15, "");
            return this;
        }

        /** Sets the database of core's cache, 1 to 15. Default: that of the sessions. */
        public Builder harborDatabase(int index) {
            this.harborDatabase =
                    OptionalInt.of((int) Text.between("the Redis database of core's cache", index, 1, 15, ""));
            return this;
        }

        /** Sets the database of the cache layer, 1 to 15. Default: that of the sessions. */
        public Builder cacheLayerDatabase(int index) {
            this.cacheLayerDatabase =
                    OptionalInt.of((int) Text.between("the Redis database of the cache layer", index, 1, 15, ""));
            return this;
        }

        /** Sets after how long an idle connection is closed, 1 second to 1 hour; since 2.0. Default: 30 seconds. */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = timeout;
            return this;
        }

        /** Sets the most connections a node of Harbor 0.5 keeps open for sessions, 1 to 10000. Default: 100. */
        public Builder poolSize(int connections) {
            this.poolSize = (int) Text.between("the Redis pool size", connections, 1, 10_000, "connections");
            return this;
        }

        /**
         * Says which release the server is, {@code redis_version} of its {@code INFO}: {@code 7.2.4}, {@code 7.2} or {@code 7}.
         * Default: it is not known.
         *
         * @throws IllegalArgumentException if it is no version of one to three numbers
         */
        public Builder serverVersion(String version) {
            this.serverVersion = Optional.of(ServerVersion.parse(version));
            return this;
        }

        /** Says that the server is a Redis Cluster, {@code cluster_enabled:1} of its {@code INFO}; sentinels are none. */
        public Builder clusterMode() {
            return clusterMode(true);
        }

        /** Sets whether the server is a Redis Cluster. Default: false. */
        public Builder clusterMode(boolean cluster) {
            this.clusterMode = cluster;
            return this;
        }

        /** Says what the server throws away when its memory is full, its {@code maxmemory-policy}. Default: it is not known. */
        public Builder evictionPolicy(EvictionPolicy policy) {
            this.evictionPolicy = Optional.of(policy);
            return this;
        }

        /** Says what the server finds again after a restart. Default: it is not known. */
        public Builder persistence(RedisPersistence persistence) {
            this.persistence = Optional.of(persistence);
            return this;
        }

        SharedRedis build() {
            if (endpoint == null) {
                throw new Missing("Redis")
                        .need(endpoint, ".address(…) or .sentinel(…)")
                        .refusal();
            }
            return new SharedRedis(
                    endpoint,
                    username,
                    password,
                    registryAsDefaultUser,
                    tls,
                    new RedisDatabases(
                            sessionDatabase,
                            registryDatabase,
                            jobserviceDatabase,
                            trivyDatabase,
                            harborDatabase,
                            cacheLayerDatabase),
                    idleTimeout,
                    poolSize,
                    serverVersion,
                    clusterMode,
                    evictionPolicy,
                    persistence);
        }
    }
}
