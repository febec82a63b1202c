package dev.harborha.render;

import static dev.harborha.render.FileChange.Kind.ADDED;
import static dev.harborha.render.FileChange.Kind.CHANGED;
import static dev.harborha.render.FileChange.Kind.MODE_CHANGED;
import static dev.harborha.render.FileChange.Kind.REMOVED;
import static dev.harborha.render.Folders.bundle;
import static dev.harborha.render.Folders.everything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.render.FileChange.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would change in a folder, and what a difference may show. */
class BundleDiffTest {

    private static final RenderedFile A = RenderedFile.open("a", "old a");
    private static final RenderedFile KEY = RenderedFile.secret("key", "old sesame");

    @TempDir
    Path temp;

    private static FileChange change(String path, Kind kind, boolean foreign, String before, String after) {
        return new FileChange(path, kind, foreign, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    /** Compares, and makes sure that this changes nothing and shows no secret. */
    private List<FileChange> diff(Bundle bundle) {
        Map<String, String> before = everything(temp);
        List<FileChange> changes = bundle.diff(temp);
        assertThat(everything(temp)).isEqualTo(before);
        for (FileChange change : changes) {
            assertThat(change.before().orElse("") + change.after().orElse("") + change)
                    .doesNotContain("sesame");
        }
        return changes;
    }

    @Test
    void againstAnAbsentFolderEverythingIsNew() {
        Path absent = temp.resolve("absent");
        assertThat(bundle(A, KEY).diff(absent))
                .containsExactly(change("a", ADDED, false, null, "old a"), change("key", ADDED, false, null, null));
        assertThat(absent).doesNotExist();
    }

    @Test
    void anUnchangedFolderHasNoDifference() {
        bundle(A, KEY).writeTo(temp);
        assertThat(diff(bundle(A, KEY))).isEmpty();
    }

    @Test
    void eachKindOfChangeIsTold() {
        RenderedFile mode = RenderedFile.open("mode", "m");
        RenderedFile gone = RenderedFile.open("gone", "old gone");
        bundle(A, KEY, mode, gone, RenderedFile.secret("gone.key", "sesame")).writeTo(temp);
        Folders.chmod(temp.resolve("mode"), "rw-rw-rw-");
        Bundle next = bundle(
                RenderedFile.open("a", "new a"),
                RenderedFile.secret("key", "new sesame"),
                mode,
                RenderedFile.open("z", "new z"));
        assertThat(diff(next))
                .containsExactly(
                        change("a", CHANGED, false, "old a", "new a"),
                        change("gone", REMOVED, false, "old gone", null),
                        change("gone.key", REMOVED, false, null, null),
                        change("key", CHANGED, false, null, null),
                        change("mode", MODE_CHANGED, false, null, null),
                        change("z", ADDED, false, null, "new z"));
        next.writeTo(temp);
        assertThat(diff(next)).isEmpty();
    }

    @Test
    void foreignFilesAreMarked() throws IOException {
        bundle(A, KEY, RenderedFile.open("gone", "g")).writeTo(temp);
        for (String path : List.of("a", "key", "gone", "z")) {
            Files.writeString(temp.resolve(path), path.equals("key") ? "sesame" : "edited");
            Folders.chmod(temp.resolve(path), path.equals("key") ? "rw-------" : "rw-r--r--");
        }
        List<FileChange> changes = diff(bundle(A, KEY, RenderedFile.open("z", "z")));
        assertThat(changes)
                .containsExactly(
                        change("a", CHANGED, true, "edited", "old a"),
                        change("gone", REMOVED, true, "edited", null),
                        change("key", CHANGED, true, null, null),
                        change("z", CHANGED, true, "edited", "z"));
        assertThat(changes.get(0)).hasToString("CHANGED a (changed by somebody else)");
        assertThat(change("b", ADDED, false, null, "secret?")).hasToString("ADDED b");
    }

    @Test
    void aSecretIsNotShownWhateverItsFileHasBecome() {
        bundle(A, KEY, RenderedFile.secret("gone.key", "sesame")).writeTo(temp);
        Folders.chmod(temp.resolve("key"), "rw-r--r--");
        Folders.chmod(temp.resolve("gone.key"), "rw-r--r--");
        assertThat(diff(bundle(A, RenderedFile.open("key", "public now"))))
                .containsExactly(
                        change("gone.key", REMOVED, false, null, null), change("key", CHANGED, false, null, null));
    }

    @Test
    void aFileThatOthersMayNotReadIsNotShown() throws IOException {
        Files.writeString(temp.resolve("a"), "sesame");
        Folders.chmod(temp.resolve("a"), "rw-------");
        assertThat(diff(bundle(A))).containsExactly(change("a", CHANGED, true, null, null));
    }

    @Test
    void afterARunThatDiedSecretsAreStillNotShown() {
        bundle(A, KEY, RenderedFile.open("gone", "g"), RenderedFile.secret("gone.key", "sesame"))
                .writeTo(temp);
        assertThatThrownBy(() -> bundle(RenderedFile.open("a", "new a")).writeTo(temp, false, done -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        Folders.chmod(temp.resolve("gone.key"), "rw-r--r--");
        assertThat(diff(bundle(RenderedFile.open("a", "newer"))))
                .containsExactly(
                        change("a", CHANGED, false, "new a", "newer"),
                        change("gone", REMOVED, false, "g", null),
                        change("gone.key", REMOVED, false, null, null),
                        change("key", REMOVED, false, null, null));
    }

    @Test
    void aFileThatIsNoTextAndALinkHaveNoTextToShow() throws IOException {
        Files.write(temp.resolve("a"), new byte[] {(byte) 0xff});
        Files.createSymbolicLink(temp.resolve("l"), temp.resolve("a"));
        Folders.chmod(temp.resolve("a"), "rw-r--r--");
        assertThat(bundle(A, RenderedFile.open("l", "l")).diff(temp))
                .containsExactly(change("a", CHANGED, true, null, "old a"), change("l", CHANGED, true, null, "l"));
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> bundle(A).diff(file))
                .isInstanceOf(BundleWriteException.class)
                .hasMessage(file + " is no folder; choose another one. Nothing was written.");
        Files.createDirectory(temp.resolve("a"));
        assertThatThrownBy(() -> bundle(A).diff(temp))
                .isInstanceOf(BundleWriteException.class)
                .hasMessage(temp + "/a is a folder where a file has to be; move it away. Nothing was written.");
    }
}
