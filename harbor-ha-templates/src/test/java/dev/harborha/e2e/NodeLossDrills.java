package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What must hold when a whole node is lost: nginx, registry and UI of one node end at once, and the registry goes on.
 *
 * <p>The load balancer asks no node how it does; it learns from its own requests. So a request that was under way to the
 * lost node may fail, and docker then begins that one layer again. Everything after it must work at the first attempt.
 */
interface NodeLossDrills {

    /** Two pieces, each above nginx's default limit for a body. */
    int LAYER = 3 << 20;

    /** For how long the rendered load balancer leaves a node alone after a failure. */
    Duration FAIL_TIMEOUT = Duration.ofSeconds(10);

    /** How many requests of each kind must work after the loss. */
    int LATER = 20;

    /**
     * Hands out a cluster that this test may destroy.
     *
     * @return the cluster
     */
    RunningPair pair();

    @Test
    default void uploadGoesOnWhenItsNodeIsLostBetweenTwoPieces() throws IOException {
        RegistryClient client = pair().client("127.11.1.1");
        Image image = Image.of(11, LAYER);
        byte[] layer = image.layers().get(0);
        String token = client.token("library/app");
        Node05 home = pair().serving(() -> client.token("library/app"));
        client.push(token, "library/app", "before", Image.of(10, 1_000));

        RegistryClient.Upload upload =
                client.upload(token, "library/app").patch(Arrays.copyOfRange(layer, 0, LAYER / 2));
        home.kill();
        upload.patch(Arrays.copyOfRange(layer, LAYER / 2, LAYER)).finish(Image.digest(layer));
        client.push(token, "library/app", image.config());
        client.name(token, "library/app", "1.0", image);

        assertEverythingWorksFor(client, image);
        assertThat(client.manifest(token, "library/app", "before"))
                .isEqualTo(Image.of(10, 1_000).manifest());
    }

    @Test
    default void onlyTheLayerUnderWayIsBegunAgainWhenItsNodeIsLost() throws IOException {
        RegistryClient client = pair().client("127.12.1.1");
        Image image = Image.of(12, LAYER);
        byte[] layer = image.layers().get(0);
        String token = client.token("library/app");
        Node05 home = pair().serving(() -> client.token("library/app"));

        RegistryClient.Upload upload = client.upload(token, "library/app");
        boolean lost;
        try {
            Answer answer = upload.patchAnswer(out -> {
                out.write(layer, 0, LAYER / 2);
                home.kill();
                out.write(layer, LAYER / 2, LAYER - LAYER / 2);
            });
            lost = answer.status() >= 500;
        } catch (IOException broken) {
            lost = true;
        }
        assertThat(lost).as("the piece under way can be taken by nobody").isTrue();

        // Docker begins a layer again up to five times; here the first time must do.
        client.push(token, "library/app", layer);
        client.push(token, "library/app", image.config());
        client.name(token, "library/app", "1.0", image);
        assertEverythingWorksFor(client, image);
    }

    @Test
    default void deadRegistryIsLeftAloneAlthoughItsNodeAnswers() throws IOException {
        RegistryClient client = pair().client("127.13.1.1");
        Image image = Image.of(14, 1_000);
        String token = client.token("library/app");
        Node05 home = pair().serving(() -> client.token("library/app"));
        client.push(token, "library/app", "1.0", image);

        home.killRegistry();

        int refused = 0;
        long start = System.nanoTime();
        for (int request = 0; request < LATER; request++) {
            // As docker does it: first it asks for the layer, which may be asked twice, so nginx asks the other node
            // and
            // leaves this one alone. Then it begins the upload, which nginx never sends twice.
            client.ask(token, "HEAD", "/v2/library/app/blobs/" + Image.digest(new byte[] {(byte) request}))
                    .expect(404);
            Answer answer = client.ask(token, "POST", "/v2/library/app/blobs/uploads/");
            if (answer.status() != 202) {
                answer.expect(502);
                refused++;
            }
            assertThat(client.manifest(token, "library/app", "1.0")).isEqualTo(image.manifest());
        }
        // One more only if fail_timeout ends between asking and beginning.
        assertThat(refused).as("refused uploads of %s", LATER).isLessThanOrEqualTo(attemptsAllowedSince(start) - 1);
    }

    private void assertEverythingWorksFor(RegistryClient client, Image image) throws IOException {
        int attempts = refusedConnections();
        long start = System.nanoTime();
        for (int request = 0; request < LATER; request++) {
            String token = client.token("library/app");
            assertThat(client.manifest(token, "library/app", "1.0")).isEqualTo(image.manifest());
        }
        byte[] layer = image.layers().get(0);
        String token = client.token("library/app");
        assertThat(Image.digest(client.blob(token, "library/app", Image.digest(layer))))
                .isEqualTo(Image.digest(layer));
        client.push(token, "library/app", "after", Image.of(13, LAYER));

        assertThat(refusedConnections() - attempts)
                .as("attempts to reach the lost node in more than %s requests", 3 * LATER)
                .isLessThanOrEqualTo(attemptsAllowedSince(start));
    }

    /** All workers of nginx learn from the failure of one, and try again when {@code fail_timeout} is over. */
    private static int attemptsAllowedSince(long start) {
        return 1 + (int) ((System.nanoTime() - start) / FAIL_TIMEOUT.toNanos());
    }

    private int refusedConnections() {
        return (int) pair().balancer().errors().stream()
                .filter(line -> line.contains("connect() failed"))
                .count();
    }
}
