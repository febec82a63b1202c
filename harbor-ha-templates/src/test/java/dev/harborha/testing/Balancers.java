package dev.harborha.testing;

import dev.harborha.model.Affinity;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What was chosen for one load balancer, before it is known what stands around it.
 *
 * @param endsTls whether TLS ends here
 */
record Balancers(
        Optional<String> name,
        Optional<Integer> port,
        int redirectPort,
        boolean endsTls,
        TlsCertificate certificate,
        TlsProfile profile,
        Affinity affinity,
        boolean behindProxy) {

    static Arbitrary<Balancers> any() {
        return Combinators.combine(
                        Arbitraries.of("edge", "lb-2", "lb-1", "0-x").optional(),
                        Arbitraries.of(443, 8443, 65_535, 1).optional(),
                        Arbitraries.of(80, 8080),
                        Arbitraries.of(true, true, false),
                        Pems.ofMachines(TlsCertificate.DEFAULT),
                        Arbitraries.of(TlsProfile.class),
                        Arbitraries.of(Affinity.class),
                        Arbitraries.of(true, false))
                .as(Balancers::new);
    }

    LoadBalancer at(String defaultName, String address) {
        return new LoadBalancer(
                name.orElse(defaultName),
                new Host(address),
                port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                redirectPort,
                endsTls,
                certificate,
                profile,
                affinity,
                behindProxy);
    }

    /** Returns a balancer that no rule calls an error. */
    LoadBalancer soundAt(int number, boolean sharedSessions) {
        return new LoadBalancer(
                name.filter(text -> text.equals("edge"))
                        .map(text -> text + number)
                        .orElse("lb-" + number),
                new Host("10.2.0." + number),
                port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                redirectPort,
                endsTls,
                Pems.resolved(certificate),
                profile,
                sharedSessions ? affinity : Affinity.IP_HASH,
                behindProxy || !endsTls);
    }
}
