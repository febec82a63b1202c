package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFileIoTest {

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("cluster.yaml");
    }

    private static void refused(Path file, String sentence) {
        assertThatExceptionOfType(ClusterFileException.class)
                .isThrownBy(() -> ClusterFile.read(file))
                .withMessage(file + ": " + sentence)
                .satisfies(
                        e -> assertThat(e.problems()).isEqualTo(List.of(new ClusterFileProblem(0, 0, "", sentence))));
    }

    @Test
    void aFileThatIsNotThere() {
        refused(file, "The file does not exist; give the path of a cluster file.");
    }

    @Test
    void aFolder() {
        refused(folder, "This is a folder; give the path of a cluster file.");
    }

    @Test
    void aFileThatThisUserMustNotRead() throws Exception {
        String sentence = "The file must not be read by this user; change its permissions or its owner.";
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        if (!Files.isReadable(file)) {
            refused(file, sentence);
            return;
        }
        // Root may read every file, unless it gives that right away.
        List<String> output = ChildProgram.run(
                file,
                "setpriv",
                "--bounding-set",
                "-dac_override,-dac_read_search",
                "--inh-caps",
                "-dac_override,-dac_read_search");

        assertThat(output).containsExactly(file + ": " + sentence);
    }

    @Test
    void aLinkToItself() throws IOException {
        Files.createSymbolicLink(file, file);

        refused(file, "The file cannot be read; check that it is a file and that its disk is well.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "--- ~\n", "null", "\ufeff"})
    void anEmptyFile(String text) throws IOException {
        Files.writeString(file, text);

        List<HarborVersion> known = HarborVersion.SUPPORTED;
        refused(
                file,
                "The file is empty; describe a cluster in it, beginning with: harbor: \"" + known.get(known.size() - 1)
                        + "\"");
    }

    @Test
    void aFileThatIsTooLarge() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(SourceText.MAX_BYTES + 1L);
        }

        refused(file, "The file is larger than 16 MiB, which no cluster file is; give the path of a cluster file.");
    }

    @Test
    void aTextThatIsTooLarge() {
        assertThatExceptionOfType(ClusterFileException.class)
                .isThrownBy(() -> ClusterFile.parse("#".repeat(SourceText.MAX_BYTES + 1), folder))
                .withMessage(
                        "cluster file: The file is larger than 16 MiB, which no cluster file is; give the path of a cluster"
                                + " file.");
    }

    @Test
    void aFileThatIsNoUtf8() throws IOException {
        Files.write(file, "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(file, "The file is no UTF-8 text from byte 6 on; save it as UTF-8.");

        Files.write(file, Sample.TEXT.getBytes(StandardCharsets.UTF_16));
        refused(file, "The file is no UTF-8 text from byte 1 on; save it as UTF-8.");

        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xc3});
        refused(file, "The file is no UTF-8 text from byte 4 on; save it as UTF-8.");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        Files.writeString(file, "\ufeff" + Sample.TEXT);
        Cluster cluster = ClusterFile.read(file);

        assertThat(cluster).isEqualTo(ClusterFile.parse(Sample.TEXT, folder));
        Files.writeString(file, "\ufeffharbur: x");
        assertThatExceptionOfType(ClusterFileException.class)
                .isThrownBy(() -> ClusterFile.read(file))
                .withMessageStartingWith(file + ":1:1: cluster: Unknown key \"harbur\". Did you mean \"harbor\"?");
    }

    @Test
    void problemsAreSaidWithTheNameOfTheFile() throws IOException {
        Files.writeString(file, Sample.with("harbor: 0.5.0", "harbor: 5") + "x: 1\n");

        assertThatExceptionOfType(ClusterFileException.class)
                .isThrownBy(() -> ClusterFile.read(file))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(2)
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .startsWith(file + ":1:9: cluster.harbor: \"5\" is no Harbor version;"),
                                line -> assertThat(line).startsWith(file + ":27:1: cluster: Unknown key \"x\";")));
    }
}
