package dev.harborha.e2e;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;

/** The load balancers that are drilled: each program, each way of taking layers, requests in turn and by the client's address. */
enum DrillFront {
    NGINX_STREAMED(false, false, Affinity.NONE),
    NGINX_BUFFERED(false, true, Affinity.NONE),
    HAPROXY(true, false, Affinity.NONE),
    NGINX_STREAMED_IP_HASH(false, false, Affinity.IP_HASH),
    HAPROXY_SOURCE(true, false, Affinity.SOURCE);

    private final boolean haproxy;
    private final boolean buffered;
    private final Affinity affinity;

    DrillFront(boolean haproxy, boolean buffered, Affinity affinity) {
        this.haproxy = haproxy;
        this.buffered = buffered;
        this.affinity = affinity;
    }

    /** Tells whether a node that is lost costs nobody the layer that was under way to it. */
    boolean keepsLayers() {
        return buffered;
    }

    /** Describes the cluster with this load balancer; its sessions are shared, so that any affinity will do. */
    Cluster describe(LoopbackCluster cluster) {
        Cluster described = cluster.describe(balancer -> {
            if (haproxy) {
                balancer.haproxy(cluster.balancerHost());
            }
            if (buffered) {
                balancer.bufferedUploads(cluster.spool());
            }
            balancer.affinity(affinity);
        });
        return described.toBuilder().redis("redis.example.com").build();
    }
}
