package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes nginx sends requests to, in a file of its own: the only one that changes while the load balancer runs, when the
 * checker finds a node lost or back.
 */
final class UpstreamConfig {

    /** Where the file lies. */
    static final String PATH = "/var/lib/harbor-lb/upstream.conf";

    /** The name that {@code proxy_pass} sends to. */
    static final String NAME = "harbor";

    /** A node has 160 places a unit of weight on the ring of hashes; with 160, one of three nodes may have a fifth more than another. */
    private static final String WEIGHT_ON_RING = "weight=25";

    private UpstreamConfig() {}

    static String text(Cluster cluster, LoadBalancer balancer) {
        return NginxDirective.write(List.of(block("upstream", directives(cluster, balancer))
                .texts(NAME)
                .because("The nodes of " + cluster.publicUrl()
                        + ". The node checker marks here as down those that do not serve;\n"
                        + "to leave one out by hand, drain it in the cluster's description and render again.")));
    }

    private static List<NginxDirective> directives(Cluster cluster, LoadBalancer balancer) {
        boolean stream = balancer.passesThroughFor(cluster.publicUrl());
        List<NginxDirective> upstream = new ArrayList<>();
        upstream.add(directive("zone", "harbor_nodes", zoneKibibytes(cluster) + "k")
                .because("All worker processes share what they know about a node, so one failure is enough for all."));
        upstream.addAll(method(balancer.affinity(), stream));
        for (Node node : cluster.nodes()) {
            upstream.add(server(cluster, balancer, node).because(node.name()));
        }
        return upstream;
    }

    /** One failure takes a node out for 10 s; then one request tries it again. */
    private static NginxDirective server(Cluster cluster, LoadBalancer balancer, Node node) {
        NginxDirective server =
                directive("server", cluster.addressOf(node).toString(), "max_fails=1", "fail_timeout=10s");
        if (balancer.affinity() == Affinity.SOURCE) {
            server = server.texts(WEIGHT_ON_RING);
        }
        return node.drained() ? server.texts("down") : server;
    }

    private static List<NginxDirective> method(Affinity affinity, boolean stream) {
        return switch (affinity) {
            case IP_HASH ->
                List.of(directive("ip_hash")
                        .because("A client network keeps its node; a login made on one node is known there."));
            case SOURCE ->
                List.of(directive("hash")
                        .variable(stream ? "remote_addr" : "binary_remote_addr")
                        .texts("consistent")
                        .because("A client keeps its node; a node that is lost moves its own clients only."));
            case LEAST_CONNECTIONS -> List.of(directive("least_conn"));
            case NONE -> List.of();
            case COOKIE -> throw new IllegalArgumentException("nginx has no cookies that name a node.");
        };
    }

    /** What nginx keeps of a node takes less than 2 KiB; 64 KiB is room enough for itself and a few dozen nodes. */
    private static int zoneKibibytes(Cluster cluster) {
        return Math.max(64, 2 * cluster.nodes().size());
    }
}
