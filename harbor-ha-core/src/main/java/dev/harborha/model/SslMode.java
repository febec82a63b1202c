package dev.harborha.model;

/**
 * Whether connections to PostgreSQL are encrypted, in the words of <a
 * href="https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION">libpq</a>; Harbor takes these four.
 */
public enum SslMode {
    /** Never. Harbor's own sample has this. */
    DISABLE("disable"),
    /** Always, whoever the server is. */
    REQUIRE("require"),
    /** Always, and the server's certificate comes from a trusted authority. */
    VERIFY_CA("verify-ca"),
    /** Always, the authority is trusted and the certificate names the server. */
    VERIFY_FULL("verify-full");

    private final String text;

    SslMode(String text) {
        this.text = text;
    }

    /** Returns the mode as Harbor and libpq write it. */
    @Override
    public String toString() {
        return text;
    }
}
