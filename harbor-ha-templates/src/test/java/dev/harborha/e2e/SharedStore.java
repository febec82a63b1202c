package dev.harborha.e2e;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where all registries of a cluster keep their blobs. */
interface SharedStore extends AutoCloseable {

    /**
     * Adds the store to the description of a cluster.
     *
     * @param cluster the description
     */
    void describe(ClusterBuilder cluster);

    /**
     * Names what a registry must know because it runs on a test machine.
     *
     * @return environment variables
     */
    Map<String, String> registryEnvironment();

    /**
     * Tells how clients reach the store when a registry sends them there.
     *
     * @return its door, if clients ever see it
     */
    Optional<Door> door();

    /**
     * Tells where the registries' tree can be looked at.
     *
     * @return the folder that holds {@code docker/registry/v2}
     */
    Path tree();

    @Override
    void close();

    /**
     * Makes a store that is one bucket of an S3 server.
     *
     * @param ports where its port comes from
     * @param folder an empty folder
     * @return the running store
     */
    static SharedStore s3(FreePorts ports, Path folder) {
        return s3(ports, folder, "AKIDEXAMPLE", "s3cr3t/of+the=test");
    }

    /**
     * Makes a store that is one bucket of an S3 server.
     *
     * @param ports where its port comes from
     * @param folder an empty folder
     * @param accessKey the access key
     * @param secretKey the secret of that key
     * @return the running store
     */
    static SharedStore s3(FreePorts ports, Path folder, String accessKey, String secretKey) {
        S3Server server = new S3Server(ports.nextOn("127.77.9.1"), accessKey, secretKey, folder, "layers");
        URI endpoint = URI.create("http://s3.example.com:9000");
        return new SharedStore() {

            @Override
            public void describe(ClusterBuilder cluster) {
                cluster.s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of(accessKey), Secret.of(secretKey))
                        .endpoint(endpoint.toString())
                        .rootDirectory("/s3/harbor/registry"));
            }

            /** The endpoint's name exists nowhere: the server is reached as a proxy, the rendered endpoint is kept. */
            @Override
            public Map<String, String> registryEnvironment() {
                return Map.of("HTTP_PROXY", server.proxy());
            }

            @Override
            public Optional<Door> door() {
                return Optional.of(Door.http(server.address(), endpoint));
            }

            @Override
            public Path tree() {
                return server.bucket().resolve("s3/harbor/registry");
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /**
     * Makes a store that is one folder, as a mounted share would be.
     *
     * @param folder an empty folder; it stands for {@code /storage} in the registries' containers
     * @return the store
     */
    static SharedStore folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SharedStore() {

            @Override
            public void describe(ClusterBuilder cluster) {
                cluster.sharedFilesystem(share -> share.path("/mnt/harbor").source("nfs.example.com:/export/harbor"));
            }

            @Override
            public Map<String, String> registryEnvironment() {
                return Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", folder.toString());
            }

            @Override
            public Optional<Door> door() {
                return Optional.empty();
            }

            @Override
            public Path tree() {
                return folder;
            }

            @Override
            public void close() {}
        };
    }
}
