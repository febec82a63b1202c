package dev.harborha.model;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A machine's name or address: a DNS name, an IPv4 address or an IPv6 address.
 *
 * <p>Names follow RFC 1123 (letters, digits and hyphens; at most 63 characters a label and 253 in all) and are kept in
 * lower case. IPv6 addresses are kept in the short form of RFC 5952, so that two spellings of one address are equal.
 *
 * @param text the name or address; IPv6 without brackets
 */
public record Host(String text) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final List<String> NEVER_PUBLIC =
            List.of(".local", ".internal", ".lan", ".intranet", ".corp", ".home", ".private", ".home.arpa");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /**
     * Makes a host from its text.
     *
     * @throws IllegalArgumentException if {@code text} is neither a DNS name nor an IP address
     */
    public Host {
        text = canonical(text);
    }

    private static String canonical(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A host must not be empty; give a DNS name or an IP address.");
        }
        if (text.indexOf('/') >= 0 || text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(Quoted.address(text)
                    + " is no host name; give the name or address alone, without a scheme, a user or a path.");
        }
        if (text.indexOf(':') >= 0 || text.startsWith("[")) {
            return ipv6(text);
        }
        String name = Ascii.toLowerCase(text);
        List<String> labels = List.of(name.split("\\.", -1));
        if (DIGITS.matcher(labels.get(labels.size() - 1)).matches()) {
            if (!InetAddresses.isInetAddress(name) || hasLeadingZero(labels)) {
                throw new IllegalArgumentException(Quoted.of(text)
                        + " is no IPv4 address; write four numbers from 0 to 255 without leading zeros.");
            }
            return name;
        }
        if (name.length() > 253) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no host name: it has " + name.length()
                    + " characters, at most 253 are allowed.");
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException(Quoted.of(text) + " is no host name" + reason(text, name) + ".");
            }
        }
        return name;
    }

    private static String ipv6(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (bare.indexOf('%') >= 0) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " has a zone (%), which names an interface of one machine only; give an address without it.");
        }
        if (bare.indexOf(':') < 0 || !InetAddresses.isInetAddress(bare)) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is no IPv6 address; write it as in \"2001:db8::10\", without a port.");
        }
        return InetAddresses.toAddrString(InetAddresses.forString(bare));
    }

    private static boolean hasLeadingZero(List<String> parts) {
        return parts.stream().anyMatch(part -> part.length() > 1 && part.startsWith("0"));
    }

    private static String reason(String text, String name) {
        if (text.indexOf('_') >= 0) {
            return ": it has an underscore, which DNS host names do not allow";
        }
        if (text.chars().anyMatch(c -> c > 127)) {
            return punycode(name);
        }
        return "; use letters, digits and hyphens, with dots between the labels";
    }

    private static String punycode(String name) {
        try {
            String ascii = canonical(IDN.toASCII(name));
            return "; write it in its ASCII form \"" + ascii + "\"";
        } catch (IllegalArgumentException e) {
            return "; use ASCII letters";
        }
    }

    /** Returns the host as it stands in a URL: an IPv6 address in brackets, anything else as it is. */
    public String urlText() {
        return isIpv6() ? "[" + text + "]" : text;
    }

    /** Tells whether this is an IPv6 address. */
    public boolean isIpv6() {
        return text.indexOf(':') >= 0;
    }

    /** Tells whether this is an IPv4 or IPv6 address, not a name. */
    public boolean isAddress() {
        return isIpv6() || InetAddresses.isInetAddress(text);
    }

    /** Tells whether this means the machine itself: 127.0.0.0/8, {@code ::1}, {@code localhost} or a name below it. */
    public boolean isLoopback() {
        return isAddress() ? address().isLoopbackAddress() : text.equals("localhost") || text.endsWith(".localhost");
    }

    /** Tells whether this is the address that stands for "any": {@code 0.0.0.0} or {@code ::}. */
    public boolean isUnspecified() {
        return isAddress() && address().isAnyLocalAddress();
    }

    /** Tells whether this is a link-local address: 169.254.0.0/16 or fe80::/10. */
    public boolean isLinkLocal() {
        return isAddress() && address().isLinkLocalAddress();
    }

    /**
     * Tells whether this is an address that the Internet does not route: RFC 1918 (10/8, 172.16/12, 192.168/16), RFC 6598
     * (100.64/10, carrier NAT), RFC 4193 (fc00::/7), or a name without a dot or in a domain that is never public
     * ({@code .home.arpa}, and those of RFC 6762, appendix G: {@code .local}, {@code .internal}, {@code .lan},
     * {@code .intranet}, {@code .corp}, {@code .home}, {@code .private}).
     */
    public boolean isPrivate() {
        if (!isAddress()) {
            return text.indexOf('.') < 0 || NEVER_PUBLIC.stream().anyMatch(text::endsWith);
        }
        InetAddress address = address();
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return (bytes[0] & 0xfe) == 0xfc;
        }
        return address.isSiteLocalAddress() || ((bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64);
    }

    private InetAddress address() {
        return InetAddresses.forString(text);
    }

    /** Returns the name or address. */
    @Override
    public String toString() {
        return text;
    }
}
