package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.harborha.model.Affinity;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand client networks: each keeps its node, they spread evenly, and a node that is lost moves its own clients only.
 *
 * <p>A proxy in front, whom the load balancer believes, tells their addresses over few connections.
 */
@Timeout(120)
class AffinityIT {

    private static final int CLIENTS = 10_000;
    private static final int AT_ONCE = 50;

    /** Every so many clients, where some are enough. */
    private static final int SOME = 10;

    /** HAProxy gives a node that is back its share little by little, for 10 seconds. */
    private static final Duration UNTIL_ALL_ARE_BACK = Duration.ofSeconds(30);

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

    /** The last column is how many places each node has on a ring of hashes, where there is one. */
    @ParameterizedTest
    @CsvSource({
        "nginx, IP_HASH, 2, 0",
        "nginx, IP_HASH, 3, 0",
        "nginx, SOURCE, 2, 4000",
        "nginx, SOURCE, 3, 4000",
        "haproxy, SOURCE, 2, 4096",
        "haproxy, SOURCE, 3, 4096"
    })
    void clientsKeepTheirNode(String program, Affinity affinity, int nodes, int places) throws IOException {
        cluster = new EchoCluster(folder, "127.77.0.10", nodes);
        LoadBalancerProcess balancer = cluster.start(cluster.describe(
                "http://" + LoopbackCluster.HOST,
                program.equals("haproxy"),
                front -> front.affinity(affinity).behindProxy(proxy -> proxy.from("127.66.0.0/16"))));
        balancer.startChecker();

        String[] first = nodesOfClients(1);
        Map<String, Integer> shares = shares(first);
        assertThat(shares).hasSize(nodes);
        assertThat(shares.values())
                .allSatisfy(share -> assertThat((double) share)
                        .isCloseTo((double) CLIENTS / nodes, within(4 * deviation(nodes, places))));

        cluster.lose(2);
        assertOnlyThoseOfTheSecondMove(first, nodesOfClients(1), nodes);
        Waiting.until("the loss is known", () -> cluster.isOut(2));
        assertOnlyThoseOfTheSecondMove(some(first), nodesOfClients(SOME), nodes);

        cluster.takeBack(2);
        Waiting.until("the node is known to be back", () -> !cluster.isOut(2));
        long deadline = System.nanoTime() + UNTIL_ALL_ARE_BACK.toNanos();
        while (!Arrays.equals(some(first), nodesOfClients(SOME))) {
            assertThat(System.nanoTime()).as("all clients are where they were").isLessThan(deadline);
        }
    }

    /** How far a share is from an even one, for clients that are spread by chance over a ring that is divided by chance. */
    private static double deviation(int nodes, int places) {
        double share = 1.0 / nodes;
        double ring = places == 0 ? 0 : CLIENTS / (nodes * (double) places + 1);
        return Math.sqrt(CLIENTS * share * (1 - share) * (1 + ring));
    }

    private static void assertOnlyThoseOfTheSecondMove(String[] before, String[] now, int nodes) {
        Map<String, Integer> moved = new HashMap<>();
        for (int client = 0; client < before.length; client++) {
            if (before[client].equals("harbor-2")) {
                moved.merge(now[client], 1, Integer::sum);
            } else {
                assertThat(now[client]).as("client %s", client).isEqualTo(before[client]);
            }
        }
        assertThat(moved).hasSize(nodes - 1).doesNotContainKey("harbor-2");
        int all = moved.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(moved.values()).as("those who move spread, too").allMatch(share -> share >= 0.6 * all / (nodes - 1));
    }

    private static Map<String, Integer> shares(String[] served) {
        Map<String, Integer> shares = new HashMap<>();
        Arrays.stream(served).forEach(node -> shares.merge(node, 1, Integer::sum));
        return shares;
    }

    private static String[] some(String[] all) {
        return IntStream.range(0, CLIENTS / SOME)
                .mapToObj(number -> all[number * SOME])
                .toArray(String[]::new);
    }

    /**
     * Asks once for each client, or for each so many of them. Programs close a connection after some hundred requests, or when they
     * are reloaded; then it goes on with another one.
     */
    private String[] nodesOfClients(int step) throws IOException {
        String[] served = new String[CLIENTS / step];
        int done = 0;
        int closed = 0;
        while (done < served.length) {
            int until = Math.min(served.length, done + AT_ONCE);
            StringBuilder requests = new StringBuilder();
            for (int number = done; number < until; number++) {
                requests.append("GET /v2/ HTTP/1.1\r\nHost: ")
                        .append(LoopbackCluster.HOST)
                        .append("\r\nX-Forwarded-For: 10.")
                        .append(number * step / 100)
                        .append('.')
                        .append(number * step % 100)
                        .append(".1\r\n\r\n");
            }
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(FreePorts.literal("127.66.1.1"), 0));
                socket.setSoTimeout(20_000);
                socket.connect(cluster.address());
                InputStream in = new BufferedInputStream(socket.getInputStream());
                socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
                while (done < until) {
                    served[done] = readNode(in);
                    done++;
                }
            } catch (EOFException | SocketException end) {
                assertThat(++closed).as("connections that ended: %s", end).isLessThan(5);
            }
        }
        return served;
    }

    private static String readNode(InputStream in) throws IOException {
        String node = "";
        int length = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.regionMatches(true, 0, "X-Node: ", 0, 8)) {
                node = line.substring(8);
            } else if (line.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.skipNBytes(length);
        return node;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
