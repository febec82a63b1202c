package dev.harborha.model;

/** What keeps two updates of one project's quota apart; since 2.9. All nodes must have the same. */
public enum QuotaUpdateProvider {
    /** A lock on the row in the database. */
    DB,
    /** Redis, which is faster when many pushes go to one project. */
    REDIS
}
