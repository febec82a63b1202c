package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a load balancer finds out that a node cannot serve, and that it can again. However the nodes answer, it never gives all
 * of them up: where none is well, requests go to all.
 *
 * @param probe what is asked; absent means what {@link #probeFor} chooses
 * @param interval the time between two probes of one node, 1 to 300 seconds
 * @param timeout how long an answer may take, 1 to 60 seconds
 * @param fall how many failures in a row take a node out, 1 to 20
 * @param rise how many successes in a row bring it back, 1 to 20
 */
public record HealthCheck(Optional<HealthProbe> probe, Duration interval, Duration timeout, int fall, int rise) {

    /** A probe every 2 seconds, with 2 seconds for its answer; 2 failures take a node out, 3 successes bring it back. */
    public static final HealthCheck DEFAULT = of(check -> {});

    /**
     * Makes a check.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public HealthCheck {
        Text.seconds("the interval of a health check", interval, 1, 300);
        Text.seconds("the timeout of a health check", timeout, 1, 60);
        Text.between("the number of failures that take a node out", fall, 1, 20, "");
        Text.between("the number of successes that bring a node back", rise, 1, 20, "");
    }

    /**
     * Describes a check.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static HealthCheck of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Returns what is asked: the probe that was chosen; else Harbor's health since 2.0, and before that the registry's API. */
    public HealthProbe probeFor(HarborVersion harbor) {
        return probe.orElseGet(() -> harbor.major() < 2 ? new HealthProbe.RegistryApi() : new HealthProbe.Health());
    }

    /** Describes a check; nothing is required. */
    public static final class Builder {

        private Optional<HealthProbe> probe = Optional.empty();
        private Duration interval = Duration.ofSeconds(2);
        private Duration timeout = Duration.ofSeconds(2);
        private int fall = 2;
        private int rise = 3;

        Builder() {}

        /** Asks whether nginx and core of a node answer; since 2.0. */
        public Builder ping() {
            return probe(new HealthProbe.Ping());
        }

        /** Asks core what it thinks of its parts; since 2.0, and the default there. */
        public Builder health() {
            return probe(new HealthProbe.Health());
        }

        /** Asks the registry's API without a token; the default before 2.0. */
        public Builder registryApi() {
            return probe(new HealthProbe.RegistryApi());
        }

        /**
         * Asks for a manifest as a robot.
         *
         * @throws IllegalArgumentException if a text is malformed
         */
        public Builder canary(String repository, String reference, String username, Secret password) {
            return probe(new HealthProbe.Canary(repository, reference, username, password));
        }

        /** Sets what is asked. Default: {@link HealthProbe.Health}; before 2.0 {@link HealthProbe.RegistryApi}. */
        public Builder probe(HealthProbe probe) {
            this.probe = Optional.of(probe);
            return this;
        }

        /** Sets the time between two probes of one node, 1 to 300 whole seconds. Default: 2. */
        public Builder interval(Duration interval) {
            this.interval = interval;
            return this;
        }

        /** Sets how long an answer may take, 1 to 60 whole seconds. Default: 2. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Sets how many failures in a row take a node out, 1 to 20. Default: 2. */
        public Builder fall(int failures) {
            this.fall = failures;
            return this;
        }

        /** Sets how many successes in a row bring a node back, 1 to 20. Default: 3. */
        public Builder rise(int successes) {
            this.rise = successes;
            return this;
        }

        HealthCheck build() {
            return new HealthCheck(probe, interval, timeout, fall, rise);
        }
    }
}
