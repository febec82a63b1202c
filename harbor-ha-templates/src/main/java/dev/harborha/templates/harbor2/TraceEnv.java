package dev.harborha.templates.harbor2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.model.Trace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a component is told of traces. The timeout is a number of seconds in every release (<a
 * href="https://github.com/goharbor/harbor/blob/v2.4.0/src/lib/trace/config.go">src/lib/trace/config.go</a>), although the
 * samples before 2.7.3 and 2.8.4 write {@code 10s}, which Harbor reads as none.
 */
final class TraceEnv {

    private TraceEnv() {}

    /** Returns the variables for a component, which is called {@code service} at the collector. */
    static EnvTable table(String service) {
        return new EnvTable()
                .maybe("TRACE_ENABLED", of(trace -> "true"))
                .maybe("TRACE_SERVICE_NAME", of(trace -> service))
                .maybe("TRACE_SAMPLE_RATE", of(TraceEnv::sampleRate))
                .maybe("TRACE_NAMESPACE", of(trace -> trace.namespace().orElse("")))
                .maybe("TRACE_ATTRIBUTES", of(trace -> json(trace.attributes())))
                .maybe(
                        "TRACE_JAEGER_ENDPOINT",
                        ofJaeger(collector -> collector.endpoint().text(), agent -> ""))
                .maybe(
                        "TRACE_JAEGER_USERNAME",
                        ofJaeger(collector -> collector.username().orElse(""), agent -> ""))
                .maybe(
                        "TRACE_JAEGER_PASSWORD",
                        ofJaeger(
                                collector -> collector
                                        .password()
                                        .map(password -> password.reveal())
                                        .orElse(""),
                                agent -> ""))
                .maybe(
                        "TRACE_JAEGER_AGENT_HOSTNAME",
                        ofJaeger(
                                collector -> "", agent -> agent.address().host().text()))
                .maybe(
                        "TRACE_JAEGER_AGENT_PORT",
                        ofJaeger(
                                collector -> "",
                                agent -> Integer.toString(agent.address().port())))
                .maybe("TRACE_OTEL_ENDPOINT", ofOtel(otel -> otel.endpoint().toString()))
                .maybe("TRACE_OTEL_URL_PATH", ofOtel(otel -> otel.urlPath()))
                .maybe("TRACE_OTEL_COMPRESSION", ofOtel(otel -> EnvTables.pythonBoolean(otel.compression())))
                .maybe(
                        "TRACE_OTEL_TIMEOUT",
                        ofOtel(otel -> Long.toString(otel.timeout().toSeconds())))
                .maybe("TRACE_OTEL_INSECURE", ofOtel(otel -> EnvTables.pythonBoolean(otel.insecure())));
    }

    /** Returns the share of traced requests without an exponent, which some readers take for text. */
    static String sampleRate(Trace trace) {
        return BigDecimal.valueOf(trace.sampleRate()).stripTrailingZeros().toPlainString();
    }

    private static Function<Site, Optional<String>> of(Function<Trace, String> value) {
        return site -> site.yml().trace().map(value);
    }

    private static Function<Site, Optional<String>> ofJaeger(
            Function<Trace.JaegerCollector, String> ofCollector, Function<Trace.JaegerAgent, String> ofAgent) {
        return site -> site.yml().trace().flatMap(trace -> {
            if (trace.exporter() instanceof Trace.JaegerCollector collector) {
                return Optional.of(ofCollector.apply(collector));
            }
            return trace.exporter() instanceof Trace.JaegerAgent agent
                    ? Optional.of(ofAgent.apply(agent))
                    : Optional.empty();
        });
    }

    private static Function<Site, Optional<String>> ofOtel(Function<Trace.Otel, String> value) {
        return site -> site.yml()
                .trace()
                .flatMap(trace -> trace.exporter() instanceof Trace.Otel otel
                        ? Optional.of(value.apply(otel))
                        : Optional.empty());
    }

    private static String json(Map<String, String> attributes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.writeStartObject();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                generator.writeStringField(attribute.getKey(), attribute.getValue());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
