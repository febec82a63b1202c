package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traces of requests, sent to one collector; since 2.4.
 *
 * @param sampleRate the share of requests that are traced, 0 to 1
 * @param namespace a name that tells this Harbor apart at the collector
 * @param attributes names and values that every trace carries
 * @param exporter where the traces go
 */
public record Trace(double sampleRate, Optional<String> namespace, Map<String, String> attributes, Exporter exporter) {

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");

    /** Where traces go. */
    public sealed interface Exporter {}

    /**
     * A Jaeger collector that takes traces by HTTP.
     *
     * @param endpoint its address, such as {@code http://jaeger.example.com:14268/api/traces}
     * @param username the user, where it asks for one
     * @param password the user's password
     */
    public record JaegerCollector(ServiceUrl endpoint, Optional<String> username, Optional<Secret> password)
            implements Exporter {

        /**
         * Makes a collector.
         *
         * @throws IllegalArgumentException if the user is no single line, or there is a password without a user
         */
        public JaegerCollector {
            username.ifPresent(name -> Text.line("the user of the Jaeger collector", name));
            if (password.isPresent() && username.isEmpty()) {
                throw new IllegalArgumentException(
                        "The Jaeger collector has a password and no user; give both or none.");
            }
        }
    }

    /**
     * A Jaeger agent that takes traces by UDP.
     *
     * @param address where it listens, port 6831 unless told otherwise
     */
    public record JaegerAgent(HostPort address) implements Exporter {}

    /**
     * An OpenTelemetry collector.
     *
     * @param endpoint where it listens, such as {@code otel.example.com:4318}
     * @param urlPath the path of its interface, such as {@code /v1/traces}
     * @param compression whether traces are compressed
     * @param insecure whether the connection is plain http
     * @param timeout how long it may take, 1 to 3600 seconds
     */
    public record Otel(HostPort endpoint, String urlPath, boolean compression, boolean insecure, Duration timeout)
            implements Exporter {

        private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");

        /**
         * Makes a collector.
         *
         * @throws IllegalArgumentException if the path is malformed, or the timeout is out of its range
         */
        public Otel {
            Text.matching("the path of the OpenTelemetry collector", urlPath, PATH, "use a path like \"/v1/traces\"");
            Text.seconds("the timeout of the OpenTelemetry collector", timeout, 1, 3600);
        }
    }

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if the share is out of its range, or a name or a value is malformed
     */
    public Trace {
        if (!(sampleRate >= 0 && sampleRate <= 1)) {
            throw new IllegalArgumentException("The share of traced requests is " + sampleRate + "; use 0 to 1.");
        }
        sampleRate += 0.0; // makes 0.0 of -0.0, which would not be equal to it
        namespace.ifPresent(name -> Text.matching(
                "the namespace of traces",
                name,
                ATTRIBUTE,
                "use letters, digits and . _ -, not starting with a digit"));
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        attributes.forEach((name, value) -> {
            Text.matching(
                    "the name of a trace attribute",
                    name,
                    ATTRIBUTE,
                    "use letters, digits and . _ -, not starting with a digit");
            Text.line("the trace attribute " + name, value);
        });
    }

    /**
     * Describes the traces.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static Trace of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes the traces; one of {@code jaeger}, {@code jaegerAgent} and {@code otel} is required. */
    public static final class Builder {

        private double sampleRate = 1;
        private Optional<String> namespace = Optional.empty();
        private final Map<String, String> attributes = new TreeMap<>();
        private @Nullable Exporter exporter;

        Builder() {}

        /** Sets the share of requests that are traced, 0 to 1. Default: 1, all. */
        public Builder sampleRate(double share) {
            this.sampleRate = share;
            return this;
        }

        /** Sets a name that tells this Harbor apart at the collector. Default: none. */
        public Builder namespace(String name) {
            this.namespace = Optional.of(name);
            return this;
        }

        /** Adds a name and a value that every trace carries. */
        public Builder attribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        /**
         * Sends the traces to a Jaeger collector.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL
         */
        public Builder jaeger(String endpoint) {
            return exporter(new JaegerCollector(new ServiceUrl(endpoint), Optional.empty(), Optional.empty()));
        }

        /**
         * Sends the traces to a Jaeger agent.
         *
         * @param address {@code host} or {@code host:port}; default port 6831
         * @throws IllegalArgumentException if the address is malformed
         */
        public Builder jaegerAgent(String address) {
            return exporter(new JaegerAgent(HostPort.parse(address, 6831)));
        }

        /**
         * Sends the traces to an OpenTelemetry collector, by https without compression; it may take 10 seconds.
         *
         * @param address {@code host} or {@code host:port}; default port 4318
         * @param urlPath the path of its interface, such as {@code /v1/traces}
         * @throws IllegalArgumentException if the address or the path is malformed
         */
        public Builder otel(String address, String urlPath) {
            return exporter(new Otel(HostPort.parse(address, 4318), urlPath, false, false, Duration.ofSeconds(10)));
        }

        /** Sends the traces where the value says. */
        public Builder exporter(Exporter exporter) {
            this.exporter = exporter;
            return this;
        }

        Trace build() {
            if (exporter == null) {
                throw new Missing("The description of traces")
                        .need(exporter, ".jaeger(…), .jaegerAgent(…) or .otel(…)")
                        .refusal();
            }
            return new Trace(sampleRate, namespace, attributes, exporter);
        }
    }
}
