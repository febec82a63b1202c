package dev.harborha.model;

import java.util.OptionalInt;

/**
 * The indexes of the Redis databases that Harbor's components use. All nodes have the same; two components that share an index
 * share nothing but trouble.
 *
 * @param session sessions and locks; 0 in every release since 2.0, and what Harbor 0.5 is told
 * @param registry what the registry knows of layers
 * @param jobservice the queue of jobs
 * @param trivy the queue of scans
 * @param harbor core's cache where it is not to be in the database of the sessions; since 2.7.3 and 2.8.4
 * @param cacheLayer the cache of {@link HarborYml#cache()} where it is not to be in the database of the sessions; since 2.7.3
 *     and 2.8.4
 */
public record RedisDatabases(
        int session, int registry, int jobservice, int trivy, OptionalInt harbor, OptionalInt cacheLayer) {

    /** What Harbor does where its {@code harbor.yml} says nothing. */
    public static final RedisDatabases DEFAULT =
            new RedisDatabases(0, 1, 2, 5, OptionalInt.empty(), OptionalInt.empty());

    /**
     * Makes indexes.
     *
     * @throws IllegalArgumentException if one is out of range: 0 to 15 for sessions, 1 to 15 for all others, because Harbor
     *     takes a 0 for "not said"
     */
    public RedisDatabases {
        Text.between("the Redis database of the sessions", session, 0, 15, "");
        Text.between("the Redis database of the registry", registry, 1, 15, "");
        Text.between("the Redis database of the job service", jobservice, 1, 15, "");
        Text.between("the Redis database of the scanner", trivy, 1, 15, "");
        harbor.ifPresent(index -> Text.between("the Redis database of core's cache", index, 1, 15, ""));
        cacheLayer.ifPresent(index -> Text.between("the Redis database of the cache layer", index, 1, 15, ""));
    }
}
