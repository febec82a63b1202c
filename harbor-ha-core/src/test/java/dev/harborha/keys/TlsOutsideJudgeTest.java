package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.keys.InternalTls.Component;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other implementations say of the certificates of internal TLS, and what this one says of theirs. */
class TlsOutsideJudgeTest {

    private static final InternalTls TLS = TlsStores.tls(TlsStores.KEYS);

    @TempDir
    Path temp;

    private Path store = Path.of("");

    @BeforeEach
    void nameStore() {
        store = temp.resolve("keys");
    }

    private static String openssl(Path folder, String... arguments) throws IOException {
        OutsideProgram.require("openssl", "version");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec openssl \"$@\"", folder.toString()));
        command.addAll(List.of(arguments));
        return OutsideProgram.run(command.toArray(String[]::new))
                .requireSuccess()
                .output();
    }

    private Path savedFolder() throws IOException {
        TlsStores.storeWith(store);
        return store.resolve("internal_tls");
    }

    @Test
    void opensslFindsTheCaSound() throws Exception {
        Path folder = savedFolder();
        assertThat(openssl(
                        folder,
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        "harbor_internal_ca.crt",
                        "harbor_internal_ca.crt"))
                .contains("harbor_internal_ca.crt: OK");
        assertThat(openssl(folder, "x509", "-noout", "-text", "-in", "harbor_internal_ca.crt"))
                .containsSubsequence(
                        "Signature Algorithm: ecdsa-with-SHA256",
                        "Issuer: CN = Harbor internal CA",
                        "Subject: CN = Harbor internal CA",
                        "NIST CURVE: P-256",
                        "X509v3 Basic Constraints: critical\n                CA:TRUE\n",
                        "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n",
                        "X509v3 Subject Key Identifier:");
        assertThat(openssl(folder, "pkey", "-check", "-noout", "-in", "harbor_internal_ca.key"))
                .contains("Key is valid");
    }

    @ParameterizedTest
    @EnumSource
    void opensslFindsAPairSoundForServerAndClient(Component component) throws Exception {
        Path folder = savedFolder();
        String certificate = component.fileName() + ".crt";
        for (String purpose : List.of("sslserver", "sslclient")) {
            assertThat(openssl(
                            folder,
                            "verify",
                            "-x509_strict",
                            "-purpose",
                            purpose,
                            "-verify_hostname",
                            component.serviceName(),
                            "-CAfile",
                            "harbor_internal_ca.crt",
                            certificate))
                    .contains(certificate + ": OK");
        }
        assertThat(openssl(folder, "x509", "-noout", "-text", "-in", certificate))
                .containsSubsequence(
                        "Issuer: CN = Harbor internal CA",
                        "Subject: CN = " + component.serviceName(),
                        "X509v3 Subject Alternative Name: \n                DNS:" + component.serviceName() + "\n",
                        "X509v3 Key Usage: critical\n                Digital Signature\n",
                        "TLS Web Server Authentication, TLS Web Client Authentication",
                        "X509v3 Subject Key Identifier:",
                        "X509v3 Authority Key Identifier:")
                .doesNotContain("CA:TRUE");
        assertThat(openssl(folder, "x509", "-noout", "-pubkey", "-in", certificate))
                .isEqualTo(openssl(folder, "pkey", "-pubout", "-in", component.fileName() + ".key"));
    }

    @Test
    void opensslReadsTheSameEnd() throws Exception {
        Path folder = savedFolder();
        String end = openssl(folder, "x509", "-noout", "-enddate", "-dateopt", "iso_8601", "-in", "core.crt")
                .strip();
        assertThat(end).isEqualTo("notAfter=" + TLS.expiry().toString().replace('T', ' '));
    }

    /** Makes a set as Harbor's {@code prepare gencert} does. */
    private Path gencert(String... newKey) throws IOException {
        TlsStores.storeWithout(store);
        Path folder = TlsStores.folder(store);
        openssl(
                folder,
                words(
                        "req -x509 -nodes -days 30",
                        newKey,
                        "-keyout harbor_internal_ca.key -out harbor_internal_ca.crt -subj /C=CN/ST=Beijing/L=Beijing/O=VMware"));
        for (Component component : Component.values()) {
            String name = component.fileName();
            openssl(
                    folder,
                    words(
                            "req -new -nodes -sha256",
                            newKey,
                            "-keyout " + name + ".key -out " + name
                                    + ".csr -subj /C=CN/ST=Beijing/L=Beijing/O=VMware/CN=" + component.serviceName()));
            Stores.put(folder, "extfile.cnf", "subjectAltName = DNS.1:" + component.serviceName() + "\n");
            openssl(
                    folder,
                    words("x509 -req -days 30 -sha256 -CA harbor_internal_ca.crt -CAkey harbor_internal_ca.key"
                            + " -CAcreateserial -extfile extfile.cnf -in " + name + ".csr -out " + name + ".crt"));
        }
        for (String name : Stores.names(folder)) {
            Stores.chmod(folder.resolve(name), "rw-------");
        }
        return folder;
    }

    private static String[] words(String first) {
        return words(first, new String[0], "");
    }

    private static String[] words(String first, String[] middle, String last) {
        List<String> words = new ArrayList<>(List.of(first.split(" ")));
        words.addAll(List.of(middle));
        words.addAll(last.isEmpty() ? List.of() : List.of(last.split(" ")));
        return words.toArray(String[]::new);
    }

    @Test
    void takesUpASetOfRsaKeysThatOpensslMade() throws Exception {
        Path folder = gencert("-newkey", "rsa:2048");
        takesUp(folder);
        // PKCS#1, as older releases of OpenSSL wrote them
        openssl(folder, "rsa", "-traditional", "-in", "core.key", "-out", "core.key");
        openssl(folder, "rsa", "-traditional", "-in", "harbor_internal_ca.key", "-out", "harbor_internal_ca.key");
        assertThat(Files.readString(folder.resolve("core.key"))).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(TlsStores.tls(ClusterKeys.load(store)).key(Component.CORE).reveal())
                .isEqualTo(Files.readString(folder.resolve("core.key")));
        renews(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void takesUpASetOfEcKeysThatOpensslMade(String curve) throws Exception {
        Path folder = gencert("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + curve);
        takesUp(folder);
        // SEC1
        openssl(folder, "ec", "-in", "core.key", "-out", "core.key");
        openssl(folder, "ec", "-in", "harbor_internal_ca.key", "-out", "harbor_internal_ca.key");
        assertThat(Files.readString(folder.resolve("core.key"))).startsWith("-----BEGIN EC PRIVATE KEY-----");
        assertThat(TlsStores.tls(ClusterKeys.load(store)).key(Component.CORE).reveal())
                .isEqualTo(Files.readString(folder.resolve("core.key")));
        renews(folder);
    }

    private void takesUp(Path folder) throws IOException {
        Map<String, String> before = Stores.snapshot(folder);
        InternalTls tls = TlsStores.tls(ClusterKeys.loadOrGenerateWithInternalTls(store));
        assertThat(tls.certificate(Component.JOB_SERVICE))
                .isEqualTo(Files.readString(folder.resolve("job_service.crt")));
        assertThat(Stores.snapshot(folder)).containsAllEntriesOf(before).hasSize(before.size() + 1);
        assertThat(TlsStores.tls(ClusterKeys.load(store))).isEqualTo(tls);
    }

    /** New pairs from the CA that OpenSSL made, which OpenSSL must find sound. */
    private void renews(Path folder) throws IOException {
        InternalTls tls = TlsStores.tls(ClusterKeys.renewInternalTls(store));
        assertThat(tls.caCertificate()).isEqualTo(Files.readString(folder.resolve("harbor_internal_ca.crt")));
        assertThat(openssl(folder, words("verify -CAfile harbor_internal_ca.crt -verify_hostname core core.crt")))
                .contains("core.crt: OK");
        assertThat(openssl(folder, words("x509 -noout -enddate -in core.crt")))
                .isEqualTo(openssl(folder, words("x509 -noout -enddate -in harbor_internal_ca.crt")));
        assertThat(TlsStores.tls(ClusterKeys.load(store))).isEqualTo(tls);
    }

    /** A certificate for a supplied RSA key is made by a supplied RSA CA. */
    @Test
    void certifiesAnRsaKeyThatOpensslMade() throws Exception {
        TlsStores.storeWithout(store);
        Path folder = TlsStores.folder(store);
        openssl(folder, words("genrsa -out portal.key 2048"));
        openssl(folder, words("genrsa -out harbor_internal_ca.key 2048"));
        Stores.chmod(folder.resolve("portal.key"), "rw-------");
        Stores.chmod(folder.resolve("harbor_internal_ca.key"), "rw-------");
        ClusterKeys.loadOrGenerateWithInternalTls(store);
        assertThat(openssl(folder, words("verify -CAfile harbor_internal_ca.crt -verify_hostname portal portal.crt")))
                .contains("portal.crt: OK");
        assertThat(openssl(folder, words("x509 -noout -pubkey -in portal.crt")))
                .isEqualTo(openssl(folder, words("pkey -pubout -in portal.key")));
    }

    @Test
    void aClientTrustsTheServerByItsNameAndTheServerTheProxy() throws Exception {
        assertThat(handshake(TLS, "core")).isEqualTo("CN=core answered CN=proxy");
    }

    @Test
    void aClientTrustsNoServerOfAnotherName() {
        assertThatThrownBy(() -> handshake(TLS, "registry"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("No subject alternative DNS name matching");
    }

    @Test
    void aClientThatHasTheOldSetTrustsARenewedServer() throws Exception {
        TlsStores.storeWith(store);
        assertThat(handshake(TlsStores.tls(ClusterKeys.renewInternalTls(store)), "core"))
                .isEqualTo("CN=core answered CN=proxy");
    }

    /** Lets the proxy, with the certificates drawn first, call core, and returns who spoke to whom. */
    private static String handshake(InternalTls server, String name) throws Exception {
        SSLContext core = context(server, Component.CORE);
        SSLContext proxy = context(TLS, Component.PROXY);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listener =
                (SSLServerSocket) core.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listener.setNeedClientAuth(true);
            CompletableFuture<String> client = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    socket.getOutputStream().write('!');
                    return socket.getSession().getPeerPrincipal().getName();
                } catch (IOException e) {
                    return e.toString();
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) proxy.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                InputStream answer = socket.getInputStream();
                assertThat(answer.read()).isEqualTo('!');
                return socket.getSession().getPeerPrincipal().getName() + " answered " + client.join();
            }
        }
    }

    private static SSLContext context(InternalTls tls, Component component) throws Exception {
        char[] word = "word".toCharArray();
        String key = tls.key(component).reveal().replaceAll("-----.*-----", "");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, word);
        own.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
                word,
                new Certificate[] {TlsStores.certificate(tls.certificate(component))});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, word);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, word);
        trusted.setCertificateEntry("ca", TlsStores.certificate(tls.caCertificate()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), TlsStores.RANDOM);
        return context;
    }
}
