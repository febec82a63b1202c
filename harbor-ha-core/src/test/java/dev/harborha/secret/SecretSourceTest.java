package dev.harborha.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.render.ChildProcess;
import dev.harborha.secret.Secret.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets from the environment and from files. */
class SecretSourceTest {

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void assertUnresolved(Secret secret, Origin origin, String reference, String problem) {
        assertThat(secret.isResolved()).isFalse();
        assertThat(secret.origin()).isEqualTo(origin);
        assertThat(secret.reference()).contains(reference);
        assertThat(secret.problem()).contains(problem);
        assertThat(secret).hasToString("Secret(*** from " + reference + ")");
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A secret has no value: " + problem + ".");
    }

    @Test
    void aVariableIsRead() {
        Secret secret = Secret.fromEnv("DB_PASSWORD", Map.of("DB_PASSWORD", " sesame\n"));
        assertThat(secret.reveal()).as("taken as it is").isEqualTo(" sesame\n");
        assertThat(secret.origin()).isEqualTo(Origin.ENVIRONMENT);
        assertThat(secret.reference()).contains("env:DB_PASSWORD");
        assertThat(secret).hasToString("Secret(*** from env:DB_PASSWORD)");
    }

    @Test
    void theEnvironmentOfTheProcessIsRead() {
        Map.Entry<String, String> variable = System.getenv().entrySet().stream()
                .filter(entry ->
                        entry.getKey().matches("[A-Z]+") && !entry.getValue().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(Secret.fromEnv(variable.getKey()).reveal()).isEqualTo(variable.getValue());
        assertThat(Secret.fromEnv("HARBOR_HA_TEST_NOT_SET").isResolved()).isFalse();
    }

    @Test
    void aVariableWithoutAValueGivesAnUnresolvedSecret() {
        assertUnresolved(
                Secret.fromEnv("V", Map.of()), Origin.ENVIRONMENT, "env:V", "the environment variable V is not set");
        assertUnresolved(
                Secret.fromEnv("V", Map.of("V", "")),
                Origin.ENVIRONMENT,
                "env:V",
                "the environment variable V is empty");
        assertUnresolved(
                Secret.fromEnv("V", Map.of("V", "x\ud800")),
                Origin.ENVIRONMENT,
                "env:V",
                "the environment variable V does not hold well-formed text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1ST", "DB-PASSWORD", "DB PASSWORD", "DB=1", "Ä", "A\n", "${A}"})
    void aNameThatIsNoVariableIsRefused(String name) {
        assertThatThrownBy(() -> Secret.fromEnv(name, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name + "\" is no name of an environment variable; use letters, digits and"
                        + " underscores, not starting with a digit.");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            # text                 | value
            sesame                 | sesame
            sesame\\n              | sesame
            sesame\\r\\n           | sesame
            sesame\\n\\n           | sesame\\n
            sesame\\r              | sesame\\r
            \\nsesame              | \\nsesame
            `  sesame  `           | `  sesame  `
            pässwörd 🔑\\n         | pässwörd 🔑
            \\r\\n\\r\\n           | \\r\\n
            """, delimiter = '|')
    void oneNewlineAtTheEndOfAFileIsNotPartOfTheSecret(String text, String value) throws IOException {
        Secret secret = Secret.fromFile(file("password", unescape(text)));
        assertThat(secret.reveal()).isEqualTo(unescape(value));
        assertThat(secret.origin()).isEqualTo(Origin.FILE);
        assertThat(secret.reference()).contains("file:" + folder.resolve("password"));
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @Test
    void aNameIsTakenRelativeToAFolderAndKeptAsWritten() throws IOException {
        file("password", "sesame");
        Secret secret = Secret.fromFile(folder, "password");
        assertThat(secret.reveal()).isEqualTo("sesame");
        assertThat(secret.reference()).contains("file:password");
        assertThat(Secret.fromFile(folder, folder.resolve("password").toString())
                        .reveal())
                .as("an absolute name")
                .isEqualTo("sesame");
    }

    @Test
    void aNameThatCanBeNoPathIsRefused() {
        assertThatThrownBy(() -> Secret.fromFile(folder, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A file reference needs a path, as in \"file:secrets/db-password\".");
        assertThatThrownBy(() -> Secret.fromFile(folder, "a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"a\0b\" is no path: Nul character not allowed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void anEmptyFileGivesAnUnresolvedSecret(String content) throws IOException {
        file("empty", content);
        assertUnresolved(Secret.fromFile(folder, "empty"), Origin.FILE, "file:empty", "the file empty is empty");
    }

    @Test
    void aFileThatIsNotThereGivesAnUnresolvedSecret() {
        assertUnresolved(
                Secret.fromFile(folder, "no/such"), Origin.FILE, "file:no/such", "the file no/such does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "616263e4", "c0af", "eda0bd"})
    void aFileThatIsNotUtf8GivesAnUnresolvedSecret(String hex) throws IOException {
        Files.write(folder.resolve("latin"), HexFormat.of().parseHex(hex));
        assertUnresolved(
                Secret.fromFile(folder, "latin"), Origin.FILE, "file:latin", "the file latin is no UTF-8 text");
    }

    @Test
    void aFileOf64KibIsReadAndALargerOneIsNot() throws IOException {
        String largest = "x".repeat(65_536);
        file("large", largest);
        assertThat(Secret.fromFile(folder, "large").reveal()).isEqualTo(largest);
        file("large", largest + "x");
        String problem = "the file large is larger than 64 KiB";
        assertUnresolved(Secret.fromFile(folder, "large"), Origin.FILE, "file:large", problem);
    }

    @Test
    void aFileWithoutAnEndIsTooLarge() {
        String problem = "the file /dev/zero is larger than 64 KiB";
        assertUnresolved(Secret.fromFile(Path.of("/dev/zero")), Origin.FILE, "file:/dev/zero", problem);
    }

    @Test
    void aFolderGivesAnUnresolvedSecret() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        assertUnresolved(
                Secret.fromFile(folder, "folder"), Origin.FILE, "file:folder", "the file folder cannot be read");
    }

    @Test
    void aFileThatMayNotBeReadGivesAnUnresolvedSecret() throws IOException {
        Path file = file("private", "sesame");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        ChildProcess.Result result =
                ChildProcess.java(ChildProcess.withoutRootPowers(), SecretReader.class, file.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).isEqualTo("unresolved: the file " + file + " cannot be read\n");
    }

    /** Reads a secret in a process of its own. */
    static final class SecretReader {

        private SecretReader() {}

        public static void main(String[] args) {
            Secret secret = Secret.fromFile(Path.of(args[0]));
            String answer = secret.isResolved()
                    ? "resolved"
                    : "unresolved: " + secret.problem().orElseThrow();
            System.out.write((answer + "\n").getBytes(StandardCharsets.UTF_8), 0, answer.length() + 1);
            System.out.flush();
        }
    }
}
