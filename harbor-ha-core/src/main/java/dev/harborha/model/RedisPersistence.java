package dev.harborha.model;

/**
 * What of its data Redis finds again after a restart, in the terms of <a
 * href="https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/">its documentation</a>.
 */
public enum RedisPersistence {
    /** Nothing. */
    NONE("none"),
    /** Its last snapshot: {@code save}. */
    RDB("rdb"),
    /** Its append only file, up to the last second or the last write: {@code appendonly yes}. */
    AOF("aof"),
    /** Both; it reads the append only file. */
    RDB_AND_AOF("rdb+aof");

    private final String text;

    RedisPersistence(String text) {
        this.text = text;
    }

    /** Returns the kind in lower case, as in {@code rdb+aof}. */
    @Override
    public String toString() {
        return text;
    }
}
