package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.regex.Pattern;

/** What a load balancer asks a node in order to know whether it can serve. Every probe carries the public {@code Host}. */
public sealed interface HealthProbe {

    /**
     * Asks {@code /api/v2.0/ping}: nginx and core of the node answer. It does not see the registry: with a dead one, 67 of 68
     * pushes failed on a real cluster. Since 2.0.
     */
    record Ping() implements HealthProbe {}

    /**
     * Asks {@code /api/v2.0/health}, whose status is always 200: a node is well if {@code unhealthy} stands nowhere in the body. Core
     * looks at its parts every 10 seconds, so a dead registry shows late. Since 2.0.
     */
    record Health() implements HealthProbe {}

    /** Asks {@code /v2/} without a token, which must be answered with 401: in 0.5 by the registry, since 2.0 by core alone. */
    record RegistryApi() implements HealthProbe {}

    /**
     * Asks for a manifest with a robot's name and password: the only probe that sees nginx, core, database, registry and blob
     * store at once. The image has to be pushed first, and the robot made; until then every node seems lost, and the load
     * balancer sends requests to all of them.
     *
     * @param repository the repository with its project, as in {@code library/canary}
     * @param reference the tag
     * @param username the name of a robot that may pull from the repository
     * @param password its secret
     */
    record Canary(String repository, String reference, String username, Secret password) implements HealthProbe {

        private static final Pattern REPOSITORY =
                Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)+");
        private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
        private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9$+._@-]{1,255}");

        /**
         * Makes a probe.
         *
         * @throws IllegalArgumentException if repository or tag are none, or the name has other characters than Harbor's robots have
         */
        public Canary {
            Text.matching("the repository of the canary", repository, REPOSITORY, "use a name like \"library/canary\"");
            Text.matching("the tag of the canary", reference, REFERENCE, "use a tag like \"v1\"");
            Text.matching(
                    "the robot's name",
                    username,
                    USERNAME,
                    "use letters, digits and $ + . _ @ -, as in \"robot$canary\"");
        }
    }
}
