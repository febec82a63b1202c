package dev.harborha.keys;

import dev.harborha.secret.Secret;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that all nodes of a cluster must share and that nobody types: the key that signs tokens, the key that
 * encrypts passwords in the database, and the secrets between components.
 *
 * <p>Harbor's own {@code prepare} draws these on each machine, most of them anew at each run, and so makes two machines
 * that reject each other's tokens. Here they are drawn once and kept in a folder, the <em>key store</em>:
 *
 * <pre>{@code
 * ClusterKeys keys = ClusterKeys.loadOrGenerate(Path.of("keys"));
 * }</pre>
 *
 * <p>The same store gives the same values, byte for byte, on every machine and at any time; values that need randomness
 * to be derived, such as the bcrypt line of the registry's password, are part of it. The store is a folder of mode 700
 * with one file of mode 600 for each value and an index named {@code store}, which lists them. A folder without an index
 * may hold the files of an existing Harbor (its {@code private_key.pem}, {@code root.crt}, {@code secretkey}): they are
 * used, and the rest is drawn. What is there is never overwritten, and files of other names are left alone. Any number of
 * threads and processes may call at once; they end with one set.
 *
 * <p>All methods that take a folder throw {@link ClusterKeysException} for one that cannot be read or written, and for
 * keys that are damaged, do not fit together, can be read by other users, or are published in Harbor's source tree.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class ClusterKeys {

    private static final int RSA_BITS = 4096;

    private final Map<Member, String> values;

    private ClusterKeys(Map<Member, String> values) {
        this.values = new EnumMap<>(values);
    }

    /**
     * Draws a new set with an RSA key of 4096 bits, the size that Harbor's {@code prepare} takes. It takes a second or
     * more.
     */
    public static ClusterKeys generate() {
        return generate(RSA_BITS);
    }

    /**
     * Draws a new set with an RSA key of the given size, for tests and for keys that are thrown away.
     *
     * @param rsaBits 2048 to 8192
     * @throws IllegalArgumentException if {@code rsaBits} is out of that range
     */
    public static ClusterKeys generate(int rsaBits) {
        if (rsaBits < RsaPrivateKey.MIN_BITS || rsaBits > RsaPrivateKey.MAX_BITS) {
            throw new IllegalArgumentException("An RSA key of " + rsaBits + " bits cannot be drawn; take "
                    + RsaPrivateKey.MIN_BITS + " to " + RsaPrivateKey.MAX_BITS + ".");
        }
        return new ClusterKeys(draw(rsaBits).complete(Map.of()));
    }

    /**
     * Reads the store in a folder, and makes it first, or completes it, where that is needed: the folder is made, values
     * that are not there are drawn, and so are those that a newer release of this library knows and the store lacks.
     */
    public static ClusterKeys loadOrGenerate(Path dir) {
        return new ClusterKeys(folder(dir).loadOrComplete(new Drawing()));
    }

    /**
     * Reads the store in a folder and writes nothing.
     *
     * @throws ClusterKeysException also if there is no store, or one that lacks values that this release needs
     */
    public static ClusterKeys load(Path dir) {
        return new ClusterKeys(folder(dir).load());
    }

    /**
     * Tells whether a folder holds a store, that is an index; {@link #load} may still refuse it.
     *
     * @throws ClusterKeysException if {@code dir} is no folder, or if other users may enter it
     */
    public static boolean isStore(Path dir) {
        return folder(dir).hasIndex();
    }

    /**
     * Writes these keys to a folder. Does nothing where they are already.
     *
     * @throws ClusterKeysException also if the folder holds other keys, and then nothing is written
     */
    public void save(Path dir) {
        folder(dir).loadOrComplete(new Saving(dir, this));
    }

    /**
     * Tells why a token key and a certificate cannot be used together in a cluster, in one sentence without any of their
     * content; nothing if they can. Asks the same as is asked of the files of a store.
     *
     * @param keyPem the private key: RSA of 2048 to 8192 bits, PEM in PKCS#1, not one that Harbor publishes
     * @param certificatePem the X.509 certificate of that key, in PEM
     */
    public static Optional<String> problemOfTokenPair(String keyPem, String certificatePem) {
        TokenPair pair = TokenPair.withPublishedKeys();
        byte[] publicKey;
        try {
            publicKey = pair.requireKey(keyPem);
        } catch (Unfit e) {
            return Optional.of("The token key " + e.problem() + ".");
        }
        try {
            pair.requireCertificate(certificatePem, publicKey);
        } catch (Unfit e) {
            return Optional.of("The token certificate " + e.problem() + ".");
        }
        return Optional.empty();
    }

    /** Draws what is not there. */
    private record Drawing() implements KeyStoreFolder.Completion {

        @Override
        public void accept(Map<Member, String> found) {
            // Whatever is sound is used.
        }

        @Override
        public Map<Member, String> complete(Map<Member, String> found) {
            return draw(RSA_BITS).complete(found);
        }
    }

    /** Refuses a folder with other keys. */
    private record Saving(Path dir, ClusterKeys keys) implements KeyStoreFolder.Completion {

        @Override
        public void accept(Map<Member, String> found) {
            for (Map.Entry<Member, String> entry : found.entrySet()) {
                if (!same(entry.getValue(), keys.text(entry.getKey()))) {
                    throw ClusterKeysException.about(
                            dir.resolve(entry.getKey().fileName()),
                            "holds another value than the keys to be saved",
                            "save to another folder, or use the keys of this one with ClusterKeys.load");
                }
            }
        }

        @Override
        public Map<Member, String> complete(Map<Member, String> found) {
            return keys.values;
        }
    }

    private static Draw draw(int rsaBits) {
        return new Draw(new SecureRandom(), rsaBits, Instant.now());
    }

    private static KeyStoreFolder folder(Path dir) {
        return new KeyStoreFolder(dir, KeyStoreFolder.PATIENCE);
    }

    /**
     * Returns the key that signs the tokens of docker clients: RSA, PEM in PKCS#1 ({@code BEGIN RSA PRIVATE KEY}), which
     * is the only form that Harbor reads, with Unix line ends. Harbor's {@code private_key.pem}.
     */
    public Secret tokenKey() {
        return secret(Member.PRIVATE_KEY);
    }

    /**
     * Returns the certificate that carries the public half of {@link #tokenKey()} to the registry: X.509 in PEM. Harbor's
     * {@code root.crt}. One that was drawn here is self-signed and valid for 3650 days, and from a day before.
     */
    public String tokenCertificate() {
        return text(Member.ROOT_CRT);
    }

    /** Returns the key of the passwords in the database: 16 letters and digits, no newline. Harbor's {@code secretkey}. */
    public Secret secretKey() {
        return secret(Member.SECRETKEY);
    }

    /** Returns the secret between ui and jobservice of Harbor 0.5: 16 letters and digits. Its {@code UI_SECRET}. */
    public Secret uiSecret() {
        return secret(Member.UI_SECRET);
    }

    /** Returns the secret with which core calls others: 16 letters and digits. Harbor's {@code CORE_SECRET}. */
    public Secret coreSecret() {
        return secret(Member.CORE_SECRET);
    }

    /** Returns the secret with which jobservice calls core: 16 letters and digits. Harbor's {@code JOBSERVICE_SECRET}. */
    public Secret jobserviceSecret() {
        return secret(Member.JOBSERVICE_SECRET);
    }

    /** Returns the key of the tokens against request forgery: 32 letters and digits. Harbor's {@code CSRF_KEY}. */
    public Secret csrfKey() {
        return secret(Member.CSRF_KEY);
    }

    /**
     * Returns the password with which core calls the registry: 32 letters and digits. Harbor's
     * {@code REGISTRY_CREDENTIAL_PASSWORD}.
     */
    public Secret registryPassword() {
        return secret(Member.REGISTRY_PASSWORD);
    }

    /**
     * Returns the line of the registry's password file for {@link #registryPassword()}, without a newline:
     * {@code harbor_registry_user:} and a bcrypt hash of cost 5, as in Harbor.
     */
    public Secret registryHtpasswd() {
        return secret(Member.REGISTRY_HTPASSWD);
    }

    /**
     * Returns what the names of the scanner's robot accounts begin with: 8 letters and digits, no secret. Harbor's
     * {@code ROBOT_SCANNER_NAME_PREFIX}.
     */
    public String robotScannerNamePrefix() {
        return text(Member.ROBOT_SCANNER_NAME_PREFIX);
    }

    /** Returns the secret that signs the state of uploads: 32 letters and digits. The registry's {@code http.secret}. */
    public Secret registryHttpSecret() {
        return secret(Member.REGISTRY_HTTP_SECRET);
    }

    private Secret secret(Member member) {
        return Secret.generated(text(member));
    }

    private String text(Member member) {
        String value = values.get(member);
        if (value == null) {
            throw new IllegalStateException("These keys lack " + member.fileName() + ".");
        }
        return value;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(Pem.ascii(one), Pem.ascii(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ClusterKeys that)) {
            return false;
        }
        boolean equal = true;
        for (Member member : Member.values()) {
            equal &= same(text(member), that.text(member));
        }
        return equal;
    }

    /** Returns a hash of the certificate alone, which is public. */
    @Override
    public int hashCode() {
        return tokenCertificate().hashCode();
    }

    /** Returns {@code ClusterKeys(***)}. */
    @Override
    public String toString() {
        return "ClusterKeys(***)";
    }
}
