package dev.harborha.templates.clusterfile;

import dev.harborha.model.Affinity;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.RateLimit;
import dev.harborha.model.Timeouts;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.VirtualIp;
import java.util.Locale;
import java.util.Optional;

/** From a load balancer, and from the address that moves between several, to their trees. */
final class LoadBalancerWriter {

    private LoadBalancerWriter() {}

    static Tree tree(LoadBalancer balancer, String defaultName) {
        LoadBalancer usual = usual(balancer);
        return new Tree()
                .unless(defaultName, "name", balancer.name())
                .put(
                        balancer.program().name().toLowerCase(Locale.ROOT),
                        balancer.address().toString())
                .maybe("programVersion", balancer.programVersion())
                .maybe("port", balancer.listenPort())
                .unless(usual.redirectPort(), "redirectPort", balancer.redirectPort())
                .unless(Words.of(usual.tls()), "tls", Words.of(balancer.tls()))
                .maybeTree(
                        "certificate",
                        PlacementWriter.certificate(
                                balancer.certificate(), TlsCertificate.defaultFor(balancer.program())))
                .unless(Words.of(usual.tlsProfile()), "tlsProfile", Words.of(balancer.tlsProfile()))
                .unless(false, "http2", balancer.http2())
                .unless(Words.of(usualAffinity(balancer)), "affinity", Words.of(balancer.affinity()))
                .unless(HealthCheck.DEFAULT, "healthCheck", balancer.healthCheck(), LoadBalancerWriter::healthCheck)
                .maybe("uploadSpool", balancer.uploadSpool())
                .unless(Timeouts.DEFAULT, "timeouts", balancer.timeouts(), LoadBalancerWriter::timeouts)
                .maybe(
                        "maxBodySize",
                        balancer.maxBodySize().isPresent()
                                ? Optional.of(balancer.maxBodySize().getAsLong())
                                : Optional.empty())
                .maybeTree("rateLimit", balancer.rateLimit().map(LoadBalancerWriter::rateLimit))
                .maybeTree("frontProxy", balancer.frontProxy().map(LoadBalancerWriter::frontProxy))
                .unless(usual.statusPort(), "statusPort", balancer.statusPort());
    }

    /** Returns a load balancer of the same program that was told nothing but its address. */
    private static LoadBalancer usual(LoadBalancer balancer) {
        return LoadBalancer.of("sample", sample -> on(sample, balancer.program()));
    }

    private static Affinity usualAffinity(LoadBalancer balancer) {
        return LoadBalancer.of(
                        "sample", sample -> on(sample, balancer.program()).tls(balancer.tls()))
                .affinity();
    }

    private static LoadBalancer.Builder on(LoadBalancer.Builder sample, LoadBalancerProgram program) {
        return switch (program) {
            case NGINX -> sample.nginx("192.0.2.1");
            case HAPROXY -> sample.haproxy("192.0.2.1");
            case EXTERNAL -> sample.external("192.0.2.1");
        };
    }

    private static Tree healthCheck(HealthCheck check) {
        HealthCheck usual = HealthCheck.DEFAULT;
        Tree tree = new Tree();
        check.probe().ifPresent(probe -> {
            if (probe instanceof HealthProbe.Canary canary) {
                tree.put(
                        "canary",
                        new Tree()
                                .put("repository", canary.repository())
                                .put("reference", canary.reference())
                                .put("username", canary.username())
                                .put("password", canary.password()));
            } else {
                tree.put("probe", Words.of(word(probe)));
            }
        });
        return tree.unless(Durations.of(usual.interval()), "interval", Durations.of(check.interval()))
                .unless(Durations.of(usual.timeout()), "timeout", Durations.of(check.timeout()))
                .unless(usual.fall(), "fall", check.fall())
                .unless(usual.rise(), "rise", check.rise());
    }

    private static LoadBalancerReader.Probe word(HealthProbe probe) {
        if (probe instanceof HealthProbe.Health) {
            return LoadBalancerReader.Probe.HEALTH;
        }
        if (probe instanceof HealthProbe.Ping) {
            return LoadBalancerReader.Probe.PING;
        }
        if (probe instanceof HealthProbe.RegistryApi) {
            return LoadBalancerReader.Probe.REGISTRY_API;
        }
        throw new IllegalStateException("A probe of an unknown kind: " + probe.getClass());
    }

    private static Tree timeouts(Timeouts timeouts) {
        Timeouts usual = Timeouts.DEFAULT;
        return new Tree()
                .unless(Durations.of(usual.connect()), "connect", Durations.of(timeouts.connect()))
                .unless(Durations.of(usual.answer()), "answer", Durations.of(timeouts.answer()))
                .unless(Durations.of(usual.commit()), "commit", Durations.of(timeouts.commit()))
                .unless(Durations.of(usual.upload()), "upload", Durations.of(timeouts.upload()))
                .unless(Durations.of(usual.api()), "api", Durations.of(timeouts.api()));
    }

    private static Tree rateLimit(RateLimit limit) {
        return new Tree().put("requestsPerSecond", limit.requestsPerSecond()).put("burst", limit.burst());
    }

    private static Tree frontProxy(FrontProxy proxy) {
        return new Tree().list("from", proxy.addresses()).unless(false, "proxyProtocol", proxy.proxyProtocol());
    }

    static Tree virtualIp(VirtualIp vip) {
        return new Tree()
                .put("address", vip.address() + "/" + vip.prefix())
                .put("networkInterface", vip.networkInterface())
                .maybe("routerId", vip.routerId())
                .maybeSecret("password", vip.password());
    }
}
