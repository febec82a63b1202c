package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What must hold while both nodes run, whatever the registries share. The clients know the public URL only; where a test
 * asks one node, it does so as the load balancer would.
 */
interface TwoNodeDrills {

    /** Above nginx's default limit of 1 MiB for a body, in each of its two pieces. */
    int LAYER = 3 << 20;

    /**
     * Hands out the running cluster.
     *
     * @return the cluster
     */
    RunningPair pair();

    @Test
    default void challengeNamesThePublicRealm() throws IOException {
        String realm = pair().cluster().publicUrl() + "/service/token";

        assertThat(realm).startsWith("https://harbor.example.com:");
        assertThat(pair().client("127.1.1.1").challenge().realm()).isEqualTo(realm);
        for (Node05 node : pair().nodes()) {
            Challenge challenge = pair().cluster().client(node).challenge();
            assertThat(challenge.realm()).as(node.name()).isEqualTo(realm);
            assertThat(challenge.service()).isEqualTo("token-service");
        }
    }

    @Test
    default void tokenOfEachNodeIsGoodAtEachNode() throws IOException {
        for (Node05 issuer : pair().nodes()) {
            int before = issuer.ui().tokens();
            String token = pair().cluster().client(issuer).token("library/app");
            assertThat(issuer.ui().tokens()).isEqualTo(before + 1);
            for (Node05 verifier : pair().nodes()) {
                Answer answer = pair().cluster().client(verifier).ask(token, "GET", "/v2/");
                assertThat(answer.status())
                        .as("token of %s at %s: %s", issuer.name(), verifier.name(), answer)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    default void imageGoesInAndComesOutThroughTheLoadBalancer() throws IOException {
        RegistryClient client = pair().client("127.2.1.1");
        Image image = Image.of(1, LAYER, 1_000);
        String token = client.token("library/app");

        String digest = client.push(token, "library/app", "1.0", image);

        assertThat(digest).isEqualTo(Image.digest(image.manifest()));
        assertPulls(client, "library/app", "1.0", image);
        // What one node took in, each node gives out.
        for (Node05 node : pair().nodes()) {
            assertPulls(pair().cluster().client(node), "library/app", "1.0", image);
        }
        // What the registries share really is where the blobs went.
        try (Stream<Path> files = Files.walk(pair().cluster().store().tree())) {
            String hash = Image.digest(image.layers().get(0)).substring("sha256:".length());
            assertThat(files.map(Path::toString)).anyMatch(file -> file.endsWith("/" + hash + "/data"));
        }
    }

    @Test
    default void uploadMayChangeTheNodeAtEveryStep() throws IOException {
        RegistryClient one = pair().cluster().client(pair().nodes().get(0));
        RegistryClient two = pair().cluster().client(pair().nodes().get(1));
        Image image = Image.of(2, LAYER);
        byte[] layer = image.layers().get(0);
        String token = one.token("library/hops");

        RegistryClient.Upload upload = one.upload(token, "library/hops");
        upload = two.resume(upload).patch(out -> out.write(layer, 0, LAYER / 2));
        upload = one.resume(upload).patch(out -> out.write(layer, LAYER / 2, LAYER - LAYER / 2));
        two.resume(upload).finish(Image.digest(layer));
        one.push(token, "library/hops", image.config());
        two.name(token, "library/hops", "1.0", image);

        assertPulls(one, "library/hops", "1.0", image);
    }

    @Test
    default void locationsAreHttpsAndPublic() throws IOException {
        String start = pair().cluster().publicUrl() + "/v2/library/locations/blobs/uploads/";
        RegistryClient client = pair().client("127.3.1.1");
        String token = client.token("library/locations");

        RegistryClient.Upload upload = client.upload(token, "library/locations");
        assertThat(upload.location()).startsWith(start);
        upload.patch("piece".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(upload.location()).startsWith(start);
    }

    @Test
    default void eachClientStaysOnOneNodeAndClientsSpread() throws IOException {
        Set<String> used = new HashSet<>();
        for (int network = 1; network <= 12; network++) {
            RegistryClient client = pair().client("127." + (40 + network) + ".1.1");
            List<String> served = new ArrayList<>();
            for (int request = 0; request < 3; request++) {
                served.add(pair().serving(() -> client.token("library/app")).name());
            }
            assertThat(new HashSet<>(served)).as("nodes of client %s", network).hasSize(1);
            used.add(served.get(0));
        }
        assertThat(used).as("nodes of all clients").containsExactlyInAnyOrder("harbor-1", "harbor-2");
    }

    @Test
    default void nodesSeeTheAddressOfTheClient() throws IOException {
        Node05 node = pair().serving(() -> pair().client("127.4.5.6").token("library/app"));

        Waiting.until(
                "the access log of " + node.name() + " names the client",
                () -> node.requests().stream().anyMatch(line -> line.contains(" 127.4.5.6 GET /service/token 200")));
    }

    @Test
    default void nodeTellsItsOwnUiWhatWasPushed() throws IOException {
        RegistryClient client = pair().client("127.5.1.1");
        Image image = Image.of(5, 1_000);
        Node05 node = pair().serving(() -> {
            String token = client.token("library/told");
            client.push(token, "library/told", "1.0", image);
        });

        Waiting.until("the UI of " + node.name() + " was told", () -> node.ui().notifications() > 0);
    }

    @Test
    default void unknownNamesAreClosedWithoutAnAnswer() throws IOException {
        WireClient wire = new WireClient("127.6.1.1");
        Door door = pair().door();
        wire.send(door, "GET", "/v2/", Map.of()).expect(401);
        for (String name : List.of("other.example.com", "harbor-1", "127.77.0.10", "harbor.example.com.evil.test")) {
            assertThatThrownBy(() -> wire.send(door.withHostHeader(name), "GET", "/v2/", Map.of()))
                    .as("Host: %s over https", name)
                    .isInstanceOf(EOFException.class);
            Door plain = pair().balancer().plainDoor(URI.create("http://" + name));
            assertThatThrownBy(() -> wire.send(plain, "GET", "/", Map.of()))
                    .as("Host: %s over http", name)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    default void plainHttpIsSentToThePublicUrl() throws IOException {
        Door plain = pair().balancer().plainDoor(URI.create("http://harbor.example.com"));

        Answer answer = new WireClient("127.7.1.1").send(plain, "GET", "/harbor/projects?x=1&y=a%20b", Map.of());

        assertThat(answer.status()).isIn(301, 308);
        assertThat(answer.need("Location")).isEqualTo(pair().cluster().publicUrl() + "/harbor/projects?x=1&y=a%20b");
    }

    /** What a client says of itself reaches neither the addresses that Harbor answers with nor the logs of its nodes. */
    @Test
    default void forgedHeadersChangeNothing() throws IOException {
        RegistryClient client = pair().client("127.9.1.1");
        String token = client.token("library/forged");
        Map<String, String> forged = Map.of(
                "Authorization",
                token,
                "Forwarded",
                "for=198.51.100.1;host=evil.example.com;proto=http",
                "X-Forwarded-Host",
                "evil.example.com",
                "X-Forwarded-Proto",
                "http",
                "X-Forwarded-For",
                "198.51.100.1",
                "X-Real-IP",
                "198.51.100.1");

        Answer answer = new WireClient("127.9.1.1")
                .send(pair().door(), "POST", "/v2/library/forged/blobs/uploads/", forged, new byte[0]);

        assertThat(answer.expect(202).need("Location"))
                .startsWith(pair().cluster().publicUrl() + "/v2/library/forged/blobs/uploads/");
        Waiting.until(
                "a node names the client",
                () -> pair().nodes().stream()
                        .flatMap(node -> node.requests().stream())
                        .anyMatch(line -> line.contains(" 127.9.1.1 POST /v2/library/forged/blobs/uploads/ 202")));
        assertThat(pair().nodes().stream().flatMap(node -> node.requests().stream()))
                .noneMatch(line -> line.contains("198.51.100.1"));
    }

    @Test
    default void everythingElseGoesToTheUi() throws IOException {
        WireClient wire = new WireClient("127.8.1.1");

        assertThat(wire.send(pair().door(), "GET", "/", Map.of()).expect(200).text())
                .startsWith("UI of harbor-");
    }

    private static void assertPulls(RegistryClient client, String repository, String tag, Image image)
            throws IOException {
        String token = client.token(repository);
        assertThat(client.manifest(token, repository, tag)).isEqualTo(image.manifest());
        assertThat(client.manifest(token, repository, Image.digest(image.manifest())))
                .isEqualTo(image.manifest());
        for (byte[] blob : image.blobs()) {
            assertThat(Image.digest(client.blob(token, repository, Image.digest(blob))))
                    .isEqualTo(Image.digest(blob));
        }
    }
}
