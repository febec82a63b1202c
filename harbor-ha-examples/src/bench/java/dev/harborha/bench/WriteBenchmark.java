package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.render.Bundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writing a bundle to an empty folder, beside a plain program that writes the same bytes. One call is one measurement. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class WriteBenchmark {

    /** The release of Harbor. */
    @Param({BenchCluster.HARBOR_2, BenchCluster.HARBOR_05})
    public String harbor = "";

    /** The size of the cluster. */
    @Param({"2", "100", "1000", "10000"})
    public int nodes;

    private Bundle bundle;
    private Path folder;
    private Map<Path, byte[]> plain;

    /** Renders the bundle. */
    @Setup
    public void render() {
        if (!BenchFolder.bears(nodes)) {
            throw new IllegalStateException("There is no memory file system to write " + nodes + " nodes to.");
        }
        bundle = HarborHa.create().render(BenchCluster.of(harbor, nodes), ClusterKeys.generate(2048));
    }

    /** Makes an empty folder. */
    @Setup(Level.Invocation)
    public void empty() {
        folder = BenchFolder.create();
        plain = BenchFolder.plain(bundle, folder);
    }

    /** Deletes the folder. */
    @TearDown(Level.Invocation)
    public void delete() {
        BenchFolder.delete(folder);
    }

    /** Writes the bundle: each file under a temporary name with its final mode, then moved; and the manifest. */
    @Benchmark
    public void write() {
        bundle.writeTo(folder);
    }

    /** Writes the same bytes with {@code Files.write}. */
    @Benchmark
    public void floor() {
        BenchFolder.writePlain(plain);
    }
}
