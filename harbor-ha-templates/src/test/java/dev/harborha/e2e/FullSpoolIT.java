package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The disk on which the load balancer keeps layers is full: it has 4 MiB here. */
@Timeout(60)
class FullSpoolIT {

    private static final int MIB = 1 << 20;
    private static final String UPLOAD = "/v2/library/app/blobs/uploads/7";
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().processes().logs());

    private EchoCluster cluster;
    private Door door;
    private LoadBalancerProcess balancer;
    private final WireClient client = new WireClient("127.8.1.1");

    private EchoCluster cluster() {
        return cluster;
    }

    @BeforeEach
    void start() throws IOException {
        VirtualIpIT.requireRoot("Only root can mount a small disk for nginx.");
        cluster = new EchoCluster(folder, "127.77.0.10", 2);
        URI url = URI.create(
                "https://" + LoopbackCluster.HOST + ":" + cluster.address().getPort());
        Path spool = Files.createDirectory(folder.resolve("spool"));
        balancer = cluster.startInside(
                cluster.describe(url.toString(), false, front -> {
                    EchoCluster.certificate(front);
                    front.bufferedUploads(spool.toString());
                }),
                List.of(
                        RealProgram.require("unshare").toString(),
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=4m tmpfs \"$0\" && exec \"$@\"",
                        spool.toString()));
        door = Door.https(cluster.address(), url, TestKeys.certificate().trust());
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aLayerThatHasNoRoomIsRefusedAtOnce() throws IOException {
        long start = System.nanoTime();
        Answer patch = client.stream(door, "PATCH", UPLOAD, Map.of(), out -> {
            for (int sent = 0; sent < 16; sent++) {
                out.write(new byte[MIB]);
            }
        });
        long between = System.nanoTime();
        Answer put = client.send(door, "PUT", UPLOAD + "?digest=sha256:0", Map.of(), new byte[16 * MIB]);
        long end = System.nanoTime();

        assertThat(patch.expect(500).header("X-Node")).isEmpty();
        assertThat(put.expect(500).header("X-Node")).isEmpty();
        assertThat(Duration.ofNanos(between - start)).isLessThan(AT_ONCE);
        assertThat(Duration.ofNanos(end - between)).isLessThan(AT_ONCE);
        assertThat(balancer.errors()).anyMatch(line -> line.contains("No space left on device"));
        // There is room again at once.
        assertThat(balancer.bytesOnDisk()).isZero();
        client.send(door, "PUT", UPLOAD + "?digest=sha256:0", Map.of(), new byte[3 * MIB])
                .expect(200)
                .need("X-Node");
    }

    @Test
    void nobodyElseIsHurt() throws Exception {
        CountDownLatch isThere = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Answer> fits =
                    other.submit(() -> new WireClient("127.9.1.1").stream(door, "PATCH", UPLOAD, Map.of(), out -> {
                        out.write(new byte[3 * MIB]);
                        isThere.countDown();
                        await(goOn);
                        out.write(new byte[MIB / 2]);
                    }));
            await(isThere);
            Waiting.until("the other layer is on the disk", () -> balancer.bytesOnDisk() > MIB);
            client.send(door, "PUT", UPLOAD + "?digest=sha256:0", Map.of(), new byte[4 * MIB])
                    .expect(500);
            // What is small needs no disk, and what was there already goes on.
            client.send(door, "GET", "/v2/", Map.of()).expect(200).need("X-Node");
            client.send(door, "PUT", "/v2/library/app/manifests/1.0", Map.of(), new byte[2_000])
                    .expect(200)
                    .need("X-Node");
            client.send(door, "PATCH", UPLOAD, Map.of(), new byte[MIB / 2])
                    .expect(200)
                    .need("X-Node");
            goOn.countDown();
            fits.get(20, TimeUnit.SECONDS).expect(200).need("X-Node");
        } finally {
            goOn.countDown();
            other.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
