package dev.harborha.model;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A machine that runs Harbor.
 *
 * @param name a short name, unique in the cluster; it names the node's folder in the bundle
 * @param address where the load balancer reaches the machine
 * @param listenPort the port on which the machine's own Harbor listens where it is not Harbor's own, which {@link
 *     Cluster#portOf} tells; 1 to 65535
 * @param drained whether the load balancers send no new requests to the node, because it is about to be stopped
 */
public record Node(String name, Host address, OptionalInt listenPort, boolean drained) {

    /** The port that Harbor's own compose file publishes for http: 80. */
    public static final int DEFAULT_HTTP_PORT = 80;

    /** The port that Harbor's own compose file publishes for https: 443. */
    public static final int DEFAULT_HTTPS_PORT = 443;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * Makes a node.
     *
     * @throws IllegalArgumentException if the name is no DNS label in lower case, or the port is out of range
     */
    public Node {
        requireName("the name of a node", name);
        listenPort.ifPresent(HostPort::requirePort);
    }

    /**
     * Makes a node that is not drained.
     *
     * @throws IllegalArgumentException if the name is no DNS label in lower case, or the port is out of range
     */
    public Node(String name, Host address, OptionalInt listenPort) {
        this(name, address, listenPort, false);
    }

    /**
     * Makes a node from texts.
     *
     * @param address a host, with a port where Harbor does not listen on its own one: {@code 10.0.0.11} or {@code
     *     10.0.0.11:8080}
     * @throws IllegalArgumentException if the name or the address is malformed
     */
    public static Node of(String name, String address) {
        HostPort http = HostPort.parse(address, DEFAULT_HTTP_PORT);
        HostPort https = HostPort.parse(address, DEFAULT_HTTPS_PORT);
        boolean namesPort = http.equals(https);
        return new Node(name, http.host(), namesPort ? OptionalInt.of(http.port()) : OptionalInt.empty());
    }

    /** Returns this node as one that the load balancers send no new requests to. */
    public Node drain() {
        return new Node(name, address, listenPort, true);
    }

    static String requireName(String what, String name) {
        return Text.matching(
                what,
                name,
                NAME,
                "use 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen");
    }
}
