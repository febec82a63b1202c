package dev.harborha.render;

import static dev.harborha.render.Folders.bundle;
import static dev.harborha.render.Folders.everything;
import static dev.harborha.render.Folders.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that a run cannot read, or must not believe. */
class ManifestTest {

    private static final RenderedFile A = RenderedFile.open("a", "a");
    private static final Bundle BUNDLE = bundle(A, RenderedFile.open("f/b", "b"));
    private static final String HASH_OF_X = BundleWriter.hash("x".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path temp;

    private Path out;
    private Path manifest;

    @BeforeEach
    void writeOnce() {
        out = temp.resolve("out");
        manifest = out.resolve(".harbor-ha.manifest");
        BUNDLE.writeTo(out);
    }

    private void assertRefused(Bundle bundle) {
        Map<String, String> before = everything(temp);
        String message =
                "The manifest " + manifest + " cannot be read: it was changed, or a newer harbor-ha wrote it. Use"
                        + " that release, or remove the manifest and use force.";
        assertThatThrownBy(() -> bundle.writeTo(out))
                .isInstanceOf(BundleWriteException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> bundle.diff(out))
                .isInstanceOf(BundleWriteException.class)
                .hasMessage(message);
        assertThat(everything(temp)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "harbor-ha bundle 2\n",
                "harbor-ha bundle 10\n",
                "garbage\n",
                "harbor-ha bundle 1\ngarbage\n",
                "harbor-ha bundle 1\n\n",
                "harbor-ha bundle 1\nabc rw-r--r-- 0:0 a\n",
                "\nharbor-ha bundle 1\n"
            })
    void aDamagedManifestOrOneOfANewerReleaseIsRefused(String text) throws IOException {
        Files.writeString(manifest, text);
        assertRefused(BUNDLE);
        Bundle next = bundle(RenderedFile.open("a", "new"));
        next.writeTo(out, true, done -> {});
        assertThat(tree(out)).as("what is in no manifest is not removed").containsOnlyKeys("a", "f", "f/b");
        assertThat(next.diff(out)).isEmpty();
    }

    @Test
    void aManifestThatIsNoTextIsRefused() throws IOException {
        Files.write(manifest, new byte[] {(byte) 0xff, 0});
        assertRefused(BUNDLE);
    }

    @Test
    void aManifestThatWasCutIsRefused() throws IOException {
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertRefused(BUNDLE);
    }

    @Test
    void aManifestThatIsAFolderIsRefused() throws IOException {
        Files.delete(manifest);
        Files.createDirectory(manifest);
        assertThatThrownBy(() -> BUNDLE.writeTo(out))
                .isInstanceOf(BundleWriteException.class)
                .hasMessageStartingWith("Cannot write to the folder " + out + ": ")
                .hasMessageEndingWith("mend the cause and run again.");
    }

    /** Whoever can write to the folder must not make a run remove files elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {"../victim", "/etc/../TEMP/victim", "f/../../victim", "f/./../../victim", "f//../../victim", ".."
            })
    void aManifestThatNamesPathsElsewhereIsNotBelieved(String path) throws IOException {
        Path victim = Files.writeString(temp.resolve("victim"), "x");
        String absolute = path.replace("/etc/../TEMP", temp.toString());
        Files.writeString(manifest, "harbor-ha bundle 1\n" + HASH_OF_X + " rw-r--r-- 0:0 " + absolute + "\n");
        assertRefused(bundle(A));
        bundle(A).writeTo(out, true, done -> {});
        assertThat(victim).hasContent("x");
    }

    @Test
    void withoutItsManifestAFolderIsSomebodyElses() throws IOException {
        Files.delete(manifest);
        BUNDLE.writeTo(out);
        Files.delete(manifest);
        assertThatThrownBy(() -> bundle(RenderedFile.open("a", "new")).writeTo(out))
                .isInstanceOf(BundleWriteException.class)
                .hasMessageStartingWith("1 file below " + out + " was made or changed by somebody else: a.");
    }

    @Test
    void aManifestIsReadBack() {
        Manifest read = Manifest.parse(Manifest.text(
                List.of(Manifest.line(A, HASH_OF_X), Manifest.line(RenderedFile.secret("f/key", "k"), HASH_OF_X))));
        assertThat(read.paths()).containsExactly("a", "f/key");
        assertThat(read.wrote("a", HASH_OF_X)).isTrue();
        assertThat(read.wrote("a", HASH_OF_X.replace('1', '2'))).isFalse();
        assertThat(read.wrote("b", HASH_OF_X)).isFalse();
        assertThat(read.wroteClosed("a")).isFalse();
        assertThat(read.wroteClosed("f/key")).isTrue();
        Manifest again = Manifest.parse(Manifest.text(read.journalLines()));
        assertThat(again.paths()).containsExactly("a", "f/key");
        assertThat(again.wroteClosed("a")).isFalse();
        assertThat(again.wroteClosed("f/key")).isTrue();
    }
}
