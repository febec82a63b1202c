package dev.harborha.validation.rules;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Node;
import java.util.Optional;

/** Questions about where in a cluster an address lies. */
final class Places {

    static final ModelPath CLUSTER = ModelPath.cluster();

    private Places() {}

    static ModelPath node(Node node) {
        return CLUSTER.child("nodes").key(node.name());
    }

    /** Returns the node whose address or name {@code host} is. */
    static Optional<Node> nodeAt(Cluster cluster, Host host) {
        return cluster.nodes().stream()
                .filter(node -> node.address().equals(host) || node.name().equals(host.text()))
                .findFirst();
    }

    /** Tells whether all nodes are on loopback: one machine that plays all of them, to try things out. */
    static boolean isOneMachine(Cluster cluster) {
        return cluster.nodes().stream().allMatch(node -> node.address().isLoopback());
    }

    /**
     * Tells why something at {@code host} would be a part of one node only. A loopback address means another machine on each
     * node, unless {@linkplain #isOneMachine one machine} plays all of them.
     */
    static Optional<String> whyNodeLocal(Cluster cluster, Host host) {
        Optional<Node> node = nodeAt(cluster, host);
        if (node.isPresent()) {
            return Optional.of("which is the node " + node.get().name());
        }
        if ((host.isLoopback() && !isOneMachine(cluster)) || host.isUnspecified()) {
            return Optional.of("which means another machine on every node");
        }
        if (host.isLinkLocal()) {
            return Optional.of("a link-local address, which is not reachable from every node");
        }
        return Optional.empty();
    }
}
