package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link HarborYml} and its small parts: job service, webhooks, logs, metrics, cache, purging, address families. */
class HarborYmlTest {

    private static HarborYml yml(Consumer<HarborYml.Builder> description) {
        return HarborYml.of(description);
    }

    private static Jobservice jobs(Consumer<Jobservice.Builder> description) {
        return Jobservice.of(description);
    }

    private static HarborLog log(Consumer<HarborLog.Builder> description) {
        return HarborLog.of(description);
    }

    @Test
    void takesItsDefaults() {
        assertThat(HarborYml.DEFAULT)
                .isEqualTo(new HarborYml(
                        new Jobservice(10, Set.of(JobLogger.DB, JobLogger.STD_OUTPUT), 1, 24, OptionalInt.empty()),
                        new Notification(OptionalInt.empty(), 3),
                        new HarborLog(LogLevel.INFO, 50, "200M", new AbsolutePath("/var/log/harbor"), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new UploadPurging(168, 24, false)),
                        Optional.empty(),
                        QuotaUpdateProvider.DB,
                        new IpFamily(true, false),
                        Optional.empty()));
    }

    @Test
    void whatIsSaidIsKept() {
        String pem = PartArbitraries.certificate();
        assertThat(yml(yml -> yml.jobservice(jobs -> jobs.maxJobWorkers(1))
                        .notification(0, 3600)
                        .log(log -> log.level(LogLevel.FATAL))
                        .trivy(trivy -> trivy.insecure(true))
                        .metric(65_534, "/a/b.c_d-e")
                        .trace(trace -> trace.jaegerAgent("jaeger"))
                        .cache(8760)
                        .uploadPurging(2, 8760)
                        .proxy(proxy -> proxy.http("http://proxy"))
                        .quotaUpdateProvider(QuotaUpdateProvider.REDIS)
                        .ipFamily(false, true)
                        .uaaCa(pem)))
                .isEqualTo(new HarborYml(
                        jobs(jobs -> jobs.maxJobWorkers(1)),
                        new Notification(OptionalInt.of(0), 3600),
                        log(log -> log.level(LogLevel.FATAL)),
                        Optional.of(Trivy.of(trivy -> trivy.insecure(true))),
                        Optional.of(new Metric(65_534, "/a/b.c_d-e")),
                        Optional.of(Trace.of(trace -> trace.jaegerAgent("jaeger"))),
                        Optional.of(new Cache(8760)),
                        Optional.of(new UploadPurging(2, 8760, false)),
                        Optional.of(OutboundProxy.of(proxy -> proxy.http("http://proxy"))),
                        QuotaUpdateProvider.REDIS,
                        new IpFamily(false, true),
                        Optional.of(new PemCertificates(pem))));
    }

    @Test
    void whatIsTurnedOnWithoutAWordTakesItsDefaults() {
        HarborYml yml = yml(y -> y.trivy().metric().cache().noUploadPurging());
        assertThat(yml.trivy()).contains(Trivy.DEFAULT);
        assertThat(yml.metric()).contains(new Metric(9090, "/metrics"));
        assertThat(yml.cache()).contains(new Cache(24));
        assertThat(yml.uploadPurging()).isEmpty();
        assertThat(yml(y -> y.notification(new Notification(OptionalInt.empty(), 9)))
                        .notification()
                        .webhookJobMaxRetry())
                .isEmpty();
    }

    @Test
    void theWorkersOfAllNodesAreABudgetThatHasToBeSaid() {
        assertThat(jobs(jobs -> {}).maxWorkersOfAllNodes()).isEmpty();
        assertThat(jobs(jobs -> jobs.maxWorkersOfAllNodes(1)).maxWorkersOfAllNodes())
                .hasValue(1);
        assertThat(jobs(jobs -> jobs.maxWorkersOfAllNodes(1_000_000)).maxWorkersOfAllNodes())
                .hasValue(1_000_000);
    }

    @Test
    void theLoggersOfJobsAreASet() {
        Jobservice jobs = jobs(j -> j.jobLoggers(JobLogger.DB, JobLogger.FILE, JobLogger.DB));
        assertThat(jobs.jobLoggers()).containsExactly(JobLogger.FILE, JobLogger.DB);
        assertThat(new Jobservice(10, EnumSet.allOf(JobLogger.class), 3650, 8760, OptionalInt.empty()).jobLoggers())
                .containsExactly(JobLogger.values());
        assertThatThrownBy(() -> jobs.jobLoggers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSyslogServerListensOn514UnlessToldOtherwise() {
        assertThat(log(log -> log.rotateCount(1000)
                        .rotateSize("999999999999G")
                        .location("/srv/log")
                        .externalEndpoint(HarborLog.Protocol.UDP, "syslog.example.com")))
                .isEqualTo(new HarborLog(
                        LogLevel.INFO,
                        1000,
                        "999999999999G",
                        new AbsolutePath("/srv/log"),
                        Optional.of(new HarborLog.ExternalEndpoint(
                                HarborLog.Protocol.UDP, HostPort.parse("syslog.example.com:514", 1)))));
    }

    static Stream<Arguments> refusals() {
        String size = "; use a number, perhaps with k, M or G, as in \"200M\".";
        String path = "The path of the metrics is \"%s\"; use a path like \"/metrics\".";
        return Stream.of(
                refused("The number of job workers is 0; use 1 to 1000.", () -> jobs(jobs -> jobs.maxJobWorkers(0))),
                refused(
                        "The number of job workers is 1001; use 1 to 1000.",
                        () -> jobs(jobs -> jobs.maxJobWorkers(1001))),
                refused(
                        "The job service needs at least one job logger; use DB, which every node can read.",
                        () -> new Jobservice(10, Set.of(), 1, 24, OptionalInt.empty())),
                refused(
                        "The life of job logs is 3651; use 1 to 3650 days.",
                        () -> jobs(jobs -> jobs.loggerSweeperDuration(3651))),
                refused(
                        "The longest duration of a job is 23; use 24 to 8760 hours.",
                        () -> jobs(jobs -> jobs.maxJobDurationHours(23))),
                refused(
                        "The most job workers of all nodes is 0; use 1 to 1000000.",
                        () -> jobs(jobs -> jobs.maxWorkersOfAllNodes(0))),
                refused(
                        "The most job workers of all nodes is 1000001; use 1 to 1000000.",
                        () -> jobs(jobs -> jobs.maxWorkersOfAllNodes(1_000_001))),
                refused(
                        "The number of webhook retries is -1; use 0 to 100.",
                        () -> yml(yml -> yml.notification(-1, 3))),
                refused(
                        "The number of webhook retries is 101; use 0 to 100.",
                        () -> yml(yml -> yml.notification(101, 3))),
                refused(
                        "The timeout of webhooks is 0; use 1 to 3600 seconds.",
                        () -> yml(yml -> yml.notification(3, 0))),
                refused("The number of old log files is 0; use 1 to 1000.", () -> log(log -> log.rotateCount(0))),
                refused("The size of log files is \"\"" + size, () -> log(log -> log.rotateSize(""))),
                refused("The size of log files is \"0M\"" + size, () -> log(log -> log.rotateSize("0M"))),
                refused("The size of log files is \"200m\"" + size, () -> log(log -> log.rotateSize("200m"))),
                refused("The size of log files is \"200 MB\"" + size, () -> log(log -> log.rotateSize("200 MB"))),
                refused(
                        "\"h:0\" has no valid port: expected a number from 1 to 65535 after the colon.",
                        () -> log(log -> log.externalEndpoint(HarborLog.Protocol.TCP, "h:0"))),
                refused("The port of the metrics is 0; use 1 to 65534.", () -> new Metric(0, "/metrics")),
                refused("The port of the metrics is 65535; use 1 to 65534.", () -> new Metric(65_535, "/metrics")),
                refused(path.formatted(""), () -> new Metric(9090, "")),
                refused(path.formatted("metrics"), () -> new Metric(9090, "metrics")),
                refused(path.formatted("/metrics/"), () -> new Metric(9090, "/metrics/")),
                refused(path.formatted("/a b"), () -> new Metric(9090, "/a b")),
                refused(
                        "The path of the metrics has 20000 characters; at most 1024 are allowed.",
                        () -> new Metric(9090, "/a".repeat(10_000))),
                refused("The life of a cache entry is 0; use 1 to 8760 hours.", () -> new Cache(0)),
                refused("The life of a cache entry is 8761; use 1 to 8760 hours.", () -> new Cache(8761)),
                refused(
                        "The age of unfinished uploads is 1; use 2 to 8760 hours.",
                        () -> new UploadPurging(1, 24, false)),
                refused(
                        "The interval of upload purging is 8761; use 2 to 8760 hours.",
                        () -> yml(yml -> yml.uploadPurging(2, 8761))),
                refused(
                        "A proxy that listens on neither IPv4 nor IPv6 answers nobody; turn one on.",
                        () -> yml(yml -> yml.ipFamily(false, false))),
                refused(PemCertificatesTest.NO_CERTIFICATE, () -> yml(yml -> yml.uaaCa("x"))));
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
