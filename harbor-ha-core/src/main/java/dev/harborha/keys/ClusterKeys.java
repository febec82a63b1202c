package dev.harborha.keys;

import dev.harborha.secret.Secret;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>The certificates with which components of Harbor 2 speak TLS among themselves, {@link InternalTls}, are a part that
 * not every cluster needs. They lie in a subfolder {@code internal_tls} with an index of its own, under the names that
 * Harbor gives them. {@link #loadOrGenerateWithInternalTls} makes them, or takes up those that an operator put there, and
 * {@link #renewInternalTls} replaces them before they run out, which is the only case in which a file is replaced.
 *
 * <p>All methods that take a folder throw {@link ClusterKeysException} for one that cannot be read or written, and for
 * keys that are damaged, do not fit together, can be read by other users, or are published in Harbor's source tree.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class ClusterKeys {

    private static final int RSA_BITS = 4096;
    private static final String OTHER_VALUE = "holds another value than the keys to be saved";
    private static final String OTHER_FOLDER =
            "save to another folder, or use the keys of this one with ClusterKeys.load";

    private final Map<Member, String> values;
    private final Optional<InternalTls> internalTls;

    private ClusterKeys(Map<Member, String> values, Optional<InternalTls> internalTls) {
        this.values = new EnumMap<>(values);
        this.internalTls = internalTls;
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
        return new ClusterKeys(draw(rsaBits).complete(Map.of()), Optional.empty());
    }

    /**
     * Reads the store in a folder, and makes it first, or completes it, where that is needed: the folder is made, values
     * that are not there are drawn, and so are those that a newer release of this library knows and the store lacks.
     * Certificates of internal TLS are read, and completed, where the store has them; they are not drawn where it has not.
     */
    public static ClusterKeys loadOrGenerate(Path dir) {
        return loadOrGenerate(dir, false);
    }

    /**
     * Does as {@link #loadOrGenerate}, and the same with the certificates of internal TLS: they are drawn where the store
     * has none. A CA and pairs that lie in the subfolder {@code internal_tls}, under the names that Harbor gives them, are
     * taken up, and what they lack is drawn by that CA if its key is there.
     *
     * @throws ClusterKeysException also if something of internal TLS is missing and the CA's key is not there, or the CA
     *     has run out
     */
    public static ClusterKeys loadOrGenerateWithInternalTls(Path dir) {
        return loadOrGenerate(dir, true);
    }

    private static ClusterKeys loadOrGenerate(Path dir, boolean withInternalTls) {
        TlsFolder tls = tlsFolder(dir);
        TlsDrawing drawing = new TlsDrawing();
        TlsFolder.State state = tls.inspect(drawing, withInternalTls);
        Map<Member, String> values = folder(dir).loadOrComplete(new Drawing());
        return new ClusterKeys(values, state.isToComplete() ? Optional.of(tls.complete(drawing)) : state.whole());
    }

    /**
     * Reads the store in a folder and writes nothing.
     *
     * @throws ClusterKeysException also if there is no store, or one that lacks values that this release needs
     */
    public static ClusterKeys load(Path dir) {
        Map<Member, String> values = folder(dir).load();
        return new ClusterKeys(values, tlsFolder(dir).load());
    }

    /**
     * Draws new keys and certificates of internal TLS for all components, signed by the CA in the store, and puts them in
     * the place of those that are there; everything else stays as it is. A process that is killed meanwhile leaves a store
     * with the old ones or with the new ones.
     *
     * <p>Nodes take the new ones when they are rendered and installed again; until then the old ones serve them as before,
     * since the CA is the same.
     *
     * @return the keys of the store with the new certificates
     * @throws ClusterKeysException also if the store has no internal TLS, if the CA's key is not in it, or if the CA has
     *     run out
     */
    public static ClusterKeys renewInternalTls(Path dir) {
        Map<Member, String> values = folder(dir).load();
        return new ClusterKeys(values, Optional.of(tlsFolder(dir).renew(drawTls())));
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
     * Tells whether a folder holds a store with certificates of internal TLS; {@link #load} may still refuse it.
     *
     * @throws ClusterKeysException if {@code dir} is no folder, or if other users may enter it
     */
    public static boolean hasInternalTls(Path dir) {
        return isStore(dir) && tlsFolder(dir).hasIndex();
    }

    /**
     * Writes these keys to a folder, with the certificates of internal TLS if they have some. Does nothing where they are
     * already.
     *
     * @throws ClusterKeysException also if the folder holds other keys, and then nothing is written
     */
    public void save(Path dir) {
        if (internalTls.isEmpty()) {
            folder(dir).loadOrComplete(new Saving(dir, this));
            return;
        }
        TlsFolder tls = tlsFolder(dir);
        TlsSaving saving = new TlsSaving(internalTls.get());
        TlsFolder.State state = tls.inspect(saving, true);
        folder(dir).loadOrComplete(new Saving(dir, this));
        if (state.isToComplete()) {
            tls.complete(saving);
        }
    }

    /**
     * Returns these keys with a CA and certificates of internal TLS that are newly drawn, in memory alone, for tests and
     * for keys that are thrown away; what a cluster uses is kept by {@link #loadOrGenerateWithInternalTls}.
     */
    public ClusterKeys withInternalTls() {
        return new ClusterKeys(values, Optional.of(new InternalTls(drawTls().complete(Map.of()))));
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
                    throw ClusterKeysException.about(dir.resolve(entry.getKey().fileName()), OTHER_VALUE, OTHER_FOLDER);
                }
            }
        }

        @Override
        public Map<Member, String> complete(Map<Member, String> found) {
            return keys.values;
        }
    }

    /** Draws what is not there, if that can be done. */
    private record TlsDrawing() implements TlsFolder.Completion {

        @Override
        public Set<TlsMember> wanted() {
            return TlsMember.required();
        }

        @Override
        public void accept(Map<TlsMember, String> found) throws Unfit {
            if (!found.keySet().containsAll(wanted())) {
                drawTls().requireAble(found);
            }
        }

        @Override
        public Map<TlsMember, String> complete(Map<TlsMember, String> found) {
            return drawTls().complete(found);
        }
    }

    /** Refuses a folder with other certificates. */
    private record TlsSaving(InternalTls keys) implements TlsFolder.Completion {

        @Override
        public Set<TlsMember> wanted() {
            return keys.values().keySet();
        }

        @Override
        public void accept(Map<TlsMember, String> found) throws Unfit {
            Map<TlsMember, String> values = keys.values();
            for (Map.Entry<TlsMember, String> entry : found.entrySet()) {
                String value = values.get(entry.getKey());
                if (value != null && !same(entry.getValue(), value)) {
                    throw new Unfit(OTHER_VALUE, OTHER_FOLDER).in(entry.getKey().fileName());
                }
            }
        }

        @Override
        public Map<TlsMember, String> complete(Map<TlsMember, String> found) {
            Map<TlsMember, String> all = keys.values();
            all.putAll(found);
            return all;
        }
    }

    private static TlsDraw drawTls() {
        return new TlsDraw(new SecureRandom(), Instant.now());
    }

    private static TlsFolder tlsFolder(Path dir) {
        return new TlsFolder(dir, KeyStoreFolder.PATIENCE);
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
     * Tells whether a line of the registry's password file and a password are {@link #registryHtpasswd()} and {@link
     * #registryPassword()}, which fit to each other.
     */
    public boolean isRegistryPair(String line, String password) {
        boolean sameLine = same(registryHtpasswd().reveal(), line);
        return same(registryPassword().reveal(), password) && sameLine;
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

    /** Returns the certificates and keys with which components speak TLS among themselves, if there are some. */
    public Optional<InternalTls> internalTls() {
        return internalTls;
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
        boolean equal = internalTls.equals(that.internalTls);
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
