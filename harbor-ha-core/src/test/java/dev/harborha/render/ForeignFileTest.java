package dev.harborha.render;

import static dev.harborha.render.Folders.bundle;
import static dev.harborha.render.Folders.everything;
import static dev.harborha.render.Folders.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, folders and links that somebody else put where a bundle goes. */
class ForeignFileTest {

    private static final RenderedFile A = RenderedFile.open("a", "a");
    private static final RenderedFile B = RenderedFile.open("f/b", "b");
    private static final RenderedFile KEY = RenderedFile.secret("f/key", "sesame");

    @TempDir
    Path temp;

    /** Returns why writing is refused, and makes sure that it changed nothing. */
    private BundleWriteException refusal(Bundle bundle, boolean force) {
        Map<String, String> before = everything(temp);
        BundleWriteException refusal =
                catchThrowableOfType(BundleWriteException.class, () -> bundle.writeTo(temp, force, done -> {}));
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(everything(temp))
                .as("the folder after: " + refusal.getMessage())
                .isEqualTo(before);
        assertThat(refusal.getMessage()).doesNotContain("sesame", "\n");
        return refusal;
    }

    private BundleWriteException refusal(Bundle bundle) {
        return refusal(bundle, false);
    }

    private static void force(Bundle bundle, Path folder) {
        bundle.writeTo(folder, true, done -> {});
    }

    @Test
    void aFileThatSomebodyChangedIsNotOverwritten() throws IOException {
        bundle(A, B, KEY).writeTo(temp);
        Folders.write(temp.resolve("f/b"), "edited");
        Bundle next = bundle(RenderedFile.open("a", "new"), RenderedFile.open("f/b", "new"), KEY);
        BundleWriteException refusal = refusal(next);
        assertThat(refusal)
                .hasMessage(
                        "1 file below " + temp + " was made or changed by somebody else: f/b. Nothing was written; look"
                                + " at the difference, then move it away or use force.");
        assertThat(refusal.foreignFiles()).containsExactly("f/b");
        force(next, temp);
        assertThat(tree(temp)).containsEntry("f/b", "rw-r--r-- new").containsEntry("a", "rw-r--r-- new");
    }

    @Test
    void aFileThatSomebodyPutThereIsNotOverwritten() throws IOException {
        Folders.write(temp.resolve("a"), "mine");
        assertThat(refusal(bundle(A, B)).foreignFiles()).containsExactly("a");
        assertThat(temp.resolve("f")).doesNotExist();
    }

    @Test
    void aFileThatHappensToBeTheSameIsNoObstacle() throws IOException {
        Folders.write(temp.resolve("a"), "a");
        bundle(A, B).writeTo(temp);
        assertThat(bundle(A, B).diff(temp)).isEmpty();
    }

    @Test
    void aFileThatSomebodyChangedIsNotRemoved() throws IOException {
        bundle(A, B).writeTo(temp);
        Folders.write(temp.resolve("f/b"), "edited");
        assertThat(refusal(bundle(A)).foreignFiles()).containsExactly("f/b");
        force(bundle(A), temp);
        assertThat(tree(temp).keySet()).containsExactly("a");
    }

    @Test
    void anEditThatIsWhatTheBundleSaysIsNoObstacle() throws IOException {
        bundle(A, B).writeTo(temp);
        Folders.write(temp.resolve("f/b"), "new");
        bundle(A, RenderedFile.open("f/b", "new")).writeTo(temp);
        assertThat(tree(temp)).containsEntry("f/b", "rw-r--r-- new");
    }

    @Test
    void manyFilesAreCountedAndTheFirstOnesNamed() throws IOException {
        RenderedFile[] files = IntStream.range(0, 8)
                .mapToObj(i -> RenderedFile.open("n" + i, "x"))
                .toArray(RenderedFile[]::new);
        bundle(files).writeTo(temp);
        for (RenderedFile file : files) {
            Folders.write(temp.resolve(file.path()), "edited");
        }
        BundleWriteException refusal = refusal(bundle());
        assertThat(refusal)
                .hasMessage("8 files below " + temp
                        + " were made or changed by somebody else: n0, n1, n2, n3, n4 and 3 more."
                        + " Nothing was written; look at the difference, then move them away or use force.");
        assertThat(refusal.foreignFiles()).hasSize(8);
    }

    @Test
    void aLinkIsNeverWrittenThrough() throws IOException {
        Path outside = Files.writeString(Files.createTempFile("outside", ".txt"), "a");
        try {
            Files.createSymbolicLink(temp.resolve("a"), outside);
            assertThat(refusal(bundle(A)).foreignFiles())
                    .as("even with the same content")
                    .containsExactly("a");
            force(bundle(RenderedFile.open("a", "new")), temp);
            assertThat(tree(temp)).containsEntry("a", "rw-r--r-- new");
            assertThat(outside).hasContent("a");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void aDanglingLinkIsForeignAndMakesNoFileElsewhere() throws IOException {
        Path elsewhere = temp.resolve("elsewhere");
        Files.createSymbolicLink(temp.resolve("a"), elsewhere);
        assertThat(refusal(bundle(A)).foreignFiles()).containsExactly("a");
        force(bundle(A), temp);
        assertThat(elsewhere).doesNotExist();
        assertThat(tree(temp)).containsEntry("a", "rw-r--r-- a");
    }

    @Test
    void aLinkWhereAnEarlierRunWroteIsRemovedWithForceOnly() throws IOException {
        Path outside = Folders.write(temp.resolve("outside/b"), "b");
        bundle(A, B).writeTo(temp);
        Files.delete(temp.resolve("f/b"));
        Files.createSymbolicLink(temp.resolve("f/b"), outside);
        assertThat(refusal(bundle(A)).foreignFiles()).containsExactly("f/b");
        force(bundle(A), temp);
        assertThat(tree(temp).keySet()).containsExactly("a", "outside", "outside/b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinkInPlaceOfAFolderIsRefusedEvenWithForce(boolean force) throws IOException {
        Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(temp.resolve("f"), temp.resolve("outside"));
        String message = temp + "/f is no folder, or a link to one; move it away. Nothing was written.";
        assertThat(refusal(bundle(A, B), force)).hasMessage(message);
        assertThat(refusal(bundle(A, RenderedFile.open("f/deep/er", "x")), force))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsRemovedThroughALink(boolean force) throws IOException {
        bundle(A, B).writeTo(temp);
        Files.move(temp.resolve("f"), temp.resolve("outside"));
        Files.createSymbolicLink(temp.resolve("f"), temp.resolve("outside"));
        assertThat(refusal(bundle(A), force))
                .hasMessage(temp + "/f is no folder, or a link to one; move it away. Nothing was written.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileInPlaceOfAFolderIsRefused(boolean force) throws IOException {
        Folders.write(temp.resolve("f"), "mine");
        assertThat(refusal(bundle(A, B), force))
                .hasMessage(temp + "/f is no folder, or a link to one; move it away. Nothing was written.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFolderInPlaceOfAFileIsRefused(boolean force) throws IOException {
        Files.createDirectories(temp.resolve("f/b"));
        BundleWriteException refusal = refusal(bundle(A, B), force);
        assertThat(refusal)
                .hasMessage(temp + "/f/b is a folder where a file has to be; move it away. Nothing was written.");
        assertThat(refusal.foreignFiles()).containsExactly(temp + "/f/b");
    }

    @Test
    void aFolderThatTookThePlaceOfAFileIsNotRemoved() throws IOException {
        bundle(A, B).writeTo(temp);
        Files.delete(temp.resolve("f/b"));
        Folders.write(temp.resolve("f/b/mine"), "mine");
        bundle(A).writeTo(temp);
        assertThat(tree(temp).keySet()).containsExactly("a", "f", "f/b", "f/b/mine");
    }

    /** What lies in the folder for unfinished files is removed, so a link there would lead to somebody's files. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinkInPlaceOfTheStagingFolderIsRefused(boolean force) throws IOException {
        Path documents =
                Folders.write(temp.resolve("documents/thesis.txt"), "mine").getParent();
        Files.createSymbolicLink(temp.resolve(".harbor-ha.tmp"), documents);
        assertThat(refusal(bundle(A), force))
                .hasMessage(temp.toRealPath()
                        + "/.harbor-ha.tmp is no folder that an earlier run left; remove it. Nothing was written.");
    }

    @Test
    void aLinkInPlaceOfTheLockIsNotFollowed() throws IOException {
        Files.createDirectory(temp.resolve(".harbor-ha.tmp"));
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(temp.resolve(".harbor-ha.tmp/lock"), elsewhere);
        assertThat(refusal(bundle(A), true).getMessage()).startsWith("Cannot write to the folder " + temp + ": ");
        assertThat(elsewhere).hasContent("mine");
    }

    @Test
    void aManifestThatIsALinkIsReplaced() throws IOException {
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "harbor-ha bundle 1\n");
        Files.createSymbolicLink(temp.resolve(".harbor-ha.manifest"), elsewhere);
        bundle(A).writeTo(temp);
        assertThat(elsewhere).hasContent("harbor-ha bundle 1\n");
        assertThat(Files.isSymbolicLink(temp.resolve(".harbor-ha.manifest"))).isFalse();
    }

    @Test
    void foreignFilesBesideTheBundleAreNobodysConcern() throws IOException {
        Folders.write(temp.resolve("f/mine"), "mine");
        Files.createSymbolicLink(temp.resolve("link"), temp.resolve("f"));
        bundle(A, B).writeTo(temp);
        assertThat(bundle(A, B).diff(temp)).isEqualTo(List.of());
        assertThat(tree(temp)).containsEntry("f/mine", Folders.mode(temp.resolve("f/mine")) + " mine");
    }
}
