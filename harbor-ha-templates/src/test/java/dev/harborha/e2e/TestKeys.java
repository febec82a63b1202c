package dev.harborha.e2e;

import dev.harborha.keys.ClusterKeys;

/** Keys and a certificate drawn once for all tests of a run, since drawing takes seconds. */
final class TestKeys {

    private TestKeys() {}

    private static final class First {
        static final ClusterKeys KEYS = ClusterKeys.generate();
    }

    private static final class Other {
        static final ClusterKeys KEYS = ClusterKeys.generate();
    }

    private static final class Balancer {
        static final ThrowawayCertificate CERTIFICATE = ThrowawayCertificate.forHost(LoopbackCluster.HOST);
    }

    /**
     * Hands out the keys of a cluster.
     *
     * @return always the same
     */
    static ClusterKeys first() {
        return First.KEYS;
    }

    /**
     * Hands out the certificate of the load balancer.
     *
     * @return always the same
     */
    static ThrowawayCertificate certificate() {
        return Balancer.CERTIFICATE;
    }

    /**
     * Hands out the keys of another cluster.
     *
     * @return always the same, and not those of the first
     */
    static ClusterKeys other() {
        return Other.KEYS;
    }
}
