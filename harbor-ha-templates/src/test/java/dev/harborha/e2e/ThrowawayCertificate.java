package dev.harborha.e2e;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the public name that is good for a day and trusted by nobody but its own clients.
 *
 * @param certificatePem the self-signed certificate
 * @param keyPem its private key
 * @param trust a TLS context that trusts this certificate only
 */
record ThrowawayCertificate(String certificatePem, String keyPem, SSLContext trust) {

    private static final String PASSWORD = "throw-away";
    private static final String ALIAS = "balancer";

    /**
     * Makes a certificate with the JDK's own keytool.
     *
     * @param host the name that the certificate is for
     * @return the certificate
     */
    static ThrowawayCertificate forHost(String host) {
        try {
            Path folder = Files.createTempDirectory("throw-away");
            try {
                return read(made(folder, host));
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(Path folder, String host) {
        Path store = folder.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "1",
                "-startdate",
                "-1H",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host);
        try (RunningProcess process = RunningProcess.start("keytool", folder, Map.of(), command)) {
            int status = process.awaitEnd();
            if (status != 0) {
                throw new IllegalStateException("keytool ended with status " + status + ":\n" + process.log());
            }
        }
        return store;
    }

    private static ThrowawayCertificate read(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
        Certificate certificate = store.getCertificate(ALIAS);
        Key key = store.getKey(ALIAS, PASSWORD.toCharArray());
        return new ThrowawayCertificate(
                pem("CERTIFICATE", certificate.getEncoded()),
                pem("PRIVATE KEY", key.getEncoded()),
                trusting(certificate));
    }

    /**
     * Trusts one certificate, or one authority, and nobody else.
     *
     * @param certificate the certificate
     * @return the context
     */
    static SSLContext trusting(Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        anchors.setCertificateEntry(ALIAS, certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** Keeps the key out of messages. */
    @Override
    public String toString() {
        return "ThrowawayCertificate(***)";
    }
}
