package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and its class data archive, as the build has left them in {@code target}. */
class LauncherJarIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path LAUNCHER = TARGET.resolve("harbor-ha");
    private static final Path JAR = TARGET.resolve("harbor-ha.jar");
    private static final Path ARCHIVE = TARGET.resolve("harbor-ha.jsa");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
    }

    private ChildProcess launch(Path launcher, Path javaHome, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        return ChildProcess.run(folder, Map.of("JAVA_HOME", javaHome.toString()), command);
    }

    /** What every launch must say, whichever Java and archive it has: the same as a run without launcher and archive. */
    private void sameAsTheJar(Path launcher, Path javaHome) throws IOException, InterruptedException {
        ChildProcess jar = ChildProcess.run(
                folder,
                List.of(
                        JAVA_HOME.resolve("bin/java").toString(),
                        "-jar",
                        JAR.toString(),
                        "check",
                        file.toString(),
                        "--format=json"));
        assertThat(jar.err()).isEmpty();
        new ObjectMapper().readTree(jar.out());
        assertThat(launch(launcher, javaHome, "check", file.toString(), "--format=json"))
                .isEqualTo(jar);
    }

    @Test
    void theWholeWay() throws IOException, InterruptedException {
        ChildProcess init = launch(LAUNCHER, JAVA_HOME, "init");
        assertThat(init.err()).isEmpty();
        TextFiles.write(file, init.out());
        ChildProcess render = launch(LAUNCHER, JAVA_HOME, "render", file.toString(), "-o", "out");
        assertThat(render.err())
                .startsWith("Rendered 50 files to out with the keys in ")
                .hasLineCount(1);
        assertThat(render.code()).isZero();
        assertThat(folder.resolve("out/INSTALL.md")).exists();
        assertThat(launch(LAUNCHER, JAVA_HOME, "render", file.toString(), "-o", "other", "--diff")
                        .code())
                .isEqualTo(3);
        assertThat(launch(LAUNCHER, JAVA_HOME, "check", "none.yaml").code()).isEqualTo(2);
        TextFiles.replace(file, "https://harbor.example.com", "https://10.0.0.11");
        assertThat(launch(LAUNCHER, JAVA_HOME, "check", file.toString()).code()).isEqualTo(1);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException, InterruptedException {
        assertThat(launch(LAUNCHER, JAVA_HOME, "--version").out())
                .matches("harbor-ha \\d+\\.\\d+\\.\\d+\\S*\nrenders Harbor 0\\.5, 2\\.0 to 2\\.15\n");
    }

    @Test
    void theArchiveFitsTheJavaThatMadeIt() throws IOException, InterruptedException {
        // With -Xshare:on Java refuses to start on an archive that it cannot use.
        ChildProcess forced = ChildProcess.run(
                folder,
                List.of(
                        JAVA_HOME.resolve("bin/java").toString(),
                        "-Xshare:on",
                        "-XX:SharedArchiveFile=" + ARCHIVE,
                        "-Xlog:class+load",
                        "-jar",
                        JAR.toString(),
                        "rules"));
        assertThat(forced.code()).isZero();
        assertThat(forced.out())
                .containsPattern("dev\\.harborha\\.HarborHa source: shared objects file")
                .containsPattern("dev\\.harborha\\.validation\\.RuleSet source: shared objects file");
        sameAsTheJar(LAUNCHER, JAVA_HOME);
    }

    @Test
    void anArchiveThatDoesNotFitIsIgnoredWithoutAWord() throws IOException, InterruptedException {
        Path copy = Files.createDirectory(folder.resolve("with a blank"));
        Path launcher = copy.resolve("harbor-ha");
        Files.copy(LAUNCHER, launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(JAR, copy.resolve("harbor-ha.jar"));
        sameAsTheJar(launcher, JAVA_HOME);
        // Of another jar, then no archive at all.
        Files.copy(ARCHIVE, copy.resolve("harbor-ha.jsa"));
        sameAsTheJar(launcher, JAVA_HOME);
        Files.delete(copy.resolve("harbor-ha.jsa"));
        TextFiles.write(copy.resolve("harbor-ha.jsa"), "no archive");
        sameAsTheJar(launcher, JAVA_HOME);
    }

    @Test
    void anyOtherJavaIgnoresTheArchiveWithoutAWord() throws IOException, InterruptedException {
        List<Path> others = otherJavas();
        Assumptions.assumeFalse(others.isEmpty(), "There is no other Java (17 or later) on this machine.");
        for (Path other : others) {
            sameAsTheJar(LAUNCHER, other);
        }
    }

    private static List<Path> otherJavas() throws IOException {
        Path parent = Path.of("/usr/lib/jvm");
        List<Path> others = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (Stream<Path> homes = Files.list(parent)) {
                for (Path home : homes.filter(path -> Files.isExecutable(path.resolve("bin/java")))
                        .toList()) {
                    if (!home.toRealPath().equals(JAVA_HOME.toRealPath()) && feature(home) >= 17) {
                        others.add(home);
                    }
                }
            }
        }
        return others;
    }

    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        return Files.exists(release)
                ? Files.readString(release)
                        .lines()
                        .filter(line -> line.startsWith("JAVA_VERSION="))
                        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")))
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    @Test
    void theLauncherFindsItsJarThroughLinks() throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("harbor-ha"), LAUNCHER);
        Path relative = Files.createSymbolicLink(folder.resolve("hha"), Path.of("bin/harbor-ha"));
        sameAsTheJar(absolute, JAVA_HOME);
        sameAsTheJar(relative, JAVA_HOME);
    }

    @Test
    void withoutJavaItSaysSo() throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("dirname"), Path.of(RequiredProgram.named("dirname")));
        ChildProcess run = ChildProcess.run(
                folder,
                Map.of("PATH", bin.toString(), "JAVA_HOME", ""),
                List.of(RequiredProgram.named("sh"), LAUNCHER.toString(), "rules"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("harbor-ha: there is no Java;").hasLineCount(1);
    }
}
