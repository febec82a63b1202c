package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.PrepareRules;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.testing.Clusters;
import dev.harborha.testing.Texts;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What nginx itself says to the files that it reads. */
@AddLifecycleHook(NeedsProgram.Nginx.class)
class NginxItselfProperties {

    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("nginx");
    }

    @AfterTry
    void removeFolder() throws IOException {
        Program.removeFolder(folder);
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound();
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Texts.line().list().ofSize(200);
    }

    @Example
    void itCanRefuse() throws IOException {
        NginxItself nginx = new NginxItself(folder);
        Path wrong = nginx.write("events {}\nhttp {\n  server { lisen 80; }\n}\n");
        assertThat(nginx.test(wrong).output()).contains("unknown directive \"lisen\"");
        assertThat(nginx.test(wrong).exitCode()).isOne();
    }

    /** Both profiles, plain http, TLS that ends before, two balancers, IPv6. */
    @Example
    void acceptsTheLoadBalancersThatPeopleHave() throws IOException {
        int files = 0;
        for (Cluster cluster :
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).values()) {
            files += acceptsLoadBalancers(cluster);
        }
        assertThat(files).isEqualTo(17);
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void acceptsLoadBalancersOfAnyKind(@ForAll("clusters") Cluster cluster) throws IOException {
        assertThat(acceptsLoadBalancers(cluster)).isEqualTo((int) cluster.loadBalancers().stream()
                .filter(balancer -> balancer.program() == LoadBalancerProgram.NGINX)
                .count());
    }

    private int acceptsLoadBalancers(Cluster cluster) throws IOException {
        int files = 0;
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        for (RenderedFile file : bundle.files()) {
            if (file.path().matches("lb/[^/]+/etc/nginx/nginx.conf")) {
                String upstream = bundle.get(file.path().replace("/etc/nginx/nginx.conf", UpstreamConfig.PATH))
                        .orElseThrow()
                        .content();
                // nginx looks names up when it starts, and these names are nobody's.
                for (Node node : cluster.nodes()) {
                    if (!node.address().isAddress()) {
                        upstream = NginxItself.once(
                                upstream,
                                "(?<=server )" + Pattern.quote(node.address().text()) + "(?=:)",
                                "192.0.2.1");
                    }
                }
                new NginxItself(folder).accepts(file.content(), upstream);
                files++;
            }
        }
        return files;
    }

    /** What nginx keeps of each node fits into the memory that it is given for that. */
    @Example
    void acceptsAnyNumberOfNodes() throws IOException {
        Cluster cluster =
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("pem-two-balancers-ipv6");
        for (int number : new int[] {1, 30, 31, 32, 33, 60, 100, 1000}) {
            List<Node> nodes = IntStream.rangeClosed(1, number)
                    .mapToObj(i -> Node.of(
                            "n" + i,
                            "[2001:db8:1111:2222:3333:4444:5555:" + Integer.toHexString(0x1000 + i) + "]:65535"))
                    .toList();
            ClusterBuilder builder = cluster.toBuilder().withoutNode("harbor-1").withoutNode("harbor-2");
            nodes.forEach(builder::node);
            new NginxItself(folder)
                    .accepts(
                            LoadBalancerConfig.text(
                                    builder.build(), cluster.loadBalancers().get(0)),
                            UpstreamConfig.text(
                                    builder.build(), cluster.loadBalancers().get(0)));
        }
    }

    @Example
    void acceptsANodesProxyAfterPrepare() throws IOException {
        Cluster cluster =
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("post-s3-https");
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        String template = bundle.get("nodes/harbor-1/make/common/templates/nginx/nginx.http.conf")
                .orElseThrow()
                .content();
        String config = PrepareRules.substitute(template, Map.of());
        // The names of the containers in Harbor's network.
        config = NginxItself.once(config, "(?<=server )registry(?=:5000;)", "192.0.2.1");
        config = NginxItself.once(config, "(?<=server )ui(?=:80;)", "192.0.2.2");
        new NginxItself(folder).accepts(config);
    }

    /** nginx answers with the very texts that were given to {@link NginxDirective}. */
    @Property(tries = 2, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void readsTextsAsTheyAre(@ForAll("texts") List<String> any) throws IOException, InterruptedException {
        List<String> texts = any.stream().filter(text -> text.indexOf('$') < 0).toList();
        assertThat(texts).hasSizeGreaterThan(20);
        List<NginxDirective> server = new ArrayList<>();
        server.add(directive("listen", "unix:" + folder.resolve("socket")));
        for (int i = 0; i < texts.size(); i++) {
            server.add(block("location", List.of(directive("return", "200", texts.get(i))))
                    .texts("=", "/" + i));
        }
        Path file = new NginxItself(folder)
                .write(NginxDirective.write(List.of(
                        directive("daemon", "off"),
                        directive("master_process", "off"),
                        directive("pid", "/run/nginx.pid"),
                        block("events", List.of()),
                        block("http", List.of(directive("access_log", "off"), block("server", server))))));
        Process nginx = new ProcessBuilder(
                        Program.require("nginx").toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            for (int waits = 0; !Files.exists(folder.resolve("socket")); waits++) {
                assertThat(nginx.isAlive() && waits < 200)
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue();
                Thread.sleep(50);
            }
            for (int i = 0; i < texts.size(); i++) {
                assertThat(get("/" + i)).isEqualTo(texts.get(i));
            }
        } finally {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private String get(String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 200 OK\r\n");
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }
}
