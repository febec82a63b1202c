package dev.harborha.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Another proxy, or a NAT, in front of a load balancer, so that all clients seem to come from few addresses.
 *
 * @param addresses where it connects from; what it says of a client's address is believed from there only. None means that the
 *     clients' addresses are lost
 * @param proxyProtocol whether it sends a PROXY protocol header before each connection; else it adds to {@code X-Forwarded-For}
 */
public record FrontProxy(List<Subnet> addresses, boolean proxyProtocol) {

    /** A proxy or NAT of which nothing is known. */
    public static final FrontProxy UNKNOWN = of(proxy -> {});

    /** Makes a proxy in front. */
    public FrontProxy {
        addresses = List.copyOf(addresses);
    }

    /**
     * Describes a proxy in front.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static FrontProxy of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Tells whether the load balancer can know the clients' own addresses. */
    public boolean tellsClients() {
        return !addresses.isEmpty();
    }

    /** Describes a proxy in front; nothing is required. */
    public static final class Builder {

        private final List<Subnet> addresses = new ArrayList<>();
        private boolean proxyProtocol;

        Builder() {}

        /**
         * Adds ranges that the proxy connects from, as in {@code 10.0.9.0/24}; a single address is {@code 10.0.9.1/32}. Default: none,
         * and the clients' addresses are lost.
         *
         * @throws IllegalArgumentException if one is no range in CIDR form
         */
        public Builder from(String... ranges) {
            for (String range : ranges) {
                addresses.add(Subnet.parse(range));
            }
            return this;
        }

        /** Says that the proxy sends a PROXY protocol header, version 1 or 2. Default: it adds to {@code X-Forwarded-For}. */
        public Builder proxyProtocol() {
            this.proxyProtocol = true;
            return this;
        }

        FrontProxy build() {
            return new FrontProxy(addresses, proxyProtocol);
        }
    }
}
