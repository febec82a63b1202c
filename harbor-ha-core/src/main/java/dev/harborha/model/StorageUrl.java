package dev.harborha.model;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of an object store's interface: {@code https://s3.example.com:9000}, or the authentication address of Swift.
 *
 * @param text the URL
 */
public record StorageUrl(String text) {

    /**
     * Makes a URL.
     *
     * @throws IllegalArgumentException if {@code text} is no {@code http} or {@code https} URL, or has a user, a query or a
     *     fragment
     */
    public StorageUrl {
        Text.line("the address of the object store", Quoted.withoutUser(text));
        URI uri = uri(text);
        if (uri.getHost() == null
                || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw malformed(text);
        }
        new Host(uri.getHost());
        if (uri.getPort() != -1) {
            HostPort.requirePort(uri.getPort());
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(Quoted.address(text)
                + " is no address of an object store; give \"http://host[:port]\" or \"https://host[:port]\".");
    }

    /** Returns the host of the URL. */
    public Host host() {
        return new Host(URI.create(text).getHost());
    }

    /** Tells whether the URL begins with {@code https}. */
    public boolean https() {
        return text.startsWith("https:");
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        return text;
    }
}
