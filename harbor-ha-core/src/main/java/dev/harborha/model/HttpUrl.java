package dev.harborha.model;

import java.net.URI;
import java.net.URISyntaxException;

/** What URLs of the model have in common: {@code http} or {@code https}, a host, no user, no query, no fragment. */
final class HttpUrl {

    private HttpUrl() {}

    /**
     * Refuses a text that is no such URL.
     *
     * @param what what the URL is of, as in "an object store"
     */
    static void require(String what, String text) {
        Text.line("the address of " + what, Quoted.withoutUser(text));
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed(what, text);
        }
        if (uri.getHost() == null
                || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw malformed(what, text);
        }
        new Host(uri.getHost());
        if (uri.getPort() != -1) {
            HostPort.requirePort(uri.getPort());
        }
    }

    private static IllegalArgumentException malformed(String what, String text) {
        return new IllegalArgumentException(Quoted.address(text) + " is no address of " + what
                + "; give \"http://host[:port]\" or \"https://host[:port]\".");
    }

    /** Returns the host of a URL that was accepted. */
    static Host host(String text) {
        return new Host(URI.create(text).getHost());
    }
}
