package dev.harborha.prepare;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.harborha.model.HarborVersion;
import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The releases of Harbor 2 in the checkout or git folder that {@code -Dharborha.harborSource=DIR} names. What is needed of a
 * release is laid out in a folder for temporary files once, and removed when this process ends.
 */
public final class HarborSource {

    private static final String PROPERTY = "harborha.harborSource";
    private static final Pattern RELEASE = Pattern.compile("v2\\.\\d+\\.\\d+");
    private static final String PREPARE = "make/photon/prepare";
    private static final List<String> SCRIPT =
            List.of("commands/prepare.py", "g.py", "models.py", "templates", "utils");
    private static final String TEMPLATE = "make/harbor.yml.tmpl";

    private static final Map<Path, HarborSource> SOURCES = new ConcurrentHashMap<>();

    private final Path git;
    private final Path repository;
    private final Path folder;
    private final Map<HarborVersion, Path> trees = new ConcurrentHashMap<>();

    private HarborSource(Path git, Path repository, Path folder) {
        this.git = git;
        this.repository = repository;
        this.folder = folder;
    }

    /**
     * Finds the source and all programs that its {@code prepare} needs.
     *
     * @throws org.opentest4j.TestAbortedException if no source is named: the test is skipped, with the reason
     * @throws AssertionError if one is named and a program is missing
     */
    public static HarborSource require() {
        String named = System.getProperty(PROPERTY, "");
        assumeTrue(!named.isEmpty(), PROPERTY + " is not set; it names a checkout or git folder of Harbor");
        return SOURCES.computeIfAbsent(Path.of(named).toAbsolutePath(), HarborSource::open);
    }

    private static HarborSource open(Path repository) {
        requireNone(PrepareNeeds.missing());
        try {
            Path folder = Files.createTempDirectory("harbor-source");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove Harbor's source"));
            return new HarborSource(Program.require("git"), repository, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if something is missing. */
    static void requireNone(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new AssertionError("Harbor's prepare cannot run, as there is no " + String.join(", no ", missing)
                    + ". -D" + PROPERTY + " is set, which makes that a failure.");
        }
    }

    private static void remove(Path folder) {
        try {
            Program.removeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the releases {@code v2.x.y}, oldest first; candidates and builds are not among them. */
    public List<HarborVersion> releases() {
        return git(List.of("tag", "--list", "v2.*"))
                .lines()
                .filter(tag -> RELEASE.matcher(tag).matches())
                .map(HarborVersion::parse)
                .sorted()
                .toList();
    }

    /**
     * Returns the releases whose {@code prepare} is not that of the release before, oldest first: each change is in it. What the
     * script does besides, such as the migration of old files, and the image around it are not looked at.
     */
    public List<HarborVersion> releasesThatDiffer() {
        return around(false);
    }

    /**
     * Returns the releases that differ, and of each the last one that is still the same. With these a table of ours that has a
     * change one release too early is found as well.
     */
    public List<HarborVersion> releasesAroundChanges() {
        return around(true);
    }

    private List<HarborVersion> around(boolean lastOnes) {
        Map<HarborVersion, List<String>> scripts = scripts();
        List<HarborVersion> releases = List.copyOf(scripts.keySet());
        List<HarborVersion> around = new ArrayList<>();
        for (int i = 0; i < releases.size(); i++) {
            List<String> script = scripts.get(releases.get(i));
            boolean first = i == 0 || !script.equals(scripts.get(releases.get(i - 1)));
            boolean last = i == releases.size() - 1 || !script.equals(scripts.get(releases.get(i + 1)));
            if (first || (lastOnes && last)) {
                around.add(releases.get(i));
            }
        }
        return around;
    }

    /** Returns the names that git has for the parts of each release's script: equal names, equal scripts. */
    private Map<HarborVersion, List<String>> scripts() {
        List<HarborVersion> releases = releases();
        List<String> command = new ArrayList<>(List.of("rev-parse"));
        for (HarborVersion release : releases) {
            SCRIPT.forEach(part -> command.add(tag(release) + ":" + PREPARE + "/" + part));
        }
        List<String> names = git(command).lines().toList();
        Map<HarborVersion, List<String>> scripts = new LinkedHashMap<>();
        for (int i = 0; i < releases.size(); i++) {
            scripts.put(releases.get(i), names.subList(i * SCRIPT.size(), (i + 1) * SCRIPT.size()));
        }
        return scripts;
    }

    /** Returns the text of {@code harbor.yml.tmpl} as the release ships it. */
    public String template(HarborVersion release) throws IOException {
        return Files.readString(tree(release).resolve(TEMPLATE));
    }

    /** Returns the folder that the image {@code goharbor/prepare} of a release has as {@code /usr/src/app}. */
    Path prepare(HarborVersion release) {
        return tree(release).resolve(PREPARE);
    }

    private Path tree(HarborVersion release) {
        return trees.computeIfAbsent(release, this::extract);
    }

    private Path extract(HarborVersion release) {
        try {
            Path tree = Files.createDirectory(folder.resolve(release.toString()));
            Path archive = folder.resolve(release + ".tar");
            git(List.of("archive", "-o", archive.toString(), tag(release), PREPARE, TEMPLATE));
            Program.run(tree, Map.of(), List.of(Program.require("tar").toString(), "-xf", archive.toString()))
                    .succeeded();
            Files.delete(archive);
            // Harbor's Makefile writes this file when a release is built.
            Files.writeString(tree.resolve(PREPARE).resolve("versions"), "VERSION_TAG: " + tag(release) + "\n");
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(HarborVersion release) {
        return "v" + release;
    }

    private String git(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(git.toString(), "-C", repository.toString()));
        command.addAll(arguments);
        return Program.run(folder, Map.of(), command).succeeded().output();
    }
}
