package dev.harborha.testing;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Affinity;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.RateLimit;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.Timeouts;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What was chosen for one load balancer, before it is known what stands around it. */
record Balancers(
        Optional<String> name,
        Optional<Integer> port,
        int redirectPort,
        TlsMode tls,
        TlsCertificate certificate,
        TlsProfile profile,
        Affinity affinity,
        Failover failover) {

    /** How it is found out that a node is lost, and what that costs. */
    record Failover(
            LoadBalancerProgram program,
            HealthCheck check,
            Optional<AbsolutePath> spool,
            Timeouts timeouts,
            OptionalLong maxBodySize,
            Optional<RateLimit> rateLimit,
            Optional<FrontProxy> front,
            boolean http2) {

        static Arbitrary<Failover> any() {
            return Combinators.combine(
                            Arbitraries.of(LoadBalancerProgram.class),
                            Arbitraries.of(
                                    HealthCheck.DEFAULT,
                                    HealthCheck.of(check -> check.registryApi()
                                            .interval(Duration.ofSeconds(1))
                                            .timeout(Duration.ofSeconds(1))),
                                    HealthCheck.of(check -> check.ping().fall(3)),
                                    HealthCheck.of(check -> check.health().rise(1)),
                                    HealthCheck.of(check -> check.canary(
                                            "library/canary", "v1", "robot$canary", Secret.of("of \"the\" robot's")))),
                            Arbitraries.of(LoadBalancer.DEFAULT_UPLOAD_SPOOL, new AbsolutePath("/srv/spool"))
                                    .optional(0.3),
                            Arbitraries.of(
                                    Timeouts.DEFAULT,
                                    Timeouts.of(t -> t.upload(Duration.ofHours(1))
                                            .answer(Duration.ofSeconds(8))
                                            .connect(Duration.ofSeconds(1))
                                            .commit(Duration.ofMinutes(10))
                                            .api(Duration.ofMinutes(2)))),
                            Arbitraries.of(OptionalLong.empty(), OptionalLong.of(20L << 30)),
                            Arbitraries.of(new RateLimit(20, 40), new RateLimit(500, 1000))
                                    .optional(0.3),
                            Arbitraries.of(
                                            FrontProxy.UNKNOWN,
                                            FrontProxy.of(proxy -> proxy.from("10.0.9.0/24", "2001:db8:9::/48")),
                                            FrontProxy.of(proxy -> proxy.from("10.0.9.1/32", "10.0.9.2/32")
                                                    .proxyProtocol()))
                                    .optional(0.4),
                            Arbitraries.of(true, false))
                    .as(Failover::new);
        }
    }

    static Arbitrary<Balancers> any() {
        return Combinators.combine(
                        Arbitraries.of("edge", "lb-2", "lb-1", "0-x").optional(),
                        Arbitraries.of(443, 8443, 65_535, 1).optional(),
                        Arbitraries.of(80, 8080),
                        Arbitraries.of(TlsMode.TERMINATE, TlsMode.TERMINATE, TlsMode.PASSTHROUGH, TlsMode.PLAIN_HTTP),
                        Pems.ofMachines(TlsCertificate.NGINX_DEFAULT),
                        Arbitraries.of(TlsProfile.class),
                        Arbitraries.of(Affinity.class),
                        Failover.any())
                .as(Balancers::new);
    }

    LoadBalancer at(String defaultName, String address) {
        return new LoadBalancer(
                name.orElse(defaultName),
                new Host(address),
                failover.program(),
                Optional.of(new ServerVersion(1, OptionalInt.of(26), OptionalInt.empty()))
                        .filter(version -> failover.http2()),
                port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                redirectPort,
                tls,
                certificate,
                profile,
                failover.http2(),
                affinity,
                failover.check(),
                failover.spool(),
                failover.timeouts(),
                failover.maxBodySize(),
                failover.rateLimit(),
                failover.front(),
                redirectPort == 80 ? 8404 : 9404);
    }

    /**
     * Returns a balancer that no rule calls an error.
     *
     * @param sharedSessions whether sessions live in Redis
     * @param since2 whether it is one of Harbor 2.x
     */
    LoadBalancer soundAt(int number, boolean sharedSessions, boolean since2) {
        boolean nginx = failover.program() != LoadBalancerProgram.HAPROXY;
        TlsMode mode = tls == TlsMode.PLAIN_HTTP ? tls : TlsMode.TERMINATE;
        Optional<FrontProxy> front = mode == TlsMode.PLAIN_HTTP
                ? Optional.of(failover.front().orElse(FrontProxy.UNKNOWN))
                : failover.front();
        boolean known = front.isEmpty() || front.get().tellsClients();
        TlsCertificate shown = Pems.resolved(certificate);
        if (!nginx && shown instanceof TlsCertificate.OnMachine there) {
            shown = new TlsCertificate.OnMachine(there.certificate(), there.certificate());
        }
        HealthCheck check = failover.check();
        return new LoadBalancer(
                name.filter(text -> text.equals("edge"))
                        .map(text -> text + number)
                        .orElse("lb-" + number),
                new Host("10.2.0." + number),
                nginx ? LoadBalancerProgram.NGINX : LoadBalancerProgram.HAPROXY,
                Optional.empty(),
                port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                redirectPort,
                mode,
                shown,
                profile,
                failover.http2(),
                affinity(nginx, sharedSessions),
                since2 || !asks2x(check) ? check : HealthCheck.DEFAULT,
                failover.spool().filter(folder -> nginx),
                failover.timeouts(),
                failover.maxBodySize(),
                failover.rateLimit().filter(limit -> known),
                front,
                redirectPort == 80 ? 8404 : 9404);
    }

    private Affinity affinity(boolean nginx, boolean sharedSessions) {
        List<Affinity> all = nginx
                ? List.of(Affinity.IP_HASH, Affinity.SOURCE, Affinity.LEAST_CONNECTIONS, Affinity.NONE)
                : List.of(Affinity.SOURCE, Affinity.COOKIE, Affinity.LEAST_CONNECTIONS, Affinity.NONE);
        return sharedSessions && all.contains(affinity) ? affinity : all.get(0);
    }

    private static boolean asks2x(HealthCheck check) {
        return check.probe()
                .map(probe -> probe.getClass().getSimpleName())
                .filter(List.of("Ping", "Health")::contains)
                .isPresent();
    }
}
