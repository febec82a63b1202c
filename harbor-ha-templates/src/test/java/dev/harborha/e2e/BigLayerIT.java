package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A large layer goes through each load balancer in one request, as docker sends it: 256 MiB, or as many MiB as {@code
 * -Dharborha.layerMiB} says. What was seen goes to {@code target/big-layer.md}.
 */
@Timeout(300)
class BigLayerIT {

    private static final int MIB = 1 << 20;
    private static final int SIZE = Integer.getInteger("harborha.layerMiB", 256);

    /** More than all connections of a test take, and far less than a layer. */
    private static final long FLAT = 64L * MIB;

    private static final Path ROWS = Path.of(System.getProperty("basedir", ""), "target", "big-layer.md");

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().logs());

    private LoopbackCluster cluster;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        cluster = LoopbackCluster.onSharedFolder(folder);
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private LoopbackCluster cluster() {
        return cluster;
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_STREAMED", "NGINX_BUFFERED", "HAPROXY"})
    void aLargeLayerIsTaken(DrillFront front) throws IOException {
        RunningPair pair = RunningPair.start(cluster, front.describe(cluster));
        RegistryClient client = pair.client("127.50.1.1");
        String token = client.token("library/big");
        byte[] piece = Image.of(77, MIB).layers().get(0);
        MessageDigest digest = sha256();
        AtomicLong onDisk = new AtomicLong();
        AtomicLong inMemory = new AtomicLong();
        long before = pair.balancer().residentMemory();
        long start = System.nanoTime();

        RegistryClient.Upload upload = client.upload(token, "library/big").patch(out -> {
            for (int sent = 0; sent < SIZE; sent++) {
                out.write(piece);
                digest.update(piece);
                onDisk.accumulateAndGet(pair.balancer().bytesOnDisk(), Math::max);
                inMemory.accumulateAndGet(pair.balancer().residentMemory(), Math::max);
            }
        });
        long taken = System.nanoTime();
        upload.finish("sha256:" + HexFormat.of().formatHex(digest.digest()));
        Files.createDirectories(ROWS.getParent());
        Files.writeString(
                ROWS,
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.1f | %.1f | %.1f |%n",
                        front.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        SIZE,
                        onDisk.get() / MIB,
                        (inMemory.get() - before) / (double) MIB,
                        (taken - start) / 1e9,
                        (System.nanoTime() - taken) / 1e9),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);

        assertThat(inMemory.get() - before).as("more memory than before").isLessThan(FLAT);
        if (front.keepsLayers()) {
            assertThat(onDisk.get()).as("kept").isGreaterThan((long) SIZE * MIB / 2);
        } else {
            assertThat(onDisk.get()).as("on the load balancer's disk").isZero();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
