package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cache;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
import dev.harborha.model.IpFamily;
import dev.harborha.model.Jobservice;
import dev.harborha.model.Metric;
import dev.harborha.model.Notification;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From what only {@code harbor.yml} can say to its tree. */
final class HarborYmlWriter {

    /** A proxy of which nothing but its address is said. */
    private static final OutboundProxy PROXY = OutboundProxy.of(proxy -> proxy.http("http://proxy.example.com"));

    private HarborYmlWriter() {}

    static Tree tree(HarborYml yml) {
        HarborYml usual = HarborYml.DEFAULT;
        return new Tree()
                .unless(usual.jobservice(), "jobservice", yml.jobservice(), HarborYmlWriter::jobservice)
                .unless(usual.notification(), "notification", yml.notification(), HarborYmlWriter::notification)
                .unless(usual.log(), "log", yml.log(), HarborYmlWriter::log)
                .maybeTree("trivy", yml.trivy().map(HarborYmlWriter::trivy))
                .maybeTree("metric", yml.metric().map(HarborYmlWriter::metric))
                .maybeTree("trace", yml.trace().map(HarborYmlWriter::trace))
                .maybeTree("cache", yml.cache().map(HarborYmlWriter::cache))
                .unless(usual.uploadPurging(), "uploadPurging", yml.uploadPurging(), HarborYmlWriter::uploadPurging)
                .maybeTree("proxy", yml.proxy().map(HarborYmlWriter::proxy))
                .unless(
                        Words.of(usual.quotaUpdateProvider()),
                        "quotaUpdateProvider",
                        Words.of(yml.quotaUpdateProvider()))
                .unless(usual.ipFamily(), "ipFamily", yml.ipFamily(), HarborYmlWriter::ipFamily)
                .maybe("uaaCa", yml.uaaCa().map(PemCertificates::text));
    }

    /** Returns the words of constants; none where they are the default. */
    private static List<String> words(Set<? extends Enum<?>> usual, Set<? extends Enum<?>> constants) {
        return constants.equals(usual)
                ? List.of()
                : constants.stream().map(Words::of).toList();
    }

    private static Tree jobservice(Jobservice jobservice) {
        Jobservice usual = Jobservice.DEFAULT;
        return new Tree()
                .unless(usual.maxJobWorkers(), "maxJobWorkers", jobservice.maxJobWorkers())
                .list("jobLoggers", words(usual.jobLoggers(), jobservice.jobLoggers()))
                .unless(usual.loggerSweeperDuration(), "loggerSweeperDuration", jobservice.loggerSweeperDuration())
                .unless(usual.maxJobDurationHours(), "maxJobDurationHours", jobservice.maxJobDurationHours())
                .maybe("maxWorkersOfAllNodes", jobservice.maxWorkersOfAllNodes());
    }

    private static Tree notification(Notification notification) {
        return new Tree()
                .maybe("webhookJobMaxRetry", notification.webhookJobMaxRetry())
                .unless(
                        Notification.DEFAULT.webhookJobHttpClientTimeout(),
                        "webhookJobHttpClientTimeout",
                        notification.webhookJobHttpClientTimeout());
    }

    private static Tree log(HarborLog log) {
        HarborLog usual = HarborLog.DEFAULT;
        return new Tree()
                .unless(Words.of(usual.level()), "level", Words.of(log.level()))
                .unless(usual.rotateCount(), "rotateCount", log.rotateCount())
                .unless(usual.rotateSize(), "rotateSize", log.rotateSize())
                .unless(usual.location().text(), "location", log.location().text())
                .maybeTree("externalEndpoint", log.externalEndpoint().map(HarborYmlWriter::externalEndpoint));
    }

    private static Tree externalEndpoint(HarborLog.ExternalEndpoint server) {
        int usualPort = HarborYmlReader.SYSLOG.address().port();
        return new Tree()
                .put("protocol", Words.of(server.protocol()))
                .put("address", BackendWriter.address(server.address(), usualPort));
    }

    private static Tree trivy(Trivy trivy) {
        Trivy usual = Trivy.DEFAULT;
        return new Tree()
                .unless(usual.ignoreUnfixed(), "ignoreUnfixed", trivy.ignoreUnfixed())
                .unless(usual.skipUpdate(), "skipUpdate", trivy.skipUpdate())
                .unless(usual.skipJavaDbUpdate(), "skipJavaDbUpdate", trivy.skipJavaDbUpdate())
                .unless(usual.offlineScan(), "offlineScan", trivy.offlineScan())
                .unless(usual.insecure(), "insecure", trivy.insecure())
                .unless(usual.securityCheck(), "securityCheck", trivy.securityCheck())
                .unless(Durations.of(usual.timeout()), "timeout", Durations.of(trivy.timeout()))
                .maybeSecret("githubToken", trivy.githubToken())
                .maybe("dbRepository", trivy.dbRepository())
                .maybe("javaDbRepository", trivy.javaDbRepository());
    }

    private static Tree metric(Metric metric) {
        return new Tree()
                .unless(Metric.DEFAULT.port(), "port", metric.port())
                .unless(Metric.DEFAULT.path(), "path", metric.path());
    }

    private static Tree trace(Trace trace) {
        return exporter(
                new Tree()
                        .unless(BigDecimal.valueOf(1.0), "sampleRate", BigDecimal.valueOf(trace.sampleRate()))
                        .maybe("namespace", trace.namespace())
                        .pairs("attributes", trace.attributes()),
                trace.exporter());
    }

    private static Tree exporter(Tree tree, Trace.Exporter exporter) {
        if (exporter instanceof Trace.JaegerCollector jaeger) {
            return tree.put(
                    "jaeger",
                    new Tree()
                            .put("endpoint", jaeger.endpoint().toString())
                            .maybe("username", jaeger.username())
                            .maybeSecret("password", jaeger.password()));
        }
        if (exporter instanceof Trace.JaegerAgent agent) {
            int usualPort = TraceReader.AGENT.address().port();
            return tree.put(
                    "jaegerAgent", new Tree().put("address", BackendWriter.address(agent.address(), usualPort)));
        }
        if (exporter instanceof Trace.Otel otel) {
            Trace.Otel usual = TraceReader.OTEL;
            return tree.put(
                    "otel",
                    new Tree()
                            .put(
                                    "endpoint",
                                    BackendWriter.address(
                                            otel.endpoint(), usual.endpoint().port()))
                            .put("urlPath", otel.urlPath())
                            .unless(usual.compression(), "compression", otel.compression())
                            .unless(usual.insecure(), "insecure", otel.insecure())
                            .unless(Durations.of(usual.timeout()), "timeout", Durations.of(otel.timeout())));
        }
        throw new IllegalStateException("A collector of traces of an unknown kind: " + exporter.getClass());
    }

    private static Tree cache(Cache cache) {
        return new Tree().unless(Cache.DEFAULT.expireHours(), "expireHours", cache.expireHours());
    }

    private static Tree uploadPurging(Optional<UploadPurging> purging) {
        UploadPurging usual = UploadPurging.DEFAULT;
        return purging.map(there -> new Tree()
                        .unless(usual.ageHours() + "h", "age", there.ageHours() + "h")
                        .unless(usual.intervalHours() + "h", "interval", there.intervalHours() + "h")
                        .unless(usual.dryRun(), "dryRun", there.dryRun()))
                .orElseGet(() -> new Tree().put("enabled", false));
    }

    private static Tree proxy(OutboundProxy proxy) {
        return new Tree()
                .maybe("http", proxy.http())
                .maybe("https", proxy.https())
                .maybe("username", proxy.credentials().map(OutboundProxy.Credentials::username))
                .maybeSecret("password", proxy.credentials().map(OutboundProxy.Credentials::password))
                .list("noProxy", proxy.noProxy())
                .list("components", words(PROXY.components(), proxy.components()));
    }

    private static Tree ipFamily(IpFamily families) {
        return new Tree()
                .unless(IpFamily.DEFAULT.ipv4(), "ipv4", families.ipv4())
                .unless(IpFamily.DEFAULT.ipv6(), "ipv6", families.ipv6());
    }
}
