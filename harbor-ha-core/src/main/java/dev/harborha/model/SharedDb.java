package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one database of all nodes. Harbor 0.5 wants MySQL, and its own {@code registry.sql} creates a database called
 * {@code registry}; since 1.6 Harbor wants PostgreSQL.
 *
 * @param kind the kind of database
 * @param address where it listens
 * @param username the user that Harbor connects as
 * @param password that user's password
 * @param name the name of the database on its server
 */
public record SharedDb(DbKind kind, HostPort address, String username, Secret password, String name) {

    /** The name that Harbor's own scripts give the database: {@code registry}. */
    public static final String DEFAULT_NAME = "registry";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");

    /**
     * Makes a database.
     *
     * @throws IllegalArgumentException if the user name is empty or no single line of text, or the name of the database
     *     has other characters than letters, digits, underscores and hyphens
     */
    public SharedDb {
        Text.line("the user name of the database", username);
        requireName(name);
    }

    private static String requireName(String name) {
        return Text.matching(
                "the name of the database", name, NAME, "use 1 to 63 letters, digits, underscores and hyphens");
    }

    /** Describes a database; what is not said takes the defaults of its kind. */
    public static final class Builder {

        private @Nullable DbKind kind;
        private @Nullable String address;
        private @Nullable String username;
        private @Nullable Secret password;
        private String name = DEFAULT_NAME;

        Builder() {}

        /** Sets the kind of database. Default: what the Harbor release of the cluster uses. */
        public Builder kind(DbKind kind) {
            this.kind = kind;
            return this;
        }

        /**
         * Sets where the database listens: {@code host} or {@code host:port}. Default port: the kind's own, 3306 or 5432.
         *
         * @throws IllegalArgumentException if the host or the port is malformed
         */
        public Builder address(String address) {
            HostPort.parse(address, DbKind.MYSQL.defaultPort());
            this.address = address;
            return this;
        }

        /**
         * Sets the user. Default: {@code root} for MySQL, {@code postgres} for PostgreSQL, as in Harbor's templates.
         *
         * @throws IllegalArgumentException if the name is empty or no single line of text
         */
        public Builder username(String username) {
            this.username = Text.line("the user name of the database", username);
            return this;
        }

        /** Sets the user's password. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /**
         * Sets the name of the database on its server. Default: {@code registry}.
         *
         * @throws IllegalArgumentException if the name has other characters than letters, digits, underscores and hyphens
         */
        public Builder name(String name) {
            this.name = requireName(name);
            return this;
        }

        SharedDb build(DbKind kindOfRelease) {
            String place = address;
            Secret secret = password;
            if (place == null || secret == null) {
                throw incomplete(place, secret);
            }
            DbKind chosen = kind == null ? kindOfRelease : kind;
            return new SharedDb(
                    chosen,
                    HostPort.parse(place, chosen.defaultPort()),
                    username == null ? chosen.defaultUsername() : username,
                    secret,
                    name);
        }

        private static IllegalArgumentException incomplete(@Nullable String address, @Nullable Secret password) {
            return new Missing("The database")
                    .need(address, ".address(…)")
                    .need(password, ".password(…)")
                    .refusal();
        }
    }

    /**
     * Describes a database of a given kind on its own.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static SharedDb of(DbKind kind, Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build(kind);
    }
}
