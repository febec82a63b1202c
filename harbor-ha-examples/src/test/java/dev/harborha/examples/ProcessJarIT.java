package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: streams, terminals, users. */
class ProcessJarIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path JAR = Path.of("target", "harbor-ha.jar").toAbsolutePath();
    private static final String NOBODY = "65534";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
    }

    @Test
    void aFullStandardOutputIsNotTakenForSuccess() throws IOException, InterruptedException {
        ChildProcess run = ChildProcess.run(
                folder,
                List.of(
                        RequiredProgram.named("sh"),
                        "-c",
                        "exec \"$0\" -jar \"$1\" rules > /dev/full",
                        JAVA,
                        JAR.toString()));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("Standard output could not be written; is it closed, or its disk full?\n");
    }

    @Test
    void textIsUtf8WhateverTheLocale() throws IOException, InterruptedException {
        ChildProcess run = ChildProcess.run(
                folder,
                Map.of("LC_ALL", "C", "LANG", "C"),
                List.of(JAVA, "-jar", JAR.toString(), "check", file.toString()));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Add another .loadBalancer(…)");
    }

    @Test
    void progressIsShownOnATerminal() throws IOException, InterruptedException {
        ChildProcess run = ChildProcess.run(
                folder,
                List.of(
                        RequiredProgram.named("python3"),
                        "-c",
                        "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
                        JAVA,
                        "-jar",
                        JAR.toString(),
                        "render",
                        file.toString(),
                        "-o",
                        "out"));
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("\r\u001b[2KWriting files: 50 of 50\r\u001b[2K")
                .contains("Rendered 50 files to out");
    }

    @Test
    void aFolderOfSomebodyElseIsRefusedInWords() throws IOException, InterruptedException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        ChildProcess run = asOrdinaryUser(
                "render", file.toString(), "-o", locked.resolve("out").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(locked.toString(), "permission denied")
                .hasLineCount(1)
                .doesNotContain("Exception");
        assertThat(locked).isEmptyDirectory();
    }

    @Test
    void aClusterFileOfSomebodyElseIsRefusedInWords() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        ChildProcess run = asOrdinaryUser("check", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith(file.toString()).hasLineCount(1).doesNotContain("Exception");
    }

    /** Runs as somebody whom permissions stop: root, who runs the tests in CI, is not stopped by any. */
    private ChildProcess asOrdinaryUser(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        Path jar = JAR;
        if (Files.isWritable(Path.of("/"))) {
            command.addAll(List.of(
                    RequiredProgram.named("setpriv"), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
            jar = Files.copy(JAR, folder.resolve("harbor-ha.jar"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            giveTo(folder.resolve("keys"));
        }
        command.addAll(List.of(JAVA, "-jar", jar.toString()));
        command.addAll(List.of(args));
        return ChildProcess.run(folder, command);
    }

    private static void giveTo(Path keys) throws IOException {
        try (Stream<Path> all = Files.walk(keys)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", Integer.parseInt(NOBODY));
            }
        }
    }
}
