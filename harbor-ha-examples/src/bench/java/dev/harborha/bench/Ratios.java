package dev.harborha.bench;

import dev.harborha.model.Cluster;
import dev.harborha.validation.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures, in one run, the figures that docs/performance.md promises, each against a yardstick of the same minute: the
 * machine's speed cancels out.
 *
 * <pre>{@code
 * java -cp … dev.harborha.bench.Ratios harbor-ha-examples/target
 * }</pre>
 */
public final class Ratios {

    private static final int MIB = 1 << 20;
    private static final int CHECKS = 200;
    private static final int MOST_WARM_UP = 5000;

    /** Tells the time that a thread spent on a processor, which neighbours on the machine change little. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private boolean missed;

    private Ratios() {}

    /**
     * Prints the figures; the exit code is 1 if one is missed.
     *
     * @param args the folder that holds {@code harbor-ha} and {@code harbor-ha.jar}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("Name the folder that holds harbor-ha and harbor-ha.jar.");
            System.exit(2);
        }
        Ratios ratios = new Ratios();
        ratios.machine();
        ratios.warm(BenchCluster.HARBOR_2);
        ratios.warm(BenchCluster.HARBOR_05);
        ratios.check();
        ratios.cold(Path.of(args[0]));
        ratios.memory(Path.of(args[0]));
        ratios.prepare(Path.of(args[0]));
        System.exit(ratios.missed ? 1 : 0);
    }

    private void machine() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() / MIB
                        : 0;
        print(
                "Machine: %d processors, %d MiB, %s; Java %s; writing to %s%n",
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.name"),
                System.getProperty("java.runtime.version"),
                BenchFolder.place());
    }

    private void warm(String release) {
        for (int nodes : new int[] {2, 100, 1000, 10_000}) {
            if (!BenchFolder.bears(nodes)) {
                print("Harbor %s, %,6d nodes: left out, there is no memory file system%n", release, nodes);
                continue;
            }
            WarmRun run = WarmRun.measure(release, nodes);
            print(
                    "Harbor %s, %,6d nodes: check and render %8.1f µs a node; with writing %9.2f ms, plain write of the same %,d bytes %9.2f ms: %.2f times%n",
                    release,
                    nodes,
                    run.renderMillis() * 1000 / nodes,
                    run.wholeMillis(),
                    run.bytes(),
                    run.plainMillis(),
                    run.wholeMillis() / run.plainMillis());
            if (nodes == 1000) {
                judge("check and render, µs a node", run.renderMillis() * 1000 / nodes, 100);
                judge(
                        "check, render and write over plain write, 1,000 nodes",
                        run.wholeMillis() / run.plainMillis(),
                        3);
            }
        }
    }

    /** Ten times as many nodes may take ten times as long, and a half more for what no longer fits into caches. */
    private void check() {
        for (BenchCluster.Kind kind : BenchCluster.Kind.values()) {
            double two = checkMillis(kind, 2);
            double thousand = checkMillis(kind, 1000);
            double tenThousand = checkMillis(kind, 10_000);
            print(
                    "Check, %s: 2 nodes %.3f ms, 1,000 nodes %.3f ms, 10,000 nodes %.3f ms (%.2f µs a node)%n",
                    kind, two, thousand, tenThousand, tenThousand / 10);
            judge("check of 10,000 nodes over 1,000, " + kind, tenThousand / thousand, 15);
        }
    }

    private static double checkMillis(BenchCluster.Kind kind, int nodes) {
        Cluster cluster = BenchCluster.of(kind, nodes);
        Median median = new Median();
        int warmUp = Math.max(CHECKS, Math.min(MOST_WARM_UP, 2_000_000 / nodes));
        for (int round = -warmUp; round < CHECKS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Report report = CheckBenchmark.LIBRARY.check(cluster);
            long end = THREADS.getCurrentThreadCpuTime();
            if (report.findings().isEmpty()) {
                throw new IllegalStateException("The rules were not asked.");
            }
            if (round >= 0) {
                median.add(end - start);
            }
        }
        return median.value();
    }

    private void cold(Path target) throws IOException, InterruptedException {
        ColdRun run = ColdRun.measure(target);
        print("Command line, cold: %.0f ms; bare JVM (java -version): %.0f ms%n", run.renderMillis(), run.bareMillis());
        judge("command line over bare JVM", run.renderMillis() / run.bareMillis(), 9);
    }

    private void memory(Path target) throws IOException, InterruptedException {
        Path jar = target.resolve("harbor-ha.jar").toAbsolutePath();
        print("     2 nodes: heap needed %d MiB%n", LeastHeap.measure(2, jar));
        for (int nodes : new int[] {1000, 10_000}) {
            if (!BenchFolder.bears(nodes)) {
                continue;
            }
            double output = (double) WarmRun.bytes(BenchCluster.HARBOR_2, nodes) / MIB;
            int heap = LeastHeap.measure(nodes, jar);
            print("%,6d nodes: heap needed %d MiB for %.1f MiB of output%n", nodes, heap, output);
            judge("heap over output, " + nodes + " nodes", heap / output, 2);
        }
    }

    /** Without a goal: nobody can promise how fast Harbor's own script is. */
    private void prepare(Path target) throws IOException, InterruptedException {
        String source = System.getProperty("harborha.harborSource", "");
        if (source.isEmpty() || !PrepareRun.isPossible()) {
            print("Harbor's own prepare: left out; it needs -Dharborha.harborSource=DIR and root%n");
            return;
        }
        PrepareRun run = PrepareRun.measure(target, Path.of(source));
        print(
                "One node of Harbor %s: its own prepare %.0f ms; command line, cold %.0f ms (%.2f times as fast); library, warm %.2f ms (%.0f times)%n",
                BenchCluster.HARBOR_2,
                run.prepareMillis(),
                run.commandLineMillis(),
                run.prepareMillis() / run.commandLineMillis(),
                run.libraryMillis(),
                run.prepareMillis() / run.libraryMillis());
    }

    private void judge(String what, double found, double most) {
        boolean good = found <= most;
        missed |= !good;
        print("  %-6s %s: %.2f (at most %.0f)%n", good ? "ok" : "MISSED", what, found, most);
    }

    private static void print(String form, Object... values) {
        System.out.printf(Locale.ROOT, form, values);
    }
}
