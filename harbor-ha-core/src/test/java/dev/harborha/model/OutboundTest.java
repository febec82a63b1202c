package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the cluster: {@link Trivy}, {@link Trace} and {@link OutboundProxy}. */
class OutboundTest {

    private static final Secret SECRET = Secret.of("a-secret");

    private static Trivy trivy(Consumer<Trivy.Builder> description) {
        return Trivy.of(description);
    }

    private static Trace trace(Consumer<Trace.Builder> more) {
        return Trace.of(trace -> more.accept(trace.jaegerAgent("jaeger")));
    }

    private static OutboundProxy proxy(Consumer<OutboundProxy.Builder> more) {
        return OutboundProxy.of(proxy -> more.accept(proxy.http("http://proxy.example.com:3128")));
    }

    @Test
    void theScannerTakesItsDefaults() {
        assertThat(Trivy.DEFAULT)
                .isEqualTo(new Trivy(
                        false,
                        false,
                        false,
                        false,
                        false,
                        "vuln",
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void whatIsSaidOfTheScannerIsKept() {
        assertThat(trivy(trivy -> trivy.ignoreUnfixed(true)
                        .skipUpdate(true)
                        .skipJavaDbUpdate(true)
                        .offlineScan(true)
                        .insecure(true)
                        .securityCheck("secret,vuln")
                        .timeout(Duration.ofDays(1))
                        .githubToken(SECRET)
                        .dbRepository("registry.example.com:5000/aquasecurity/trivy-db:2")
                        .javaDbRepository("ghcr.io/a/b_c")))
                .isEqualTo(new Trivy(
                        true,
                        true,
                        true,
                        true,
                        true,
                        "secret,vuln",
                        Duration.ofHours(24),
                        Optional.of(SECRET),
                        Optional.of("registry.example.com:5000/aquasecurity/trivy-db:2"),
                        Optional.of("ghcr.io/a/b_c")));
    }

    @Test
    void tracesTakeTheirDefaults() {
        assertThat(trace(trace -> {}))
                .isEqualTo(new Trace(
                        1, Optional.empty(), Map.of(), new Trace.JaegerAgent(HostPort.parse("jaeger:6831", 1))));
        assertThat(trace(trace -> trace.jaeger("http://jaeger:14268/api/traces"))
                        .exporter())
                .isEqualTo(new Trace.JaegerCollector(
                        new ServiceUrl("http://jaeger:14268/api/traces"), Optional.empty(), Optional.empty()));
        assertThat(trace(trace -> trace.otel("otel", "/v1/traces")).exporter())
                .isEqualTo(new Trace.Otel(
                        HostPort.parse("otel:4318", 1), "/v1/traces", false, false, Duration.ofSeconds(10)));
    }

    @Test
    void whatIsSaidOfTracesIsKept() {
        Trace trace = trace(t -> t.sampleRate(0.25)
                .namespace("eu.west-1_a")
                .attribute("b", "é \"x\"")
                .attribute("a.b", "1")
                .attribute("b", "2"));
        assertThat(trace.sampleRate()).isEqualTo(0.25);
        assertThat(trace.namespace()).contains("eu.west-1_a");
        assertThat(trace.attributes()).containsExactly(Map.entry("a.b", "1"), Map.entry("b", "2"));
        assertThat(trace(t -> t.sampleRate(0))).isEqualTo(trace(t -> t.sampleRate(-0.0)));
        assertThatThrownBy(() -> trace.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aProxyTakesItsDefaults() {
        assertThat(proxy(proxy -> {}))
                .isEqualTo(new OutboundProxy(
                        Optional.of(new ServiceUrl("http://proxy.example.com:3128")),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        EnumSet.allOf(OutboundProxy.Component.class)));
    }

    @Test
    void whatIsSaidOfAProxyIsKept() {
        OutboundProxy proxy = proxy(p -> p.https("https://proxy")
                .credentials("user", SECRET)
                .noProxy("b", "a")
                .noProxy("b")
                .components(OutboundProxy.Component.TRIVY, OutboundProxy.Component.CORE));
        assertThat(proxy.https()).contains(new ServiceUrl("https://proxy"));
        assertThat(proxy.credentials()).contains(new OutboundProxy.Credentials("user", SECRET));
        assertThat(proxy.noProxy()).containsExactly("b", "a", "b");
        assertThat(proxy.components()).containsExactly(OutboundProxy.Component.CORE, OutboundProxy.Component.TRIVY);
        assertThatThrownBy(() -> proxy.components().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> proxy.noProxy().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "db",
                "db.example.com:5432",
                ".example.com",
                "10.0.0.1",
                "10.0.0.0/8",
                "2001:db8::1",
                "fd00::/8",
                "[2001:db8::1]:443",
                "_srv.x"
            })
    void whatIsReachedDirectlyIsKept(String place) {
        assertThat(proxy(proxy -> proxy.noProxy(place)).noProxy()).containsExactly(place);
    }

    static Stream<Arguments> refusals() {
        String repository = "; use a name like \"registry.example.com/aquasecurity/trivy-db\".";
        String name = "; use letters, digits and . _ -, not starting with a digit.";
        String direct = "; use a host, a domain like \".example.com\", an address or a network.";
        return Stream.of(
                refused(
                        "The security check is \"virus\"; use vuln, config or secret, separated by commas.",
                        () -> trivy(trivy -> trivy.securityCheck("virus"))),
                refused(
                        "The security check is \"vuln, secret\"; use vuln, config or secret, separated by commas.",
                        () -> trivy(trivy -> trivy.securityCheck("vuln, secret"))),
                refused(
                        "The timeout of a scan is 86401; use 1 to 86400 seconds.",
                        () -> trivy(trivy -> trivy.timeout(Duration.ofSeconds(86_401)))),
                refused(
                        "The timeout of a scan has a fraction of a second; use whole seconds.",
                        () -> trivy(trivy -> trivy.timeout(Duration.ofMillis(1001)))),
                refused(
                        "The repository of the vulnerability database is \"trivy-db\"" + repository,
                        () -> trivy(trivy -> trivy.dbRepository("trivy-db"))),
                refused(
                        "The repository of the Java database is \"https://x/y\"" + repository,
                        () -> trivy(trivy -> trivy.javaDbRepository("https://x/y"))),
                refused(
                        "The repository of the Java database has 20001 characters; at most 1024 are allowed.",
                        () -> trivy(trivy -> trivy.javaDbRepository("a" + "/a".repeat(10_000)))),
                refused(
                        "The description of traces is incomplete; still to call: .jaeger(…), .jaegerAgent(…) or"
                                + " .otel(…).",
                        () -> Trace.of(trace -> {})),
                refused("The share of traced requests is -0.1; use 0 to 1.", () -> trace(t -> t.sampleRate(-0.1))),
                refused("The share of traced requests is 1.5; use 0 to 1.", () -> trace(t -> t.sampleRate(1.5))),
                refused("The share of traced requests is NaN; use 0 to 1.", () -> trace(t -> t.sampleRate(Double.NaN))),
                refused("The namespace of traces is \"1a\"" + name, () -> trace(t -> t.namespace("1a"))),
                refused("The name of a trace attribute is \"a b\"" + name, () -> trace(t -> t.attribute("a b", "x"))),
                refused("The trace attribute a.b must not be empty.", () -> trace(t -> t.attribute("a.b", ""))),
                refused(
                        "\"jaeger:6831\" is no address of a service; give \"http://host[:port]\" or"
                                + " \"https://host[:port]\".",
                        () -> trace(t -> t.jaeger("jaeger:6831"))),
                refused(
                        "\"udp://jaeger\" is no address; give host or host:port, without a scheme, a user or a path.",
                        () -> trace(t -> t.jaegerAgent("udp://jaeger"))),
                refused("The user of the Jaeger collector must not be empty.", () -> jaeger(Optional.of(""))),
                refused(
                        "The Jaeger collector has a password and no user; give both or none.",
                        () -> jaeger(Optional.empty())),
                refused(
                        "The path of the OpenTelemetry collector is \"v1\"; use a path like \"/v1/traces\".",
                        () -> trace(t -> t.otel("otel", "v1"))),
                refused("The timeout of the OpenTelemetry collector is 0; use 1 to 3600 seconds.", () -> otel(0)),
                refused("The timeout of the OpenTelemetry collector is 3601; use 1 to 3600 seconds.", () -> otel(3601)),
                refused(
                        "A proxy needs an address; give .http(…), .https(…) or both.",
                        () -> OutboundProxy.of(proxy -> proxy.noProxy("db"))),
                refused(
                        "A proxy that no component uses does nothing; name one, or leave the proxy out.",
                        () -> new OutboundProxy(
                                Optional.of(new ServiceUrl("http://p")),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Set.of())),
                refused("The user of the proxy must not be empty.", () -> proxy(p -> p.credentials("", SECRET))),
                refused("What is reached without a proxy is \"\"" + direct, () -> proxy(p -> p.noProxy(""))),
                refused("What is reached without a proxy is \"a,b\"" + direct, () -> proxy(p -> p.noProxy("a,b"))),
                refused(
                        "What is reached without a proxy is \"http://a\"" + direct,
                        () -> proxy(p -> p.noProxy("a", "http://a"))));
    }

    private static void jaeger(Optional<String> user) {
        new Trace.JaegerCollector(new ServiceUrl("http://jaeger"), user, Optional.of(SECRET));
    }

    private static void otel(int seconds) {
        new Trace.Otel(HostPort.parse("otel", 4318), "/v1/traces", true, true, Duration.ofSeconds(seconds));
    }

    private static Arguments refused(String message, Runnable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
