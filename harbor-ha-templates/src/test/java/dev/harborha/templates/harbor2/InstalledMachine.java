package dev.harborha.templates.harbor2;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine below a folder: {@code copied/nodes/harbor-1} is the node's folder as it was copied there, {@code root} is the machine
 * as {@code install.sh} sees it with {@code DESTDIR}.
 */
final class InstalledMachine {

    static final ClusterKeys KEYS = TestKeys.KEYS;

    /** What {@code install.sh} keeps for itself. */
    static final String LIST = "/opt/harbor/.harbor-ha.files";

    private static final int PERMISSIONS = 0xfff;
    private static final String NODE = "nodes/harbor-1";

    private final Path folder;

    /**
     * Makes a machine without any file.
     *
     * @throws org.opentest4j.TestAbortedException if this process is not root
     */
    InstalledMachine(Path folder) throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")),
                "Only root can give files to the owners that the containers need.");
        this.folder = folder;
        // Other users get as far as root does.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root());
    }

    /** What there is at a path: the text of a file, {@code folder}, or {@code -> } and where a link leads. */
    record Place(String what, String mode, String owner, long inode, FileTime modified) {}

    /** Returns where the node's folder was copied to. */
    Path node() {
        return folder.resolve("copied").resolve(NODE);
    }

    Path root() {
        return folder.resolve("root");
    }

    /** Returns the place of a path of the machine. */
    Path at(String path) {
        return root().resolve(path.substring(1));
    }

    /** Puts a file on the machine, as root with mode 644. */
    void put(String path, String content) throws IOException {
        Files.createDirectories(at(path).getParent());
        Files.writeString(at(path), content);
        Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Renders a cluster over what was rendered before, and copies it to the machine. */
    Bundle copy(Cluster cluster) {
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        bundle.writeTo(folder.resolve("copied"));
        return bundle;
    }

    Program.Result install(String... arguments) {
        return install(List.of("/bin/sh"), arguments);
    }

    /** Runs the script with a shell. */
    Program.Result install(List<String> shell, String... arguments) {
        List<String> command = new ArrayList<>(shell);
        command.add(node().resolve("install.sh").toString());
        command.addAll(List.of(arguments));
        return Program.run(folder, Map.of("DESTDIR", root().toString()), command);
    }

    /** Returns everything below {@code root}, by its path on the machine. */
    SortedMap<String, Place> places() throws IOException {
        return places(root());
    }

    static SortedMap<String, Place> places(Path root) throws IOException {
        SortedMap<String, Place> places = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.filter(path -> !path.equals(root)).toList()) {
                Map<String, Object> attributes =
                        Files.readAttributes(path, "unix:mode,uid,gid,ino,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                places.put(
                        "/" + root.relativize(path),
                        new Place(
                                what(path),
                                Integer.toOctalString((Integer) attributes.get("mode") & PERMISSIONS),
                                attributes.get("uid") + ":" + attributes.get("gid"),
                                (Long) attributes.get("ino"),
                                (FileTime) attributes.get("lastModifiedTime")));
            }
        }
        return places;
    }

    private static String what(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path) ? "folder" : new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    /** Returns the files below {@code root}, without the script's own list: mode, owner and text by path. */
    static SortedMap<String, String> files(SortedMap<String, Place> places) {
        SortedMap<String, String> files = new TreeMap<>();
        places.forEach((path, place) -> {
            if (!place.what().equals("folder") && !path.equals(LIST)) {
                files.put(path, place.mode() + " " + place.owner() + " " + place.what());
            }
        });
        return files;
    }

    /** Returns the files of the node as they are to be, in the words of {@link #files}. */
    static SortedMap<String, String> rendered(Bundle bundle) {
        SortedMap<String, String> files = new TreeMap<>();
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(NODE + "/") && !file.path().endsWith("/install.sh")) {
                files.put(
                        file.path().substring(NODE.length()),
                        file.mode().octal() + " " + file.owner() + " " + file.content());
            }
        }
        return files;
    }

    /** Returns a file in the words of {@link #files}. */
    static String file(String mode, Owner owner, String content) {
        return mode + " " + owner + " " + content;
    }
}
