package dev.harborha.model;

/**
 * The cache of artifacts, projects and manifests in Redis; since 2.6. It is on for all nodes or for none: a node without it
 * would not invalidate what the others have cached.
 *
 * @param expireHours after how many hours an entry is forgotten, 1 to 8760
 */
public record Cache(int expireHours) {

    /** What Harbor's sample has, where the cache is turned on: 24 hours. */
    public static final Cache DEFAULT = new Cache(24);

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if the number is out of its range
     */
    public Cache {
        Text.between("the life of a cache entry", expireHours, 1, 8760, "hours");
    }
}
