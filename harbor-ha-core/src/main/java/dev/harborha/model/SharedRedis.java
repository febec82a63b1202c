package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one Redis of all nodes. With Harbor 0.5 it is optional and holds the sessions of the web interface, so that a
 * login survives a change of node.
 *
 * @param address where it listens
 * @param password its password, if it wants one
 * @param sessionDatabase the index of the database that holds the sessions, 0 to 15
 * @param poolSize the most connections a node keeps open for sessions, 1 to 10000
 */
public record SharedRedis(HostPort address, Optional<Secret> password, int sessionDatabase, int poolSize) {

    /** The port that Redis listens on unless told otherwise: 6379. */
    public static final int DEFAULT_PORT = 6379;

    /** The pool size that beego, Harbor's web framework, takes when it is told none: 100. */
    public static final int DEFAULT_POOL_SIZE = 100;

    /**
     * Makes a Redis.
     *
     * @throws IllegalArgumentException if the database index or the pool size is out of range
     */
    public SharedRedis {
        Text.between("the Redis database of the sessions", sessionDatabase, 0, 15, "");
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

    /** Describes a Redis; only the address is required. */
    public static final class Builder {

        private @Nullable HostPort address;
        private Optional<Secret> password = Optional.empty();
        private int sessionDatabase;
        private int poolSize = DEFAULT_POOL_SIZE;

        Builder() {}

        /**
         * Sets where Redis listens: {@code host} or {@code host:port}. Default port: 6379.
         *
         * @throws IllegalArgumentException if the host or the port is malformed
         */
        public Builder address(String address) {
            this.address = HostPort.parse(address, DEFAULT_PORT);
            return this;
        }

        /** Sets the password. Default: none. */
        public Builder password(Secret password) {
            this.password = Optional.of(password);
            return this;
        }

        /** Sets the database that holds the sessions, 0 to 15. Default: 0, as in every Harbor release. */
        public Builder sessionDatabase(int index) {
            this.sessionDatabase = (int) Text.between("the Redis database of the sessions", index, 0, 15, "");
            return this;
        }

        /** Sets the most connections a node keeps open for sessions, 1 to 10000. Default: 100. */
        public Builder poolSize(int connections) {
            this.poolSize = (int) Text.between("the Redis pool size", connections, 1, 10_000, "connections");
            return this;
        }

        SharedRedis build() {
            if (address == null) {
                throw new Missing("Redis").need(address, ".address(…)").refusal();
            }
            return new SharedRedis(address, password, sessionDatabase, poolSize);
        }
    }
}
