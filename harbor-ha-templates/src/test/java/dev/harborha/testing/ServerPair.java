package dev.harborha.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * A certificate for every public name that tests give to clusters, self-signed and valid for ten years, and its key.
 *
 * @param certificate the certificate, in PEM
 * @param key its private key, in PEM
 */
public record ServerPair(String certificate, String key) {

    private static final String[] NAMES = {
        "dns:harbor.example.com",
        "dns:reg.example.org",
        "dns:registry.internal",
        "ip:10.3.0.1",
        "ip:2001:db8::1",
        "ip:2001:4860::1",
        "ip:fd00::3",
        "ip:fd00::10"
    };
    private static final String PASSWORD = "throw-away";

    /** Makes a pair with the JDK's own keytool. */
    public static ServerPair make() {
        try {
            Path folder = Files.createTempDirectory("server-pair");
            Path file = folder.resolve("store.p12");
            try {
                keytool(file);
                return read(Files.readAllBytes(file));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "3650",
                        "-startdate",
                        "-1d",
                        "-dname",
                        "CN=harbor.example.com",
                        "-ext",
                        "san=" + Arrays.stream(NAMES).collect(Collectors.joining(",")))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ServerPair read(byte[] bytes) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), PASSWORD.toCharArray());
        return new ServerPair(
                pem("CERTIFICATE", store.getCertificate("server").getEncoded()),
                pem(
                        "PRIVATE KEY",
                        store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
