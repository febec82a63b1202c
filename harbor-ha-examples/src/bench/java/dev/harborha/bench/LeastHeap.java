package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The least heap in which a fresh JVM can describe, check, render and write a cluster of Harbor 2.x. */
public final class LeastHeap {

    private static final int MOST_MIB = 1024;

    private LeastHeap() {}

    /**
     * Looks for it by halving; to the MiB.
     *
     * @param jar the runnable jar: of the single jars one is signed, and checking that takes more heap than the work
     */
    static int measure(int nodes, Path jar) throws IOException, InterruptedException {
        int tooLittle = 2;
        int enough = MOST_MIB;
        while (enough - tooLittle > 1) {
            int heap = (tooLittle + enough) / 2;
            if (works(nodes, heap, jar)) {
                enough = heap;
            } else {
                tooLittle = heap;
            }
        }
        return enough;
    }

    private static boolean works(int nodes, int heap, Path jar) throws IOException, InterruptedException {
        Path folder = BenchFolder.create();
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx" + heap + "m",
                            "-cp",
                            ownClasses() + File.pathSeparator + jar,
                            LeastHeap.class.getName(),
                            Integer.toString(nodes),
                            folder.resolve("out").toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                return false;
            }
            return process.exitValue() == 0;
        } finally {
            BenchFolder.delete(folder);
        }
    }

    private static Path ownClasses() {
        try {
            return Path.of(LeastHeap.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Does the work once.
     *
     * @param args the number of nodes, and the folder to write to
     */
    public static void main(String[] args) {
        HarborHa harbor = HarborHa.create();
        Cluster cluster = BenchCluster.of(BenchCluster.HARBOR_2, Integer.parseInt(args[0]));
        harbor.check(cluster);
        harbor.render(cluster, ClusterKeys.generate(2048)).writeTo(Path.of(args[1]));
    }
}
