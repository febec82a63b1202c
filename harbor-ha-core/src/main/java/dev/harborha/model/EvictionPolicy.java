package dev.harborha.model;

/**
 * What Redis throws away when its memory is full: the values of its setting <a
 * href="https://redis.io/docs/latest/develop/reference/eviction/">{@code maxmemory-policy}</a>.
 */
public enum EvictionPolicy {
    /** Nothing: writes fail. */
    NOEVICTION("noeviction"),
    /** Any key, the one that was used longest ago first. */
    ALLKEYS_LRU("allkeys-lru"),
    /** Any key, the one that is used least first. */
    ALLKEYS_LFU("allkeys-lfu"),
    /** Any key, by chance. */
    ALLKEYS_RANDOM("allkeys-random"),
    /** Keys that expire, the one that was used longest ago first. */
    VOLATILE_LRU("volatile-lru"),
    /** Keys that expire, the one that is used least first. */
    VOLATILE_LFU("volatile-lfu"),
    /** Keys that expire, by chance. */
    VOLATILE_RANDOM("volatile-random"),
    /** Keys that expire, the one that has the shortest time left first. */
    VOLATILE_TTL("volatile-ttl");

    private final String text;

    EvictionPolicy(String text) {
        this.text = text;
    }

    /** Returns the policy as Redis writes it. */
    @Override
    public String toString() {
        return text;
    }
}
