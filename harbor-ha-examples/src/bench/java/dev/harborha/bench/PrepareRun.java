package dev.harborha.bench;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.clusterfile.ClusterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * One node of Harbor 2.x, made by Harbor's own {@code prepare} and by this library from the same description; medians, taken in
 * turns. {@code prepare} runs on this machine's Python and finds its secrets, so that it draws none; what Docker takes to start
 * the container that it usually runs in is not counted.
 *
 * @param prepareMillis {@code prepare}, without what its sandbox takes
 * @param commandLineMillis the command line, cold, with keys that are there
 * @param libraryMillis checking, rendering and writing in a warm JVM
 */
record PrepareRun(double prepareMillis, double commandLineMillis, double libraryMillis) {

    private static final int ROUNDS = 25;
    private static final int WARM_UP = 3;
    private static final int WARM_UP_OF_LIBRARY = 500;
    private static final String NODE = "nodes/harbor-1/";
    private static final Integer USER = 10_000;

    /**
     * Gives the script the file system of its image: the machine's programs, and the node's folders where the wrapper of Harbor
     * mounts them. All mounts end with the script.
     */
    private static final String SANDBOX = """
            set -eu
            node=$1 app=$2
            shift 2
            mount -t tmpfs none "$node/root"
            cd "$node/root"
            for folder in bin sbin lib lib32 lib64 libx32 usr etc dev; do
              if [ -L "/$folder" ]; then
                cp -P "/$folder" .
              elif [ -d "/$folder" ]; then
                mkdir "$folder"
                mount --rbind "/$folder" "$folder"
              fi
            done
            mount -t tmpfs none usr/src
            mkdir -p tmp usr/src/app config data compose_location input hostfs/data
            mount --bind "$app" usr/src/app
            mount --bind "$node/install/common/config" config
            mount --bind "$node/install" compose_location
            mount --bind "$node/data" data
            mount --bind "$node/data" hostfs/data
            mount --bind "$node/input" input
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot . /bin/sh -c 'cd /usr/src/app && exec "$@"' sh "$@"
            """;

    /** Tells whether the sandbox can be made: {@code prepare} gives files away, which only root may. */
    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"));
    }

    static PrepareRun measure(Path target, Path source) throws IOException, InterruptedException {
        Path folder = BenchFolder.create();
        try {
            Cluster cluster = BenchCluster.of(BenchCluster.HARBOR_2, 1);
            ClusterKeys keys = ClusterKeys.generate(2048);
            Path app = extract(source, folder);
            Path node = node(folder, cluster, keys);
            Path file = Files.writeString(folder.resolve("cluster.yaml"), ClusterFile.write(cluster));
            keys.save(folder.resolve("keys"));
            Path launcher = target.resolve("harbor-ha").toAbsolutePath();
            Path log = folder.resolve("log");
            Median prepare = new Median();
            Median sandbox = new Median();
            Median commandLine = new Median();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Path out = folder.resolve("out" + round);
                long start = System.nanoTime();
                Timed.run(sandboxed(node, app, "/usr/bin/python3", "main.py", "prepare"), log);
                long prepared = System.nanoTime();
                Timed.run(sandboxed(node, app, "/bin/true"), log);
                long between = System.nanoTime();
                Timed.run(List.of(launcher.toString(), "render", file.toString(), "-o", out.toString()), log);
                long end = System.nanoTime();
                if (round >= 0) {
                    prepare.add(prepared - start);
                    sandbox.add(between - prepared);
                    commandLine.add(end - between);
                }
            }
            return new PrepareRun(prepare.value() - sandbox.value(), commandLine.value(), warm(cluster, keys, folder));
        } finally {
            BenchFolder.delete(folder);
        }
    }

    private static double warm(Cluster cluster, ClusterKeys keys, Path folder) {
        HarborHa harbor = HarborHa.create();
        Median library = new Median();
        for (int round = -WARM_UP_OF_LIBRARY; round < ROUNDS; round++) {
            Path out = folder.resolve("warm" + round);
            long start = System.nanoTime();
            harbor.check(cluster);
            harbor.render(cluster, keys).writeTo(out);
            long end = System.nanoTime();
            if (round >= 0) {
                library.add(end - start);
            }
            BenchFolder.delete(out);
        }
        return library.value();
    }

    private static List<String> sandboxed(Path node, Path app, String... command) {
        return Stream.concat(
                        Stream.of(
                                "unshare", "-m", "/bin/sh", "-c", SANDBOX, "sandbox", node.toString(), app.toString()),
                        Stream.of(command))
                .toList();
    }

    /** Takes {@code prepare} of the release out of a checkout or git folder of Harbor. */
    private static Path extract(Path source, Path folder) throws IOException, InterruptedException {
        Path archive = folder.resolve("prepare.tar");
        Path log = folder.resolve("log");
        String tag = "v" + BenchCluster.HARBOR_2;
        Timed.run(
                List.of(
                        "git",
                        "-C",
                        source.toAbsolutePath().toString(),
                        "archive",
                        "-o",
                        archive.toString(),
                        tag,
                        "make/photon/prepare"),
                log);
        Timed.run(List.of("tar", "-xf", archive.toString(), "-C", folder.toString()), log);
        Path app = folder.resolve("make/photon/prepare");
        Files.writeString(app.resolve("versions"), "VERSION_TAG: " + tag + "\n");
        return app;
    }

    /** Makes what {@code prepare} finds on a node: the description of the very cluster, and the keys. */
    private static Path node(Path folder, Cluster cluster, ClusterKeys keys) throws IOException {
        Path node = folder.resolve("node");
        for (String part : List.of("root", "install/common/config", "data", "input")) {
            Files.createDirectories(node.resolve(part));
        }
        Cluster installed = cluster.toBuilder()
                .deployment(deployment -> deployment.installer())
                .build();
        Bundle bundle = HarborHa.create().render(installed, keys);
        for (RenderedFile file : bundle.files()) {
            if (file.path().equals(NODE + "opt/harbor/harbor.yml")) {
                Files.writeString(node.resolve("input/harbor.yml"), file.content());
            } else if (file.path().startsWith(NODE + "data/")) {
                Path place = node.resolve(file.path().substring(NODE.length()));
                Files.createDirectories(place.getParent());
                Files.writeString(place, file.content());
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
                Files.setAttribute(place, "unix:uid", USER);
                Files.setAttribute(place, "unix:gid", USER);
            }
        }
        return node;
    }
}
