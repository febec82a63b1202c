package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.e2e.DrillLoad.Kind;
import dev.harborha.e2e.DrillLoad.Operation;
import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of a lost node, with each load balancer that is rendered. {@code docs/failover.md} has the whole matrix. */
@Timeout(120)
class FailoverIT {

    /** Load balancers; requests go to the nodes in turn, so that every client meets the lost one. */
    enum Front {
        NGINX_STREAMED(balancer -> balancer.affinity(Affinity.NONE)),
        NGINX_BUFFERED(balancer -> balancer.affinity(Affinity.NONE).bufferedUploads()),
        HAPROXY(balancer -> balancer.affinity(Affinity.NONE));

        private final Consumer<LoadBalancer.Builder> description;

        Front(Consumer<LoadBalancer.Builder> description) {
            this.description = description;
        }
    }

    private static final int OF_EACH = 2;
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(9);

    /** Until then a lost node has been found, by the default health check. */
    private static final Duration FOUND = Duration.ofSeconds(7);

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().logs());

    private LoopbackCluster cluster;
    private RunningPair pair;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        cluster = LoopbackCluster.onSharedFolder(folder);
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private LoopbackCluster cluster() {
        return cluster;
    }

    private Cluster describe(Front front) {
        Cluster described = cluster.describe(balancer -> {
            if (front == Front.HAPROXY) {
                balancer.haproxy(cluster.balancerHost());
            }
            front.description.accept(balancer);
        });
        return described.toBuilder().redis("redis.example.com").build();
    }

    private DrillLoad start(Front front) throws IOException {
        pair = RunningPair.start(cluster, describe(front));
        pair.balancer().startChecker();
        return DrillLoad.start(pair, OF_EACH).during(BEFORE);
    }

    @ParameterizedTest
    @EnumSource
    void aNodeIsKilled(Front front) throws IOException {
        try (DrillLoad load = start(front)) {
            long fault = System.nanoTime();
            pair.nodes().get(1).kill();
            assertFailsOver(front, fault, load.during(AFTER).stop());
        }
    }

    /** The node's nginx goes on, and answers 502 for its registry. */
    @ParameterizedTest
    @EnumSource
    void aRegistryIsKilled(Front front) throws IOException {
        try (DrillLoad load = start(front)) {
            long fault = System.nanoTime();
            pair.nodes().get(1).killRegistry();
            assertFailsOver(front, fault, load.during(AFTER).stop());
        }
    }

    private void assertFailsOver(Front front, long fault, List<Operation> operations) {
        String summary = front + "\n" + DrillLoad.summary(operations);
        System.out.println(summary);
        assertThat(operations).as(summary).hasSizeGreaterThan(20);
        assertThat(DrillLoad.failed(DrillLoad.of(Kind.DOCKER_PUSH, operations)))
                .as(summary)
                .isEmpty();
        // A blob on its way to a client cannot be sent by another node.
        assertThat(DrillLoad.failed(DrillLoad.of(Kind.PLAIN_PULL, operations)))
                .as(summary)
                .hasSizeLessThanOrEqualTo(OF_EACH);
        assertThat(DrillLoad.failed(DrillLoad.of(Kind.PLAIN_PUSH, operations)))
                .as(summary)
                .hasSizeLessThanOrEqualTo(front == Front.NGINX_BUFFERED ? 1 : OF_EACH);
        assertThat(operations.stream().filter(one -> one.start() - fault > FOUND.toNanos()))
                .as("what begins later: %s", summary)
                .hasSizeGreaterThan(2)
                .noneMatch(Operation::failed)
                .allMatch(one -> one.repeats() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aNodeIsDrainedStoppedAndTakenBack(Front front) throws IOException {
        try (DrillLoad load = start(front)) {
            Cluster described = describe(front);
            Path drained = cluster.write(described.toBuilder().drain("harbor-2").build(), TestKeys.first());
            pair.balancer().reload(drained.resolve("lb/lb-1"));
            load.during(Duration.ofSeconds(3));
            pair.nodes().get(1).kill();
            load.during(Duration.ofSeconds(2));
            Path back = cluster.write(described, TestKeys.first());
            cluster.startNode(back, 2);
            pair.balancer().reload(back.resolve("lb/lb-1"));
            List<Operation> operations = load.during(Duration.ofSeconds(3)).stop();

            String summary = front + "\n" + DrillLoad.summary(operations);
            assertThat(operations).as(summary).hasSizeGreaterThan(20);
            assertThat(operations).as(summary).noneMatch(Operation::failed).allMatch(one -> one.repeats() == 0);
        }
    }
}
