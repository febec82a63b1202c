package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.HarborVersion;
import dev.harborha.templates.harbor2.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry starts on what is rendered for it in every line of releases, and uses its Redis. */
@Timeout(60)
class RegistryOfEveryLineIT {

    @TempDir
    Path folder;

    static List<HarborVersion> releases() {
        return Scenario.newestOfEachLine();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void takesAnImageInAndRemembersIt(HarborVersion release) throws IOException {
        RegistryPair.Setup setup = new RegistryPair.Setup(release, RedisAccess.password("redis-password"), 4, c -> {});
        try (RegistryPair pair = RegistryPair.prepare(folder, (ports, place) -> SharedStore.folder(place), setup)) {
            RegistryNode node = pair.start();
            RegistryClient client = pair.client(node);
            Image image = Image.of(34, 1_000);

            client.push(node.credentials(), "library/app", "1.0", image);

            assertThat(client.manifest(node.credentials(), "library/app", "1.0"))
                    .as(pair.logs())
                    .isEqualTo(image.manifest());
            assertThat(pair.redis().keys()).as(pair.logs()).containsOnlyKeys(4);
        }
    }
}
