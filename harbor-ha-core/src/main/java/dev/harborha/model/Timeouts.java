package dev.harborha.model;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a load balancer waits, by the kind of a request. A layer under way may take its time; the first answer to a small
 * request must not, or a node that hangs holds its clients. All are whole seconds.
 *
 * @param connect until a node takes the connection, 1 to 60
 * @param answer until a node begins to answer a ping, a token, a manifest, the begin of an upload, or the request for a layer;
 *     and between two parts of that answer; 1 to 3600
 * @param commit until a node answers the end of an upload, when the registry checks the digest and the blob store puts the parts
 *     together, 1 to 3600
 * @param upload between two parts of a layer that is sent, and until it is answered, 1 to 86400
 * @param api until a node begins to answer any other request: the web pages and the API, 1 to 3600
 */
public record Timeouts(Duration connect, Duration answer, Duration commit, Duration upload, Duration api) {

    /** Connect 2, answer 20, commit 300, upload 900, API 60 seconds. */
    public static final Timeouts DEFAULT = of(timeouts -> {});

    /**
     * Makes timeouts.
     *
     * @throws IllegalArgumentException if one is out of its range or has a fraction of a second
     */
    public Timeouts {
        Text.seconds("the timeout of a connection", connect, 1, 60);
        Text.seconds("the timeout of an answer", answer, 1, 3600);
        Text.seconds("the timeout of a commit", commit, 1, 3600);
        Text.seconds("the timeout of an upload", upload, 1, 86_400);
        Text.seconds("the timeout of the API", api, 1, 3600);
    }

    /**
     * Describes timeouts.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public static Timeouts of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes timeouts; nothing is required. */
    public static final class Builder {

        private Duration connect = Duration.ofSeconds(2);
        private Duration answer = Duration.ofSeconds(20);
        private Duration commit = Duration.ofMinutes(5);
        private Duration upload = Duration.ofMinutes(15);
        private Duration api = Duration.ofMinutes(1);

        Builder() {}

        /** Sets how long a node may take to accept a connection, 1 to 60 seconds. Default: 2. */
        public Builder connect(Duration timeout) {
            this.connect = timeout;
            return this;
        }

        /** Sets how long small requests may wait, 1 to 3600 seconds. Default: 20, as in drills on a real cluster. */
        public Builder answer(Duration timeout) {
            this.answer = timeout;
            return this;
        }

        /** Sets how long the end of an upload may take, 1 to 3600 seconds. Default: 300; on S3 half a minute was seen. */
        public Builder commit(Duration timeout) {
            this.commit = timeout;
            return this;
        }

        /** Sets how long a layer under way may be silent, 1 to 86400 seconds. Default: 900, as at Harbor's own nginx. */
        public Builder upload(Duration timeout) {
            this.upload = timeout;
            return this;
        }

        /** Sets how long web pages and the API may take, 1 to 3600 seconds. Default: 60, as at Harbor's own nginx. */
        public Builder api(Duration timeout) {
            this.api = timeout;
            return this;
        }

        Timeouts build() {
            return new Timeouts(connect, answer, commit, upload, api);
        }
    }
}
