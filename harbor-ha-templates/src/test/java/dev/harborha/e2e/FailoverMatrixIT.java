package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.e2e.DrillLoad.Kind;
import dev.harborha.e2e.DrillLoad.Operation;
import dev.harborha.model.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The matrix of {@code docs/failover.md}: as many faults in each cell as {@code -Dharborha.drills} says, which {@code -Pdrills}
 * sets to 10. Its rows go to {@code target/failover.md}.
 */
@EnabledIfSystemProperty(named = "harborha.drills", matches = "[1-9][0-9]*")
class FailoverMatrixIT {

    private static final int OF_EACH = 2;
    private static final Path ROWS = Path.of(System.getProperty("basedir", ""), "target", "failover.md");

    /** What happens to the second node. */
    private enum Fault {
        KILLED,
        REGISTRY_KILLED,
        FROZEN,
        DRAINED
    }

    private final List<Operation> operations = new ArrayList<>();
    private final List<Duration> lastFailures = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void ofEachFault(DrillFront front, @TempDir Path folder) throws IOException {
        int faults = Integer.getInteger("harborha.drills", 0);
        for (Fault fault : Fault.values()) {
            operations.clear();
            lastFailures.clear();
            for (int number = 1; number <= faults; number++) {
                try (LoopbackCluster cluster = LoopbackCluster.onSharedFolder(
                        Files.createDirectory(folder.resolve(fault.name().toLowerCase(Locale.ROOT) + number)))) {
                    drill(front, fault, cluster);
                }
            }
            Files.createDirectories(ROWS.getParent());
            Files.writeString(ROWS, row(front, fault, faults), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            assertThat(DrillLoad.failed(DrillLoad.of(Kind.DOCKER_PUSH, operations)))
                    .as("%s, %s", front, fault)
                    .allMatch(Operation::wasCutOff);
        }
    }

    private void drill(DrillFront front, Fault fault, LoopbackCluster cluster) throws IOException {
        Cluster described = front.describe(cluster);
        RunningPair pair = RunningPair.start(cluster, described);
        pair.balancer().startChecker();
        try (DrillLoad load = DrillLoad.start(pair, OF_EACH).during(Duration.ofSeconds(3))) {
            Node05 node = pair.nodes().get(1);
            long begin = System.nanoTime();
            switch (fault) {
                case KILLED -> node.kill();
                case REGISTRY_KILLED -> node.killRegistry();
                case FROZEN -> node.freeze();
                case DRAINED -> {
                    Path drained = cluster.write(
                            described.toBuilder().drain("harbor-2").build(), TestKeys.first());
                    pair.balancer().reload(drained.resolve("lb/lb-1"));
                    load.during(Duration.ofSeconds(3));
                    node.kill();
                }
            }
            load.during(Duration.ofSeconds(fault == Fault.FROZEN ? 30 : 8));
            if (fault == Fault.FROZEN) {
                node.thaw();
            }
            List<Operation> some = load.stop();
            operations.addAll(some);
            lastFailures.add(DrillLoad.failed(some).stream()
                    .map(one -> Duration.ofNanos(one.end() - begin))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO));
        }
    }

    private String row(DrillFront front, Fault fault, int faults) {
        String counts = List.of(Kind.DOCKER_PUSH, Kind.PLAIN_PUSH, Kind.PLAIN_PULL).stream()
                .map(kind -> {
                    List<Operation> of = DrillLoad.of(kind, operations);
                    return DrillLoad.failed(of).size() + "/" + of.size();
                })
                .collect(Collectors.joining(" | "));
        int repeats = operations.stream().mapToInt(Operation::repeats).sum();
        return "| " + front.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
                + fault.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | " + faults + " | " + counts + " | "
                + repeats + " | "
                + seconds(lastFailures.stream().max(Duration::compareTo).orElse(Duration.ZERO)) + " | "
                + seconds(slowest(Kind.DOCKER_PUSH)) + " / " + seconds(slowest(Kind.PLAIN_PULL)) + " |\n";
    }

    private Duration slowest(Kind kind) {
        return DrillLoad.of(kind, operations).stream()
                .filter(one -> !one.failed())
                .map(Operation::took)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
