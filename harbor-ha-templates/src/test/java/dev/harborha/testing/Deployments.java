package dev.harborha.testing;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Delivery;
import dev.harborha.model.Deployment;
import dev.harborha.model.Subnet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** How Harbor 2.x lies on every node. */
public final class Deployments {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    private Deployments() {}

    /** Returns deployments with everything that can be said of one. */
    static Arbitrary<Deployment> any() {
        return with(Arbitraries.of("10.1.0.0/24", "10.0.0.0/8", "fd00:47::/64", "10.213.47.0/24", "0.0.0.0/0"));
    }

    /** Returns deployments whose subnet holds no address that another generator of this package makes. */
    public static Arbitrary<Deployment> fitting() {
        return with(Arbitraries.of("10.213.47.0/24", "172.31.255.0/26"));
    }

    private static Arbitrary<Deployment> with(Arbitrary<String> subnets) {
        Arbitrary<Deployment> all = Combinators.combine(
                        Arbitraries.of(Delivery.class),
                        Arbitraries.of("/opt/harbor", "/srv/a+b@c").map(AbsolutePath::new),
                        Arbitraries.of("/data", "/srv/harbor-data").map(AbsolutePath::new),
                        Arbitraries.of("goharbor", "registry.example.com:5000/mirror/goharbor"),
                        Arbitraries.maps(
                                        Arbitraries.of(Deployment.SERVICES),
                                        Arbitraries.of("x", "registry.example.com/a_b/c:v2.14.4" + DIGEST))
                                .ofMaxSize(3),
                        subnets.map(Subnet::parse).optional())
                .as(Deployment::new);
        return Arbitraries.oneOf(Arbitraries.just(Deployment.DEFAULT), all);
    }
}
