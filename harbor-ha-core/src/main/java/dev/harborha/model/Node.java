package dev.harborha.model;

import java.util.regex.Pattern;

/**
 * A machine that runs Harbor.
 *
 * @param name a short name, unique in the cluster; it names the node's folder in the bundle
 * @param address where the load balancer reaches the machine
 * @param port the port on which the machine's own Harbor listens, 80 in Harbor's compose file; 1 to 65535
 */
public record Node(String name, Host address, int port) {

    /** The port that Harbor's own compose file publishes: 80. */
    public static final int DEFAULT_PORT = 80;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * Makes a node.
     *
     * @throws IllegalArgumentException if the name is no DNS label in lower case, or the port is out of range
     */
    public Node {
        requireName("the name of a node", name);
        HostPort.requirePort(port);
    }

    /**
     * Makes a node from texts.
     *
     * @param address a host, with a port where it is not 80: {@code 10.0.0.11} or {@code 10.0.0.11:8080}
     * @throws IllegalArgumentException if the name or the address is malformed
     */
    public static Node of(String name, String address) {
        HostPort place = HostPort.parse(address, DEFAULT_PORT);
        return new Node(name, place.host(), place.port());
    }

    static String requireName(String what, String name) {
        return Text.matching(
                what,
                name,
                NAME,
                "use 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen");
    }

    /** Returns the address and the port, as a load balancer names them. */
    public HostPort hostPort() {
        return new HostPort(address, port);
    }
}
