package dev.harborha.model;

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
        HttpUrl.require("an object store", text);
    }

    /** Returns the host of the URL. */
    public Host host() {
        return HttpUrl.host(text);
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
