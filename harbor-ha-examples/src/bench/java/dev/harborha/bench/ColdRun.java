package dev.harborha.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Medians of fresh processes, taken in turns.
 *
 * @param renderMillis the command line, rendering the sample cluster of two nodes with keys that are there
 * @param bareMillis {@code java -version}
 */
record ColdRun(double renderMillis, double bareMillis) {

    private static final int ROUNDS = 25;
    private static final int WARM_UP = 3;

    static ColdRun measure(Path target) throws IOException, InterruptedException {
        Path folder = BenchFolder.create();
        try {
            Path log = folder.resolve("log");
            Path launcher = target.resolve("harbor-ha").toAbsolutePath();
            Path cluster = folder.resolve("cluster.yaml");
            Timed.run(List.of(launcher.toString(), "init"), cluster);
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Median render = new Median();
            Median bare = new Median();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Path out = folder.resolve("out" + round);
                long start = System.nanoTime();
                Timed.run(List.of(java, "-version"), log);
                long between = System.nanoTime();
                Timed.run(List.of(launcher.toString(), "render", cluster.toString(), "-o", out.toString()), log);
                long end = System.nanoTime();
                if (round >= 0) {
                    bare.add(between - start);
                    render.add(end - between);
                }
            }
            return new ColdRun(render.value(), bare.value());
        } finally {
            BenchFolder.delete(folder);
        }
    }
}
