package dev.harborha.e2e;

import dev.harborha.model.SharedRedis;
import dev.harborha.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Who may use a Redis.
 *
 * @param user the user of its access control list, beside the default one, which then has the same password
 * @param password the password; empty where it wants none
 */
record RedisAccess(Optional<String> user, String password) {

    /** The user who may look and whom no file of the cluster knows; any password will do. */
    static final String JUDGE = "judge";

    /**
     * Makes a Redis that wants a password and knows nobody by name.
     *
     * @param password the password
     * @return the access
     */
    static RedisAccess password(String password) {
        return new RedisAccess(Optional.empty(), password);
    }

    /** Makes a Redis that lets everybody in. */
    static RedisAccess open() {
        return password("");
    }

    /**
     * Makes a Redis with a user of its access control list.
     *
     * @param user the user's name
     * @param password the password of that user and of the default one
     * @return the access
     */
    static RedisAccess user(String user, String password) {
        return new RedisAccess(Optional.of(user), password);
    }

    /** Adds it to the description of a cluster's Redis. */
    void describe(SharedRedis.Builder redis) {
        if (!password.isEmpty()) {
            redis.password(Secret.of(password));
        }
        user.ifPresent(name -> redis.username(name).registryAsDefaultUser());
    }

    /** Returns the lines of the server's configuration. */
    List<String> configuration() {
        String judge = "user " + JUDGE + " on nopass ~* +@all";
        if (password.isEmpty()) {
            return List.of(judge);
        }
        if (user.isEmpty()) {
            return List.of("requirepass " + quoted(password), judge);
        }
        return List.of(
                "user default on #" + sha256(password) + " ~* +@all",
                "user " + quoted(user.get()) + " on #" + sha256(password) + " ~* +@all",
                judge);
    }

    /** Writes a text so that Redis cannot take any of its bytes for something else. */
    private static String quoted(String text) {
        return "\"" + HexFormat.of().withPrefix("\\x").formatHex(text.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
