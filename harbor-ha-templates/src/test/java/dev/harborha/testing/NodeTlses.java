package dev.harborha.testing;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.NodeTls;
import dev.harborha.model.Releases;
import dev.harborha.model.TlsCertificate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** TLS at the nodes. */
public final class NodeTlses {

    /** Since when the template asks for strong ciphers at the place where it looks for them. */
    private static final Releases STRONG = Releases.since("2.9.5", "2.10.3", "2.11.0");

    private NodeTlses() {}

    /** Returns TLS with everything that can be said of it. */
    static Arbitrary<NodeTls> any() {
        return with(Fit.NONE);
    }

    /** Returns TLS that fits to a release of Harbor 2.x, with keys that are at hand. Its http port is 8081 or 8888. */
    public static Arbitrary<NodeTls> fitting(HarborVersion release) {
        return with(Fit.to(release));
    }

    private static Arbitrary<NodeTls> with(Fit fit) {
        Arbitrary<TlsCertificate> certificates = Pems.ofMachines(NodeTls.DEFAULT_PATHS);
        return Combinators.combine(
                        fit.choose(certificates, certificates.map(Pems::resolved)),
                        fit.choose(Arbitraries.of(80, 443, 1, 65_535), Arbitraries.of(8081, 8888)),
                        Pems.ofAuthorities(fit).optional(),
                        fit.since(STRONG, Arbitraries.of(true, false), false))
                .as(NodeTls::new);
    }
}
