package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.model.TlsProfile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What testssl.sh says to the TLS of each load balancer: protocols, ciphers, forward secrecy, what the server tells and prefers, and
 * the known attacks. It takes minutes, so {@code -Dharborha.drills} asks for it, which {@code -Pdrills} sets. Its rows go to {@code
 * target/testssl.md}.
 */
@EnabledIfSystemProperty(named = "harborha.drills", matches = "[1-9][0-9]*")
@Timeout(600)
class TestsslIT {

    private static final Path ROWS = Path.of(System.getProperty("basedir", ""), "target", "testssl.md");

    /**
     * What is no finding here: the certificate is one of this test, which signs itself and is good for a day; testssl has no GOST here;
     * tickets are switched off; and Mozilla lets the client choose among ciphers that are all good.
     */
    private static final Pattern OF_THIS_TEST =
            Pattern.compile("cert_.*|engine_problem|sessionresumption_ticket|cipher_order");

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().processes().logs());

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

    @ParameterizedTest
    @CsvSource({"nginx, INTERMEDIATE", "nginx, MODERN", "haproxy, INTERMEDIATE", "haproxy, MODERN"})
    void findsNothingOfWeight(String program, TlsProfile profile) throws Exception {
        Path testssl = RealProgram.require("testssl").path();
        cluster = new EchoCluster(folder, "127.77.0.10", 2);
        InetSocketAddress address = cluster.address();
        cluster.start(cluster.describe(
                "https://" + LoopbackCluster.HOST + ":" + address.getPort(), program.equals("haproxy"), front -> {
                    EchoCluster.certificate(front);
                    front.tlsProfile(profile);
                }));
        Path json = folder.resolve("testssl.json");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        testssl.toString(),
                        "--quiet",
                        "--color",
                        "0",
                        "--warnings",
                        "batch",
                        "--nodns",
                        "none",
                        "--ip",
                        address.getAddress().getHostAddress(),
                        "--protocols",
                        "--std",
                        "--fs",
                        "--server-preference",
                        "--server-defaults",
                        "--vulnerable",
                        "--jsonfile",
                        json.toString(),
                        "https://" + LoopbackCluster.HOST + ":" + address.getPort())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("testssl.txt").toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroy();
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;

        Map<String, Integer> severities = new TreeMap<>();
        List<String> grave = new ArrayList<>();
        for (JsonNode finding : new ObjectMapper().readTree(json.toFile())) {
            String severity = finding.get("severity").asText();
            severities.merge(severity, 1, Integer::sum);
            String id = finding.get("id").asText();
            if (!List.of("OK", "INFO", "LOW").contains(severity)
                    && !OF_THIS_TEST.matcher(id).matches()) {
                grave.add(id + " " + severity + ": " + finding.get("finding").asText());
            }
        }
        Files.createDirectories(ROWS.getParent());
        Files.writeString(
                ROWS,
                "| " + program + " | " + profile.name().toLowerCase(Locale.ROOT) + " | " + severities + " | " + grave
                        + " | " + seconds + " |\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(severities.getOrDefault("OK", 0)).as("what is well").isGreaterThan(30);
        assertThat(grave).isEmpty();
    }
}
