package dev.harborha.e2e;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a client knocks: the address it connects to, and what it says there.
 *
 * @param address the socket address, which need not be what the name of the host resolves to
 * @param url the public URL of what is behind the door: its authority becomes the {@code Host} header
 * @param tls whom to trust; absent for plain http
 * @param headers headers that every request carries, such as those that a load balancer adds
 */
record Door(InetSocketAddress address, URI url, Optional<SSLContext> tls, Map<String, String> headers) {

    /**
     * Describes a TLS door.
     *
     * @param address the socket address
     * @param url the public URL
     * @param trust whom to trust
     * @return the door
     */
    static Door https(InetSocketAddress address, URI url, SSLContext trust) {
        return new Door(address, url, Optional.of(trust), Map.of());
    }

    /**
     * Describes a door without TLS.
     *
     * @param address the socket address
     * @param url the public URL
     * @return the door
     */
    static Door http(InetSocketAddress address, URI url) {
        return new Door(address, url, Optional.empty(), Map.of());
    }

    /**
     * Describes the door of a node as its load balancer uses it: plain http, with the public name and scheme in headers.
     *
     * @param address the node's socket address
     * @param url the public URL of the cluster
     * @return the door
     */
    static Door behindLoadBalancer(InetSocketAddress address, URI url) {
        return new Door(address, url, Optional.empty(), Map.of("X-Forwarded-Proto", url.getScheme()));
    }

    /**
     * Describes the same door with another {@code Host} header.
     *
     * @param authority what to say instead of the public name
     * @return the door
     */
    Door withHostHeader(String authority) {
        return new Door(address, url, tls, Map.of("Host", authority));
    }
}
