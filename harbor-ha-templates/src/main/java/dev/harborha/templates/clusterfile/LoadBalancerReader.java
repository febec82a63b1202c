package dev.harborha.templates.clusterfile;

import dev.harborha.model.Affinity;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.RateLimit;
import dev.harborha.model.Timeouts;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.model.VirtualIp;
import dev.harborha.secret.Secret;
import java.util.Optional;

/** Reads one load balancer, and the address that moves between several. */
final class LoadBalancerReader {

    /** How the probes that need no more are written. */
    enum Probe {
        HEALTH,
        PING,
        REGISTRY_API
    }

    private static final String SAMPLE_ADDRESS = "192.0.2.1";

    private LoadBalancerReader() {}

    static Optional<LoadBalancer> read(Fields fields, String defaultName) {
        String name = fields.parsed(
                "name",
                text -> LoadBalancer.of(text, balancer -> balancer.nginx(SAMPLE_ADDRESS))
                        .name());
        if (name != null) {
            fields.rename("cluster.loadBalancers[" + name + "]");
        }
        fields.oneOf("nginx", "haproxy", "external");
        Optional<TlsCertificate> certificate = fields.map("certificate")
                .flatMap(below -> CertificateReader.read(below, "the load balancer's machine"));
        return new Part<LoadBalancer.Builder, LoadBalancer>(
                        fields,
                        description -> LoadBalancer.of(name == null ? defaultName : name, description),
                        balancer -> balancer.nginx(SAMPLE_ADDRESS))
                .text("nginx", LoadBalancer.Builder::nginx)
                .text("haproxy", LoadBalancer.Builder::haproxy)
                .text("external", LoadBalancer.Builder::external)
                .text("programVersion", LoadBalancer.Builder::programVersion)
                .integer("port", LoadBalancer.Builder::port)
                .integer("redirectPort", LoadBalancer.Builder::redirectPort)
                .word("tls", TlsMode.class, LoadBalancer.Builder::tls)
                .with("certificate", certificate.orElse(null), LoadBalancerReader::setCertificate)
                .word("tlsProfile", TlsProfile.class, LoadBalancer.Builder::tlsProfile)
                .flag("http2", (balancer, http2) -> {
                    if (http2) {
                        balancer.http2();
                    }
                })
                .word("affinity", Affinity.class, LoadBalancer.Builder::affinity)
                .with(
                        "healthCheck",
                        fields.map("healthCheck")
                                .flatMap(LoadBalancerReader::healthCheck)
                                .orElse(null),
                        LoadBalancer.Builder::healthCheck)
                .text("uploadSpool", LoadBalancer.Builder::bufferedUploads)
                .with(
                        "timeouts",
                        fields.map("timeouts")
                                .flatMap(LoadBalancerReader::timeouts)
                                .orElse(null),
                        LoadBalancer.Builder::timeouts)
                .number("maxBodySize", LoadBalancer.Builder::maxBodySize)
                .with(
                        "rateLimit",
                        fields.map("rateLimit")
                                .flatMap(LoadBalancerReader::rateLimit)
                                .orElse(null),
                        (balancer, limit) -> balancer.rateLimit(limit.requestsPerSecond(), limit.burst()))
                .with(
                        "frontProxy",
                        fields.mapOrDefaults("frontProxy")
                                .flatMap(LoadBalancerReader::frontProxy)
                                .orElse(null),
                        LoadBalancer.Builder::behindProxy)
                .integer("statusPort", LoadBalancer.Builder::statusPort)
                .make();
    }

    private static void setCertificate(LoadBalancer.Builder balancer, TlsCertificate certificate) {
        if (certificate instanceof TlsCertificate.Pem pem) {
            balancer.certificatePem(pem.chain(), pem.key());
        } else if (certificate instanceof TlsCertificate.OnMachine paths) {
            balancer.certificate(paths.certificate().text(), paths.key().text());
        }
    }

    private static Optional<HealthCheck> healthCheck(Fields fields) {
        if (fields.has("probe") && fields.has("canary")) {
            fields.oneOf("probe", "canary");
        }
        Optional<HealthProbe> canary = fields.map("canary").flatMap(LoadBalancerReader::canary);
        return new Part<HealthCheck.Builder, HealthCheck>(fields, HealthCheck::of, check -> {})
                .word("probe", Probe.class, (check, word) -> check.probe(probe(word)))
                .with("canary", canary.orElse(null), HealthCheck.Builder::probe)
                .duration("interval", HealthCheck.Builder::interval)
                .duration("timeout", HealthCheck.Builder::timeout)
                .integer("fall", HealthCheck.Builder::fall)
                .integer("rise", HealthCheck.Builder::rise)
                .make();
    }

    private static HealthProbe probe(Probe word) {
        return switch (word) {
            case HEALTH -> new HealthProbe.Health();
            case PING -> new HealthProbe.Ping();
            case REGISTRY_API -> new HealthProbe.RegistryApi();
        };
    }

    private static Optional<HealthProbe> canary(Fields fields) {
        fields.require("repository", "reference", "username", "password");
        Secret sample = Secret.of("sample");
        HealthProbe.Canary stored =
                fields.parsed("repository", text -> new HealthProbe.Canary(text, "v1", "robot$canary", sample));
        HealthProbe.Canary tagged = fields.parsed(
                "reference", text -> new HealthProbe.Canary("library/canary", text, "robot$canary", sample));
        HealthProbe.Canary named =
                fields.parsed("username", text -> new HealthProbe.Canary("library/canary", "v1", text, sample));
        Secret password = fields.secret("password");
        return fields.end()
                        && stored != null
                        && tagged != null
                        && named != null
                        && password != null
                        && fields.reading().problems().none()
                ? Optional.of(
                        new HealthProbe.Canary(stored.repository(), tagged.reference(), named.username(), password))
                : Optional.empty();
    }

    private static Optional<Timeouts> timeouts(Fields fields) {
        return new Part<Timeouts.Builder, Timeouts>(fields, Timeouts::of, timeouts -> {})
                .duration("connect", Timeouts.Builder::connect)
                .duration("answer", Timeouts.Builder::answer)
                .duration("commit", Timeouts.Builder::commit)
                .duration("upload", Timeouts.Builder::upload)
                .duration("api", Timeouts.Builder::api)
                .make();
    }

    private static Optional<RateLimit> rateLimit(Fields fields) {
        fields.require("requestsPerSecond", "burst");
        RateLimit rate = fields.checked(
                "requestsPerSecond", fields.integer("requestsPerSecond"), number -> new RateLimit(number, 0));
        RateLimit burst = fields.checked("burst", fields.integer("burst"), number -> new RateLimit(1, number));
        fields.end();
        return rate == null || burst == null
                ? Optional.empty()
                : Optional.of(new RateLimit(rate.requestsPerSecond(), burst.burst()));
    }

    private static Optional<FrontProxy> frontProxy(Fields fields) {
        return new Part<FrontProxy.Builder, FrontProxy>(fields, FrontProxy::of, proxy -> {})
                .texts("from", (proxy, ranges) -> proxy.from(ranges.toArray(String[]::new)))
                .flag("proxyProtocol", (proxy, spoken) -> {
                    if (spoken) {
                        proxy.proxyProtocol();
                    }
                })
                .make();
    }

    static Optional<VirtualIp> virtualIp(Fields fields) {
        fields.require("address", "networkInterface");
        return new Part<VirtualIp.Builder, VirtualIp>(
                        fields,
                        VirtualIp::of,
                        vip -> vip.address("192.0.2.1/24").networkInterface("eth0"))
                .text("address", VirtualIp.Builder::address)
                .text("networkInterface", VirtualIp.Builder::networkInterface)
                .integer("routerId", VirtualIp.Builder::routerId)
                .secret("password", VirtualIp.Builder::password)
                .make();
    }
}
