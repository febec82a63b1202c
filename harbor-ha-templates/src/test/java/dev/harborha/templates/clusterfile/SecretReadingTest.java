package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.problems;
import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import dev.harborha.secret.Secret.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReadingTest {

    private static Secret admin(String written, Path folder) {
        return ClusterFile.parse(with("env:ADMIN", written), folder, Map.of("ADMIN", "from-env"))
                .adminPassword();
    }

    @Test
    void envIsAVariable() {
        Secret secret = admin("env:ADMIN", Sample.FOLDER);

        assertThat(secret.reveal()).isEqualTo("from-env");
        assertThat(secret.reference()).contains("env:ADMIN");
        assertThat(secret.origin()).isEqualTo(Origin.ENVIRONMENT);
    }

    @Test
    void aVariableThatIsNotSetIsNoProblemYet() {
        assertThat(admin("env:OTHER", Sample.FOLDER).problem()).contains("the environment variable OTHER is not set");
    }

    @Test
    void fileIsRelativeToTheClusterFileAndLosesOneNewline(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/admin"), "two lines\n\n");
        Files.writeString(folder.resolve("cluster.yaml"), with("env:ADMIN", "file:secrets/admin"));

        Secret secret = ClusterFile.read(folder.resolve("cluster.yaml")).adminPassword();

        assertThat(secret.reveal()).isEqualTo("two lines\n");
        assertThat(secret.reference()).contains("file:secrets/admin");
    }

    @Test
    void aFileThatDoesNotExistIsNoProblemYet() {
        assertThat(admin("file:no/such", Sample.FOLDER).problem()).contains("the file no/such does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "hunter2, hunter2",
        "literal:env:X, env:X",
        "literal:file:x, file:x",
        "literal:literal:x, literal:x",
        "'\"literal:\"', ''",
        "environment, environment",
        "'Env:X', Env:X",
        "12345, 12345",
        "012, 012",
        "1e3, 1e3",
        "0x1F, 0x1F",
        "1_000, 1_000",
        ".inf, .inf",
        "no, no",
        "True, True",
        "2001-01-01, 2001-01-01",
        "1:30, 1:30",
        "'\"null\"', null",
        "'\"~\"', ~",
    })
    void anythingElseStandsInClearAsItIsWritten(String written, String value) {
        if (value.isEmpty()) {
            assertThat(problems(with("env:ADMIN", written)))
                    .containsExactly("19:16: cluster.adminPassword: A secret must not be empty.");
            return;
        }
        Secret secret = admin(written, Sample.FOLDER);

        assertThat(secret.reveal()).isEqualTo(value);
        assertThat(secret.origin()).isEqualTo(Origin.LITERAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:", "env:s3cret-s3cret", "env: s3cret", "env:1s3cret", "\"env:s3cret\\n\""})
    void whatIsNoVariableIsRefusedWithoutShowingIt(String written) {
        assertThat(problems(with("env:ADMIN", written.startsWith("\"") ? written : "'" + written + "'")))
                .containsExactly(
                        "19:16: cluster.adminPassword: After \"env:\" comes the name of an environment variable: letters,"
                                + " digits and underscores, not starting with a digit. A text in clear that begins with \"env:\" is"
                                + " written \"literal:env:…\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file:s3\\0cret"})
    void whatIsNoPathIsRefusedWithoutShowingIt(String written) {
        assertThat(problems(with("env:ADMIN", "\"" + written + "\"")))
                .containsExactly(
                        "19:16: cluster.adminPassword: After \"file:\" comes the path of a file, relative to the folder of"
                                + " the cluster file. A text in clear that begins with \"file:\" is written \"literal:file:…\".");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThat(problems(with("env:ADMIN", "\"s3cret \\ud83d\"")))
                .containsExactly(
                        "19:16: cluster.adminPassword: A secret must be well-formed text; this one holds half a surrogate"
                                + " pair.");
    }

    @Test
    void aKeyThatIsNoPrivateKeyIsRefusedWithoutShowingIt() {
        TlsSample tls = TlsSample.get();
        String indented = tls.chain().indent(8);

        assertThat(problems(with(
                        "nginx: 10.0.0.10",
                        "nginx: 10.0.0.10\n    certificate:\n      pem: |\n" + indented + "      keyPem: s3cret")))
                .singleElement()
                .asString()
                .endsWith(
                        "cluster.loadBalancers[lb-1].certificate.keyPem: The private key is no private key in"
                                + " PEM; give the text that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.");
    }

    @Test
    void aCertificateAndItsKeyAreReadAndWritten() {
        TlsSample tls = TlsSample.get();
        Cluster cluster = Sample.read(with(
                "nginx: 10.0.0.10",
                "nginx: 10.0.0.10\n    certificate:\n      pem: |\n"
                        + tls.chain().indent(8) + "      keyPem: |\n"
                        + tls.key().indent(8).stripTrailing()));

        assertThat(cluster.loadBalancers().get(0).certificate().toString()).doesNotContain("BEGIN");
        assertThat(cluster.secrets().entrySet())
                .filteredOn(secret -> secret.getKey().text().startsWith("cluster.loadBalancers[lb-1].certificate"))
                .singleElement()
                .satisfies(secret -> assertThat(secret.getValue().reveal()).isEqualTo(tls.key()));
        assertThat(Sample.read(ClusterFile.write(cluster))).isEqualTo(cluster);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:X", "file:x", "literal:x", "plain", "a\nb", "\u0000", "null"})
    void aSecretOfAProgramIsWrittenInClearAndComesBack(String value) {
        Cluster cluster = Sample.read(Sample.TEXT).toBuilder()
                .adminPassword(Secret.generated(value))
                .build();

        assertThat(Sample.read(ClusterFile.write(cluster)).adminPassword().reveal())
                .isEqualTo(value);
    }
}
