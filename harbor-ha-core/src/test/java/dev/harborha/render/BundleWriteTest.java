package dev.harborha.render;

import static dev.harborha.render.Folders.bundle;
import static dev.harborha.render.Folders.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing to a folder of one's own. */
class BundleWriteTest {

    private static final RenderedFile README = RenderedFile.open("INSTALL.md", "# Install é 😀\n");
    private static final RenderedFile KEY = RenderedFile.secret("nodes/n1/key.pem", "secret");
    private static final RenderedFile TOOL =
            new RenderedFile("nodes/n1/bin/tool", "#!/bin/sh\n", Mode.EXECUTABLE, new Owner(10_000, 10_000), false);

    @TempDir
    Path temp;

    @Test
    void filesAreWrittenWithTheirModes() {
        Path out = temp.resolve("not/yet/there");
        bundle(README, KEY, TOOL).writeTo(out);
        assertThat(tree(out))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "INSTALL.md", "rw-r--r-- # Install é 😀\n",
                        "nodes", "folder",
                        "nodes/n1", "folder",
                        "nodes/n1/bin", "folder",
                        "nodes/n1/bin/tool", "rwxr-xr-x #!/bin/sh\n",
                        "nodes/n1/key.pem", "rw------- secret"));
    }

    @Test
    void theManifestTellsHashModeOwnerAndPath() throws IOException {
        bundle(README, KEY, TOOL).writeTo(temp);
        Path manifest = temp.resolve(".harbor-ha.manifest");
        assertThat(Folders.mode(manifest)).isEqualTo("rw-------");
        assertThat(Files.readString(manifest)).isEqualTo("""
                        harbor-ha bundle 1
                        %s rw-r--r-- 0:0 INSTALL.md
                        %s rwxr-xr-x 10000:10000 nodes/n1/bin/tool
                        2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b rw------- 0:0 nodes/n1/key.pem
                        """.formatted(sha256(README), sha256(TOOL)));
        assertThat(Folders.everything(temp).keySet()).doesNotContain(".harbor-ha.tmp");
    }

    private static String sha256(RenderedFile file) {
        return BundleWriter.hash(file.content().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUnchangedRunWritesNothing() throws IOException {
        bundle(README, KEY, TOOL).writeTo(temp);
        Map<String, FileTime> times = Folders.age(temp);
        bundle(README, KEY, TOOL).writeTo(temp);
        assertThat(Folders.times(temp)).isEqualTo(times);
    }

    @Test
    void onlyWhatDiffersIsWritten() throws IOException {
        bundle(README, KEY, TOOL).writeTo(temp);
        Map<String, FileTime> times = Folders.age(temp);
        bundle(README, RenderedFile.secret(KEY.path(), "another"), TOOL).writeTo(temp);
        assertThat(Files.readString(temp.resolve(KEY.path()))).isEqualTo("another");
        assertThat(Folders.times(temp))
                .containsEntry("INSTALL.md", times.get("INSTALL.md"))
                .containsEntry(TOOL.path(), times.get(TOOL.path()))
                .doesNotContainEntry(KEY.path(), times.get(KEY.path()));
    }

    @Test
    void aModeThatWasChangedIsPutRight() {
        bundle(README, KEY).writeTo(temp);
        Folders.chmod(temp.resolve(KEY.path()), "rw-rw-rw-");
        bundle(README, KEY).writeTo(temp);
        assertThat(tree(temp)).containsEntry(KEY.path(), "rw------- secret");
    }

    @Test
    void aFileThatWasRemovedIsWrittenAgain() throws IOException {
        bundle(README, KEY).writeTo(temp);
        Files.delete(temp.resolve(KEY.path()));
        bundle(README, KEY).writeTo(temp);
        assertThat(tree(temp)).containsEntry(KEY.path(), "rw------- secret");
    }

    @Test
    void whatIsNoLongerInTheBundleIsRemovedWithItsEmptiedFolders() throws IOException {
        bundle(README, KEY, TOOL, RenderedFile.open("nodes/n2/deep/er/file", "x"))
                .writeTo(temp);
        Folders.write(temp.resolve("nodes/n1/notes.txt"), "mine");
        bundle(README).writeTo(temp);
        assertThat(tree(temp).keySet()).containsExactly("INSTALL.md", "nodes", "nodes/n1", "nodes/n1/notes.txt");
        assertThat(Files.readString(temp.resolve(".harbor-ha.manifest"))).doesNotContain("nodes");
        Files.delete(temp.resolve("nodes/n1/notes.txt"));
        bundle().writeTo(temp);
        assertThat(tree(temp).keySet()).as("folders that others emptied stay").containsExactly("nodes", "nodes/n1");
    }

    @Test
    void whatAnEarlierRunDidNotWriteIsLeftAlone() throws IOException {
        Folders.write(temp.resolve("nodes/mine.txt"), "mine");
        bundle(KEY).writeTo(temp);
        bundle(README).writeTo(temp);
        assertThat(tree(temp).keySet()).containsExactly("INSTALL.md", "nodes", "nodes/mine.txt");
    }

    @Test
    void progressIsToldAfterEachFile() {
        List<Integer> told = new ArrayList<>();
        bundle(README, KEY, TOOL).writeTo(temp, false, told::add);
        assertThat(told).containsExactly(1, 2, 3);
        told.clear();
        bundle(README, KEY, TOOL).writeTo(temp, false, told::add);
        assertThat(told).containsExactly(3);
        told.clear();
        bundle(README, RenderedFile.secret(KEY.path(), "another"), TOOL).writeTo(temp, false, told::add);
        assertThat(told).containsExactly(3);
    }

    @Test
    void aProgramThatFailsHalfWayLeavesAFolderThatTheNextRunCompletes() {
        Bundle old = bundle(README, KEY, TOOL);
        old.writeTo(temp);
        Bundle next = bundle(
                RenderedFile.open("INSTALL.md", "new"),
                RenderedFile.secret(KEY.path(), "new"),
                RenderedFile.open("z", "z"));
        assertThatThrownBy(() -> next.writeTo(temp, false, done -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(tree(temp))
                .containsEntry("INSTALL.md", "rw-r--r-- new")
                .containsEntry(KEY.path(), "rw------- secret");
        next.writeTo(temp);
        assertThat(tree(temp).keySet()).containsExactly("INSTALL.md", "nodes", "nodes/n1", KEY.path(), "z");
        assertThat(next.diff(temp)).isEmpty();
    }

    @Test
    void afterAFailedRunTheOldBundleCanBeWrittenAgain() {
        Bundle old = bundle(README, KEY);
        old.writeTo(temp);
        assertThatThrownBy(() -> bundle(RenderedFile.open("INSTALL.md", "new"), RenderedFile.open("z", "z"))
                        .writeTo(temp, false, done -> {
                            throw new IllegalStateException("stop");
                        }))
                .hasMessage("stop");
        old.writeTo(temp);
        assertThat(old.diff(temp)).isEmpty();
        assertThat(tree(temp).keySet()).containsExactly("INSTALL.md", "nodes", "nodes/n1", KEY.path());
    }

    @Test
    void aLinkToAFolderIsAFolderToWriteTo() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        bundle(README, KEY).writeTo(link);
        assertThat(tree(real).keySet()).contains("INSTALL.md", KEY.path());
        assertThat(bundle(README, KEY).diff(real)).isEmpty();
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("gone"));
        for (Path out : List.of(file, dangling)) {
            assertThatThrownBy(() -> bundle(README).writeTo(out))
                    .isInstanceOf(BundleWriteException.class)
                    .hasMessage(out + " is no folder; choose another one. Nothing was written.");
        }
        assertThatThrownBy(() -> bundle(README).writeTo(file.resolve("below")))
                .isInstanceOf(BundleWriteException.class)
                .hasMessage(
                        "Cannot write to the folder " + file + "/below: " + file + "/below: Not a directory. Every file"
                                + " there is whole, as it was or as it was to be; mend the cause and run again.");
        assertThat(temp.resolve("gone")).doesNotExist();
    }

    @Test
    void aRelativeFolderIsOneBelowTheWorkingFolder() throws IOException {
        Path relative =
                Path.of("").toAbsolutePath().relativize(temp.toRealPath().resolve("out"));
        bundle(README, KEY).writeTo(relative);
        bundle(README).writeTo(relative);
        assertThat(tree(temp.resolve("out")).keySet()).containsExactly("INSTALL.md");
    }

    @Test
    void whatAKilledRunLeftIsSweptAway() throws IOException {
        Folders.write(temp.resolve(".harbor-ha.tmp/17"), "half a key");
        Folders.write(temp.resolve(".harbor-ha.tmp/lock"), "");
        bundle(README).writeTo(temp);
        assertThat(Folders.everything(temp).keySet()).containsExactly(".harbor-ha.manifest", "INSTALL.md");
    }

    @Test
    void aFileSystemWithoutModesIsRefused() throws Exception {
        Path archive = temp.resolve("out.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path folder = zip.getPath("/out");
            assertThatThrownBy(() -> bundle(KEY).writeTo(folder))
                    .isInstanceOf(BundleWriteException.class)
                    .hasMessage(
                            "The folder /out is on a file system without Unix permissions, where secrets could be read by"
                                    + " others; choose another one.");
            assertThat(Files.exists(folder)).isFalse();
        }
    }
}
