package dev.harborha.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What only the {@code harbor.yml} of Harbor 2.x can say, in its words. Where nothing is said, Harbor's own sample holds, but
 * for what it does to several nodes: see {@link Jobservice.Builder#jobLoggers}.
 *
 * @param jobservice the job service
 * @param notification how webhooks are sent
 * @param log where the components log
 * @param trivy the vulnerability scanner, if there is one
 * @param metric figures for Prometheus, if they are served
 * @param trace traces of requests, if they are sent
 * @param cache the cache of artifacts, projects and manifests, if it is on
 * @param uploadPurging how unfinished uploads are removed; absent means never
 * @param proxy the proxy through which Harbor reaches the Internet, if there is one
 * @param quotaUpdateProvider what keeps two updates of a quota apart; since 2.9
 * @param ipFamily the address families of the containers' TLS listeners; since 2.11
 * @param uaaCa the authority of a UAA server that users log in with
 */
public record HarborYml(
        Jobservice jobservice,
        Notification notification,
        HarborLog log,
        Optional<Trivy> trivy,
        Optional<Metric> metric,
        Optional<Trace> trace,
        Optional<Cache> cache,
        Optional<UploadPurging> uploadPurging,
        Optional<OutboundProxy> proxy,
        QuotaUpdateProvider quotaUpdateProvider,
        IpFamily ipFamily,
        Optional<PemCertificates> uaaCa) {

    /** What holds where nothing is said. */
    public static final HarborYml DEFAULT = of(yml -> {});

    /**
     * Describes the settings.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static HarborYml of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes the settings; nothing is required. */
    public static final class Builder {

        private Jobservice jobservice = Jobservice.DEFAULT;
        private Notification notification = Notification.DEFAULT;
        private HarborLog log = HarborLog.DEFAULT;
        private Optional<Trivy> trivy = Optional.empty();
        private Optional<Metric> metric = Optional.empty();
        private Optional<Trace> trace = Optional.empty();
        private Optional<Cache> cache = Optional.empty();
        private Optional<UploadPurging> uploadPurging = Optional.of(UploadPurging.DEFAULT);
        private Optional<OutboundProxy> proxy = Optional.empty();
        private QuotaUpdateProvider quotaUpdateProvider = QuotaUpdateProvider.DB;
        private IpFamily ipFamily = IpFamily.DEFAULT;
        private Optional<PemCertificates> uaaCa = Optional.empty();

        Builder() {}

        /** Describes the job service. */
        public Builder jobservice(Consumer<Jobservice.Builder> description) {
            return jobservice(Jobservice.of(description));
        }

        /** Sets the job service. */
        public Builder jobservice(Jobservice jobservice) {
            this.jobservice = jobservice;
            return this;
        }

        /**
         * Sets how webhooks are sent.
         *
         * @param maxRetry how often one that fails is sent again, 0 to 100. Default: 10, and 3 since 2.8
         * @param httpClientTimeout how many seconds its receiver may take, 1 to 3600; since 2.8. Default: 3
         */
        public Builder notification(int maxRetry, int httpClientTimeout) {
            return notification(new Notification(OptionalInt.of(maxRetry), httpClientTimeout));
        }

        /** Sets how webhooks are sent. */
        public Builder notification(Notification notification) {
            this.notification = notification;
            return this;
        }

        /** Describes where the components log. */
        public Builder log(Consumer<HarborLog.Builder> description) {
            return log(HarborLog.of(description));
        }

        /** Sets where the components log. */
        public Builder log(HarborLog log) {
            this.log = log;
            return this;
        }

        /** Adds the vulnerability scanner with its defaults. Default: none. */
        public Builder trivy() {
            return trivy(Trivy.DEFAULT);
        }

        /** Adds the vulnerability scanner. */
        public Builder trivy(Consumer<Trivy.Builder> description) {
            return trivy(Trivy.of(description));
        }

        /** Adds the vulnerability scanner. */
        public Builder trivy(Trivy trivy) {
            this.trivy = Optional.of(trivy);
            return this;
        }

        /** Serves figures for Prometheus on port 9090, path {@code /metrics}; since 2.2. Default: none. */
        public Builder metric() {
            return metric(Metric.DEFAULT);
        }

        /**
         * Serves figures for Prometheus; since 2.2.
         *
         * @param port the port of each node, 1 to 65534
         * @param path the path, such as {@code /metrics}
         */
        public Builder metric(int port, String path) {
            return metric(new Metric(port, path));
        }

        /** Serves figures for Prometheus. */
        public Builder metric(Metric metric) {
            this.metric = Optional.of(metric);
            return this;
        }

        /** Sends traces of requests; since 2.4. Default: none. */
        public Builder trace(Consumer<Trace.Builder> description) {
            return trace(Trace.of(description));
        }

        /** Sends traces of requests. */
        public Builder trace(Trace trace) {
            this.trace = Optional.of(trace);
            return this;
        }

        /** Turns the cache on, with entries that live 24 hours; since 2.6. Default: off. */
        public Builder cache() {
            return cache(Cache.DEFAULT);
        }

        /** Turns the cache on, with entries that live as many hours, 1 to 8760; since 2.6. */
        public Builder cache(int expireHours) {
            return cache(new Cache(expireHours));
        }

        /** Turns the cache on. */
        public Builder cache(Cache cache) {
            this.cache = Optional.of(cache);
            return this;
        }

        /**
         * Sets how unfinished uploads are removed; since 2.5.
         *
         * @param ageHours the age from which one is removed, 2 to 8760. Default: 168
         * @param intervalHours how often they are looked for, 2 to 8760. Default: 24
         */
        public Builder uploadPurging(int ageHours, int intervalHours) {
            return uploadPurging(new UploadPurging(ageHours, intervalHours, false));
        }

        /** Sets how unfinished uploads are removed. */
        public Builder uploadPurging(UploadPurging purging) {
            this.uploadPurging = Optional.of(purging);
            return this;
        }

        /** Keeps unfinished uploads for ever. */
        public Builder noUploadPurging() {
            this.uploadPurging = Optional.empty();
            return this;
        }

        /** Describes the proxy through which Harbor reaches the Internet. Default: none. */
        public Builder proxy(Consumer<OutboundProxy.Builder> description) {
            return proxy(OutboundProxy.of(description));
        }

        /** Sets the proxy through which Harbor reaches the Internet. */
        public Builder proxy(OutboundProxy proxy) {
            this.proxy = Optional.of(proxy);
            return this;
        }

        /** Sets what keeps two updates of a quota apart; since 2.9. Default: {@link QuotaUpdateProvider#DB}. */
        public Builder quotaUpdateProvider(QuotaUpdateProvider provider) {
            this.quotaUpdateProvider = provider;
            return this;
        }

        /** Sets the address families of the containers' TLS listeners; since 2.11. Default: IPv4 alone. */
        public Builder ipFamily(boolean ipv4, boolean ipv6) {
            this.ipFamily = new IpFamily(ipv4, ipv6);
            return this;
        }

        /** Gives the authority of a UAA server that users log in with, in PEM. Default: none. */
        public Builder uaaCa(String pem) {
            this.uaaCa = Optional.of(new PemCertificates(pem));
            return this;
        }

        HarborYml build() {
            return new HarborYml(
                    jobservice,
                    notification,
                    log,
                    trivy,
                    metric,
                    trace,
                    cache,
                    uploadPurging,
                    proxy,
                    quotaUpdateProvider,
                    ipFamily,
                    uaaCa);
        }
    }
}
