package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.and;
import static dev.harborha.templates.clusterfile.Sample.problems;
import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.harborha.model.Cluster;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.TlsCertificate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates in a cluster file: as text in PEM, or in a file beside it. */
class PemReadingTest {

    private static final String PEM = TlsSample.get().chain();

    @TempDir
    Path folder;

    private Cluster read(String yaml) {
        return ClusterFile.parse(yaml, folder, Map.of());
    }

    private String refusal(String yaml) {
        ClusterFileException refusal = catchThrowableOfType(ClusterFileException.class, () -> read(yaml));
        assertThat(refusal).as("the text is read").isNotNull();
        assertThat(refusal.problems()).hasSize(1);
        return refusal.problems().get(0).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "|2", "|+", "|-", "| # ours", "|2-"})
    void aBlockIsReadAsItIsWritten(String header) {
        String yaml = and("storageCa: " + header + "\n" + PEM.indent(2) + "internalTls: true\n");
        Cluster cluster = read(yaml);

        assertThat(cluster.storageCa()).contains(new PemCertificates(header.contains("-") ? PEM.strip() : PEM));
        assertThat(cluster.internalTls()).isTrue();
        assertThat(read(yaml.replace("\n", "\r\n"))).isEqualTo(cluster);
    }

    @Test
    void problemsAfterABlockHaveTheirPlace() {
        int lines = (int) PEM.lines().count();
        String yaml = and("storageCa: |\n" + PEM.indent(2) + "internalTLS: true\nredirect: 1\n");

        assertThat(problems(yaml))
                .containsExactly(
                        (28 + lines) + ":1: cluster: Unknown key \"internalTLS\". Did you mean \"internalTls\"?",
                        (29 + lines) + ":11: cluster.redirect: Expected true or false, without quotes; found \"1\".");
        assertThat(problems(and("storageCa: |\n" + PEM.indent(2) + " internalTls: true\n")))
                .containsExactly((28 + lines) + ":2: This line does not fit the ones above; mend its indentation.");
    }

    @Test
    void aBlockOfNoCertificateIsRefusedWhereItBegins() {
        assertThat(problems(and("storageCa: |\n  -----BEGIN CERTIFICATE-----\n  s3cret\n")))
                .containsExactly(
                        "27:12: cluster.storageCa: The certificate is no X.509 certificate in PEM; give the text"
                                + " that begins with -----BEGIN CERTIFICATE-----, followed by its chain.");
        assertThat(problems(and(
                        "storageCa: |\n" + PEM.indent(2) + TlsSample.get().key().indent(2))))
                .containsExactly("27:12: cluster.storageCa: The certificate holds a private key, too, which everybody"
                        + " could read there; give the key apart.");
    }

    @Test
    void aFileIsRelativeToTheClusterFileAndIsWrittenBackAsItsText() throws IOException {
        Files.createDirectory(folder.resolve("certs"));
        Files.writeString(folder.resolve("certs/ca.pem"), PEM);
        Cluster cluster = read(and("""
                storageCa: file:certs/ca.pem
                nodeTls:
                  certificate: {pem: file:certs/ca.pem, keyPem: env:KEY}
                  ca: "file:certs/ca.pem"
                harborYml: {uaaCa: 'file:certs/ca.pem'}
                """)
                .replace("address: redis.example.com", "address: redis.example.com\n  tls: {ca: file:certs/ca.pem}")
                .replace("password: env:DB", "password: env:DB\n  ca: file:certs/ca.pem"));
        PemCertificates ca = new PemCertificates(PEM);

        assertThat(cluster.storageCa()).contains(ca);
        assertThat(cluster.database().ca()).contains(ca);
        assertThat(cluster.nodeTls().orElseThrow().ca()).contains(ca);
        assertThat(cluster.harborYml().uaaCa()).contains(ca);
        assertThat(cluster.redis().orElseThrow().tls().orElseThrow().ca()).contains(ca);
        assertThat(cluster.nodeTls().orElseThrow().certificate())
                .isInstanceOfSatisfying(
                        TlsCertificate.Pem.class, pem -> assertThat(pem.chain()).isEqualTo(PEM));
        assertThat(ClusterFile.write(cluster))
                .contains("storageCa: \"-----BEGIN CERTIFICATE-----\\n")
                .doesNotContain("file:");
        assertThat(read(ClusterFile.write(cluster))).isEqualTo(cluster);
    }

    @Test
    void aTextThatBeginsLikeAFileAndHoldsACertificateIsTheText() {
        String text = "file:ca.pem\n" + PEM;

        assertThat(read(and("storageCa: |\n" + text.indent(2))).storageCa()).contains(new PemCertificates(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:no.pem  | The file \"no.pem\" does not exist; the path is relative to the folder of the cluster file.",
                "file:sub/x   | The file \"sub/x\" does not exist; the path is relative to the folder of the cluster file.",
                "file:.       | The file \".\" cannot be read; check that it is a file and that this user may read it.",
                "file:bytes   | The file \"bytes\" is no text; give certificates in PEM.",
                "file:large   | The file \"large\" is larger than 4 MiB, which no file of certificates is.",
                "file:empty   | The certificate is no X.509 certificate in PEM; give the text that begins with -----BEGIN CERTIFICATE-----, followed by its chain.",
                "'\"file:\"'  | After \"file:\" comes the path of a file, relative to the folder of the cluster file.",
                "'\"file:a\\0\"' | After \"file:\" comes the path of a file, relative to the folder of the cluster file.",
                "ca.pem       | The certificate is no X.509 certificate in PEM; give the text that begins with -----BEGIN CERTIFICATE-----, followed by its chain.",
            })
    void aFileOfNoCertificateIsRefused(String written, String expected) throws IOException {
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.createFile(folder.resolve("empty"));
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength((4 << 20) + 1L);
        }

        assertThat(refusal(and("storageCa: " + written + "\n"))).isEqualTo("27:12: cluster.storageCa: " + expected);
    }

    @Test
    void everyPlaceOfACertificateIsLookedAt() {
        List<String> yaml = List.of(
                and("nodeTls: {ca: x}\n"),
                and("nodeTls: {certificate: {pem: x, keyPem: env:K}}\n"),
                and("harborYml: {uaaCa: x}\n"),
                with("address: redis.example.com", "address: redis.example.com\n  tls: {ca: x}"));

        assertThat(yaml)
                .map(text -> problems(text).toString().replaceAll(": The certificate is no X.509 .*", ""))
                .containsExactly(
                        "[27:15: cluster.nodeTls.ca",
                        "[27:30: cluster.nodeTls.certificate.pem",
                        "[27:20: cluster.harborYml.uaaCa",
                        "[15:13: cluster.redis.tls.ca");
    }
}
