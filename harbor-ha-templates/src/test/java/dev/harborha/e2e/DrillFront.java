package dev.harborha.e2e;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.TlsMode;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The load balancers that are drilled: each program, each way of taking layers, each place where TLS ends, requests in turn and by
 * the client.
 */
enum DrillFront {
    NGINX_STREAMED(false, Affinity.NONE, Tls.AT_BALANCER),
    NGINX_BUFFERED(false, Affinity.NONE, Tls.AT_BALANCER),
    HAPROXY(true, Affinity.NONE, Tls.AT_BALANCER),
    NGINX_STREAMED_NODES_WITH_TLS(false, Affinity.NONE, Tls.ALSO_AT_NODES),
    NGINX_BUFFERED_NODES_WITH_TLS(false, Affinity.NONE, Tls.ALSO_AT_NODES),
    HAPROXY_NODES_WITH_TLS(true, Affinity.NONE, Tls.ALSO_AT_NODES),
    NGINX_PASSTHROUGH(false, Affinity.NONE, Tls.HANDED_THROUGH),
    HAPROXY_PASSTHROUGH(true, Affinity.NONE, Tls.HANDED_THROUGH),
    NGINX_STREAMED_IP_HASH(false, Affinity.IP_HASH, Tls.AT_BALANCER),
    NGINX_STREAMED_LEAST_CONNECTIONS(false, Affinity.LEAST_CONNECTIONS, Tls.AT_BALANCER),
    HAPROXY_SOURCE(true, Affinity.SOURCE, Tls.AT_BALANCER),
    HAPROXY_COOKIE(true, Affinity.COOKIE, Tls.AT_BALANCER);

    /** Where TLS ends. */
    private enum Tls {
        AT_BALANCER,
        ALSO_AT_NODES,
        HANDED_THROUGH
    }

    private final boolean haproxy;
    private final Affinity affinity;
    private final Tls tls;

    DrillFront(boolean haproxy, Affinity affinity, Tls tls) {
        this.haproxy = haproxy;
        this.affinity = affinity;
        this.tls = tls;
    }

    /** Tells whether a node that is lost costs nobody the layer that was under way to it. */
    boolean keepsLayers() {
        return name().contains("BUFFERED");
    }

    /** Tells whether the load balancer sees requests and answers, and can ask another node. */
    boolean sees() {
        return tls != Tls.HANDED_THROUGH;
    }

    /** Tells whether the nodes speak TLS. */
    boolean nodesHaveTls() {
        return tls != Tls.AT_BALANCER;
    }

    /** Returns the front as it is called in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Describes this load balancer.
     *
     * @param balancer the description
     * @param host the address of its machine
     * @param spool where it is to keep layers, if it does
     * @param place completes the description for the machine of a test
     */
    void describe(LoadBalancer.Builder balancer, String host, String spool, Consumer<LoadBalancer.Builder> place) {
        if (haproxy) {
            balancer.haproxy(host);
        } else {
            balancer.nginx(host);
        }
        place.accept(balancer);
        if (keepsLayers()) {
            balancer.bufferedUploads(spool);
        }
        if (!sees()) {
            balancer.tls(TlsMode.PASSTHROUGH);
        }
        balancer.affinity(affinity);
    }

    /** Describes the cluster of Harbor 0.5 with this load balancer; its sessions are shared, so that any affinity will do. */
    Cluster describe(LoopbackCluster cluster) {
        Cluster described =
                cluster.describe(balancer -> describe(balancer, cluster.balancerHost(), cluster.spool(), place -> {}));
        return described.toBuilder().redis("redis.example.com").build();
    }
}
