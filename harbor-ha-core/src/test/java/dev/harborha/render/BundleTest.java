package dev.harborha.render;

import static dev.harborha.render.Folders.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RenderedFile}, {@link Bundle}, {@link Mode} and {@link Owner}. */
class BundleTest {

    @Test
    void whatIsMadeOfTheFilesIsMadeOnce() {
        Bundle bundle = Bundle.of(Map.of("one", List.of(file("a"), file("b"))));
        StringBuilder made = bundle.readOnce(
                StringBuilder.class, all -> new StringBuilder("" + all.files().size()));
        assertThat(made).hasToString("2");
        assertThat(bundle.readOnce(StringBuilder.class, all -> new StringBuilder("again")))
                .isSameAs(made);
        assertThat(bundle.readOnce(String.class, all -> "another kind")).isEqualTo("another kind");
    }

    private static RenderedFile file(String path) {
        return RenderedFile.open(path, path + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "nodes/harbor-1/make/harbor.cfg", "a.b/c_d/e@f/g+h/0", "..a/b..", "...", "a/.hidden"})
    void aPathBelowTheFolderIsKept(String path) {
        assertThat(file(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "a/.",
                "a/..",
                "../a",
                "a/../b",
                "./a",
                "a b",
                "a\\b",
                "a\nb",
                "a\0b",
                "a:b",
                "~/a",
                "a/$b",
                "é",
                "a*b"
            })
    void aPathThatIsNotIsRefused(String path) {
        assertThatThrownBy(() -> file(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The path " + path + " of a rendered file must be relative, without \"..\", of letters, digits"
                                + " and . _ @ + - between slashes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".harbor-ha.manifest", ".harbor-ha.tmp/x", ".harbor-ha"})
    void theBundlesOwnPathsAreRefused(String path) {
        assertThatThrownBy(() -> file(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The path " + path + " is kept for the bundle's own bookkeeping.");
        assertThat(file("nodes/" + path).path()).isEqualTo("nodes/" + path);
    }

    @Test
    void aSecretFileIsPrivate() {
        assertThat(RenderedFile.secret("key", "k"))
                .isEqualTo(new RenderedFile("key", "k", Mode.PRIVATE, Owner.ROOT, true));
        assertThat(RenderedFile.open("key", "k"))
                .isEqualTo(new RenderedFile("key", "k", Mode.PUBLIC, Owner.ROOT, false));
        for (Mode mode : List.of(Mode.PUBLIC, Mode.EXECUTABLE)) {
            assertThatThrownBy(() -> new RenderedFile("key", "sesame", mode, Owner.ROOT, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The file key holds a secret, so its mode must be PRIVATE.");
        }
    }

    @Test
    void noTextShowsTheContent() {
        assertThat(RenderedFile.secret("a/key", "sesame")).hasToString("a/key (rw-------, 6 characters, secret)");
        assertThat(RenderedFile.open("a/b", "sesame")).hasToString("a/b (rw-r--r--, 6 characters)");
        assertThat(bundle(RenderedFile.secret("a/key", "sesame"))).hasToString("Bundle of 1 files");
    }

    @Test
    void modesAndOwnersAreShownAsTheSystemDoes() {
        assertThat(List.of(Mode.values()))
                .extracting(Mode::toString)
                .containsExactly("rw-r--r--", "rw-------", "rwxr-xr-x");
        assertThat(new Owner(10_000, 10_001)).hasToString("10000:10001");
        assertThat(Owner.ROOT).isEqualTo(new Owner(0, 0));
        assertThatThrownBy(() -> new Owner(0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("User and group ids are not negative; 0:-1 is.");
    }

    @Test
    void filesAreOrderedByPath() {
        Bundle bundle = Bundle.of(Map.of("two", List.of(file("b"), file("a/c")), "one", List.of(file("a-b"))));
        assertThat(bundle.files()).extracting(RenderedFile::path).containsExactly("a-b", "a/c", "b");
        assertThat(bundle.get("a/c")).contains(file("a/c"));
        assertThat(bundle.get("a")).isEmpty();
        assertThatThrownBy(() -> bundle.files().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, List<RenderedFile>> renderers(String one, String other) {
        Map<String, List<RenderedFile>> renderers = new LinkedHashMap<>();
        renderers.put("first", List.of(file(one)));
        renderers.put("second", List.of(file(other)));
        return renderers;
    }

    @Test
    void twoRenderersCannotWriteOneFile() {
        assertThatThrownBy(() -> Bundle.of(renderers("a/b", "a/b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The renderers first and second both write a/b; remove one of them.");
        assertThatThrownBy(() -> bundle(file("a/b"), file("a/b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The renderer test writes a/b twice.");
    }

    @Test
    void aFileCannotBeWhereAnotherHasItsFolder() {
        String message = "The renderer second writes a/b/c, and the renderer first writes a file where its folder is.";
        assertThatThrownBy(() -> Bundle.of(renderers("a/b", "a/b/c")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Bundle.of(renderers("a", "a/b/c"))).hasMessage(message);
        assertThatThrownBy(() -> Bundle.of(renderers("a/b/c", "a")))
                .hasMessage(
                        "The renderer first writes a/b/c, and the renderer second writes a file where its folder is.");
        assertThat(Bundle.of(renderers("a/b", "a/b-c/d")).files()).hasSize(2);
    }
}
