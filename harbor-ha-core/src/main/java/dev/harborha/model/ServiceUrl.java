package dev.harborha.model;

/**
 * The address of a service that Harbor calls, such as a proxy or a collector of traces: {@code http://host[:port][/path]}.
 *
 * @param text the URL
 */
public record ServiceUrl(String text) {

    /**
     * Makes a URL.
     *
     * @throws IllegalArgumentException if {@code text} is no {@code http} or {@code https} URL, or has a user, a query or a
     *     fragment
     */
    public ServiceUrl {
        HttpUrl.require("a service", text);
    }

    /** Returns the host of the URL. */
    public Host host() {
        return HttpUrl.host(text);
    }

    /** Returns the scheme, {@code http} or {@code https}. */
    public String scheme() {
        return text.substring(0, text.indexOf(':'));
    }

    /** Returns what follows {@code ://}: host, port and path. */
    public String rest() {
        return text.substring(text.indexOf("://") + 3);
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        return text;
    }
}
