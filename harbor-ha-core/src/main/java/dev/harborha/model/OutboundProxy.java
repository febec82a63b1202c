package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The proxy through which Harbor reaches the Internet: for replication, scans and proxy projects. Traffic inside a node never
 * goes through it.
 *
 * @param http the proxy for plain http
 * @param https the proxy for https
 * @param credentials who may use it
 * @param noProxy hosts, domains (with a leading dot) and networks that are reached directly
 * @param components who uses it, at least one
 */
public record OutboundProxy(
        Optional<ServiceUrl> http,
        Optional<ServiceUrl> https,
        Optional<Credentials> credentials,
        List<String> noProxy,
        Set<Component> components) {

    private static final Pattern NO_PROXY = Pattern.compile("\\*|\\.?[A-Za-z0-9_-][A-Za-z0-9._-]*(:[0-9]{1,5})?"
            + "|[0-9.]+/[0-9]{1,2}|[0-9A-Fa-f:]+(/[0-9]{1,3})?|\\[[0-9A-Fa-f:]+\\](:[0-9]{1,5})?");

    /** The components that can use a proxy, in the words of {@code harbor.yml}. */
    public enum Component {
        /** Core, which calls identity providers, webhooks' tests and remote registries. */
        CORE,
        /** The job service, which replicates. */
        JOBSERVICE,
        /** The scanner, which downloads its databases. */
        TRIVY
    }

    /**
     * Who may use a proxy.
     *
     * @param username the user
     * @param password the user's password
     */
    public record Credentials(String username, Secret password) {

        /**
         * Makes credentials.
         *
         * @throws IllegalArgumentException if the user is empty or no single line
         */
        public Credentials {
            Text.line("the user of the proxy", username);
        }
    }

    /**
     * Makes a proxy.
     *
     * @throws IllegalArgumentException if there is neither a proxy for http nor for https, nobody uses it, or an exception is
     *     malformed
     */
    public OutboundProxy {
        if (http.isEmpty() && https.isEmpty()) {
            throw new IllegalArgumentException("A proxy needs an address; give .http(…), .https(…) or both.");
        }
        noProxy = List.copyOf(noProxy);
        noProxy.forEach(place -> Text.matching(
                "what is reached without a proxy",
                place,
                NO_PROXY,
                "use a host, a domain like \".example.com\", an address or a network"));
        if (components.isEmpty()) {
            throw new IllegalArgumentException(
                    "A proxy that no component uses does nothing; name one, or leave the proxy out.");
        }
        Set<Component> inOrder = EnumSet.noneOf(Component.class);
        inOrder.addAll(components);
        components = Collections.unmodifiableSet(inOrder);
    }

    /**
     * Describes a proxy.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static OutboundProxy of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes a proxy; one of {@code http} and {@code https} is required. */
    public static final class Builder {

        private Optional<ServiceUrl> http = Optional.empty();
        private Optional<ServiceUrl> https = Optional.empty();
        private Optional<Credentials> credentials = Optional.empty();
        private final List<String> noProxy = new ArrayList<>();
        private Set<Component> components = EnumSet.allOf(Component.class);

        Builder() {}

        /**
         * Sets the proxy for plain http. Default: none.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL without a user
         */
        public Builder http(String url) {
            this.http = Optional.of(new ServiceUrl(url));
            return this;
        }

        /**
         * Sets the proxy for https. Default: none.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL without a user
         */
        public Builder https(String url) {
            this.https = Optional.of(new ServiceUrl(url));
            return this;
        }

        /** Sets who may use the proxy. Default: everybody. */
        public Builder credentials(String username, Secret password) {
            this.credentials = Optional.of(new Credentials(username, password));
            return this;
        }

        /** Adds hosts, domains (with a leading dot) and networks that are reached directly. */
        public Builder noProxy(String... places) {
            Collections.addAll(noProxy, places);
            return this;
        }

        /** Sets who uses the proxy. Default: all that can, as in Harbor's sample. */
        public Builder components(Component first, Component... more) {
            this.components = EnumSet.of(first, more);
            return this;
        }

        OutboundProxy build() {
            return new OutboundProxy(http, https, credentials, noProxy, components);
        }
    }
}
