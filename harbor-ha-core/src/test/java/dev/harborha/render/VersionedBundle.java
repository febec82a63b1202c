package dev.harborha.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Bundles whose files tell of which version they are, and whether they are whole. */
final class VersionedBundle {

    static final int FILES = 60;

    private static final Pattern FIRST_LINE = Pattern.compile("version ([0-9]+) file (\\S+) lines ([0-9]+)");

    private VersionedBundle() {}

    /** Returns the bundle of a version: most files are in all of them, a tenth in every second one. */
    static Bundle of(int version) {
        return of(version, 40);
    }

    static Bundle of(int version, int lines) {
        List<RenderedFile> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            boolean always = i % 10 != 0;
            if (always || i / 10 % 2 == version % 2) {
                String path = (always ? "nodes/n" : "odd/even") + i % 7 + "/folder/file" + i;
                String content = content(version, path, lines);
                files.add(i % 3 == 0 ? RenderedFile.secret(path, content) : RenderedFile.open(path, content));
            }
        }
        return Bundle.of(Map.of("test", files));
    }

    private static String content(int version, String path, int lines) {
        String line = "version " + version + " file " + path + " lines " + lines;
        return (line + "\n").repeat(lines);
    }

    /** Returns the versions of the files in a folder, after making sure that each of them is whole. */
    static Set<Integer> versionsOfWholeFiles(Path folder) {
        Set<Integer> versions = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString();
                if (Files.isRegularFile(path) && !name.startsWith(BundleWriter.OWN_PREFIX)) {
                    versions.add(versionOfWholeFile(name, Files.readString(path)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }

    private static int versionOfWholeFile(String path, String text) {
        Matcher first = FIRST_LINE.matcher(text.lines().findFirst().orElse(""));
        assertThat(first.matches()).as("the first line of %s: %s", path, text).isTrue();
        int version = Integer.parseInt(first.group(1));
        assertThat(text).as(path).isEqualTo(content(version, path, Integer.parseInt(first.group(3))));
        return version;
    }
}
