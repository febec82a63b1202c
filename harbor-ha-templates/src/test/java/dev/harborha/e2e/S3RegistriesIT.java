package dev.harborha.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two registries that share a bucket, and a Redis that wants a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class S3RegistriesIT implements RegistryDrills {

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().logs());

    private RegistryPair pair;

    @BeforeAll
    void start(@TempDir Path folder) {
        pair = RegistryPair.prepare(
                folder, SharedStore::s3, RegistryPair.Setup.newest(RedisAccess.password("redis-password"), database()));
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
        return 3;
    }
}
