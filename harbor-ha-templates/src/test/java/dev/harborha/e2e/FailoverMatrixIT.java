package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.e2e.DrillLoad.Kind;
import dev.harborha.e2e.DrillLoad.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matrix of {@code docs/failover.md}: as many faults in each cell as {@code -Dharborha.drills} says, which {@code -Pdrills}
 * sets to 10. {@code -Dharborha.cells} chooses cells, by a regular expression over such names as {@code HAPROXY KILLED}. The rows go to
 * {@code target/failover.md}, what failed and why to {@code target/failover.log}.
 */
@EnabledIfSystemProperty(named = "harborha.drills", matches = "[1-9][0-9]*")
class FailoverMatrixIT {

    private static final int OF_EACH = 2;
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target");
    private static final Duration BEFORE = Duration.ofSeconds(3);

    /** What happens to the second node. */
    private enum Fault {
        /** Its machine is lost, and comes back 8 seconds later by itself. */
        KILLED(18),
        /** Its nginx answers 502 for everything but redirects. */
        CORE_KILLED(8),
        /** Core answers 502 for what it asks the registry. */
        REGISTRY_KILLED(18),
        /** All its programs stop where they are, and go on later. */
        FROZEN(38),
        CORE_FROZEN(38),
        /** It has a tenth of its time. */
        SLOW(20),
        /** It is drained, killed when nothing is under way to it, started again and taken back. */
        DRAINED(10);

        private final Duration lasts;

        Fault(int seconds) {
            this.lasts = Duration.ofSeconds(seconds);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private final List<Duration> lastFailures = new ArrayList<>();

    static Stream<Arguments> cells() {
        String chosen = System.getProperty("harborha.cells", ".*");
        return Arrays.stream(DrillFront.values())
                .flatMap(front -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(front, fault)))
                .filter(cell -> Arrays.stream(cell.get())
                        .map(one -> ((Enum<?>) one).name())
                        .collect(Collectors.joining(" "))
                        .matches(chosen));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void ofEachFault(DrillFront front, Fault fault, @TempDir Path folder) throws IOException {
        int faults = Integer.getInteger("harborha.drills", 0);
        for (int number = 1; number <= faults; number++) {
            try (DrillCluster cluster =
                    DrillCluster.start(Files.createDirectory(folder.resolve("fault-" + number)), front)) {
                drill(cluster, fault);
            }
        }
        Files.createDirectories(TARGET);
        append("failover.md", row(front, fault, faults));
        append("failover.log", front + ", " + fault + "\n" + DrillLoad.summary(operations) + "\n");
        if (fault == Fault.DRAINED) {
            assertThat(operations)
                    .noneMatch(Operation::failed)
                    .allMatch(one -> one.repeats().isEmpty());
        } else if (front.sees() && fault != Fault.SLOW) {
            for (Kind kind : List.of(Kind.DOCKER_PUSH, Kind.DOCKER_PULL)) {
                assertThat(DrillLoad.failed(DrillLoad.of(kind, operations)))
                        .as("%s, %s", front, fault)
                        .allMatch(Operation::wasCutOff);
            }
        }
    }

    private static void append(String file, String text) throws IOException {
        Files.writeString(TARGET.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void drill(DrillCluster cluster, Fault fault) throws IOException {
        try (DrillLoad load = DrillLoad.start(cluster, OF_EACH).during(BEFORE)) {
            Node2x node = cluster.node(2);
            long begin = System.nanoTime();
            switch (fault) {
                case KILLED -> {
                    node.kill();
                    load.during(Duration.ofSeconds(8));
                    cluster.startAgain(2);
                }
                case CORE_KILLED -> node.killCore();
                case REGISTRY_KILLED -> node.killRegistry();
                case FROZEN -> {
                    node.freeze();
                    load.during(Duration.ofSeconds(30));
                    node.thaw();
                }
                case CORE_FROZEN -> {
                    node.freezeCore();
                    load.during(Duration.ofSeconds(30));
                    node.thaw();
                }
                case SLOW -> {
                    while (System.nanoTime() - begin < fault.lasts.toNanos()) {
                        node.freeze();
                        load.during(Duration.ofMillis(450));
                        node.thaw();
                        load.during(Duration.ofMillis(50));
                    }
                }
                case DRAINED -> {
                    cluster.drain(2);
                    node.awaitIdle();
                    node.kill();
                    load.during(Duration.ofSeconds(2));
                    cluster.startAgain(2);
                    cluster.takeBack();
                }
            }
            long left = fault.lasts.toNanos() - (System.nanoTime() - begin);
            load.during(Duration.ofNanos(Math.max(0, left)));
            List<Operation> some = load.stop();
            operations.addAll(some);
            lastFailures.add(DrillLoad.failed(some).stream()
                    .map(one -> Duration.ofNanos(one.end() - begin))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO));
        }
    }

    private String row(DrillFront front, Fault fault, int faults) {
        String counts = Stream.of(Kind.DOCKER_PUSH, Kind.DOCKER_PULL, Kind.PLAIN_PUSH, Kind.PLAIN_PULL)
                .map(kind -> {
                    List<Operation> of = DrillLoad.of(kind, operations);
                    return DrillLoad.failed(of).size() + "/" + of.size();
                })
                .collect(Collectors.joining(" | "));
        int repeats = operations.stream().mapToInt(one -> one.repeats().size()).sum();
        return "| " + front + " | " + fault + " | " + faults + " | " + counts + " | " + repeats + " | "
                + seconds(lastFailures.stream().max(Duration::compareTo).orElse(Duration.ZERO)) + " | "
                + seconds(slowest(Kind.DOCKER_PUSH)) + " / " + seconds(slowest(Kind.DOCKER_PULL)) + " |\n";
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
