package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry where the containers speak TLS to each other, and its metrics. */
@Timeout(60)
class RegistryWithInternalTlsIT {

    @Test
    void coreTrustsTheRegistry(@TempDir Path folder) throws IOException {
        RegistryPair.Setup setup = new RegistryPair.Setup(
                HarborVersion.newest(),
                RedisAccess.password("redis-password"),
                1,
                c -> c.internalTls().harborYml(yml -> yml.metric(9191, "/harbor/metrics")));
        try (RegistryPair pair = RegistryPair.prepare(folder, (ports, place) -> SharedStore.folder(place), setup)) {
            RegistryNode node = pair.start();
            Door door = node.doorWithInternalTls();
            RegistryClient client = new RegistryClient("127.77.1.2", door, "");
            Image image = Image.of(36, 1_000);

            client.push(node.credentials(), "library/app", "1.0", image);

            assertThat(client.manifest(node.credentials(), "library/app", "1.0"))
                    .isEqualTo(image.manifest());
            WireClient wire = new WireClient("127.77.1.2");
            assertThat(wire.send(node.debugDoor(), "GET", "/harbor/metrics", Map.of())
                            .expect(200)
                            .text())
                    .contains("registry_storage_action_seconds_count");
            // It is this service's certificate, and no other's.
            Door asCore = Door.https(
                    door.address(), URI.create("https://core:8443"), door.tls().orElseThrow());
            assertThatThrownBy(() -> wire.send(asCore, "GET", "/v2/", Map.of())).isInstanceOf(SSLException.class);
        }
    }
}
