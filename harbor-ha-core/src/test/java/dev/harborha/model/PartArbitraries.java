package dev.harborha.model;

import static dev.harborha.model.ClusterArbitraries.MARKER;
import static dev.harborha.model.ClusterArbitraries.secrets;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** The parts of a cluster that have builders of their own, with every call of each. */
final class PartArbitraries {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final Arbitrary<String> TEXTS = Arbitraries.of("harbor", "a:b", "a$b", "a \"b\"", "é", " ", "~");
    private static final Arbitrary<String> HOSTS =
            Arbitraries.of("10.0.0.11", "10.0.0.60", "127.0.0.1", "2001:db8::60", "Store.example.com", "store:1");
    private static final Arbitrary<String> PATHS = Arbitraries.of("/srv/harbor", "/data/x", "/a+b@c");

    private PartArbitraries() {}

    /** Drawn when first needed. */
    private static final class Pem {
        static final String CERTIFICATE = ClusterKeys.generate(2048).tokenCertificate();
    }

    /** Returns the certificate of an authority, in PEM. */
    static String certificate() {
        return Pem.CERTIFICATE;
    }

    private static Arbitrary<String> certificates() {
        return Arbitraries.lazy(() -> Arbitraries.of(Pem.CERTIFICATE, "# \"ours\"\n" + Pem.CERTIFICATE));
    }

    /** Returns keys of certificates, which are no texts of one's own choice. */
    static Arbitrary<Secret> pemKeys() {
        String key = "-----BEGIN PRIVATE KEY-----\n" + MARKER + "\n-----END PRIVATE KEY-----\n";
        return Arbitraries.of(Secret.of(key), Secret.literal(key), Secret.fromEnv("TLS_KEY", Map.of()));
    }

    /** Returns every part, each with its calls. */
    static List<Supplier<Described<?, ?>>> all() {
        return List.of(
                PartArbitraries::database,
                PartArbitraries::redis,
                PartArbitraries::nodeTls,
                PartArbitraries::deployment,
                PartArbitraries::jobservice,
                PartArbitraries::log,
                PartArbitraries::trivy,
                PartArbitraries::trace,
                PartArbitraries::proxy,
                PartArbitraries::harborYml);
    }

    static Described<SharedDb.Builder, SharedDb> database() {
        return new Described<>(
                description -> SharedDb.of(DbKind.POSTGRESQL, description),
                List.of(call(HOSTS, SharedDb.Builder::address), call(secrets(), SharedDb.Builder::password)),
                List.of(
                        call(Arbitraries.of(DbKind.class), SharedDb.Builder::kind),
                        call(TEXTS, SharedDb.Builder::username),
                        call(Arbitraries.of("registry", "harbor-db", "0"), SharedDb.Builder::name),
                        call(Arbitraries.of(SslMode.class), SharedDb.Builder::sslMode),
                        call(certificates(), SharedDb.Builder::ca),
                        call(numbers(100, 10_000), SharedDb.Builder::maxOpenConns),
                        call(numbers(1, 50), SharedDb.Builder::maxIdleConns),
                        call(seconds(0, 86_400), SharedDb.Builder::connMaxLifetime),
                        call(seconds(0, 86_400), SharedDb.Builder::connMaxIdleTime),
                        call(numbers(1, 1_000_000), SharedDb.Builder::maxConnections),
                        call(seconds(0, 86_400), SharedDb.Builder::idleInTransactionTimeout),
                        call(
                                Arbitraries.of("9.4", "9.6.24", "10", "13", "15.4", "9999"),
                                SharedDb.Builder::serverVersion),
                        call(Arbitraries.of(Pooler.class), SharedDb.Builder::pooler),
                        call(FLAG, SharedDb.Builder::clientCertificates)));
    }

    static Described<SharedRedis.Builder, SharedRedis> redis() {
        Arbitrary<Consumer<SharedRedis.Builder>> single = call(HOSTS, SharedRedis.Builder::address);
        Arbitrary<Consumer<SharedRedis.Builder>> sentinels = call(
                HOSTS.list().ofMinSize(1).ofMaxSize(3),
                (redis, places) -> redis.sentinel("mymaster", places.toArray(String[]::new)));
        Arbitrary<Consumer<SharedRedis.Builder>> user = Combinators.combine(TEXTS, secrets())
                .as((name, password) -> redis -> redis.username(name).password(password));
        return new Described<>(
                SharedRedis::of,
                List.of(Arbitraries.oneOf(single, sentinels)),
                List.of(
                        Arbitraries.oneOf(user, call(secrets(), SharedRedis.Builder::password)),
                        call(FLAG, SharedRedis.Builder::registryAsDefaultUser),
                        Arbitraries.oneOf(
                                Arbitraries.just(redis -> redis.tls()),
                                call(certificates(), (redis, pem) -> redis.tls(pem))),
                        call(numbers(0, 15), SharedRedis.Builder::sessionDatabase),
                        call(numbers(1, 15), SharedRedis.Builder::registryDatabase),
                        call(numbers(1, 15), SharedRedis.Builder::jobserviceDatabase),
                        call(numbers(1, 15), SharedRedis.Builder::trivyDatabase),
                        call(numbers(1, 15), SharedRedis.Builder::harborDatabase),
                        call(numbers(1, 15), SharedRedis.Builder::cacheLayerDatabase),
                        call(seconds(1, 3600), SharedRedis.Builder::idleTimeout),
                        call(numbers(1, 10_000), SharedRedis.Builder::poolSize),
                        call(Arbitraries.of("4.0", "5.0.14", "6", "7.2.4"), SharedRedis.Builder::serverVersion),
                        call(FLAG, SharedRedis.Builder::clusterMode),
                        call(Arbitraries.of(EvictionPolicy.class), SharedRedis.Builder::evictionPolicy),
                        call(Arbitraries.of(RedisPersistence.class), SharedRedis.Builder::persistence)));
    }

    static Described<NodeTls.Builder, NodeTls> nodeTls() {
        Arbitrary<Consumer<NodeTls.Builder>> paths =
                Combinators.combine(PATHS, PATHS).as((path, key) -> tls -> tls.certificate(path, key));
        Arbitrary<Consumer<NodeTls.Builder>> pem = Combinators.combine(certificates(), pemKeys())
                .as((chain, key) -> tls -> tls.certificatePem(chain, key));
        return new Described<>(
                NodeTls::of,
                List.of(),
                List.of(
                        Arbitraries.oneOf(paths, pem),
                        call(numbers(1, 65_535), NodeTls.Builder::httpPort),
                        call(certificates(), NodeTls.Builder::ca),
                        call(FLAG, NodeTls.Builder::strongSslCiphers)));
    }

    static Described<Deployment.Builder, Deployment> deployment() {
        Arbitrary<Consumer<Deployment.Builder>> image = Combinators.combine(
                        Arbitraries.of(Deployment.SERVICES),
                        Arbitraries.of("goharbor/x:v1", "registry.example.com:5000/a/b@sha256:" + "0".repeat(64)))
                .as((service, reference) -> deployment -> deployment.image(service, reference));
        return new Described<>(
                Deployment::of,
                List.of(),
                List.of(
                        call(Arbitraries.of(Delivery.class), Deployment.Builder::delivery),
                        call(PATHS, Deployment.Builder::installDir),
                        call(PATHS, Deployment.Builder::dataVolume),
                        call(
                                Arbitraries.of("goharbor", "registry.example.com:5000/mirror/goharbor"),
                                Deployment.Builder::imageRepository),
                        image,
                        call(
                                Arbitraries.of("10.213.47.0/24", "10.0.0.0/8", "fd00:47::/64"),
                                Deployment.Builder::subnet)));
    }

    static Described<Jobservice.Builder, Jobservice> jobservice() {
        return new Described<>(
                Jobservice::of,
                List.of(),
                List.of(
                        call(numbers(1, 1000), Jobservice.Builder::maxJobWorkers),
                        call(
                                Arbitraries.of(JobLogger.class)
                                        .array(JobLogger[].class)
                                        .ofMinSize(1)
                                        .ofMaxSize(4),
                                (jobs, loggers) -> jobs.jobLoggers(loggers[0], loggers)),
                        call(numbers(1, 3650), Jobservice.Builder::loggerSweeperDuration),
                        call(numbers(24, 8760), Jobservice.Builder::maxJobDurationHours),
                        call(numbers(1, 1_000_000), Jobservice.Builder::maxWorkersOfAllNodes)));
    }

    static Described<HarborLog.Builder, HarborLog> log() {
        Arbitrary<Consumer<HarborLog.Builder>> endpoint = Combinators.combine(
                        Arbitraries.of(HarborLog.Protocol.class), HOSTS)
                .as((protocol, address) -> log -> log.externalEndpoint(protocol, address));
        return new Described<>(
                HarborLog::of,
                List.of(),
                List.of(
                        call(Arbitraries.of(LogLevel.class), HarborLog.Builder::level),
                        call(numbers(1, 1000), HarborLog.Builder::rotateCount),
                        call(Arbitraries.of("1", "200M", "3G", "99k"), HarborLog.Builder::rotateSize),
                        call(PATHS, HarborLog.Builder::location),
                        endpoint));
    }

    static Described<Trivy.Builder, Trivy> trivy() {
        return new Described<>(
                Trivy::of,
                List.of(),
                List.of(
                        call(FLAG, Trivy.Builder::ignoreUnfixed),
                        call(FLAG, Trivy.Builder::skipUpdate),
                        call(FLAG, Trivy.Builder::skipJavaDbUpdate),
                        call(FLAG, Trivy.Builder::offlineScan),
                        call(FLAG, Trivy.Builder::insecure),
                        call(Arbitraries.of("vuln", "vuln,config,secret"), Trivy.Builder::securityCheck),
                        call(seconds(1, 86_400), Trivy.Builder::timeout),
                        call(secrets(), Trivy.Builder::githubToken),
                        call(Arbitraries.of("ghcr.io/aquasecurity/trivy-db"), Trivy.Builder::dbRepository),
                        call(Arbitraries.of("r:5000/a/trivy-java-db:1"), Trivy.Builder::javaDbRepository)));
    }

    static Described<Trace.Builder, Trace> trace() {
        Arbitrary<Trace.Exporter> exporters = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of("http://jaeger.example.com:14268/api/traces")
                                        .map(ServiceUrl::new),
                                TEXTS,
                                secrets().optional())
                        .as((url, user, password) -> new Trace.JaegerCollector(url, Optional.of(user), password)),
                HOSTS.map(place -> new Trace.JaegerAgent(HostPort.parse(place, 6831))),
                Combinators.combine(HOSTS, FLAG, FLAG, seconds(1, 3600))
                        .as((place, compressed, insecure, timeout) -> new Trace.Otel(
                                HostPort.parse(place, 4318), "/v1/traces", compressed, insecure, timeout)));
        return new Described<>(
                Trace::of,
                List.of(call(exporters, Trace.Builder::exporter)),
                List.of(
                        call(Arbitraries.of(0.0, 0.5, 1.0, 1e-9), Trace.Builder::sampleRate),
                        call(Arbitraries.of("harbor", "eu.west-1"), Trace.Builder::namespace),
                        call(TEXTS, (trace, text) -> trace.attribute("one", text)),
                        call(TEXTS, (trace, text) -> trace.attribute("an.other", text))));
    }

    static Described<OutboundProxy.Builder, OutboundProxy> proxy() {
        Arbitrary<Consumer<OutboundProxy.Builder>> user = Combinators.combine(TEXTS, secrets())
                .as((name, password) -> proxy -> proxy.credentials(name, password));
        return new Described<>(
                OutboundProxy::of,
                List.of(call(Arbitraries.of("http://proxy.example.com:3128"), OutboundProxy.Builder::https)),
                List.of(
                        call(Arbitraries.of("http://10.0.0.70:3128"), OutboundProxy.Builder::http),
                        user,
                        call(
                                Arbitraries.of("10.0.0.0/8", ".example.com", "db")
                                        .list()
                                        .ofMaxSize(3),
                                (proxy, places) -> proxy.noProxy(places.toArray(String[]::new))),
                        call(
                                Arbitraries.of(OutboundProxy.Component.class),
                                (proxy, component) -> proxy.components(component))));
    }

    static Described<HarborYml.Builder, HarborYml> harborYml() {
        return new Described<>(
                HarborYml::of,
                List.of(),
                List.of(
                        call(jobservice().parts(), HarborYml.Builder::jobservice),
                        call(numbers(0, 100), (yml, times) -> yml.notification(times, 1 + times)),
                        call(log().parts(), HarborYml.Builder::log),
                        call(trivy().parts(), HarborYml.Builder::trivy),
                        call(numbers(1, 65_534), (yml, port) -> yml.metric(port, "/metrics/x")),
                        call(trace().parts(), HarborYml.Builder::trace),
                        call(numbers(1, 8760), (yml, hours) -> yml.cache(hours)),
                        Arbitraries.oneOf(
                                Arbitraries.just(HarborYml.Builder::noUploadPurging),
                                call(
                                        numbers(2, 8760),
                                        (yml, hours) -> yml.uploadPurging(new UploadPurging(hours, 2, hours > 99)))),
                        call(proxy().parts(), HarborYml.Builder::proxy),
                        call(Arbitraries.of(QuotaUpdateProvider.class), HarborYml.Builder::quotaUpdateProvider),
                        call(FLAG, (yml, ipv4) -> yml.ipFamily(ipv4, true)),
                        call(certificates(), HarborYml.Builder::uaaCa)));
    }

    private static <B, V> Arbitrary<Consumer<B>> call(Arbitrary<V> values, BiConsumer<B, V> call) {
        return values.map(value -> builder -> call.accept(builder, value));
    }

    private static Arbitrary<Integer> numbers(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static Arbitrary<Duration> seconds(int least, int most) {
        return numbers(least, most).map(Duration::ofSeconds);
    }
}
