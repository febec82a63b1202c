package dev.harborha.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two registries that share a folder, and a Redis in which Harbor has a user of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SharedFolderRegistriesIT implements RegistryDrills {

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().logs());

    private RegistryPair pair;

    @BeforeAll
    void start(@TempDir Path folder) {
        pair = RegistryPair.prepare(
                folder,
                (ports, place) -> SharedStore.folder(place),
                RegistryPair.Setup.newest(RedisAccess.user("harbor", "redis-password"), database()));
        pair.start();
        pair.start();
    }

    @AfterAll
    void end() {
        if (pair != null) {
            pair.close();
        }
    }

    @Override
    public RegistryPair pair() {
        return pair;
    }

    @Override
    public int database() {
        return 1;
    }
}
