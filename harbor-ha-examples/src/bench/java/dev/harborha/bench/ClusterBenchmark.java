package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
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

/** Rendering, warm, without any file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ClusterBenchmark {

    /** The release of Harbor. */
    @Param({BenchCluster.HARBOR_2, BenchCluster.HARBOR_05})
    public String harbor = "";

    /** The size of the cluster. */
    @Param({"2", "100", "1000", "10000"})
    public int nodes;

    private final HarborHa library = HarborHa.create();
    private Cluster cluster;
    private ClusterKeys keys;

    /** Describes the cluster and draws its keys. */
    @Setup
    public void describe() {
        cluster = BenchCluster.of(harbor, nodes);
        keys = ClusterKeys.generate(2048);
    }

    /** Renders all files; checks before, and looks at the files after, as every render does. */
    @Benchmark
    public Bundle render() {
        return library.render(cluster, keys);
    }
}
