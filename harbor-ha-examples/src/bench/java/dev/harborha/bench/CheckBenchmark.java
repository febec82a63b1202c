package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.validation.Report;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Asking all rules on clusters, those that need a day among them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CheckBenchmark {

    static final HarborHa LIBRARY = HarborHa.create().on(LocalDate.parse("2026-11-24"));

    /** What the cluster is described with. */
    @Param
    public BenchCluster.Kind kind = BenchCluster.Kind.PLAIN;

    /** The size of the cluster. */
    @Param({"2", "1000", "10000"})
    public int nodes;

    private Cluster cluster;

    /** Describes the cluster. */
    @Setup
    public void describe() {
        cluster = BenchCluster.of(kind, nodes);
    }

    /** Asks all rules. */
    @Benchmark
    public Report check() {
        return LIBRARY.check(cluster);
    }
}
