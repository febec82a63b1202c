package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import java.nio.file.Path;
import java.util.Map;

/**
 * Medians of a warm JVM.
 *
 * @param renderMillis checking and rendering
 * @param wholeMillis checking, rendering and writing
 * @param plainMillis writing the same bytes with {@code Files.write}
 * @param bytes the bytes
 */
record WarmRun(double renderMillis, double wholeMillis, double plainMillis, long bytes) {

    private static final int MOST_ROUNDS = 200;
    private static final int LEAST_ROUNDS = 3;
    private static final int NODES_IN_ALL = 10_000;

    static WarmRun measure(String release, int nodes) {
        HarborHa harbor = HarborHa.create();
        Cluster cluster = BenchCluster.of(release, nodes);
        ClusterKeys keys = ClusterKeys.generate(2048);
        int rounds = Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, NODES_IN_ALL / nodes));
        int warmUp = rounds / 2;
        Median render = new Median();
        Median whole = new Median();
        Median plain = new Median();
        long bytes = 0;
        for (int round = -warmUp; round < rounds; round++) {
            Path folder = BenchFolder.create();
            long start = System.nanoTime();
            harbor.check(cluster);
            Bundle bundle = harbor.render(cluster, keys);
            long rendered = System.nanoTime();
            bundle.writeTo(folder);
            long written = System.nanoTime();
            BenchFolder.delete(folder);

            Path other = BenchFolder.create();
            Map<Path, byte[]> files = BenchFolder.plain(bundle, other);
            long plainStart = System.nanoTime();
            BenchFolder.writePlain(files);
            long plainEnd = System.nanoTime();
            BenchFolder.delete(other);

            if (round >= 0) {
                render.add(rendered - start);
                whole.add(written - start);
                plain.add(plainEnd - plainStart);
                bytes = BenchFolder.bytes(bundle);
            }
        }
        return new WarmRun(render.value(), whole.value(), plain.value(), bytes);
    }

    /** Returns the size of the output for a cluster of so many nodes. */
    static long bytes(String release, int nodes) {
        return BenchFolder.bytes(HarborHa.create().render(BenchCluster.of(release, nodes), ClusterKeys.generate(2048)));
    }
}
