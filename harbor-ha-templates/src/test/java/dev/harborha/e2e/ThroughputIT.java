package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Affinity;
import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rendered load balancers cost beside the same program with a few lines by hand that do nothing but hand requests on: both
 * run at once in front of the same two nodes, and are measured in turn. It only measures, so {@code -Dharborha.drills} asks for it,
 * which {@code -Pdrills} sets. Its rows go to {@code target/throughput.md}.
 */
@EnabledIfSystemProperty(named = "harborha.drills", matches = "[1-9][0-9]*")
@Timeout(900)
class ThroughputIT {

    private static final int ROUNDS = Integer.getInteger("harborha.rounds", 7);
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 8;
    private static final int LAYER_MIB = 256;
    private static final String LAYER = "/v2/library/app/blobs/sha256:0";
    private static final String UPLOAD = "/v2/library/app/blobs/uploads/7";
    private static final Path ROWS = Path.of(System.getProperty("basedir", ""), "target", "throughput.md");

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().processes().logs());

    private final Map<String, List<Double>> measured = new TreeMap<>();
    private EchoCluster cluster;

    private EchoCluster cluster() {
        return cluster;
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** A load balancer that is measured. */
    private record Subject(String name, InetSocketAddress address, RunningProcess process) {}

    /** What was measured of one program in one round. */
    private record Small(double requestsPerSecond, double medianMillis, double slowMillis) {}

    /** Something whose cost in processor time is measured. */
    private interface Work {
        double run() throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void besideABareProxy(String program) throws IOException {
        boolean haproxy = program.equals("haproxy");
        cluster = new EchoCluster(Files.createDirectory(folder.resolve("cluster")), "127.77.0.10", 2);
        InetSocketAddress rendered = cluster.address();
        InetSocketAddress bare = cluster.anotherAddress();
        Path layer = layer();
        RunningProcess nodes = startNodes(layer);
        LoadBalancerProcess balancer = cluster.startBalancer(
                cluster.describe("https://" + LoopbackCluster.HOST + ":" + rendered.getPort(), haproxy, front -> {
                    EchoCluster.certificate(front);
                    front.affinity(Affinity.NONE);
                }));
        List<Subject> subjects = List.of(
                new Subject("bare", bare, haproxy ? startBareHaproxy(bare) : startBareNginx(bare)),
                new Subject("rendered", rendered, balancer.process()));
        // The first round warms up.
        for (int round = 0; round <= ROUNDS; round++) {
            boolean counts = round > 0;
            for (Subject subject : inTurn(subjects, round)) {
                measure(subject, "requests", counts, () -> {
                    Small small = small(subject.address());
                    if (counts) {
                        add(subject.name() + " median", small.medianMillis());
                        add(subject.name() + " slow", small.slowMillis());
                    }
                    return small.requestsPerSecond();
                });
                measure(
                        subject,
                        "down",
                        counts,
                        () -> curl(subject.address(), LAYER, "%{speed_download}", List.of()) / (1 << 20));
            }
        }
        nodes.close();
        cluster.startNodes();
        List<String> sent = List.of("--upload-file", layer.toString(), "--request", "PATCH", "--header", "Expect:");
        for (Subject subject : subjects) {
            Waiting.until(
                    "the new nodes are known", () -> curl(subject.address(), "/", "%{http_code}", List.of()) == 200);
        }
        for (int round = 0; round <= ROUNDS; round++) {
            for (Subject subject : inTurn(subjects, round)) {
                measure(
                        subject,
                        "up",
                        round > 0,
                        () -> curl(subject.address(), UPLOAD, "%{speed_upload}", sent) / (1 << 20));
            }
        }
        Files.createDirectories(ROWS.getParent());
        Files.writeString(
                ROWS,
                List.of("bare", "rendered").stream()
                        .map(subject -> row(program, subject))
                        .collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(measured)
                .hasSize(16)
                .allSatisfy((what, values) ->
                        assertThat(values).as(what).hasSize(ROUNDS).allMatch(value -> value > 0));
    }

    private static List<Subject> inTurn(List<Subject> subjects, int round) {
        return round % 2 == 0 ? subjects : List.of(subjects.get(1), subjects.get(0));
    }

    private void measure(Subject subject, String what, boolean counts, Work work) throws IOException {
        Duration before = subject.process().processorTime();
        double result = work.run();
        if (counts) {
            add(subject.name() + " " + what, result);
            add(subject.name() + " " + what + " work", (double)
                    subject.process().processorTime().minus(before).toMillis());
        }
    }

    private void add(String what, double value) {
        measured.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    }

    private String row(String program, String subject) {
        Function<String, Double> median = what -> {
            List<Double> values =
                    measured.get(subject + " " + what).stream().sorted().toList();
            return values.get(values.size() / 2);
        };
        return String.format(
                Locale.ROOT,
                "| %s, %s | %.0f | %.2f / %.2f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                program,
                subject,
                median.apply("requests"),
                median.apply("median"),
                median.apply("slow"),
                median.apply("down"),
                median.apply("up"),
                median.apply("requests work") * 1_000 / REQUESTS,
                median.apply("down work"),
                median.apply("up work"));
    }

    /** Asks over connections that are kept, since clients keep them. */
    private Small small(InetSocketAddress address) throws IOException {
        Path percentiles = folder.resolve("percentiles.csv");
        String said = run(List.of(
                RealProgram.require("ab").toString(),
                "-q",
                "-k",
                "-c",
                "" + CLIENTS,
                "-n",
                "" + REQUESTS,
                "-H",
                "Host: " + LoopbackCluster.HOST,
                "-e",
                percentiles.toString(),
                "https://" + text(address) + "/v2/"));
        assertThat(said)
                .contains("Complete requests:      " + REQUESTS)
                .containsPattern("Failed requests: +0\n")
                .doesNotContain("Non-2xx");
        double perSecond = said.lines()
                .filter(line -> line.startsWith("Requests per second:"))
                .mapToDouble(line -> Double.parseDouble(line.split(" +", 5)[3]))
                .findFirst()
                .orElseThrow();
        List<String> lines = Files.readAllLines(percentiles);
        return new Small(perSecond, percentile(lines, 50), percentile(lines, 99));
    }

    private static double percentile(List<String> lines, int percent) {
        return lines.stream()
                .filter(line -> line.startsWith(percent + ","))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private double curl(InetSocketAddress address, String path, String wanted, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                RealProgram.require("curl").toString(),
                "--disable",
                "--silent",
                "--show-error",
                "--noproxy",
                "*",
                "--insecure",
                "--fail",
                "--http1.1",
                "--header",
                "Host: " + LoopbackCluster.HOST,
                "--output",
                "/dev/null",
                "--write-out",
                wanted));
        command.addAll(options);
        command.add("https://" + text(address) + path);
        return Double.parseDouble(run(command));
    }

    private String run(List<String> command) {
        return Program.run(folder, Map.of(), command).succeeded().output();
    }

    private Path layer() throws IOException {
        Path layer = Files.createDirectory(folder.resolve("layers")).resolve("layer");
        byte[] piece = Image.of(78, 1 << 20).layers().get(0);
        try (OutputStream out = Files.newOutputStream(layer)) {
            for (int written = 0; written < LAYER_MIB; written++) {
                out.write(piece);
            }
        }
        return layer;
    }

    /** Nodes that cost as little as can be. */
    private RunningProcess startNodes(Path layer) throws IOException {
        StringBuilder listen = new StringBuilder();
        cluster.nodeAddresses()
                .forEach(node -> listen.append("listen ").append(text(node)).append(" backlog=1024;\n"));
        return startNginx(
                "nodes",
                "server {\n" + listen
                        + "location / { default_type application/json; return 200 '{\"a\": \"small answer\"}'; }\n"
                        + "location = " + LAYER + " { alias " + layer + "; }\n}\n",
                cluster.nodeAddresses().get(0));
    }

    private RunningProcess startBareNginx(InetSocketAddress address) throws IOException {
        StringBuilder upstream = new StringBuilder("upstream nodes {\n");
        cluster.nodeAddresses()
                .forEach(node -> upstream.append("server ").append(text(node)).append(";\n"));
        Path tls = folder.resolve("cluster/balancer/machine/etc/nginx/tls");
        return startNginx(
                "bare",
                upstream + "}\nserver {\nlisten " + text(address) + " ssl;\nssl_certificate " + tls + "/harbor.crt;\n"
                        + "ssl_certificate_key " + tls + "/harbor.key;\nclient_max_body_size 0;\n"
                        + "proxy_request_buffering off;\nlocation / { proxy_pass http://nodes; }\n}\n",
                address);
    }

    private RunningProcess startNginx(String name, String server, InetSocketAddress address) throws IOException {
        Path own = Files.createDirectory(folder.resolve("cluster").resolve(name));
        Path config = Files.writeString(
                own.resolve("written.conf"),
                "user root;\nworker_processes auto;\npid " + own + "/nginx.pid;\nevents { worker_connections 4096; }\n"
                        + "http {\naccess_log " + own + "/access.log;\n" + server + "}\n");
        Path here = Nginx.temporaryFilesIn(ConfigEdit.of(config), own, false).writeTo(own.resolve("nginx.conf"));
        return Nginx.start(cluster.processes(), name, here, "", address);
    }

    private RunningProcess startBareHaproxy(InetSocketAddress address) throws IOException {
        StringBuilder backend = new StringBuilder();
        cluster.nodeAddresses()
                .forEach(node -> backend.append("  server node")
                        .append(node.getPort())
                        .append(' ')
                        .append(text(node))
                        .append('\n'));
        Path config = Files.writeString(
                folder.resolve("bare.cfg"),
                "global\n  log stdout format raw local0\ndefaults\n  log global\n  mode http\n  option httplog\n"
                        + "  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\nlisten bare\n  bind "
                        + text(address) + " ssl crt " + folder
                        + "/cluster/balancer/machine/etc/haproxy/tls/harbor.pem\n" + backend);
        return cluster.processes()
                .start(
                        "bare",
                        Map.of(),
                        List.of(RealProgram.require("haproxy").toString(), "-W", "-f", config.toString()))
                .awaitListening(address);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
