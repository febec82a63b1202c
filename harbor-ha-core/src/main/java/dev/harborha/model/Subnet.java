package dev.harborha.model;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR form, such as {@code 10.213.47.0/24} or {@code fd00:47::/64}.
 *
 * @param address the first address of the range
 * @param prefix the number of leading bits that all addresses share, 0 to 32 or 0 to 128
 */
public record Subnet(Host address, int prefix) {

    private static final Pattern TEXT = Pattern.compile("([^/]+)/([0-9]{1,3})");

    /**
     * Makes a range.
     *
     * @throws IllegalArgumentException if {@code address} is a name, {@code prefix} is too long, or {@code address} is not the
     *     first one of the range
     */
    public Subnet {
        if (!address.isAddress() || prefix < 0 || prefix > (address.isIpv6() ? 128 : 32)) {
            throw malformed(address + "/" + prefix);
        }
        byte[] bytes = bytes(address);
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                throw new IllegalArgumentException("The subnet " + address + "/" + prefix
                        + " has bits set behind its prefix; give the first address of the range.");
            }
        }
    }

    /**
     * Parses {@code address/prefix}.
     *
     * @throws IllegalArgumentException if {@code text} is anything else
     */
    public static Subnet parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw malformed(text);
        }
        return new Subnet(new Host(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                Quoted.address(text) + " is no subnet; write an address and a prefix, as in \"10.213.47.0/24\".");
    }

    /** Tells whether the address lies in this range. A name lies in none, since only its resolver knows where it leads. */
    public boolean contains(Host host) {
        if (!host.isAddress() || host.isIpv6() != address.isIpv6()) {
            return false;
        }
        byte[] first = bytes(address);
        byte[] other = bytes(host);
        for (int bit = 0; bit < prefix; bit++) {
            if (((first[bit / 8] ^ other[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(Host host) {
        InetAddress parsed = InetAddresses.forString(host.text());
        return parsed.getAddress();
    }

    /** Returns {@code address/prefix}. */
    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
