package dev.harborha.model;

/**
 * The address families that a node's own proxy listens on inside its container where it speaks https, and its portal where
 * components speak TLS; since 2.11.
 *
 * @param ipv4 whether it listens on IPv4
 * @param ipv6 whether it listens on IPv6
 */
public record IpFamily(boolean ipv4, boolean ipv6) {

    /** IPv4 alone, as Harbor does. */
    public static final IpFamily DEFAULT = new IpFamily(true, false);

    /**
     * Makes the families.
     *
     * @throws IllegalArgumentException if both are off
     */
    public IpFamily {
        if (!ipv4 && !ipv6) {
            throw new IllegalArgumentException(
                    "A proxy that listens on neither IPv4 nor IPv6 answers nobody; turn one on.");
        }
    }
}
