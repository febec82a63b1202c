package dev.harborha.secret;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen, together with where it came from.
 *
 * <p>A secret prints as {@code Secret(***)}; {@link #reveal()} is the only way to its text. It is read once, when it is
 * made: {@link #fromEnv(String)} and {@link #fromFile(Path)} look at the environment and the disk at that moment and
 * never again. A reference that leads nowhere is no error then, so that a cluster can be checked on a machine that
 * does not hold its secrets; {@link #isResolved()} tells, and {@link #reveal()} refuses.
 *
 * <p>Two secrets are equal when they have the same reference and the same value; values are compared in constant time.
 * A secret is not {@code Serializable}.
 */
public final class Secret {

    /** Where a secret came from. */
    public enum Origin {
        /** Given by the program that describes the cluster, which may have it from a vault. */
        PROGRAM,
        /** Read from an environment variable. */
        ENVIRONMENT,
        /** Read from a file. */
        FILE,
        /** Written in clear in a cluster file. */
        LITERAL,
        /** Drawn by this library. */
        GENERATED
    }

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_FILE_BYTES = 65_536;

    private final Origin origin;
    private final String reference;
    private final @Nullable String value;
    private final String problem;

    private Secret(Origin origin, String reference, @Nullable String value, String problem) {
        this.origin = origin;
        this.reference = reference;
        this.value = value;
        this.problem = problem;
    }

    /**
     * Returns a secret whose value the program has at hand.
     *
     * @throws IllegalArgumentException if {@code value} is empty or holds half a surrogate pair
     */
    public static Secret of(String value) {
        return valued(Origin.PROGRAM, value);
    }

    /**
     * Returns a secret that stands in clear in a cluster file; the rule {@code secret.in-clear} speaks of these.
     *
     * @throws IllegalArgumentException if {@code value} is empty or holds half a surrogate pair
     */
    public static Secret literal(String value) {
        return valued(Origin.LITERAL, value);
    }

    /**
     * Returns a secret that this library drew by itself.
     *
     * @throws IllegalArgumentException if {@code value} is empty or holds half a surrogate pair
     */
    public static Secret generated(String value) {
        return valued(Origin.GENERATED, value);
    }

    /**
     * Reads a secret from an environment variable. A variable that is not set, or empty, gives an unresolved secret.
     *
     * @throws IllegalArgumentException if {@code name} is no name of a variable
     */
    public static Secret fromEnv(String name) {
        return fromEnv(name, System.getenv());
    }

    /**
     * Reads a secret from the given environment, for programs that bring their own and for tests.
     *
     * @throws IllegalArgumentException if {@code name} is no name of a variable
     */
    public static Secret fromEnv(String name, Map<String, String> environment) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an environment variable; use letters,"
                    + " digits and underscores, not starting with a digit.");
        }
        String value = environment.get(name);
        String variable = "the environment variable " + name;
        String problem = value == null
                ? variable + " is not set"
                : value.isEmpty()
                        ? variable + " is empty"
                        : wellFormed(value) ? "" : variable + " does not hold well-formed text";
        return new Secret(Origin.ENVIRONMENT, "env:" + name, problem.isEmpty() ? value : null, problem);
    }

    /**
     * Reads a secret from a file of UTF-8 text; one newline at its end is not part of the secret. A file that cannot
     * be read, is empty, is larger than 64 KiB or is no UTF-8 gives an unresolved secret.
     */
    public static Secret fromFile(Path file) {
        return read(file.toString(), file);
    }

    /**
     * Reads a secret from a file named as in a cluster file, relative to the folder of that file, and keeps the name
     * as it was written.
     *
     * @throws IllegalArgumentException if {@code name} cannot be a path
     */
    public static Secret fromFile(Path folder, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A file reference needs a path, as in \"file:secrets/db-password\".");
        }
        try {
            return read(name, folder.resolve(name));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no path: " + e.getReason() + ".", e);
        }
    }

    private static Secret valued(Origin origin, String value) {
        requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret must not be empty.");
        }
        if (!wellFormed(value)) {
            throw new IllegalArgumentException(
                    "A secret must be well-formed text; this one holds half a surrogate pair.");
        }
        return new Secret(origin, "", value, "");
    }

    private static Secret read(String name, Path file) {
        String reference = "file:" + name;
        try {
            byte[] bytes;
            try (InputStream stream = Files.newInputStream(file)) {
                bytes = stream.readNBytes(MAX_FILE_BYTES + 1);
            }
            if (bytes.length > MAX_FILE_BYTES) {
                return new Secret(Origin.FILE, reference, null, "the file " + name + " is larger than 64 KiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String value = withoutFinalNewline(text);
            return value.isEmpty()
                    ? new Secret(Origin.FILE, reference, null, "the file " + name + " is empty")
                    : new Secret(Origin.FILE, reference, value, "");
        } catch (NoSuchFileException e) {
            return new Secret(Origin.FILE, reference, null, "the file " + name + " does not exist");
        } catch (CharacterCodingException e) {
            return new Secret(Origin.FILE, reference, null, "the file " + name + " is no UTF-8 text");
        } catch (IOException | UncheckedIOException e) {
            return new Secret(Origin.FILE, reference, null, "the file " + name + " cannot be read");
        }
    }

    private static String withoutFinalNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Returns where the secret came from. */
    public Origin origin() {
        return origin;
    }

    /** Returns {@code env:NAME} or {@code file:path} for a secret that was referred to, else nothing. */
    public Optional<String> reference() {
        return reference.isEmpty() ? Optional.empty() : Optional.of(reference);
    }

    /** Tells whether the secret has a value. */
    public boolean isResolved() {
        return value != null;
    }

    /** Returns why the secret has no value, such as "the environment variable DB_PASSWORD is not set". */
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /**
     * Returns the value: the only door to it, so a search for its callers finds all who see secrets.
     *
     * @throws IllegalStateException if the secret is not {@linkplain #isResolved() resolved}
     */
    public String reveal() {
        if (value == null) {
            throw new IllegalStateException("A secret has no value: " + problem + ".");
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that
                && reference.equals(that.reference)
                && (value == null) == (that.value == null)
                && MessageDigest.isEqual(bytes(value), bytes(that.value));
    }

    private static byte[] bytes(@Nullable String value) {
        return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a hash of the reference alone, so that nothing about the value can be learned from it. */
    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    /** Returns {@code Secret(***)}, with the reference where there is one, as in {@code Secret(*** from env:NAME)}. */
    @Override
    public String toString() {
        return reference.isEmpty() ? "Secret(***)" : "Secret(*** from " + reference + ")";
    }
}
