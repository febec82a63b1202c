package dev.harborha.prepare;

import dev.harborha.model.HarborVersion;
import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code prepare} of a release, about to run on a node.
 *
 * @param release the release
 * @param harborYml the text of {@code harbor.yml}
 * @param flags what the command line says besides {@code prepare}
 * @param hostFiles files of the node that {@code harbor.yml} names, by absolute path
 * @param data files that the data volume has before the run, by path below it
 */
public record RealPrepare(
        HarborVersion release,
        String harborYml,
        List<String> flags,
        SortedMap<String, String> hostFiles,
        SortedMap<String, String> data) {

    /**
     * Gives the script the file system of its image: the machine's programs, and the node's folders where the wrapper of
     * Harbor mounts them. All mounts are in a namespace that ends with the script, and its root is kept in memory.
     */
    private static final String SANDBOX = """
            set -eu
            umask 022
            node=$1 app=$2 volume=$3
            shift 3
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
            mkdir -p tmp usr/src/app config data compose_location input hostfs shim harbor_make
            mount --bind "$app" usr/src/app
            mount --bind "$node/install/common/config" config
            mount --bind "$node/install" compose_location
            mount --bind "$node/data" data
            mount --bind "$node/input" input
            mount --bind "$node/hostfs" hostfs
            mount --bind "$node/shim" shim
            if [ -n "$volume" ]; then
              mkdir -p "hostfs/$volume"
              mount --bind "$node/data" "hostfs/$volume"
            fi
            touch shim/made
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 PYTHONPATH=/shim \\
              chroot . /bin/sh -c 'cd /usr/src/app && exec /usr/bin/python3 main.py "$@"' main.py prepare "$@"
            """;

    /** Releases before 2.1.3 call {@code yaml.load} as the PyYAML of their time had it, which read safely by default. */
    private static final String YAML_AS_IT_WAS = """
            import yaml
            load = yaml.load
            yaml.load = lambda stream, Loader=yaml.SafeLoader: load(stream, Loader)
            """;

    /** Who is not root cannot give files away; this writes down to whom prepare would have given them. */
    private static final String OWNERS_INSTEAD = """
            import os
            def chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True):
                with open("/shim/owners", "a") as f:
                    f.write("%d %d %s\\n" % (uid, gid, os.fspath(path)))
            os.chown = chown
            """;

    private static final Pattern DATA_VOLUME = Pattern.compile("(?m)^[^#\\n]*data_volume:(?:.*[ \\t])?(\\S+)[ \\t]*$");

    /** Who owns all that Harbor's containers read. */
    private static final Integer USER = 10000;

    /** Copies the lists and maps. */
    public RealPrepare {
        flags = List.copyOf(flags);
        hostFiles = Collections.unmodifiableSortedMap(new TreeMap<>(hostFiles));
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    /** Returns the {@code prepare} of a release with a {@code harbor.yml}, on a node without any other file. */
    public static RealPrepare of(HarborVersion release, String harborYml) {
        return new RealPrepare(
                release, harborYml, List.of(), Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /** Adds {@code --with-trivy}. */
    public RealPrepare withTrivy() {
        return flag("--with-trivy");
    }

    /** Adds a flag, which must be one of the release's: prepare ends with 2 for any other. */
    public RealPrepare flag(String flag) {
        List<String> more = new ArrayList<>(flags);
        more.add(flag);
        return new RealPrepare(release, harborYml, more, hostFiles, data);
    }

    /** Puts a file on the node, such as a certificate that {@code harbor.yml} names; everybody may read it. */
    public RealPrepare hostFile(String absolutePath, String content) {
        SortedMap<String, String> more = new TreeMap<>(hostFiles);
        more.put(absolutePath, content);
        return new RealPrepare(release, harborYml, flags, more, data);
    }

    /** Puts files on the node. */
    public RealPrepare hostFiles(Map<String, String> contents) {
        SortedMap<String, String> more = new TreeMap<>(hostFiles);
        more.putAll(contents);
        return new RealPrepare(release, harborYml, flags, more, data);
    }

    /**
     * Puts a file into the data volume, as an earlier run would have left it: with mode 600, and 10000 as its owner. With
     * {@code secret/core/private_key.pem} and {@code secret/registry/root.crt} prepare draws no RSA key, which takes seconds.
     */
    public RealPrepare data(String path, String content) {
        SortedMap<String, String> more = new TreeMap<>(data);
        more.put(path, content);
        return new RealPrepare(release, harborYml, flags, hostFiles, more);
    }

    /**
     * Runs it on the node that a folder holds. A second run in the same folder finds what the first one left.
     *
     * @throws org.opentest4j.TestAbortedException if there is no source of Harbor
     * @throws AssertionError if this process may not mount, in a namespace of its own, what prepare needs
     */
    public Prepared run(Path folder) throws IOException {
        return run(folder, Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")));
    }

    /** Runs it as root, or as a user who is root only in a namespace of his own. */
    Prepared run(Path folder, boolean asRoot) throws IOException {
        Path app = HarborSource.require().prepare(release);
        Path node = folder.toAbsolutePath();
        for (String part : List.of("root", "install/common/config", "data", "input", "hostfs", "shim")) {
            Files.createDirectories(node.resolve(part));
        }
        String volume = dataVolume();
        Files.writeString(node.resolve("input/harbor.yml"), harborYml);
        putFiles(node, volume, asRoot);
        Path made = node.resolve("shim/made");
        Path owners = node.resolve("shim/owners");
        Files.deleteIfExists(made);
        Files.deleteIfExists(owners);
        Files.writeString(
                node.resolve("shim/sitecustomize.py"), asRoot ? YAML_AS_IT_WAS : YAML_AS_IT_WAS + OWNERS_INSTEAD);
        List<String> command = new ArrayList<>(List.of(
                Program.require("unshare").toString(),
                asRoot ? "-m" : "-rm",
                "/bin/sh",
                "-c",
                SANDBOX,
                "sandbox",
                node.toString(),
                app.toString(),
                volume));
        command.addAll(flags);
        Program.Result result = Program.run(node, Map.of(), command);
        Files.delete(node.resolve("root"));
        if (!Files.exists(made)) {
            throw new AssertionError("The file system of prepare could not be made: " + result.output());
        }
        return Prepared.read(result, node, Files.exists(owners) ? Files.readAllLines(owners) : List.of());
    }

    /** Returns what Harbor's wrapper mounts as {@code /data}: the last word of the line, wherever YAML says it ends. */
    private String dataVolume() {
        Matcher line = DATA_VOLUME.matcher(harborYml);
        return line.find() ? line.group(1) : "";
    }

    private void putFiles(Path node, String volume, boolean asRoot) throws IOException {
        for (Map.Entry<String, String> file : hostFiles.entrySet()) {
            String path = file.getKey();
            Path target = !volume.isEmpty() && Path.of(path).startsWith(volume)
                    ? node.resolve("data").resolve(Path.of(volume).relativize(Path.of(path)))
                    : node.resolve("hostfs").resolve(path.substring(1));
            put(target, file.getValue(), "rw-r--r--");
        }
        for (Map.Entry<String, String> file : data.entrySet()) {
            Path target = node.resolve("data").resolve(file.getKey());
            put(target, file.getValue(), "rw-------");
            if (asRoot) {
                Files.setAttribute(target, "unix:uid", USER);
                Files.setAttribute(target, "unix:gid", USER);
            }
        }
    }

    private static void put(Path file, String content, String mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** Names the release and the flags; the file holds secrets. */
    @Override
    public String toString() {
        return String.join(
                " ",
                Stream.concat(Stream.of("prepare of " + release), flags.stream())
                        .toList());
    }
}
