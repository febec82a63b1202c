package dev.harborha.templates.rendering;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;

/** What is expensive to draw, once for all tests of a run. */
public final class TestKeys {

    /** The rules and every built-in renderer. */
    public static final HarborHa HARBOR = HarborHa.create();

    /** A cluster's keys, with those of internal TLS; small ones, as nobody uses them. */
    public static final ClusterKeys KEYS = ClusterKeys.generate(2048).withInternalTls();

    private static final ClusterKeys TLS = ClusterKeys.generate(2048);

    private TestKeys() {}

    /** Returns the certificate of a load balancer: self-signed, for no name. */
    public static String certificate() {
        return TLS.tokenCertificate();
    }

    /** Returns the key that belongs to {@link #certificate()}. */
    public static Secret certificateKey() {
        return TLS.tokenKey();
    }
}
