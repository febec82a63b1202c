package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a registry of Harbor 2.x does when that of the other node, or Redis, is lost. */
@Timeout(60)
class RegistryLossIT {

    /** Large enough for two pieces of a multipart upload. */
    private static final int LAYER = 6 << 20;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().logs());

    @TempDir
    Path folder;

    private RegistryPair pair;

    static Stream<Named<LoopbackCluster.StoreFactory>> stores() {
        return Stream.of(
                Named.of("a shared folder", (ports, place) -> SharedStore.folder(place)),
                Named.of("a bucket", SharedStore::s3));
    }

    private void start(LoopbackCluster.StoreFactory stores) {
        pair = RegistryPair.prepare(
                folder, stores, RegistryPair.Setup.newest(RedisAccess.password("redis-password"), 1));
        pair.start();
        pair.start();
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

    @ParameterizedTest
    @MethodSource("stores")
    void theOtherNodeGoesOnWithWhatTheLostOneBegan(LoopbackCluster.StoreFactory stores) throws IOException {
        start(stores);
        RegistryClient one = pair.client(pair.node(1));
        RegistryClient two = pair.client(pair.node(2));
        String credentials = pair.node(1).credentials();
        Image before = Image.of(37, 1_000);
        Image image = Image.of(38, LAYER);
        byte[] layer = image.layers().get(0);
        one.push(credentials, "library/app", "before", before);
        RegistryClient.Upload upload =
                one.upload(credentials, "library/app").patch(out -> out.write(layer, 0, LAYER / 2));

        pair.node(1).kill();

        assertThatThrownBy(() -> one.manifest(credentials, "library/app", "before"))
                .isInstanceOf(ConnectException.class);
        two.resume(upload)
                .patch(out -> out.write(layer, LAYER / 2, LAYER - LAYER / 2))
                .finish(Image.digest(layer));
        two.push(credentials, "library/app", "1.0", image);
        assertPulls(two, credentials, "before", before);
        assertPulls(two, credentials, "1.0", image);

        assertPulls(pair.client(pair.startAgain(1)), credentials, "1.0", image);
    }

    /** Redis only remembers for the registries what they could look up. */
    @ParameterizedTest
    @MethodSource("stores")
    void withoutRedisTheyLookEverythingUp(LoopbackCluster.StoreFactory stores) throws IOException {
        start(stores);
        RegistryClient one = pair.client(pair.node(1));
        RegistryClient two = pair.client(pair.node(2));
        String credentials = pair.node(1).credentials();
        Image before = Image.of(37, 1_000);
        Image image = Image.of(39, 1_000);
        one.push(credentials, "library/app", "before", before);

        pair.redis().kill();

        assertPulls(two, credentials, "before", before);
        one.push(credentials, "library/app", "1.0", image);
        assertPulls(two, credentials, "1.0", image);
    }

    private static void assertPulls(RegistryClient client, String credentials, String tag, Image image)
            throws IOException {
        assertThat(client.manifest(credentials, "library/app", tag)).isEqualTo(image.manifest());
        for (byte[] blob : image.blobs()) {
            assertThat(client.blob(credentials, "library/app", Image.digest(blob)))
                    .isEqualTo(blob);
        }
    }
}
