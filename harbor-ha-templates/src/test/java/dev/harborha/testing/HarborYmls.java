package dev.harborha.testing;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cache;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.HostPort;
import dev.harborha.model.IpFamily;
import dev.harborha.model.JobLogger;
import dev.harborha.model.Jobservice;
import dev.harborha.model.LogLevel;
import dev.harborha.model.Metric;
import dev.harborha.model.Notification;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What only {@code harbor.yml} can say. */
public final class HarborYmls {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);

    private final Fit fit;

    private HarborYmls(Fit fit) {
        this.fit = fit;
    }

    /** Returns settings with everything that can be said. */
    static Arbitrary<HarborYml> any(Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        return new HarborYmls(Fit.NONE).all(texts, secrets);
    }

    /** Returns settings that a release of Harbor 2.x knows. */
    public static Arbitrary<HarborYml> fitting(
            HarborVersion release, Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        return new HarborYmls(Fit.to(release)).all(texts, secrets);
    }

    private record Work(Jobservice jobservice, Notification notification, HarborLog log) {}

    private record Reach(Optional<Trivy> trivy, Optional<Trace> trace, Optional<OutboundProxy> proxy) {}

    private Arbitrary<HarborYml> all(Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        Outbounds outbounds = new Outbounds(fit, texts, secrets);
        Arbitrary<Reach> reaches = Combinators.combine(
                        outbounds.scanners().optional(),
                        fit.maybe("2.4.0", outbounds.traces()),
                        outbounds.proxies().optional())
                .as(Reach::new);
        Arbitrary<HarborYml> all = Combinators.combine(
                        Combinators.combine(jobservices(), notifications(), logs())
                                .as(Work::new),
                        reaches,
                        fit.maybe("2.2.0", metrics()),
                        fit.maybe("2.6.0", Arbitraries.of(24, 1, 8760).map(Cache::new)),
                        fit.since("2.5.0", purgings().optional(), Optional.of(UploadPurging.DEFAULT)),
                        fit.since("2.9.0", Arbitraries.of(QuotaUpdateProvider.class), QuotaUpdateProvider.DB),
                        fit.since(
                                "2.11.0",
                                Arbitraries.of(IpFamily.DEFAULT, new IpFamily(true, true), new IpFamily(false, true)),
                                IpFamily.DEFAULT),
                        Pems.ofAuthorities(fit).optional())
                .as((work, reach, metric, cache, purging, provider, families, uaa) -> new HarborYml(
                        work.jobservice(),
                        work.notification(),
                        work.log(),
                        reach.trivy(),
                        metric,
                        reach.trace(),
                        cache,
                        purging,
                        reach.proxy(),
                        provider,
                        families,
                        uaa));
        return Arbitraries.oneOf(Arbitraries.just(HarborYml.DEFAULT), all, all);
    }

    private Arbitrary<Jobservice> jobservices() {
        Jobservice usual = Jobservice.DEFAULT;
        return Combinators.combine(
                        fit.choose(Arbitraries.of(10, 1, 1000), Arbitraries.of(10, 5)),
                        fit.since("2.9.0", Arbitraries.of(JobLogger.class).set().ofMinSize(1), usual.jobLoggers()),
                        fit.since("2.8.0", Arbitraries.of(1, 7, 3650), usual.loggerSweeperDuration()),
                        fit.since("2.13.0", Arbitraries.of(24, 25, 8760), usual.maxJobDurationHours()),
                        fit.choose(Arbitraries.of(1, 50, 1_000_000), Arbitraries.just(1_000_000))
                                .optional())
                .as((workers, loggers, days, hours, most) -> new Jobservice(
                        workers, loggers, days, hours, most.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
    }

    private Arbitrary<Notification> notifications() {
        return Combinators.combine(
                        Arbitraries.of(0, 3, 100).optional(),
                        fit.since(
                                "2.8.0",
                                Arbitraries.of(1, 3, 3600),
                                Notification.DEFAULT.webhookJobHttpClientTimeout()))
                .as((retries, seconds) ->
                        new Notification(retries.map(OptionalInt::of).orElseGet(OptionalInt::empty), seconds));
    }

    private static Arbitrary<HarborLog> logs() {
        Arbitrary<HarborLog.ExternalEndpoint> servers = Combinators.combine(
                        Arbitraries.of(HarborLog.Protocol.class),
                        Arbitraries.of("syslog.example.com:514", "[2001:db8:9::6]:514", "10.9.0.7:6514"))
                .as((protocol, place) -> new HarborLog.ExternalEndpoint(protocol, HostPort.parse(place, 1)));
        return Combinators.combine(
                        Arbitraries.of(LogLevel.class),
                        Arbitraries.of(50, 1, 1000),
                        Arbitraries.of("200M", "1", "999999999999G", "10k"),
                        Arbitraries.of("/var/log/harbor", "/srv/log").map(AbsolutePath::new),
                        servers.optional())
                .as(HarborLog::new);
    }

    private Arbitrary<Metric> metrics() {
        return Combinators.combine(
                        fit.choose(Arbitraries.of(9090, 1, 65_534), Arbitraries.of(9090, 9191)),
                        Arbitraries.of("/metrics", "/a/b.c_d-e"))
                .as(Metric::new);
    }

    private static Arbitrary<UploadPurging> purgings() {
        return Combinators.combine(Arbitraries.of(168, 2, 8760), Arbitraries.of(24, 2, 8760), FLAG)
                .as(UploadPurging::new);
    }
}
