package dev.harborha.keys;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.harborha.keys.InternalTls.Component;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Sets of internal TLS, as tests need them. */
final class TlsStores {

    /** Two sets, drawn once for all tests, beside the same other keys. */
    static final ClusterKeys KEYS = Stores.KEYS.withInternalTls();

    static final ClusterKeys OTHER_KEYS = Stores.KEYS.withInternalTls();

    static final SecureRandom RANDOM = new SecureRandom();

    private static final Map<String, String> TEMPLATE_WITHOUT = template(Stores.KEYS);
    private static final Map<String, String> TEMPLATE_WITH = template(KEYS);

    private TlsStores() {}

    static InternalTls tls(ClusterKeys keys) {
        return keys.internalTls().orElseThrow(() -> new AssertionError("no internal TLS"));
    }

    static Map<TlsMember, String> values(ClusterKeys keys) {
        return tls(keys).values();
    }

    static String value(ClusterKeys keys, TlsMember member) {
        return values(keys).getOrDefault(member, "");
    }

    /** Draws a whole set as at some moment. */
    static Map<TlsMember, String> drawnAt(String now) {
        return new TlsDraw(RANDOM, Instant.parse(now)).complete(new EnumMap<>(TlsMember.class));
    }

    /** Makes a store that holds {@link Stores#KEYS}; as {@code save} does, but without waiting for the disk. */
    static Path storeWithout(Path store) throws IOException {
        return copy(TEMPLATE_WITHOUT, store);
    }

    /** Makes a store that holds {@link #KEYS}; as {@code save} does, but without waiting for the disk. */
    static Path storeWith(Path store) throws IOException {
        return copy(TEMPLATE_WITH, store);
    }

    private static Map<String, String> template(ClusterKeys keys) {
        try {
            Path temp = Files.createTempDirectory("harbor-ha-keys");
            keys.save(temp);
            Map<String, String> files = Stores.snapshot(temp);
            files.remove("internal_tls");
            MoreFiles.deleteRecursively(temp, RecursiveDeleteOption.ALLOW_INSECURE);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder with the files of a snapshot. */
    static Path copy(Map<String, String> files, Path store) throws IOException {
        Stores.privateFolder(store);
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().startsWith("internal_tls/")) {
                folder(store);
            }
            Stores.put(store, file.getKey(), file.getValue().substring(10));
        }
        return store;
    }

    /** Returns the folder of internal TLS in a store, and makes it where it is not there. */
    static Path folder(Path store) throws IOException {
        Path folder = store.resolve("internal_tls");
        return Files.isDirectory(folder) ? folder : Stores.privateFolder(folder);
    }

    static Path put(Path store, TlsMember member, String text) throws IOException {
        return Stores.put(folder(store), member.fileName(), text);
    }

    /** Puts the files of a set into a store, without an index. */
    static void putAll(Path store, Map<TlsMember, String> values) throws IOException {
        for (Map.Entry<TlsMember, String> entry : values.entrySet()) {
            put(store, entry.getKey(), entry.getValue());
        }
    }

    static X509Certificate certificate(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Returns a new key of the JDK in PKCS#8. */
    static String key(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return Pem.block(Pem.PKCS8_KEY, generator.generateKeyPair().getPrivate().getEncoded());
    }

    /** Returns why a pair of a component cannot be used with a CA. */
    static String problem(String ca, Component component, String certificate, String key) {
        return InternalTls.problemOf(ca, component, certificate, key).orElse("");
    }
}
