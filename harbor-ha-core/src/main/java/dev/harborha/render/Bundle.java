package dev.harborha.render;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Every file of every machine of one cluster, ordered by path. */
public final class Bundle {

    private final Map<String, RenderedFile> files;
    private final Map<Class<?>, Object> readings = new ConcurrentHashMap<>();

    private Bundle(Map<String, RenderedFile> files) {
        this.files = files;
    }

    /**
     * Returns the bundle of the files that each renderer wrote.
     *
     * @param filesByRenderer the files under the name of the renderer that wrote them
     * @throws IllegalStateException if two files have one path, or one is where another has its folder; the message names
     *     path and renderers
     */
    public static Bundle of(Map<String, List<RenderedFile>> filesByRenderer) {
        Map<String, RenderedFile> files = new TreeMap<>();
        Map<String, String> writers = new LinkedHashMap<>();
        filesByRenderer.forEach((renderer, written) -> {
            for (RenderedFile file : written) {
                String other = writers.putIfAbsent(file.path(), renderer);
                if (other != null) {
                    throw new IllegalStateException(
                            other.equals(renderer)
                                    ? "The renderer " + renderer + " writes " + file.path() + " twice."
                                    : "The renderers " + other + " and " + renderer + " both write " + file.path()
                                            + "; remove one of them.");
                }
                files.put(file.path(), file);
            }
        });
        requireNoFileWhereFoldersAre(writers);
        return new Bundle(files);
    }

    private static void requireNoFileWhereFoldersAre(Map<String, String> writers) {
        Set<String> folders = new HashSet<>();
        writers.forEach((path, renderer) -> {
            int end = path.lastIndexOf('/');
            while (end > 0 && folders.add(path.substring(0, end))) {
                String other = writers.get(path.substring(0, end));
                if (other != null) {
                    throw new IllegalStateException("The renderer " + renderer + " writes " + path
                            + ", and the renderer " + other + " writes a file where its folder is.");
                }
                end = path.lastIndexOf('/', end - 1);
            }
        });
    }

    /**
     * Returns what somebody makes of the files, and keeps it as long as the bundle, for rules: many of them look at the same files.
     *
     * @param kind the kind of what is made; there is one of each kind
     * @param reader makes it; it always makes the same of the same files, and threads that ask at once may call it twice
     */
    public <T> T readOnce(Class<T> kind, Function<Bundle, T> reader) {
        Object known = readings.get(kind);
        if (known == null) {
            T made = reader.apply(this);
            Object other = readings.putIfAbsent(kind, made);
            known = other == null ? made : other;
        }
        return kind.cast(known);
    }

    /** Returns all files, ordered by path. */
    public Collection<RenderedFile> files() {
        return Collections.unmodifiableCollection(files.values());
    }

    /** Returns the file with the given path. */
    public Optional<RenderedFile> get(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * Writes all files below a folder, which is made if it does not exist, and removes those that an earlier run wrote and
     * that are no longer part of the bundle. Each file is written to a temporary name with its final permissions and then
     * moved to its place, so that a run that dies half way leaves every file whole. A manifest of hashes ({@value
     * BundleWriter#MANIFEST}) remembers what was written.
     *
     * @throws BundleWriteException if somebody else made or changed one of the files (nothing is written then), if another
     *     run is writing to the folder, or if the disk refuses
     */
    public void writeTo(Path folder) {
        writeTo(folder, false, written -> {});
    }

    /**
     * Writes as {@link #writeTo(Path)} does.
     *
     * @param force whether files that somebody else made or changed are overwritten
     * @param progress told the number of files done so far, after each file
     * @throws BundleWriteException as {@link #writeTo(Path)}
     */
    public void writeTo(Path folder, boolean force, IntConsumer progress) {
        new BundleWriter(folder, this).write(force, progress);
    }

    /**
     * Compares with what lies in a folder; writes nothing.
     *
     * @return the differences, ordered by path; empty when writing would change nothing
     * @throws BundleWriteException if the folder cannot be read
     */
    public List<FileChange> diff(Path folder) {
        return new BundleWriter(folder, this).changes();
    }

    /** Returns the number of files. */
    @Override
    public String toString() {
        return "Bundle of " + files.size() + " files";
    }
}
