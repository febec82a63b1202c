package dev.harborha.model;

/** How a load balancer chooses the node for a client. */
public enum Affinity {
    /** One client network, one node: nginx's {@code ip_hash}, which looks at the first three octets of an IPv4 address. */
    IP_HASH,
    /**
     * One client address, one node, by a consistent hash of the whole address: a node that is lost moves its own clients only.
     * nginx's {@code hash $remote_addr consistent}, HAProxy's {@code balance source} with {@code hash-type consistent}.
     */
    SOURCE,
    /** A cookie names the node; a client that keeps none, such as docker, goes to the next node in turn. HAProxy only. */
    COOKIE,
    /** Each request goes to the node that has the fewest of them: {@code least_conn}, {@code balance leastconn}. */
    LEAST_CONNECTIONS,
    /** Each request goes to the next node in turn. */
    NONE
}
