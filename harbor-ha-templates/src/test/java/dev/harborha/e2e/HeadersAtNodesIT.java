package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.LoadBalancer;
import dev.harborha.model.TlsMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node is told of a request: the truth, whatever way the request came and whatever its client said of itself. */
@Timeout(60)
class HeadersAtNodesIT {

    private static final String HOST = LoopbackCluster.HOST;

    /** Nobody's address (RFC 5737), which the forged headers name. */
    private static final String FORGED = "198.51.100.1";

    private static final List<String> FORGERIES = List.of(
            "Forwarded: for=" + FORGED + ";host=evil.example.org;proto=gopher",
            "X-Forwarded-Host: evil.example.org",
            "X-Forwarded-Port: 666",
            "X-Forwarded-Proto: gopher",
            "x-forwarded-proto: gopher",
            "X-Forwarded-For: " + FORGED,
            "X-Forwarded-For: " + FORGED + ", 127.0.0.1",
            "X-Real-IP: " + FORGED);

    /** One request for each way that a load balancer treats requests. */
    private static final List<List<String>> REQUESTS = List.of(
            List.of("/"),
            List.of("/api/v2.0/projects", "-X", "POST", "-d", "{}"),
            List.of("/service/token?service=harbor-registry"),
            List.of("/v2/"),
            List.of("/v2/library/app/manifests/1.0"),
            List.of("/v2/library/app/blobs/uploads/", "-X", "POST"),
            List.of("/v2/library/app/blobs/uploads/7", "-X", "PATCH", "-d", "a layer"),
            List.of("/v2/library/app/blobs/uploads/7?digest=sha256:0", "-X", "PUT", "-d", ""));

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

    private void start(String address, String url, boolean haproxy, Consumer<LoadBalancer.Builder> front) {
        cluster = new EchoCluster(folder, address, 2);
        cluster.start(
                cluster.describe(url.replace("PORT", "" + cluster.address().getPort()), haproxy, front));
    }

    static Stream<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (String program : List.of("nginx", "haproxy")) {
            for (String address : List.of("127.77.0.10", "::1")) {
                for (String authority : List.of(HOST, HOST + ":PORT", "[2001:db8::10]", "[2001:db8::10]:PORT")) {
                    ways.add(Arguments.of(program, address, "http://" + authority, "1.1"));
                    if (!authority.startsWith("[")) {
                        ways.add(Arguments.of(program, address, "https://" + authority, "1.1"));
                        ways.add(Arguments.of(program, address, "https://" + authority, "2"));
                    }
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nodesAreToldTheTruth(String program, String address, String url, String http) throws IOException {
        start(address, url, program.equals("haproxy"), balancer -> {
            if (url.startsWith("https:")) {
                EchoCluster.certificate(balancer);
            }
            if (http.equals("2")) {
                balancer.http2();
            }
        });
        String client = address.equals("::1") ? "::1" : "127.9.8.7";
        String here = url.replace("PORT", "" + cluster.address().getPort());
        String authority = here.substring(here.indexOf("//") + 2);
        for (List<String> request : REQUESTS) {
            Map<String, List<String>> seen = ask(here, client, http, request);
            assertThat(seen.get("host")).as("%s", request).containsExactly(authority);
            assertThat(seen.get("x-forwarded-proto")).containsExactly(url.substring(0, url.indexOf(':')));
            assertThat(seen.get("x-real-ip")).containsExactly(client);
            assertThat(seen.get("x-forwarded-for")).containsExactly(client);
            assertThat(seen).doesNotContainKeys("forwarded", "x-forwarded-host", "x-forwarded-port");
            assertThat(seen.toString()).doesNotContain(FORGED, "evil", "gopher", "666");
        }
    }

    /** Asks with all forged headers, and with another port and another spelling of the name than those of the public URL. */
    private Map<String, List<String>> ask(String url, String source, String http, List<String> request)
            throws IOException {
        String at = cluster.address().getAddress().getHostAddress();
        Path certificate = Files.writeString(
                folder.resolve("certificate.pem"), TestKeys.certificate().certificatePem());
        List<String> command = new ArrayList<>(List.of(
                RealProgram.require("curl").toString(),
                "--disable",
                "--silent",
                "--show-error",
                "--noproxy",
                "*",
                "--interface",
                source,
                "--cacert",
                certificate.toString(),
                http.equals("2") ? "--http2" : "--http1.1",
                "--connect-to",
                "::" + (at.contains(":") ? "[" + at + "]" : at) + ":"
                        + cluster.address().getPort(),
                "--write-out",
                "%{stderr}answered: %{http_code} over %{http_version}",
                "--header",
                "Host: "
                        + url.replaceFirst(".*//", "")
                                .replaceFirst(":[0-9]+$", "")
                                .toUpperCase(Locale.ROOT) + ":9"));
        for (String forged : FORGERIES) {
            command.addAll(List.of("--header", forged));
        }
        command.add(url + request.get(0));
        command.addAll(request.subList(1, request.size()));
        RunningProcess curl = cluster.processes().start("curl-" + System.nanoTime(), Map.of(), command);
        curl.awaitEnd();
        assertThat(curl.log()).contains("answered: 200 over " + http);
        return headers(curl.log());
    }

    private static Map<String, List<String>> headers(String head) {
        return head.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(":", 2))
                .collect(Collectors.groupingBy(
                        parts -> parts[0].toLowerCase(Locale.ROOT),
                        Collectors.mapping(parts -> parts[1].trim(), Collectors.toList())));
    }

    /** What a load balancer believes of {@code X-Forwarded-For}, line by line, from whom, and what a node is told then. */
    private record Told(String from, List<String> lines, String client) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyInFrontIsBelievedAndNobodyElse(boolean haproxy) throws IOException {
        start(
                "127.77.0.10",
                "https://" + HOST,
                haproxy,
                balancer -> balancer.tls(TlsMode.PLAIN_HTTP)
                        .behindProxy(proxy -> proxy.from("127.66.0.0/16", "127.55.1.1/32")));
        for (Told told : List.of(
                new Told("127.66.1.1", List.of("203.0.113.7"), "203.0.113.7"),
                new Told("127.55.1.1", List.of("203.0.113.7"), "203.0.113.7"),
                new Told("127.66.1.1", List.of("2001:db8::7"), "2001:db8::7"),
                new Told("127.66.1.1", List.of(FORGED + ", 203.0.113.7"), "203.0.113.7"),
                new Told("127.66.1.1", List.of(FORGED, "203.0.113.7"), "203.0.113.7"),
                new Told("127.66.1.1", List.of("203.0.113.7:4711"), "203.0.113.7"),
                new Told("127.66.1.1", List.of(), "127.66.1.1"),
                new Told("127.66.1.1", List.of("not an address"), "127.66.1.1"),
                new Told("127.66.1.1", List.of(FORGED + ", 203.0.113.7, 127.66.1.2"), "203.0.113.7"),
                new Told("127.66.1.1", List.of(FORGED, "203.0.113.7, 127.55.1.1", "127.66.1.2"), "203.0.113.7"),
                new Told("127.66.1.1", List.of("127.55.1.1, 127.66.1.2"), "127.55.1.1"),
                new Told("127.66.1.1", List.of(FORGED + ", 127.66.1.2, not an address"), "127.66.1.1"),
                new Told("127.67.1.1", List.of(FORGED + ", 127.66.1.2"), "127.67.1.1"),
                new Told("127.67.1.1", List.of(FORGED), "127.67.1.1"),
                new Told("127.55.1.2", List.of(FORGED), "127.55.1.2"))) {
            StringBuilder forwarded = new StringBuilder();
            told.lines()
                    .forEach(line ->
                            forwarded.append("X-Forwarded-For: ").append(line).append("\r\n"));
            Map<String, List<String>> seen = raw(told.from(), new byte[0], forwarded.toString());
            assertThat(seen.get("x-real-ip")).as("%s", told).containsExactly(told.client());
            assertThat(seen.get("x-forwarded-for")).as("%s", told).containsExactly(told.client());
            assertThat(seen.get("x-forwarded-proto")).containsExactly("https");
            assertThat(seen.get("host")).containsExactly(HOST);
            assertThat(seen).doesNotContainKeys("forwarded", "x-forwarded-host", "x-forwarded-port");
            assertThat(seen.toString()).doesNotContain(FORGED, "evil");
        }
    }

    /** Of whom nothing is known, nothing can be refused; what is true stands at the end, and alone in X-Real-IP. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyOfWhichNothingIsKnown(boolean haproxy) throws IOException {
        start(
                "127.77.0.10",
                "https://" + HOST,
                haproxy,
                balancer -> balancer.tls(TlsMode.PLAIN_HTTP).behindProxy());

        Map<String, List<String>> seen = raw("127.66.1.1", new byte[0], "X-Forwarded-For: 203.0.113.7\r\n");

        assertThat(seen.get("x-real-ip")).containsExactly("127.66.1.1");
        assertThat(String.join(", ", seen.get("x-forwarded-for"))).isEqualTo("203.0.113.7, 127.66.1.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyInFrontThatSpeaksTheProxyProtocol(boolean haproxy) throws IOException {
        start(
                "127.77.0.10",
                "https://" + HOST,
                haproxy,
                balancer -> balancer.tls(TlsMode.PLAIN_HTTP)
                        .behindProxy(proxy -> proxy.from("127.66.0.0/16").proxyProtocol()));
        byte[] version1 = "PROXY TCP4 203.0.113.7 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] version2 = ByteBuffer.allocate(28)
                .put(new byte[] {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10, 0x21, 0x11, 0, 12})
                .put(new byte[] {(byte) 203, 0, 113, 7, (byte) 192, 0, 2, 1})
                .putShort((short) 4711)
                .putShort((short) 443)
                .array();
        byte[] ofIpv6 = "PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII);
        String forged = "X-Forwarded-For: " + FORGED + "\r\n";
        for (byte[] header : List.of(version1, version2, ofIpv6)) {
            Map<String, List<String>> seen = raw("127.66.1.1", header, forged);
            String client = header == ofIpv6 ? "2001:db8::7" : "203.0.113.7";
            assertThat(seen.get("x-real-ip")).containsExactly(client);
            assertThat(seen.get("x-forwarded-for")).containsExactly(client);
        }
        // Whom nobody trusts is taken for what it is, or not at all.
        for (byte[] header : List.of(version1, version2)) {
            String answer = answer("127.67.1.1", header, forged);
            if (haproxy) {
                assertThat(answer).doesNotContain("X-Node");
            } else {
                assertThat(headers(answer.split("\r\n\r\n", 2)[1]).get("x-real-ip"))
                        .containsExactly("127.67.1.1");
            }
        }
        // Nor is anybody let in without the header where each connection must have it.
        assertThat(answer("127.66.1.1", new byte[0], "")).doesNotContain("X-Node");
    }

    private Map<String, List<String>> raw(String from, byte[] first, String headers) throws IOException {
        String[] answer = answer(from, first, headers).split("\r\n\r\n", 2);
        assertThat(answer[0]).startsWith("HTTP/1.1 200 ");
        return headers(answer[1]);
    }

    /** Sends bytes as a proxy would. */
    private String answer(String from, byte[] first, String headers) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(FreePorts.literal(from), 0));
            socket.setSoTimeout(10_000);
            socket.connect(cluster.address(), 5_000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(first);
            all.write(("GET /v2/ HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\nForwarded: for=" + FORGED
                            + "\r\nX-Forwarded-Host: evil.example.org\r\nX-Forwarded-Port: 666\r\nX-Real-IP: " + FORGED
                            + "\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(all.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }
}
