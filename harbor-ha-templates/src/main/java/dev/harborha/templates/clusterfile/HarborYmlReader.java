package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cache;
import dev.harborha.model.HarborLog;
import dev.harborha.model.HarborYml;
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
import java.util.function.Consumer;

/** Reads what only the {@code harbor.yml} of Harbor 2.x can say. */
final class HarborYmlReader {

    private static final Secret SAMPLE_SECRET = Secret.of("sample");

    /** A syslog server, for its default port. */
    static final HarborLog.ExternalEndpoint SYSLOG = syslog(HarborLog.Protocol.TCP, "syslog.example.com");

    private HarborYmlReader() {}

    private static HarborLog.ExternalEndpoint syslog(HarborLog.Protocol protocol, String address) {
        return HarborLog.of(log -> log.externalEndpoint(protocol, address))
                .externalEndpoint()
                .orElseThrow();
    }

    static Optional<HarborYml> read(Fields fields) {
        Optional<Jobservice> jobservice = fields.map("jobservice").flatMap(HarborYmlReader::jobservice);
        Optional<Notification> notification = fields.map("notification").flatMap(HarborYmlReader::notification);
        Optional<HarborLog> log = fields.map("log").flatMap(HarborYmlReader::log);
        Optional<Trivy> trivy = fields.mapOrDefaults("trivy").flatMap(HarborYmlReader::trivy);
        Optional<Metric> metric = fields.mapOrDefaults("metric").flatMap(HarborYmlReader::metric);
        Optional<Trace> trace = fields.map("trace").flatMap(TraceReader::read);
        Optional<Cache> cache = fields.mapOrDefaults("cache").flatMap(HarborYmlReader::cache);
        Optional<Consumer<HarborYml.Builder>> purging =
                fields.map("uploadPurging").flatMap(HarborYmlReader::uploadPurging);
        Optional<OutboundProxy> proxy = fields.map("proxy").flatMap(HarborYmlReader::proxy);
        Optional<IpFamily> ipFamily = fields.map("ipFamily").flatMap(HarborYmlReader::ipFamily);
        return new Part<HarborYml.Builder, HarborYml>(fields, HarborYml::of, yml -> {})
                .with("jobservice", jobservice.orElse(null), HarborYml.Builder::jobservice)
                .with("notification", notification.orElse(null), HarborYml.Builder::notification)
                .with("log", log.orElse(null), HarborYml.Builder::log)
                .with("trivy", trivy.orElse(null), HarborYml.Builder::trivy)
                .with("metric", metric.orElse(null), HarborYml.Builder::metric)
                .with("trace", trace.orElse(null), HarborYml.Builder::trace)
                .with("cache", cache.orElse(null), HarborYml.Builder::cache)
                .with("uploadPurging", purging.orElse(null), (yml, call) -> call.accept(yml))
                .with("proxy", proxy.orElse(null), HarborYml.Builder::proxy)
                .word("quotaUpdateProvider", QuotaUpdateProvider.class, HarborYml.Builder::quotaUpdateProvider)
                .with(
                        "ipFamily",
                        ipFamily.orElse(null),
                        (yml, families) -> yml.ipFamily(families.ipv4(), families.ipv6()))
                .certificates("uaaCa", HarborYml.Builder::uaaCa)
                .make();
    }

    private static Optional<Jobservice> jobservice(Fields fields) {
        JobLogger[] loggers = fields.words("jobLoggers", JobLogger.class).toArray(JobLogger[]::new);
        return new Part<Jobservice.Builder, Jobservice>(fields, Jobservice::of, jobservice -> {})
                .integer("maxJobWorkers", Jobservice.Builder::maxJobWorkers)
                .with(
                        "jobLoggers",
                        loggers.length == 0 ? null : loggers,
                        (jobservice, all) -> jobservice.jobLoggers(all[0], all))
                .integer("loggerSweeperDuration", Jobservice.Builder::loggerSweeperDuration)
                .integer("maxJobDurationHours", Jobservice.Builder::maxJobDurationHours)
                .integer("maxWorkersOfAllNodes", Jobservice.Builder::maxWorkersOfAllNodes)
                .make();
    }

    private static Optional<Notification> notification(Fields fields) {
        int usual = Notification.DEFAULT.webhookJobHttpClientTimeout();
        Notification tried = fields.checked(
                "webhookJobMaxRetry",
                fields.integer("webhookJobMaxRetry"),
                times -> new Notification(OptionalInt.of(times), usual));
        Notification timed = fields.checked(
                "webhookJobHttpClientTimeout",
                fields.integer("webhookJobHttpClientTimeout"),
                seconds -> new Notification(OptionalInt.empty(), seconds));
        fields.end();
        return Optional.of(new Notification(
                tried == null ? OptionalInt.empty() : tried.webhookJobMaxRetry(),
                timed == null ? usual : timed.webhookJobHttpClientTimeout()));
    }

    private static Optional<HarborLog> log(Fields fields) {
        Optional<HarborLog.ExternalEndpoint> endpoint =
                fields.map("externalEndpoint").flatMap(HarborYmlReader::externalEndpoint);
        return new Part<HarborLog.Builder, HarborLog>(fields, HarborLog::of, log -> {})
                .word("level", LogLevel.class, HarborLog.Builder::level)
                .integer("rotateCount", HarborLog.Builder::rotateCount)
                .text("rotateSize", HarborLog.Builder::rotateSize)
                .text("location", HarborLog.Builder::location)
                .with(
                        "externalEndpoint",
                        endpoint.orElse(null),
                        (log, server) -> log.externalEndpoint(
                                server.protocol(), server.address().toString()))
                .make();
    }

    private static Optional<HarborLog.ExternalEndpoint> externalEndpoint(Fields fields) {
        fields.require("protocol", "address");
        HarborLog.Protocol protocol = fields.word("protocol", HarborLog.Protocol.class);
        HarborLog.ExternalEndpoint server = fields.parsed("address", text -> syslog(SYSLOG.protocol(), text));
        fields.end();
        return protocol == null || server == null
                ? Optional.empty()
                : Optional.of(new HarborLog.ExternalEndpoint(protocol, server.address()));
    }

    private static Optional<Trivy> trivy(Fields fields) {
        return new Part<Trivy.Builder, Trivy>(fields, Trivy::of, trivy -> {})
                .flag("ignoreUnfixed", Trivy.Builder::ignoreUnfixed)
                .flag("skipUpdate", Trivy.Builder::skipUpdate)
                .flag("skipJavaDbUpdate", Trivy.Builder::skipJavaDbUpdate)
                .flag("offlineScan", Trivy.Builder::offlineScan)
                .flag("insecure", Trivy.Builder::insecure)
                .text("securityCheck", Trivy.Builder::securityCheck)
                .duration("timeout", Trivy.Builder::timeout)
                .secret("githubToken", Trivy.Builder::githubToken)
                .text("dbRepository", Trivy.Builder::dbRepository)
                .text("javaDbRepository", Trivy.Builder::javaDbRepository)
                .make();
    }

    private static Optional<Metric> metric(Fields fields) {
        Metric usual = Metric.DEFAULT;
        Metric listening = fields.checked("port", fields.integer("port"), port -> new Metric(port, usual.path()));
        Metric served = fields.parsed("path", path -> new Metric(usual.port(), path));
        fields.end();
        return Optional.of(new Metric(
                listening == null ? usual.port() : listening.port(), served == null ? usual.path() : served.path()));
    }

    private static Optional<Cache> cache(Fields fields) {
        Cache cache = fields.checked("expireHours", fields.integer("expireHours"), Cache::new);
        fields.end();
        return Optional.of(cache == null ? Cache.DEFAULT : cache);
    }

    private static Optional<Consumer<HarborYml.Builder>> uploadPurging(Fields fields) {
        UploadPurging usual = UploadPurging.DEFAULT;
        Boolean enabled = fields.flag("enabled");
        UploadPurging aged = fields.parsed(
                "age", text -> new UploadPurging(Durations.parseHours(text), usual.intervalHours(), false));
        UploadPurging regular = fields.parsed(
                "interval", text -> new UploadPurging(usual.ageHours(), Durations.parseHours(text), false));
        Boolean dryRun = fields.flag("dryRun");
        fields.end();
        if (enabled != null && !enabled) {
            if (fields.has("age") || fields.has("interval") || fields.has("dryRun")) {
                fields.refuse("enabled", "Uploads that are never purged have no age, interval or dryRun; remove them.");
            }
            return Optional.of(HarborYml.Builder::noUploadPurging);
        }
        UploadPurging purging = new UploadPurging(
                aged == null ? usual.ageHours() : aged.ageHours(),
                regular == null ? usual.intervalHours() : regular.intervalHours(),
                dryRun == null ? usual.dryRun() : dryRun);
        return Optional.of(yml -> yml.uploadPurging(purging));
    }

    private static Optional<OutboundProxy> proxy(Fields fields) {
        fields.someOf("http", "https");
        fields.together("username", "password");
        Secret password = fields.secret("password");
        OutboundProxy.Component[] components =
                fields.words("components", OutboundProxy.Component.class).toArray(OutboundProxy.Component[]::new);
        return new Part<OutboundProxy.Builder, OutboundProxy>(
                        fields, OutboundProxy::of, proxy -> proxy.http("http://proxy.example.com"))
                .text("http", OutboundProxy.Builder::http)
                .text("https", OutboundProxy.Builder::https)
                .text("username", (proxy, name) -> proxy.credentials(name, password == null ? SAMPLE_SECRET : password))
                .texts("noProxy", (proxy, places) -> proxy.noProxy(places.toArray(String[]::new)))
                .with(
                        "components",
                        components.length == 0 ? null : components,
                        (proxy, all) -> proxy.components(all[0], all))
                .make();
    }

    private static Optional<IpFamily> ipFamily(Fields fields) {
        Boolean ipv4 = fields.flag("ipv4");
        Boolean ipv6 = fields.flag("ipv6");
        fields.end();
        boolean other = ipv6 == null ? IpFamily.DEFAULT.ipv6() : ipv6;
        return Optional.ofNullable(
                fields.checked("ipv4", ipv4 == null ? IpFamily.DEFAULT.ipv4() : ipv4, one -> new IpFamily(one, other)));
    }
}
