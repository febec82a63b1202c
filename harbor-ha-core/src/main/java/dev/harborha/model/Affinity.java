package dev.harborha.model;

/** How a load balancer chooses the node for a client. */
public enum Affinity {
    /** One client network, one node: nginx's {@code ip_hash}, which looks at the first three octets of an IPv4 address. */
    IP_HASH,
    /** Each request goes to the next node in turn. */
    NONE
}
