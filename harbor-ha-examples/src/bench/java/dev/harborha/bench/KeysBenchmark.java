package dev.harborha.bench;

import dev.harborha.keys.ClusterKeys;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Drawing the keys of a cluster, once in its life. The search for primes takes a different time at each call. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 20)
public class KeysBenchmark {

    /** Draws keys with an RSA key of 4096 bits. */
    @Benchmark
    public ClusterKeys generate() {
        return ClusterKeys.generate();
    }
}
