package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.e2e.DrillLoad.Kind;
import dev.harborha.e2e.DrillLoad.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients see of a lost node, with each load balancer that is rendered. Requests go to the nodes in turn, so that every
 * client meets the lost one. {@link FailoverMatrixIT} has the other cases.
 */
@Timeout(120)
class FailoverIT {

    private static final int OF_EACH = 2;
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(12);

    /** Until then a lost node has been found, by the default health check. */
    private static final Duration FOUND = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().logs());

    private DrillCluster cluster;

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private DrillCluster cluster() {
        return cluster;
    }

    private DrillLoad start(DrillFront front) throws IOException {
        cluster = DrillCluster.start(folder, front);
        return DrillLoad.start(cluster, OF_EACH).during(BEFORE);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_STREAMED", "NGINX_BUFFERED", "HAPROXY", "HAPROXY_NODES_WITH_TLS"})
    void aNodeIsKilled(DrillFront front) throws IOException {
        try (DrillLoad load = start(front)) {
            long fault = System.nanoTime();
            cluster.node(2).kill();
            assertFailsOver(front, fault, load.during(AFTER).stop());
        }
    }

    /** The node's nginx goes on, and answers 502 for its core. */
    @ParameterizedTest
    @EnumSource(names = {"NGINX_STREAMED_NODES_WITH_TLS", "HAPROXY"})
    void aCoreIsKilled(DrillFront front) throws IOException {
        try (DrillLoad load = start(front)) {
            long fault = System.nanoTime();
            cluster.node(2).killCore();
            assertFailsOver(front, fault, load.during(AFTER).stop());
        }
    }

    private void assertFailsOver(DrillFront front, long fault, List<Operation> operations) {
        String summary = front + "\n" + DrillLoad.summary(operations);
        assertThat(operations).as(summary).hasSizeGreaterThan(20);
        // An answer that has begun, be it a token or a blob, cannot be ended by another node.
        for (Kind kind : List.of(Kind.DOCKER_PUSH, Kind.DOCKER_PULL)) {
            assertThat(DrillLoad.failed(DrillLoad.of(kind, operations)))
                    .as(summary)
                    .allMatch(Operation::wasCutOff)
                    .hasSizeLessThanOrEqualTo(OF_EACH);
        }
        assertThat(DrillLoad.failed(DrillLoad.of(Kind.PLAIN_PULL, operations)))
                .as(summary)
                .hasSizeLessThanOrEqualTo(OF_EACH);
        // Nor can a layer that streams; and where an upload had just ended, the other node knows nothing of it any
        // more.
        assertThat(DrillLoad.failed(DrillLoad.of(Kind.PLAIN_PUSH, operations)))
                .as(summary)
                .hasSizeLessThanOrEqualTo(OF_EACH);
        assertThat(operations.stream().filter(one -> one.start() - fault > FOUND.toNanos()))
                .as("what begins later: %s", summary)
                .hasSizeGreaterThan(2)
                .noneMatch(Operation::failed)
                .allMatch(one -> one.repeats().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_STREAMED", "HAPROXY"})
    void aNodeIsDrainedStoppedAndTakenBack(DrillFront front) throws IOException {
        try (DrillLoad load = start(front)) {
            cluster.drain(2);
            cluster.node(2).awaitIdle();
            cluster.node(2).kill();
            load.during(Duration.ofSeconds(2));
            cluster.startAgain(2);
            cluster.takeBack();
            List<Operation> operations = load.during(Duration.ofSeconds(3)).stop();

            String summary = front + "\n" + DrillLoad.summary(operations);
            assertThat(operations).as(summary).hasSizeGreaterThan(20);
            assertThat(operations)
                    .as(summary)
                    .noneMatch(Operation::failed)
                    .allMatch(one -> one.repeats().isEmpty());
        }
    }
}
