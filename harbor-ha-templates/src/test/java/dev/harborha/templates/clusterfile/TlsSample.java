package dev.harborha.templates.clusterfile;

import dev.harborha.keys.ClusterKeys;

/**
 * A certificate and its key, drawn once.
 *
 * @param chain the certificate in PEM
 * @param key the key in PEM
 */
record TlsSample(String chain, String key) {

    private static final class First {
        static final TlsSample DRAWN = of(ClusterKeys.generate(2048));

        private static TlsSample of(ClusterKeys keys) {
            return new TlsSample(keys.tokenCertificate(), keys.tokenKey().reveal());
        }
    }

    static TlsSample get() {
        return First.DRAWN;
    }
}
