package dev.harborha.validation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings: no row is there that no example shows. */
class SettingRulesTest {

    private static final Path FOUND = Path.of(
            System.getProperty("basedir", ""), "src", "test", "resources", "rules", "setting.not-in-release.txt");
    private static final Pattern PLACE = Pattern.compile("(?m)^ERROR setting\\.not-in-release cluster\\.(\\S+)$");

    @Test
    void everySettingIsFoundInAnExample() throws IOException {
        Set<String> found = PLACE.matcher(Files.readString(FOUND))
                .results()
                .map(match -> match.group(1).replaceFirst("^storage\\.[^.]+\\.", "storage.\\$driver."))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> settings =
                SettingRules.SETTINGS.stream().map(SettingRules.Setting::path).toList();
        assertThat(settings).doesNotHaveDuplicates().isNotEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(settings);
    }
}
