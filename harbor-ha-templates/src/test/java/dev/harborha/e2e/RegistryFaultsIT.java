package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Breaks one thing at a time in a registry of Harbor 2.x, to prove that {@link RegistryDrills} would notice. */
@Timeout(60)
class RegistryFaultsIT {

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().logs());

    private RegistryPair pair;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        pair = RegistryPair.prepare(
                folder, SharedStore::s3, RegistryPair.Setup.newest(RedisAccess.password("redis-password"), 1));
    }

    @AfterEach
    void end() {
        if (pair != null) {
            pair.close();
        }
    }

    private RegistryPair pair() {
        return pair;
    }

    @Test
    void otherSecretOfOneRegistryEndsUploadsThatChangeTheNode() throws IOException {
        RegistryNode node = pair.start();
        RegistryClient one = pair.client(node);
        RegistryClient two =
                pair.client(pair.start(config -> config.replace("^  secret: \"([^\"]+)\"$", "drawn-by-this-node", 1)));

        Answer answer =
                two.resume(one.upload(node.credentials(), "library/app")).patchAnswer(out -> out.write(new byte[10]));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("BLOB_UPLOAD_INVALID");
    }

    @Test
    void otherPasswordOfRedisLeavesItEmpty() throws IOException {
        RegistryNode node = pair.start(config -> config.replace("^  password: \"(redis-password)\"$", "another", 1));

        pair.client(node).push(node.credentials(), "library/app", "1.0", Image.of(33, 1_000));

        assertThat(pair.redis().keys()).isEmpty();
    }

    @Test
    void otherFolderInTheBucketHidesTheImages() throws IOException {
        RegistryNode node = pair.start();
        RegistryNode other = pair.start(
                config -> config.replace("^    rootdirectory: \"(/s3/harbor/registry)\"$", "/of-this-node", 1));

        pair.client(node).push(node.credentials(), "library/app", "1.0", Image.of(33, 1_000));

        Answer answer = pair.client(other).ask(other.credentials(), "GET", "/v2/library/app/manifests/1.0");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("MANIFEST_UNKNOWN");
    }
}
