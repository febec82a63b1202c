package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold between the registries of two nodes of Harbor 2.x, whatever they share. */
interface RegistryDrills {

    /** Large enough for two pieces of a multipart upload. */
    int LAYER = 6 << 20;

    /** Hands out the pair, both of which run. */
    RegistryPair pair();

    /** Returns the database of Redis that the cluster gives to the registries. */
    int database();

    @Test
    default void anUploadGoesOnAtTheOtherNode() throws IOException {
        RegistryClient one = pair().client(pair().node(1));
        RegistryClient two = pair().client(pair().node(2));
        String credentials = pair().node(1).credentials();
        Image image = Image.of(31, LAYER, 1_000);
        byte[] layer = image.layers().get(0);

        RegistryClient.Upload upload =
                one.upload(credentials, "library/hops").patch(out -> out.write(layer, 0, LAYER / 2));
        assertThat(upload.location()).startsWith("https://harbor.example.com/v2/library/hops/blobs/uploads/");
        two.resume(upload)
                .patch(out -> out.write(layer, LAYER / 2, LAYER - LAYER / 2))
                .finish(Image.digest(layer));
        one.push(credentials, "library/hops", image.layers().get(1));
        two.push(credentials, "library/hops", image.config());
        one.name(credentials, "library/hops", "1.0", image);

        for (RegistryClient client : List.of(one, two)) {
            assertThat(client.manifest(credentials, "library/hops", "1.0")).isEqualTo(image.manifest());
            for (byte[] blob : image.blobs()) {
                assertThat(client.blob(credentials, "library/hops", Image.digest(blob)))
                        .isEqualTo(blob);
            }
        }
        try (Stream<Path> files = Files.walk(pair().store().tree())) {
            String hash = Image.digest(layer).substring("sha256:".length());
            assertThat(files.map(Path::toString)).anyMatch(file -> file.endsWith("/" + hash + "/data"));
        }
    }

    @Test
    default void bothNodesKnowTheirCoreAndNobodyElse() throws IOException {
        assertThat(pair().node(2).credentials()).isEqualTo(pair().node(1).credentials());
        String name = pair().node(1).variable("REGISTRY_CREDENTIAL_USERNAME");
        String password = pair().node(1).variable("REGISTRY_CREDENTIAL_PASSWORD");
        for (int number = 1; number <= 2; number++) {
            RegistryClient client = pair().client(pair().node(number));
            assertThat(client.ask(RegistryClient.basic(name, password), "GET", "/v2/")
                            .status())
                    .isEqualTo(200);
            for (String wrong : List.of(
                    RegistryClient.basic(name, password + "x"),
                    RegistryClient.basic(name, ""),
                    RegistryClient.basic("admin", password),
                    "Bearer " + password)) {
                Answer answer = client.ask(wrong, "GET", "/v2/");
                assertThat(answer.status()).as(wrong).isEqualTo(401);
                assertThat(answer.need("WWW-Authenticate")).isEqualTo("Basic realm=\"harbor-registry-basic-realm\"");
            }
        }
    }

    @Test
    default void whatTheyKnowOfLayersIsInTheirDatabaseOfRedis() throws IOException {
        RegistryClient one = pair().client(pair().node(1));
        String credentials = pair().node(1).credentials();
        Image image = Image.of(32, 1_000);

        one.push(credentials, "library/cached", "1.0", image);

        assertThat(pair().redis().keys()).containsOnlyKeys(database());
        String digest = Image.digest(image.layers().get(0));
        assertThat(pair().redis().keysOf(database()))
                .contains("blobs::" + digest)
                .anyMatch(key -> key.startsWith("repository::library/cached::blobs::"));
    }
}
