package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.LoadBalancer;
import dev.harborha.render.Mode;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts beside nginx, run by a shell: the one that finds lost nodes, and the one that marks them. */
class NodeCheckerTest {

    private static final String WELL =
            "{\"components\":[{\"name\":\"core\",\"status\":\"healthy\"}],\"status\":\"healthy\"}";
    private static final String ILL =
            "{\"components\":[{\"name\":\"registry\",\"status\":\"unhealthy\"}],\"status\":\"unhealthy\"}";

    @TempDir
    Path folder;

    private Path run;
    private Path state;
    private Path programs;

    @BeforeEach
    void folders() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        state = Files.createDirectory(folder.resolve("state"));
        programs = Files.createDirectory(folder.resolve("bin"));
    }

    private static Cluster cluster(Consumer<HealthCheck.Builder> check) {
        return Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("2.15-s3").toBuilder()
                .node("harbor-3", "10.0.0.13")
                .loadBalancer(lb -> lb.name("checked").nginx("10.0.0.30").healthCheck(check))
                .build();
    }

    /** Returns the files of the machine by their names. */
    private static Map<String, RenderedFile> files(Cluster cluster) {
        LoadBalancer balancer =
                cluster.loadBalancers().get(cluster.loadBalancers().size() - 1);
        Map<String, RenderedFile> files = new TreeMap<>();
        for (RenderedFile file : NodeChecker.files(cluster, balancer)) {
            files.put(Path.of(file.path()).getFileName().toString(), file);
        }
        return files;
    }

    private Path script(Cluster cluster, String name) throws IOException {
        return Files.writeString(folder.resolve(name), files(cluster).get(name).content());
    }

    private void upstream(Cluster cluster) throws IOException {
        Files.writeString(
                state.resolve("upstream.conf"),
                UpstreamConfig.text(cluster, cluster.loadBalancers().get(0)));
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "HARBOR_LB_RUN",
                run.toString(),
                "HARBOR_LB_STATE",
                state.toString(),
                "HARBOR_LB_RELOAD",
                "touch " + folder.resolve("reloaded"),
                "CREDENTIALS_DIRECTORY",
                folder.toString());
    }

    private String apply(Cluster cluster, String lost) throws IOException {
        Files.deleteIfExists(folder.resolve("reloaded"));
        Files.writeString(run.resolve("down"), lost);
        return Program.run(
                        folder,
                        environment(),
                        List.of("sh", script(cluster, "apply-nodes").toString()))
                .succeeded()
                .output();
    }

    private List<String> servers() throws IOException {
        return Files.readString(state.resolve("upstream.conf"))
                .lines()
                .filter(line -> line.startsWith("  server "))
                .map(line -> line.replaceFirst("  server (\\S+) max_fails=1 fail_timeout=10s", "$1"))
                .toList();
    }

    @Test
    void lostNodesAreMarkedAndUnmarked() throws IOException {
        Cluster cluster = cluster(check -> {});
        upstream(cluster);
        String before = Files.readString(state.resolve("upstream.conf"));

        assertThat(apply(cluster, "harbor-2\n")).isEqualTo("Left out now: harbor-2\n");
        assertThat(servers()).containsExactly("10.0.0.11:8080;", "10.0.0.12:8080 down; # lost", "10.0.0.13:80;");
        assertThat(folder.resolve("reloaded")).exists();

        assertThat(apply(cluster, "harbor-2")).isEmpty();
        assertThat(folder.resolve("reloaded")).doesNotExist();

        apply(cluster, "harbor-1 harbor-3");
        assertThat(servers())
                .containsExactly("10.0.0.11:8080 down; # lost", "10.0.0.12:8080;", "10.0.0.13:80 down; # lost");

        apply(cluster, "\n");
        assertThat(state.resolve("upstream.conf")).hasContent(before);
    }

    /** Puts an ss on the path that keeps what it is asked to cut. */
    private void ss() throws IOException {
        Path ss = Files.writeString(programs.resolve("ss"), "#!/bin/sh\necho \"$*\" >> " + folder.resolve("cut"));
        Files.setPosixFilePermissions(ss, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void connectionsToLostNodesThatAreSilentAreCut() throws IOException {
        Cluster cluster = cluster(check -> {});
        upstream(cluster);
        ss();

        Files.writeString(run.resolve("silent"), "harbor-1 harbor-2; 10.9.9.9\n");
        apply(cluster, "harbor-2 harbor-3");
        assertThat(folder.resolve("cut")).hasContent("--no-header --kill --tcp dst 10.0.0.12:8080");

        // Nothing changes, nothing is cut again.
        apply(cluster, "harbor-2 harbor-3");
        assertThat(Files.readAllLines(folder.resolve("cut"))).hasSize(1);

        Files.writeString(run.resolve("silent"), "\n");
        apply(cluster, "harbor-1");
        assertThat(Files.readAllLines(folder.resolve("cut"))).hasSize(1);
    }

    @Test
    void whereConnectionsCannotBeCutTheRestIsDone() throws IOException {
        Cluster cluster = cluster(check -> {});
        upstream(cluster);
        Path ss = Files.writeString(programs.resolve("ss"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(ss, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(run.resolve("silent"), "harbor-2");

        assertThat(apply(cluster, "harbor-2"))
                .isEqualTo("Left out now: harbor-2\nConnections to 10.0.0.12:8080 could not be cut.\n");
        assertThat(servers()).contains("10.0.0.12:8080 down; # lost");
        assertThat(folder.resolve("reloaded")).exists();
    }

    @Test
    void theLastNodeIsNeverMarked() throws IOException {
        Cluster cluster = cluster(check -> {});
        upstream(cluster);
        String before = Files.readString(state.resolve("upstream.conf"));

        assertThat(apply(cluster, "harbor-1 harbor-2 harbor-3"))
                .isEqualTo("No node would be left; nothing is changed.\n");
        assertThat(state.resolve("upstream.conf")).hasContent(before);
        assertThat(folder.resolve("reloaded")).doesNotExist();
        assertThat(folder.resolve("state/upstream.conf.new")).doesNotExist();
    }

    @Test
    void aDrainedNodeStaysOutAndIsNotAsked() throws IOException {
        Cluster cluster = cluster(check -> {}).toBuilder().drain("harbor-3").build();
        upstream(cluster);

        apply(cluster, "harbor-1 harbor-3");
        assertThat(servers()).containsExactly("10.0.0.11:8080 down; # lost", "10.0.0.12:8080;", "10.0.0.13:80 down;");
        assertThat(apply(cluster, "harbor-1 harbor-2")).contains("No node would be left");
        assertThat(files(cluster).get("check-nodes").content()).doesNotContain("harbor-3");
    }

    /** Whoever runs the checker can write any text there; it reaches nginx as a name of a node or not at all. */
    @Test
    void whatIsNoNodeChangesNothing() throws IOException {
        Cluster cluster = cluster(check -> {});
        upstream(cluster);
        String before = Files.readString(state.resolve("upstream.conf"));

        for (String text : List.of(
                "harbor-9",
                "harbor-2;include /etc/passwd;",
                "$(touch " + folder.resolve("run-by-shell") + ")",
                "\\\nserver 10.9.9.9;",
                "a".repeat(200_000),
                "* [a-z]*")) {
            apply(cluster, text);
        }
        assertThat(Files.readString(state.resolve("upstream.conf")).replace(" down; # lost", ";"))
                .isEqualTo(before);
        assertThat(folder.resolve("run-by-shell")).doesNotExist();
    }

    /** Puts a curl on the path that answers as {@code answers/<address>} says, and keeps what it was asked. */
    private void curl() throws IOException {
        Files.createDirectory(folder.resolve("answers"));
        Path curl = Files.writeString(programs.resolve("curl"), """
                #!/bin/sh
                echo "$*" >> FOLDER/asked
                while [ "$1" != --connect-to ]; do shift; done
                answer="FOLDER/answers/${2#::}"
                [ -e "$answer" ] || exit 7
                [ -s "$answer" ] || exit 28
                cat "$answer"
                """.replace("FOLDER", folder.toString()));
        Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void answer(String address, String body, int status) throws IOException {
        Path answer = Files.writeString(folder.resolve("answer.new"), body + "\n" + status);
        Files.move(answer, folder.resolve("answers").resolve(address), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Runs the checker while a test goes on, with marks that are laid down as systemd does it. */
    private final class Checker implements AutoCloseable {

        private final Cluster cluster;
        private final Process process;
        private final Path said = folder.resolve("said");

        Checker(Cluster cluster) throws IOException {
            this.cluster = cluster;
            ProcessBuilder builder = new ProcessBuilder(
                            "sh", script(cluster, "check-nodes").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(environment());
            process = builder.start();
        }

        void until(String what, BooleanSupplier fact) throws IOException {
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!fact.getAsBoolean()) {
                assertThat(System.nanoTime())
                        .as(what + ": " + Files.readString(said))
                        .isLessThan(deadline);
                if (Files.exists(run.resolve("down"))) {
                    apply(cluster, Files.readString(run.resolve("down")));
                }
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
        }

        boolean leavesOut(String... addresses) {
            try {
                return servers().stream()
                        .filter(server -> server.endsWith(" down; # lost"))
                        .map(server -> server.replace(" down; # lost", ""))
                        .toList()
                        .equals(List.of(addresses));
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aNodeIsLeftOutWhenItSaysThatItIsIllAndTakenBackWhenItIsWell() throws IOException {
        Cluster cluster = cluster(check -> check.interval(Duration.ofSeconds(1)).rise(2));
        upstream(cluster);
        curl();
        answer("10.0.0.11:8080", WELL, 200);
        answer("10.0.0.12:8080", ILL, 200);
        answer("10.0.0.13:80", WELL, 502);
        try (Checker checker = new Checker(cluster)) {
            checker.until("two are lost", () -> checker.leavesOut("10.0.0.12:8080", "10.0.0.13:80"));
            answer("10.0.0.12:8080", WELL, 200);
            checker.until("one is back", () -> checker.leavesOut("10.0.0.13:80"));
            assertThat(Files.readString(folder.resolve("said")))
                    .contains("The node harbor-2 is lost.", "The node harbor-2 is back.")
                    .doesNotContain("harbor-1");

            // The last ones fall together: where nobody is well, nobody is left out.
            Files.delete(folder.resolve("answers/10.0.0.11:8080"));
            Files.delete(folder.resolve("answers/10.0.0.12:8080"));
            checker.until("all are lost, and all are asked", () -> checker.leavesOut());
        }
        assertThat(Files.readString(folder.resolve("asked")))
                .contains(
                        "--connect-to ::10.0.0.11:8080 --header Host: harbor.example.com --header X-Forwarded-Proto: https",
                        "http://harbor.example.com/api/v2.0/health")
                .doesNotContain("10.0.0.10");
    }

    @Test
    void aNodeThatSaysNothingIsToldFromOneThatSaysThatItIsIll() throws IOException {
        Cluster cluster = cluster(check -> check.interval(Duration.ofSeconds(1)));
        upstream(cluster);
        curl();
        ss();
        answer("10.0.0.11:8080", WELL, 200);
        answer("10.0.0.12:8080", ILL, 200);
        Files.createFile(folder.resolve("answers/10.0.0.13:80"));
        try (Checker checker = new Checker(cluster)) {
            checker.until("two are lost", () -> checker.leavesOut("10.0.0.12:8080", "10.0.0.13:80"));
        }
        assertThat(folder.resolve("cut")).hasContent("--no-header --kill --tcp dst 10.0.0.13:80");
    }

    @Test
    void aCanaryIsAskedForAsARobotWhoseSecretIsInNoArgument() throws IOException {
        Cluster cluster = cluster(check -> check.interval(Duration.ofSeconds(1))
                .canary("library/canary", "v1", "robot$canary", Secret.of("pa\"ss\\word")));
        upstream(cluster);
        curl();
        answer("10.0.0.11:8080", "HTTP/1.1 200 OK", 200);
        answer("10.0.0.12:8080", "HTTP/1.1 401 Unauthorized", 401);
        answer("10.0.0.13:80", "HTTP/1.1 200 OK", 200);
        try (Checker checker = new Checker(cluster)) {
            checker.until("one is lost", () -> checker.leavesOut("10.0.0.12:8080"));
        }
        assertThat(Files.readString(folder.resolve("asked")))
                .contains("--head --config " + folder + "/canary", "/v2/library/canary/manifests/v1")
                .doesNotContain("pa\"ss");
        RenderedFile credential = files(cluster).get("canary.curlrc");
        assertThat(credential.secret()).isTrue();
        assertThat(credential.content()).isEqualTo("user = \"robot$canary:pa\\\"ss\\\\word\"\n");
        assertThat(files(cluster).get("harbor-lb-check.service").content())
                .contains("\nLoadCredential=canary:/etc/harbor-lb/canary.curlrc\n");
    }

    @Test
    void theScriptsAndUnitsAreInOrder() throws IOException {
        List<String> scripts = new ArrayList<>(List.of(
                Program.require("shellcheck").toString(),
                "--shell=sh",
                "--enable=add-default-case,avoid-nullary-conditions,check-unassigned-uppercase,deprecate-which"));
        List<String> units =
                new ArrayList<>(List.of(Program.require("systemd-analyze").toString(), "verify"));
        for (Map.Entry<String, RenderedFile> file : files(cluster(check -> {})).entrySet()) {
            String text = file.getValue().content();
            if (file.getValue().mode() == Mode.EXECUTABLE) {
                scripts.add(
                        Files.writeString(folder.resolve(file.getKey()), text).toString());
            } else {
                units.add(Files.writeString(
                                folder.resolve(file.getKey()), text.replaceAll("ExecStart=.*", "ExecStart=/bin/true"))
                        .toString());
            }
        }
        assertThat(scripts).hasSize(3 + 2);
        assertThat(units).hasSize(2 + 3);
        assertThat(Program.run(folder, Map.of(), scripts).succeeded().output()).isEmpty();
        assertThat(Program.run(folder, Map.of(), units).succeeded().output()).isEmpty();
    }
}
