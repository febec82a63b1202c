package dev.harborha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.audit.BundleRule;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of others are found by what their jars say in {@code META-INF/services}. */
class RulesOnClassPathTest {

    @TempDir
    Path jar;

    /** A rule as a jar of its author would have it. */
    public static final class OwnRule implements Rule {

        private static final RuleInfo INFO = RuleInfo.of(
                "own.rule",
                Severity.NOTE,
                rule -> rule.title("A cluster").why("w").fix("f").sources("s"));

        @Override
        public RuleInfo info() {
            return INFO;
        }

        @Override
        public List<Problem> check(Cluster cluster) {
            return List.of();
        }
    }

    /** A rule on rendered files as a jar of its author would have it. */
    public static final class OwnBundleRule implements BundleRule {

        private static final RuleInfo INFO = RuleInfo.of(
                "own.files",
                Severity.NOTE,
                rule -> rule.title("Files").why("w").fix("f").sources("s"));

        @Override
        public RuleInfo info() {
            return INFO;
        }

        @Override
        public List<Problem> check(Bundle bundle) {
            return List.of();
        }
    }

    /** A rule that takes the id of a built-in one. */
    public static final class ClashingRule implements Rule {

        private static final RuleInfo INFO = RuleInfo.of(
                "url.plain-http",
                Severity.NOTE,
                rule -> rule.title("t").why("w").fix("f").sources("s"));

        @Override
        public RuleInfo info() {
            return INFO;
        }

        @Override
        public List<Problem> check(Cluster cluster) {
            return List.of();
        }
    }

    private void says(Class<?> service, Class<?>... providers) throws Exception {
        Path file = jar.resolve("META-INF/services").resolve(service.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(providers).stream().map(Class::getName).toList());
    }

    /** Makes the library anew as if that jar were on its class path, and returns its book in words. */
    private String book() throws Exception {
        List<URL> classPath = new ArrayList<>(List.of(jar.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> entrance = loader.loadClass(HarborHa.class.getName());
            Object harbor = entrance.getMethod("create").invoke(null);
            Object book = entrance.getMethod("book").invoke(harbor);
            return String.valueOf(book.getClass().getMethod("entries").invoke(book));
        }
    }

    @Test
    void whatAJarNamesIsInTheBook() throws Exception {
        assertThat(book()).contains("id=url.plain-http,").doesNotContain("id=own.");
        says(Rule.class, OwnRule.class);
        says(BundleRule.class, OwnBundleRule.class);
        assertThat(book()).contains("id=url.plain-http,", "id=own.rule,", "id=own.files,");
    }

    @Test
    void aJarCannotTakeAnIdThatIsTaken() throws Exception {
        says(Rule.class, ClashingRule.class);
        assertThatThrownBy(this::book)
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two rules have the id url.plain-http; give yours another one.");
    }
}
