package dev.harborha.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service listens: a host and a TCP port.
 *
 * @param host the host
 * @param port the port, 1 to 65535
 */
public record HostPort(Host host, int port) {

    private static final Pattern BRACKETED = Pattern.compile("(\\[[^\\]]*\\])(?::(.*))?");
    private static final Pattern ONE_COLON = Pattern.compile("([^:]*)(?::([^:]*))?");

    /**
     * Makes a value from its parts.
     *
     * @throws IllegalArgumentException if {@code port} is not between 1 and 65535
     */
    public HostPort {
        requirePort(port);
    }

    /**
     * Parses {@code name}, {@code name:port}, {@code 10.0.0.1:port}, {@code 2001:db8::1} or {@code [2001:db8::1]:port}.
     *
     * @param defaultPort the port where {@code text} names none
     * @throws IllegalArgumentException if the host or the port is malformed
     */
    public static HostPort parse(String text, int defaultPort) {
        if (text.indexOf('/') >= 0 || text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(Quoted.address(text)
                    + " is no address; give host or host:port, without a scheme, a user or a path.");
        }
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return of(text, bracketed, defaultPort);
        }
        Matcher plain = ONE_COLON.matcher(text);
        if (plain.matches()) {
            return of(text, plain, defaultPort);
        }
        if (text.startsWith("[")) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is no address; write an IPv6 address with a port as in \"[2001:db8::10]:6379\".");
        }
        return new HostPort(new Host(text), defaultPort);
    }

    private static HostPort of(String text, Matcher parts, int defaultPort) {
        String port = parts.group(2);
        return new HostPort(new Host(parts.group(1)), port == null ? defaultPort : parsePort(port, text));
    }

    static int parsePort(String port, String whole) {
        try {
            if (port.matches("[0-9]{1,6}")) {
                return requirePort(Integer.parseInt(port));
            }
        } catch (IllegalArgumentException e) {
            // falls through to the message that shows the whole text
        }
        throw new IllegalArgumentException(
                Quoted.of(whole) + " has no valid port: expected a number from 1 to 65535 after the colon.");
    }

    static int requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is out of range; use 1 to 65535.");
        }
        return port;
    }

    /** Returns {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return host.urlText() + ":" + port;
    }
}
