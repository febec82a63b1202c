package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.TlsMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose load balancer speaks plain http: the first one of the post, and one behind a proxy that ends TLS. */
@Timeout(60)
class OtherFrontsIT {

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

    @Test
    void plainHttpAllTheWay() throws IOException {
        URI url = URI.create("http://" + cluster.publicUrl().getAuthority());

        assertTakesAnImage(cluster.describe(url, balancer -> {}), url);
    }

    @Test
    void tlsThatEndsBeforeTheLoadBalancer() throws IOException {
        URI url = cluster.publicUrl();

        assertTakesAnImage(
                cluster.describe(
                        url,
                        balancer ->
                                balancer.tls(TlsMode.PLAIN_HTTP).behindProxy().port(url.getPort())),
                url);
    }

    /** The client checks every address that it is sent to against the public URL. */
    private void assertTakesAnImage(Cluster description, URI url) throws IOException {
        Path bundle = cluster.write(description, TestKeys.first());
        cluster.startNode(bundle, 1);
        cluster.startNode(bundle, 2);
        RegistryClient client =
                cluster.client("127.31.1.1", cluster.startLoadBalancer(bundle).door(url));
        Image image = Image.of(31, 3 << 20);

        assertThat(client.challenge().realm()).isEqualTo(url + "/service/token");
        String token = client.token("library/app");
        assertThat(client.upload(token, "library/app").location()).startsWith(url + "/v2/library/app/blobs/uploads/");
        client.push(token, "library/app", "1.0", image);
        assertThat(client.manifest(token, "library/app", "1.0")).isEqualTo(image.manifest());
        for (byte[] blob : image.blobs()) {
            assertThat(client.blob(token, "library/app", Image.digest(blob))).isEqualTo(blob);
        }
    }

    private LoopbackCluster cluster() {
        return cluster;
    }
}
