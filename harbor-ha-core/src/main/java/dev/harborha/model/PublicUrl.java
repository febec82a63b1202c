package dev.harborha.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address under which every client reaches the registry: {@code https://harbor.example.com}, with a port where it is
 * not the scheme's own. There is one for the whole cluster, so the token realm of every node is the same.
 *
 * @param https whether clients speak TLS
 * @param host the public host
 * @param port the public port, 1 to 65535
 */
public record PublicUrl(boolean https, Host host, int port) {

    private static final Pattern URL =
            Pattern.compile("(?i)(https?)://(\\[[^\\]/?#@]*\\]|[^:/?#@\\[\\]]*)(?::([^:/?#@\\]]*))?(/?)");

    /**
     * Makes a URL from its parts.
     *
     * @throws IllegalArgumentException if {@code port} is not between 1 and 65535
     */
    public PublicUrl {
        HostPort.requirePort(port);
    }

    /**
     * Parses {@code http://host[:port]} or {@code https://host[:port]}. One slash at the end is dropped.
     *
     * @throws IllegalArgumentException if {@code text} has no scheme, or a user, a path, a query or a fragment
     */
    public static PublicUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException(Quoted.address(text) + " is no public URL: " + reason(text));
        }
        boolean https = url.group(1).toLowerCase(Locale.ROOT).equals("https");
        String port = url.group(3);
        int number = port == null ? defaultPort(https) : HostPort.parsePort(port, text);
        return new PublicUrl(https, new Host(url.group(2)), number);
    }

    private static String reason(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return "it needs a scheme, as in \"https://harbor.example.com\".";
        }
        if (text.indexOf('@') >= 0) {
            return "it must not hold a user or a password; give \"https://host[:port]\".";
        }
        String rest = text.substring(text.indexOf("://") + 3);
        if (rest.indexOf('/') >= 0 || rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            return "Harbor is served at the root of its host; give \"https://host[:port]\" without a path or a query.";
        }
        return "expected \"https://host[:port]\"; an IPv6 address goes into brackets.";
    }

    private static int defaultPort(boolean https) {
        return https ? 443 : 80;
    }

    /** Returns the scheme, {@code http} or {@code https}. */
    public String scheme() {
        return https ? "https" : "http";
    }

    /** Returns the host, followed by the port where it is not the scheme's own: what a client sends as {@code Host}. */
    public String authority() {
        return port == defaultPort(https) ? host.urlText() : host.urlText() + ":" + port;
    }

    /**
     * Returns where clients fetch tokens: the public URL followed by {@code /service/token}. A registry names it in its
     * challenge, so it must be reachable by every client (<a
     * href="https://github.com/goharbor/harbor/blob/v2.14.0/src/core/service/token/creator.go">Harbor's token service</a>).
     */
    public String tokenRealm() {
        return this + "/service/token";
    }

    /** Returns the URL without a slash at its end. */
    @Override
    public String toString() {
        return scheme() + "://" + authority();
    }
}
