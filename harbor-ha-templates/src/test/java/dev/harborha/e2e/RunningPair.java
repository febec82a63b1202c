package dev.harborha.e2e;

import dev.harborha.model.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole cluster as it was rendered, running: two nodes and the load balancer.
 *
 * @param cluster where it runs
 * @param nodes both nodes
 * @param balancer the load balancer
 */
record RunningPair(LoopbackCluster cluster, List<Node05> nodes, LoadBalancerProcess balancer) implements AutoCloseable {

    /** Something a client does. */
    interface Request {

        /**
         * Does it.
         *
         * @throws IOException if there is no answer
         */
        void send() throws IOException;
    }

    /**
     * Renders, writes and starts a cluster; ends all of it if a part does not start.
     *
     * @param cluster the cluster, of which no node runs
     * @return the running cluster
     */
    static RunningPair start(LoopbackCluster cluster) {
        return start(cluster, cluster.describe());
    }

    /**
     * Renders, writes and starts a cluster as a description has it; ends all of it if a part does not start.
     *
     * @param cluster the cluster, of which no node runs
     * @param description what is rendered
     * @return the running cluster
     */
    static RunningPair start(LoopbackCluster cluster, Cluster description) {
        try {
            Path bundle = cluster.write(description, TestKeys.first());
            return new RunningPair(
                    cluster,
                    List.of(cluster.startNode(bundle, 1), cluster.startNode(bundle, 2)),
                    cluster.startLoadBalancer(bundle));
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Makes a client that knows the public URL only.
     *
     * @param source its own address
     * @return the client
     */
    RegistryClient client(String source) {
        return cluster.client(source, balancer);
    }

    /**
     * Makes the public door.
     *
     * @return the door
     */
    Door door() {
        return balancer.door(cluster.publicUrl(), cluster.certificate().trust());
    }

    /**
     * Finds out which node answers a request, which must ask for at least one token.
     *
     * @param request the request
     * @return the one node that gave a token meanwhile
     * @throws IOException if there is no answer
     */
    Node05 serving(Request request) throws IOException {
        List<Integer> before = nodes.stream().map(node -> node.ui().tokens()).toList();
        request.send();
        List<Node05> served = nodes.stream()
                .filter(node -> node.ui().tokens() > before.get(nodes.indexOf(node)))
                .toList();
        if (served.size() != 1) {
            throw new AssertionError("Not one node gave tokens, but " + served.size());
        }
        return served.get(0);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
