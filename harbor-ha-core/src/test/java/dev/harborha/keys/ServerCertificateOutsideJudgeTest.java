package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys that openssl made, and what it says of them. */
class ServerCertificateOutsideJudgeTest {

    private static final DateTimeFormatter OPENSSL = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    @BeforeEach
    void needsOpenssl() {
        OutsideProgram.require("openssl", "version");
    }

    private String openssl(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec openssl \"$@\"", folder.toString()));
        command.addAll(List.of(arguments));
        return OutsideProgram.run(command.toArray(String[]::new))
                .requireSuccess()
                .output();
    }

    private String selfSigned(String newKey, String names, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-nodes", "-newkey"));
        arguments.addAll(List.of(newKey.split(" ")));
        arguments.addAll(List.of("-subj", "/CN=harbor", "-keyout", "key", "-out", "crt", "-addext"));
        arguments.add("subjectAltName=" + names);
        arguments.addAll(List.of(more));
        openssl(arguments.toArray(String[]::new));
        return text("crt");
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private ServerCertificate certificate() throws IOException {
        return ServerCertificate.parse(text("crt"));
    }

    @Test
    void readsWhatOpensslWrote() throws Exception {
        selfSigned("rsa:2048", "DNS:harbor.example.com,DNS:*.example.org,IP:10.0.0.10,IP:fd00::10", "-days", "3");
        ServerCertificate certificate = certificate();
        assertThat(certificate.names()).containsExactly("harbor.example.com", "*.example.org", "10.0.0.10", "fd00::10");
        assertThat(certificate.commonName()).contains("harbor");
        assertThat(certificate.isSelfSigned()).isTrue();
        assertThat(certificate.problemOfChain()).isEmpty();
        assertThat(openssl("x509", "-in", "crt", "-noout", "-enddate").strip())
                .isEqualTo("notAfter=" + OPENSSL.format(certificate.notAfter()));
        assertThat(openssl("x509", "-in", "crt", "-noout", "-startdate").strip())
                .isEqualTo("notBefore=" + OPENSSL.format(certificate.notBefore()));
        assertThat(openssl("x509", "-in", "crt", "-noout", "-fingerprint", "-sha256")
                        .replace(":", "")
                        .strip())
                .isEqualToIgnoringCase("sha256 Fingerprint=" + certificate.fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "harbor.example.com, true", "HARBOR.EXAMPLE.COM, true", "a.example.org, true", "example.org, false",
        "a.b.example.org, false", "10.0.0.10, true", "fd00::10, true", "10.0.0.11, false"
    })
    void opensslCoversTheSame(String host, boolean covered) throws Exception {
        selfSigned(
                "ec -pkeyopt ec_paramgen_curve:P-256",
                "DNS:harbor.example.com,DNS:*.example.org,IP:10.0.0.10,IP:fd00::10");
        boolean address = host.matches("[0-9.]+|.*:.*");
        String verdict = openssl("x509", "-in", "crt", "-noout", address ? "-checkip" : "-checkhost", host);
        assertThat(verdict.contains("does match")).isEqualTo(covered);
        assertThat(certificate().covers(host)).isEqualTo(covered);
    }

    @Test
    void anExpiredCertificateSaysWhen() throws Exception {
        Authority.Pair pair = Authority.of("CA")
                .valid("2025-01-01T00:00:00Z", "2025-02-03T04:05:06Z")
                .issue("harbor.example.com");
        Files.writeString(folder.resolve("crt"), pair.certificate());
        assertThat(openssl("x509", "-in", "crt", "-noout", "-enddate").strip())
                .isEqualTo("notAfter=Feb  3 04:05:06 2025 GMT");
        assertThat(certificate().notAfter()).isEqualTo(Instant.parse("2025-02-03T04:05:06Z"));
    }

    @ParameterizedTest
    @CsvSource({"rsa:2048", "rsa:4096", "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-521"})
    void readsEveryFormOfAKey(String newKey) throws Exception {
        selfSigned(newKey, "DNS:a");
        ServerCertificate certificate = certificate();
        assertThat(certificate.problemOfKey(text("key"))).isEmpty();
        openssl("pkey", "-traditional", "-in", "key", "-out", "old");
        assertThat(text("old")).containsPattern("BEGIN (RSA|EC) PRIVATE KEY");
        assertThat(certificate.problemOfKey(text("old"))).isEmpty();
        assertThat(certificate.problemOfKey(text("crt") + text("old"))).isEmpty();
    }

    @Test
    void aKeyWithItsParametersIsOneKey() throws Exception {
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "key");
        assertThat(text("key")).contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
        openssl("req", "-x509", "-new", "-key", "key", "-subj", "/CN=a", "-out", "crt");
        assertThat(certificate().problemOfKey(text("key"))).isEmpty();
    }

    @Test
    void anEncryptedKeyIsRefused() throws Exception {
        selfSigned("rsa:2048", "DNS:a");
        String problem = "The key is encrypted, and Harbor has no pass phrase for it.";
        openssl("pkcs8", "-topk8", "-in", "key", "-out", "pkcs8", "-passout", "pass:sesame");
        openssl("rsa", "-traditional", "-aes128", "-in", "key", "-out", "pkcs1", "-passout", "pass:sesame");
        assertThat(certificate().problemOfKey(text("pkcs8"))).contains(problem);
        assertThat(certificate().problemOfKey(text("pkcs1"))).contains(problem);
    }

    @Test
    void aKeyThatBrowsersDoNotKnowIsRefused() throws Exception {
        selfSigned("ed25519", "DNS:a");
        assertThat(certificate().problemOfKey(text("key"))).contains("The key is neither an RSA nor an EC key.");
    }
}
