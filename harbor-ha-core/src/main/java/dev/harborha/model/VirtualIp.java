package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that one of the load balancers has at a time, moved between them by keepalived (VRRP, unicast, without
 * preemption).
 *
 * @param address the address
 * @param prefix the length of its network's prefix, 1 to 32 or 1 to 128
 * @param networkInterface the interface of every load balancer that gets it
 * @param routerId the number of the VRRP group, 1 to 255; absent means that it is made from the address
 * @param password what the load balancers greet each other with, 1 to 8 characters. With one they speak VRRP version 2, which greets
 *     once a second; without one version 3, which has no passwords and greets twice a second
 */
public record VirtualIp(
        Host address, int prefix, String networkInterface, OptionalInt routerId, Optional<Secret> password) {

    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,14}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{1,8}");

    /**
     * Makes an address.
     *
     * @throws IllegalArgumentException if the address is a name, the prefix does not fit, the interface cannot be one, the group is
     *     out of range, or the password has other characters than letters and digits, or more than 8
     */
    public VirtualIp {
        if (!address.isAddress()) {
            throw new IllegalArgumentException(Quoted.of(address.text())
                    + " is a name; give the virtual IP as an address, as in \"10.0.0.100/24\".");
        }
        Text.between("the prefix of the virtual IP", prefix, 1, address.isIpv6() ? 128 : 32, "");
        Text.matching(
                "the interface of the virtual IP",
                networkInterface,
                INTERFACE,
                "use 1 to 15 letters, digits and . _ -, as in \"eth0\"");
        routerId.ifPresent(id -> Text.between("the router id of the virtual IP", id, 1, 255, ""));
        password.filter(Secret::isResolved).ifPresent(secret -> {
            if (!PASSWORD.matcher(secret.reveal()).matches()) {
                throw new IllegalArgumentException(
                        "The password of the virtual IP has other characters than letters and digits,"
                                + " or more than 8, which keepalived cuts off; use 1 to 8 letters and digits.");
            }
        });
    }

    /** Returns the number of the VRRP group: the one given, else one that is made from the address, 1 to 255. */
    public int routerIdOrDerived() {
        return routerId.orElseGet(() -> Math.floorMod(address.text().hashCode(), 255) + 1);
    }

    /**
     * Describes a virtual IP.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static VirtualIp of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes a virtual IP; {@link #address(String)} and {@link #networkInterface(String)} are required. */
    public static final class Builder {

        private static final Pattern ADDRESS = Pattern.compile("([^/]+)/([0-9]{1,3})");

        private @Nullable Host address;
        private int prefix;
        private @Nullable String networkInterface;
        private OptionalInt routerId = OptionalInt.empty();
        private Optional<Secret> password = Optional.empty();

        Builder() {}

        /**
         * Sets the address with the prefix of its network, as in {@code 10.0.0.100/24}.
         *
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder address(String text) {
            var parts = ADDRESS.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        Quoted.address(text)
                                + " is no virtual IP; write an address and the prefix of its network, as in \"10.0.0.100/24\".");
            }
            this.address = new Host(parts.group(1));
            this.prefix = Integer.parseInt(parts.group(2));
            return this;
        }

        /** Sets the interface of every load balancer that gets the address, as in {@code eth0}. */
        public Builder networkInterface(String name) {
            this.networkInterface = name;
            return this;
        }

        /** Sets the number of the VRRP group, 1 to 255; unique in the network. Default: made from the address. */
        public Builder routerId(int id) {
            this.routerId = OptionalInt.of(id);
            return this;
        }

        /**
         * Sets the password, 1 to 8 letters and digits, and with it VRRP version 2: it goes over the network in clear, and a lost load
         * balancer is noticed after 3 to 4 seconds instead of 2. Default: none, and VRRP version 3. Either way a load balancer takes
         * greetings from the addresses of the others only.
         */
        public Builder password(Secret password) {
            this.password = Optional.of(password);
            return this;
        }

        VirtualIp build() {
            if (address == null || networkInterface == null) {
                throw new Missing("The virtual IP")
                        .need(address, ".address(…)")
                        .need(networkInterface, ".networkInterface(…)")
                        .refusal();
            }
            return new VirtualIp(address, prefix, networkInterface, routerId, password);
        }
    }
}
