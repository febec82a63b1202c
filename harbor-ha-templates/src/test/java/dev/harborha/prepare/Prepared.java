package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code prepare} said and left behind. Paths are those of a node: {@code docker-compose.yml} and {@code common/config/…} as
 * in the folder of the installation, {@code data/…} for the data volume; that of a folder ends with a slash.
 *
 * @param exitCode 0 if it succeeded, 255 if it refused {@code harbor.yml}, 1 if it broke down
 * @param output what it said, errors among it
 * @param files the text of each file, by path
 * @param access who may do what with each file and folder, by path
 */
public record Prepared(int exitCode, String output, SortedMap<String, String> files, SortedMap<String, Access> access) {

    private static final int PERMISSIONS = 0xfff;

    /**
     * The mode and the owner of a file or folder.
     *
     * @param mode in octal digits, as in {@code 640}
     * @param uid the owner's number
     * @param gid the group's number
     */
    public record Access(String mode, int uid, int gid) {}

    /** Makes the maps unmodifiable. */
    public Prepared {
        files = Collections.unmodifiableSortedMap(files);
        access = Collections.unmodifiableSortedMap(access);
    }

    /** Returns this, of a run that succeeded. */
    public Prepared succeeded() {
        assertThat(exitCode).as(output).isZero();
        return this;
    }

    /** Returns mode and owner of each file and folder as statements, to be compared like others. */
    public SortedMap<String, String> accessStatements() {
        SortedMap<String, String> statements = new TreeMap<>();
        access.forEach((path, value) -> {
            statements.put(path + ": mode", value.mode());
            statements.put(path + ": owner", value.uid() + ":" + value.gid());
        });
        return statements;
    }

    /**
     * Reads a node after a run.
     *
     * @param given whom files were given to by a run that could not do it: uid, gid and path in the script's own root
     */
    static Prepared read(Program.Result result, Path node, List<String> given) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        SortedMap<String, Access> access = new TreeMap<>();
        read(node.resolve("install"), "", files, access);
        read(node.resolve("data"), "data/", files, access);
        access.keySet().removeAll(List.of("common/", "common/config/"));
        for (String line : given) {
            String[] words = line.split(" ", 3);
            String path = words[2].replaceFirst("^/config/", "common/config/").replaceFirst("^/", "");
            access.computeIfPresent(
                    access.containsKey(path) ? path : path + "/",
                    (key, old) -> new Access(old.mode(), Integer.parseInt(words[0]), Integer.parseInt(words[1])));
        }
        return new Prepared(result.exitCode(), result.output(), files, access);
    }

    private static void read(Path top, String prefix, Map<String, String> files, Map<String, Access> access)
            throws IOException {
        try (Stream<Path> found = Files.walk(top)) {
            for (Path file : found.filter(file -> !file.equals(top)).toList()) {
                String path = prefix + top.relativize(file);
                boolean folder = Files.isDirectory(file);
                if (!folder) {
                    files.put(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
                Map<String, Object> attributes =
                        Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
                access.put(
                        folder ? path + "/" : path,
                        new Access(
                                Integer.toOctalString((Integer) attributes.get("mode") & PERMISSIONS),
                                (Integer) attributes.get("uid"),
                                (Integer) attributes.get("gid")));
            }
        }
    }
}
