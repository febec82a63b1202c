package dev.harborha.testing;

import dev.harborha.model.HostPort;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.Releases;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What leaves the cluster: scans, traces, and the proxy on the way. */
final class Outbounds {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);

    /** Since when Trivy may leave its database of Java packages as it is. */
    private static final Releases SKIPS_JAVA_DB = Releases.since("2.9.3", "2.10.1");

    private final Fit fit;
    private final Arbitrary<String> texts;
    private final Arbitrary<Secret> secrets;

    Outbounds(Fit fit, Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        this.fit = fit;
        this.texts = texts;
        this.secrets = secrets;
    }

    private record ScanFlags(boolean unfixed, boolean update, boolean java, boolean offline, boolean insecure) {}

    Arbitrary<Trivy> scanners() {
        Arbitrary<ScanFlags> flags = Combinators.combine(
                        FLAG, FLAG, fit.since(SKIPS_JAVA_DB, FLAG, false), fit.since("2.5.0", FLAG, false), FLAG)
                .as(ScanFlags::new);
        Arbitrary<Trivy> all = Combinators.combine(
                        flags,
                        fit.since("2.7.0", Arbitraries.of("vuln", "secret", "vuln,config,secret"), "vuln"),
                        fit.since(
                                "2.4.0",
                                Arbitraries.of("PT1S", "PT5M", "PT1H1M1S", "PT24H")
                                        .map(Duration::parse),
                                Trivy.DEFAULT.timeout()),
                        secrets.optional(),
                        fit.maybe("2.15.0", Arbitraries.of("ghcr.io/aquasecurity/trivy-db", "r:5000/a_b/c.d:2")),
                        fit.maybe("2.15.0", Arbitraries.of("registry.example.com/aquasecurity/trivy-java-db")))
                .as((chosen, check, timeout, token, db, javaDb) -> new Trivy(
                        chosen.unfixed(),
                        chosen.update(),
                        chosen.java(),
                        chosen.offline(),
                        chosen.insecure(),
                        check,
                        timeout,
                        token,
                        db,
                        javaDb));
        return Arbitraries.oneOf(Arbitraries.just(Trivy.DEFAULT), all);
    }

    Arbitrary<Trace> traces() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(1.0, 0.0, 0.5, 1e-9, Double.MIN_VALUE),
                                Arbitraries.doubles().between(0, 1)),
                        Arbitraries.of("harbor", "_eu.west-1").optional(),
                        Arbitraries.maps(Arbitraries.of("one", "an.other", "Y", "null", "true", "a_b-c"), texts)
                                .ofMaxSize(3),
                        Arbitraries.oneOf(collectors(), agents(), otels()))
                .as(Trace::new);
    }

    private Arbitrary<Trace.Exporter> collectors() {
        Arbitrary<ServiceUrl> urls = Arbitraries.of(
                        "http://jaeger.example.com:14268/api/traces", "https://[2001:db8:9::4]")
                .map(ServiceUrl::new);
        return Combinators.combine(urls, texts.optional(), secrets.optional())
                .as((url, user, password) -> new Trace.JaegerCollector(url, user, user.flatMap(name -> password)));
    }

    private static Arbitrary<Trace.Exporter> agents() {
        return Arbitraries.of("jaeger.example.com:6831", "10.9.0.8:1", "[2001:db8:9::8]:6831")
                .map(text -> new Trace.JaegerAgent(HostPort.parse(text, 1)));
    }

    private static Arbitrary<Trace.Exporter> otels() {
        return Combinators.combine(
                        Arbitraries.of("otel.example.com:4318", "[2001:db8:9::8]:65535"),
                        Arbitraries.of("/v1/traces", "/a"),
                        FLAG,
                        FLAG,
                        Arbitraries.of(1L, 10L, 3600L).map(Duration::ofSeconds))
                .as((place, path, compression, insecure, timeout) ->
                        new Trace.Otel(HostPort.parse(place, 1), path, compression, insecure, timeout));
    }

    Arbitrary<OutboundProxy> proxies() {
        Arbitrary<ServiceUrl> urls = Arbitraries.of(
                        "http://proxy.example.com:3128", "https://10.9.0.9", "http://[2001:db8:9::9]:1/")
                .map(ServiceUrl::new);
        Arbitrary<Optional<OutboundProxy.Credentials>> credentials = Combinators.combine(texts, secrets)
                .as(OutboundProxy.Credentials::new)
                .optional();
        return Combinators.combine(
                        urls,
                        urls.optional(),
                        FLAG,
                        credentials,
                        Arbitraries.of("*", ".example.com", "10.0.0.0/8", "fd00::/8", "db:5432", "[::1]:1", "no")
                                .list()
                                .ofMaxSize(3),
                        Arbitraries.of(OutboundProxy.Component.class).set().ofMinSize(1))
                .as((one, other, plain, user, direct, components) -> new OutboundProxy(
                        plain ? Optional.of(one) : other, plain ? other : Optional.of(one), user, direct, components));
    }
}
