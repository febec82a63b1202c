package dev.harborha.render;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What earlier runs wrote: for each path the SHA-256 of its content, with mode and owner for whoever lays the files down on
 * a machine. While a run is under way, a path has two hashes, the old and the new one, so that a run that died half way is
 * not taken for somebody else's work.
 */
final class Manifest {

    private static final String HEADER = "harbor-ha bundle 1";
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64}) ([rwx-]{9}) ([0-9]+:[0-9]+) ([A-Za-z0-9._@+/-]+)");

    /** Where a line says whether others may read the file. */
    private static final int OTHERS_READ = 6;

    private final ImmutableSetMultimap<String, String> hashes;
    private final ImmutableSet<String> closed;

    private Manifest(ImmutableSetMultimap<String, String> hashes, ImmutableSet<String> closed) {
        this.hashes = hashes;
        this.closed = closed;
    }

    static Manifest empty() {
        return new Manifest(ImmutableSetMultimap.of(), ImmutableSet.of());
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if the text is no manifest
     */
    static Manifest parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException("no manifest of this release");
        }
        ImmutableSetMultimap.Builder<String, String> hashes = ImmutableSetMultimap.builder();
        ImmutableSet.Builder<String> closed = ImmutableSet.builder();
        for (String line : lines.subList(1, lines.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || !RenderedFile.isPortable(parts.group(4))) {
                throw new IllegalArgumentException("no line of a manifest");
            }
            hashes.put(parts.group(4), parts.group(1));
            if (parts.group(2).charAt(OTHERS_READ) != 'r') {
                closed.add(parts.group(4));
            }
        }
        return new Manifest(hashes.build(), closed.build());
    }

    static String line(RenderedFile file, String hash) {
        return hash + " " + file.mode() + " " + file.owner() + " " + file.path();
    }

    /** Returns the text of a manifest with the given lines. */
    static String text(Collection<String> lines) {
        List<String> all = new ArrayList<>(lines.size() + 1);
        all.add(HEADER);
        all.addAll(lines);
        return String.join("\n", all) + "\n";
    }

    /** Returns the paths, in the order of the manifest. */
    Collection<String> paths() {
        return hashes.keySet();
    }

    /** Tells whether a file with this content may be one that an earlier run wrote. */
    boolean wrote(String path, String hash) {
        return hashes.containsEntry(path, hash);
    }

    /** Tells whether an earlier run wrote this file so that only its owner could read it. */
    boolean wroteClosed(String path) {
        return closed.contains(path);
    }

    /** Returns this manifest's lines for a run under way; of mode and owner only who may read matters there. */
    List<String> journalLines() {
        return hashes.entries().stream()
                .map(entry -> entry.getValue() + (closed.contains(entry.getKey()) ? " r--------" : " r--r--r--")
                        + " 0:0 " + entry.getKey())
                .toList();
    }
}
