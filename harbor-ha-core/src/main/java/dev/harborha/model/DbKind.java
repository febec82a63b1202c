package dev.harborha.model;

/** The kinds of database that Harbor has used: MySQL until 1.5, PostgreSQL since 1.6. */
public enum DbKind {
    /** MySQL or MariaDB, port 3306. */
    MYSQL("MySQL", 3306, "root"),
    /** PostgreSQL, port 5432. */
    POSTGRESQL("PostgreSQL", 5432, "postgres");

    private final String label;
    private final int defaultPort;
    private final String defaultUsername;

    DbKind(String label, int defaultPort, String defaultUsername) {
        this.label = label;
        this.defaultPort = defaultPort;
        this.defaultUsername = defaultUsername;
    }

    /** Returns the name as its makers write it. */
    public String label() {
        return label;
    }

    /** Returns the port that servers of this kind listen on unless told otherwise. */
    public int defaultPort() {
        return defaultPort;
    }

    /** Returns the user that Harbor's own templates name: {@code root} for MySQL, {@code postgres} for PostgreSQL. */
    public String defaultUsername() {
        return defaultUsername;
    }
}
