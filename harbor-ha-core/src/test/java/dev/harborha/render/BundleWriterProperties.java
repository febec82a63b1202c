package dev.harborha.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever was written before, a folder ends as the bundle says, and nobody else's file is touched. */
class BundleWriterProperties {

    private static final List<String> PATHS =
            List.of("INSTALL.md", "a/b", "a/c", "a/d/e", "a/d/f/g", "h/i", "h/j/k", "a-/b", "a.b");

    @Provide
    Arbitrary<Bundle> bundles() {
        Arbitrary<RenderedFile> file = Combinators.combine(
                        Arbitraries.of(PATHS),
                        Arbitraries.of("", "x", "x\n", "é😀\r\n", "long ".repeat(5000)),
                        Arbitraries.of(Mode.values()))
                .as((path, content, mode) -> new RenderedFile(path, content, mode, Owner.ROOT, mode == Mode.PRIVATE));
        return file.list()
                .uniqueElements(RenderedFile::path)
                .ofMaxSize(PATHS.size())
                .map(files -> Bundle.of(Map.of("test", files)));
    }

    private static Map<String, String> expected(Bundle bundle) {
        Map<String, String> files = new LinkedHashMap<>();
        bundle.files().forEach(file -> files.put(file.path(), file.mode() + " " + file.content()));
        return files;
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>(Folders.tree(folder));
        files.values().removeIf(text -> text.equals("folder"));
        return files;
    }

    @Property(tries = 40)
    void theFolderEndsAsTheLastBundleSays(@ForAll @Size(min = 1, max = 4) List<@From("bundles") Bundle> bundles)
            throws IOException {
        Path folder = Files.createTempDirectory("bundle");
        try {
            Path mine = Folders.write(folder.resolve("a/d/mine"), "mine");
            for (Bundle bundle : bundles) {
                bundle.writeTo(folder);
                assertThat(bundle.diff(folder)).isEmpty();
            }
            assertThat(mine).hasContent("mine");
            Files.delete(mine);
            Bundle last = bundles.get(bundles.size() - 1);
            assertThat(files(folder)).containsExactlyInAnyOrderEntriesOf(expected(last));
            Map<String, ?> times = Folders.age(folder);
            last.writeTo(folder);
            assertThat(Folders.times(folder)).isEqualTo(times);
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    @Property(tries = 40)
    void aDifferenceIsWhatWritingChanges(@ForAll("bundles") Bundle before, @ForAll("bundles") Bundle after)
            throws IOException {
        Path folder = Files.createTempDirectory("bundle");
        try {
            before.writeTo(folder);
            Map<String, String> old = files(folder);
            List<FileChange> changes = after.diff(folder);
            after.writeTo(folder);
            Map<String, String> now = files(folder);
            Map<String, String> touched = new TreeMap<>(old);
            touched.putAll(now);
            touched.keySet()
                    .removeIf(path -> old.containsKey(path) && old.get(path).equals(now.get(path)));
            assertThat(changes).extracting(FileChange::path).containsExactlyElementsOf(touched.keySet());
            assertThat(changes).noneMatch(FileChange::foreign);
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }
}
