package dev.harborha.model;

/**
 * What stands between the nodes and PostgreSQL and shares its connections: nothing, or a pooler in one of <a
 * href="https://www.pgbouncer.org/features.html">PgBouncer's modes</a>.
 */
public enum Pooler {
    /** No pooler. */
    NONE("none"),
    /** A client keeps a connection of the server until it leaves. */
    SESSION("session"),
    /** A client has a connection of the server for one transaction; its prepared statements and locks do not outlive it. */
    TRANSACTION("transaction"),
    /** A client has a connection of the server for one statement; there are no transactions of several. */
    STATEMENT("statement");

    private final String text;

    Pooler(String text) {
        this.text = text;
    }

    /** Returns the mode as PgBouncer's {@code pool_mode} writes it, or {@code none}. */
    @Override
    public String toString() {
        return text;
    }
}
