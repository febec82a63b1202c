package dev.harborha.templates.clusterfile;

import dev.harborha.model.HostPort;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.Trace;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/** Reads where traces of requests go. */
final class TraceReader {

    /** An OpenTelemetry collector that was told nothing but where it listens. */
    static final Trace.Otel OTEL = otel("otel.example.com", "/v1/traces");

    /** A Jaeger agent, for its default port. */
    static final Trace.JaegerAgent AGENT = agent("jaeger.example.com");

    private static final ServiceUrl SAMPLE_URL = new ServiceUrl("http://jaeger.example.com");

    private TraceReader() {}

    private static Trace.Otel otel(String endpoint, String urlPath) {
        return (Trace.Otel) Trace.of(trace -> trace.otel(endpoint, urlPath)).exporter();
    }

    private static Trace.JaegerAgent agent(String address) {
        return (Trace.JaegerAgent) Trace.of(trace -> trace.jaegerAgent(address)).exporter();
    }

    static Optional<Trace> read(Fields fields) {
        fields.oneOf("jaeger", "jaegerAgent", "otel");
        Optional<Trace.JaegerCollector> jaeger = fields.map("jaeger").flatMap(TraceReader::jaeger);
        Optional<Trace.JaegerAgent> agent = fields.map("jaegerAgent").flatMap(TraceReader::jaegerAgent);
        Optional<Trace.Otel> otel = fields.map("otel").flatMap(TraceReader::otel);
        return new Part<Trace.Builder, Trace>(fields, Trace::of, trace -> trace.exporter(AGENT))
                .with("sampleRate", fields.decimal("sampleRate"), Trace.Builder::sampleRate)
                .text("namespace", Trace.Builder::namespace)
                .pairs("attributes", Trace.Builder::attribute)
                .with("jaeger", jaeger.orElse(null), Trace.Builder::exporter)
                .with("jaegerAgent", agent.orElse(null), Trace.Builder::exporter)
                .with("otel", otel.orElse(null), Trace.Builder::exporter)
                .make();
    }

    private static Optional<Trace.JaegerCollector> jaeger(Fields fields) {
        fields.require("endpoint");
        if (fields.has("password")) {
            fields.require("username");
        }
        ServiceUrl endpoint = fields.parsed("endpoint", ServiceUrl::new);
        Trace.JaegerCollector named = fields.parsed(
                "username", text -> new Trace.JaegerCollector(SAMPLE_URL, Optional.of(text), Optional.empty()));
        Secret password = fields.secret("password");
        fields.end();
        if (endpoint == null || (password != null && named == null)) {
            return Optional.empty();
        }
        return Optional.of(new Trace.JaegerCollector(
                endpoint, named == null ? Optional.empty() : named.username(), Optional.ofNullable(password)));
    }

    private static Optional<Trace.JaegerAgent> jaegerAgent(Fields fields) {
        fields.require("address");
        Trace.JaegerAgent agent = fields.parsed("address", TraceReader::agent);
        fields.end();
        return Optional.ofNullable(agent);
    }

    private static Optional<Trace.Otel> otel(Fields fields) {
        fields.require("endpoint", "urlPath");
        Trace.Otel placed = fields.parsed("endpoint", text -> otel(text, OTEL.urlPath()));
        Trace.Otel served = fields.parsed("urlPath", text -> otel("otel.example.com", text));
        Boolean compression = fields.flag("compression");
        Boolean insecure = fields.flag("insecure");
        Trace.Otel timed = fields.parsed("timeout", text -> patient(Durations.parse(text)));
        fields.end();
        if (placed == null || served == null) {
            return Optional.empty();
        }
        return Optional.of(new Trace.Otel(
                placed.endpoint(),
                served.urlPath(),
                compression == null ? OTEL.compression() : compression,
                insecure == null ? OTEL.insecure() : insecure,
                timed == null ? OTEL.timeout() : timed.timeout()));
    }

    private static Trace.Otel patient(Duration timeout) {
        HostPort endpoint = OTEL.endpoint();
        return new Trace.Otel(endpoint, OTEL.urlPath(), OTEL.compression(), OTEL.insecure(), timeout);
    }
}
