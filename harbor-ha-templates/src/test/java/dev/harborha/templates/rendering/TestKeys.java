package dev.harborha.templates.rendering;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import dev.harborha.testing.ServerPair;

/** What is expensive to draw, once for all tests of a run. */
public final class TestKeys {

    /** The rules and every built-in renderer. */
    public static final HarborHa HARBOR = HarborHa.create();

    /** A cluster's keys, with those of internal TLS; small ones, as nobody uses them. */
    public static final ClusterKeys KEYS = ClusterKeys.generate(2048).withInternalTls();

    private static final ServerPair TLS = ServerPair.make();

    private TestKeys() {}

    /** Returns the certificate of a load balancer: self-signed, for every name that clusters of tests have. */
    public static String certificate() {
        return TLS.certificate();
    }

    /** Returns the key that belongs to {@link #certificate()}. */
    public static Secret certificateKey() {
        return Secret.of(TLS.key());
    }
}
