package dev.harborha.templates.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.NeedsProgram;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.testing.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** What HAProxy itself says to the files that it reads: no error and no warning. */
@AddLifecycleHook(NeedsProgram.Haproxy.class)
class HaproxyItselfProperties {

    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("haproxy");
    }

    @AfterTry
    void removeFolder() throws IOException {
        Program.removeFolder(folder);
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound();
    }

    private Program.Result check(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
        return Program.run(
                folder, Map.of(), List.of(Program.require("haproxy").toString(), "-c", "-f", file.toString()));
    }

    @Example
    void itCanRefuse() throws IOException {
        Program.Result result = check("defaults\n  mode http\nfrontend a\n  bnid *:80\n");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("unknown keyword 'bnid'");
    }

    /** HTTP and TCP, both profiles, a cookie, a canary, a virtual IP, TLS to the nodes. */
    @Example
    void acceptsTheLoadBalancersThatPeopleHave() throws IOException {
        int files = 0;
        for (Cluster cluster :
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).values()) {
            files += accepts(cluster);
        }
        assertThat(files).isEqualTo(4);
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void acceptsLoadBalancersOfAnyKind(@ForAll("clusters") Cluster cluster) throws IOException {
        assertThat(accepts(cluster)).isEqualTo((int) cluster.loadBalancers().stream()
                .filter(balancer -> balancer.program() == LoadBalancerProgram.HAPROXY)
                .count());
    }

    private int accepts(Cluster cluster) throws IOException {
        int files = 0;
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        for (RenderedFile file : bundle.files()) {
            if (file.path().matches("lb/[^/]+/etc/haproxy/haproxy.cfg")) {
                Program.Result result = check(here(file.content(), cluster));
                assertThat(result.output()).as(file.content()).doesNotContain("[WARNING]", "[ALERT]");
                result.succeeded();
                files++;
            }
        }
        return files;
    }

    /** Puts the certificates into the folder, and addresses into the place of names, which are looked up and are nobody's. */
    private String here(String config, Cluster cluster) throws IOException {
        Path pem = Files.writeString(
                folder.resolve("harbor.pem"),
                TestKeys.certificate() + TestKeys.certificateKey().reveal());
        String edited = config.replaceAll("(?m)(?<= crt )/\\S+", pem.toString())
                .replaceAll("(?m)(?<= ca-file )/\\S+", pem.toString());
        for (Node node : cluster.nodes()) {
            if (!node.address().isAddress()) {
                edited = edited.replace(
                        " " + node.name() + " " + cluster.addressOf(node), " " + node.name() + " 192.0.2.1:80");
            }
        }
        return edited;
    }
}
