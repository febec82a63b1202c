package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.nginx.NginxReader;
import dev.harborha.testing.Clusters;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** What holds for the files of every sound cluster. */
class RenderingProperties {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final int TRIES = 60;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound();
    }

    @Provide
    Arbitrary<Tuple2<Cluster, Cluster>> clustersAndTheSameWithOneMoreNode() {
        return Combinators.combine(Clusters.sound(), Arbitraries.of(80, 8080)).as((cluster, port) -> {
            Node more = Node.of("one-more", "192.0.2.77:" + port);
            return Tuple.of(cluster, cluster.toBuilder().node(more).build());
        });
    }

    private static Bundle render(Cluster cluster) {
        return TestKeys.HARBOR.render(cluster, KEYS);
    }

    private static NodeFiles node(Bundle bundle, Node node) {
        return NodeFiles.of(bundle, node.name());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatPassesCheckRendersAndPassesAudit(@ForAll("clusters") Cluster cluster) {
        Report check = TestKeys.HARBOR.check(cluster);
        assertThat(check.hasErrors()).isFalse();
        Bundle bundle = render(cluster);
        assertThat(TestKeys.HARBOR.audit(bundle).findings())
                .allMatch(finding -> finding.severity() == Severity.NOTE || isSaidByCheck(check, finding));
        Set<String> machines = bundle.files().stream()
                .map(file -> file.path().replaceFirst("^([^/]+/[^/]+/).*", "$1"))
                .collect(Collectors.toSet());
        Set<String> expected = cluster.nodes().stream()
                .map(node -> "nodes/" + node.name() + "/")
                .collect(Collectors.toSet());
        cluster.loadBalancers().forEach(balancer -> expected.add("lb/" + balancer.name() + "/"));
        expected.add("INSTALL.md");
        assertThat(machines).isEqualTo(expected);
    }

    /** Where the logs of jobs lie is a choice that the rules on clusters speak of, too. */
    private static boolean isSaidByCheck(Report check, Finding finding) {
        return finding.id().equals("bundle.job-logs-on-one-node")
                && check.findings().stream().anyMatch(said -> said.id().equals("jobservice.logs-on-one-node"));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void clientsStickToANodeExactlyWhereThatIsAsked(@ForAll("clusters") Cluster cluster) {
        Bundle bundle = render(cluster);
        for (LoadBalancer balancer : cluster.loadBalancers()) {
            if (balancer.program() == LoadBalancerProgram.HAPROXY) {
                String config = bundle.get("lb/" + balancer.name() + "/etc/haproxy/haproxy.cfg")
                        .orElseThrow()
                        .content();
                assertThat(config.lines().filter("  balance source"::equals))
                        .hasSize(balancer.affinity() == Affinity.SOURCE ? 4 : 0);
                assertThat(config.lines().filter(line -> line.startsWith("  cookie harbor_node ")))
                        .hasSize(balancer.affinity() == Affinity.COOKIE ? 4 : 0);
                assertThat(config.lines().filter(line -> line.startsWith("  server ")))
                        .hasSize(4 * cluster.nodes().size());
                continue;
            }
            String config = bundle.get("lb/" + balancer.name() + "/var/lib/harbor-lb/upstream.conf")
                    .orElseThrow()
                    .content();
            NginxReader.Directive upstream = NginxReader.read(config).one("upstream");
            assertThat(upstream.all("least_conn")).hasSize(balancer.affinity() == Affinity.LEAST_CONNECTIONS ? 1 : 0);
            assertThat(upstream.all("hash")).hasSize(balancer.affinity() == Affinity.SOURCE ? 1 : 0);
            assertThat(upstream.all("ip_hash")).hasSize(balancer.affinity() == Affinity.IP_HASH ? 1 : 0);
            assertThat(upstream.all("server").stream()
                            .map(server -> server.words().get(1)))
                    .containsExactlyElementsOf(cluster.nodes().stream()
                            .map(node -> cluster.addressOf(node).toString())
                            .toList());
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void pathsStayInsideAndFitEveryFileSystem(@ForAll("clusters") Cluster cluster) {
        Path folder = Path.of("/out");
        Set<String> seen = new HashSet<>();
        for (RenderedFile file : render(cluster).files()) {
            assertThat(folder.resolve(file.path()).normalize())
                    .startsWithRaw(folder)
                    .hasToString("/out/" + file.path());
            assertThat(file.path().split("/", -1)).allMatch(part -> part.matches("[A-Za-z0-9._+@-]{1,255}"));
            assertThat(seen.add(file.path().toLowerCase(Locale.ROOT)))
                    .as(file.path())
                    .isTrue();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void oneMoreNodeLeavesTheOthersAsTheyAre(
            @ForAll("clustersAndTheSameWithOneMoreNode") Tuple2<Cluster, Cluster> clusters) {
        Bundle before = render(clusters.get1());
        Bundle after = render(clusters.get2());
        for (RenderedFile file : before.files()) {
            if (file.path().startsWith("nodes/")) {
                assertThat(after.get(file.path())).contains(file);
            }
        }
        Node first = clusters.get1().nodes().get(0);
        assertThat(NodeFiles.of(after, "one-more").paths())
                .isEqualTo(node(before, first).paths());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void nodesAskTheTimeServers(@ForAll("clusters") Cluster cluster) {
        Bundle bundle = render(cluster);
        for (Node node : cluster.nodes()) {
            assertThat(bundle.get("nodes/" + node.name() + "/etc/chrony/sources.d/harbor.sources")
                            .map(RenderedFile::content)
                            .orElse(""))
                    .isEqualTo(cluster.timeServers().stream()
                            .map(server -> "server " + server.text() + " iburst\n")
                            .collect(Collectors.joining()));
        }
    }
}
