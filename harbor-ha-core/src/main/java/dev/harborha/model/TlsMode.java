package dev.harborha.model;

/** Where TLS ends between a client and a node. */
public enum TlsMode {
    /**
     * At the load balancer. Where the nodes have TLS of their own ({@link Cluster#nodeTls()}), it begins anew there: the load
     * balancer reads every request and speaks https to the nodes.
     */
    TERMINATE,
    /**
     * At the nodes, which must have TLS of their own: the load balancer hands the encrypted bytes through. It then sees neither
     * requests nor answers, so it can repeat nothing, and the nodes see its address instead of the clients'.
     */
    PASSTHROUGH,
    /** Before the load balancer, at a proxy in front of it, or nowhere where the public URL is {@code http}. */
    PLAIN_HTTP
}
