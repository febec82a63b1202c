package dev.harborha.e2e;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A small container image: its blobs are noise, but their digests and the manifest are right. */
final class Image {

    static final String MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private final byte[] config;
    private final List<byte[]> layers;

    private Image(byte[] config, List<byte[]> layers) {
        this.config = config;
        this.layers = layers;
    }

    /**
     * Makes an image.
     *
     * @param seed images of different seeds share no blob
     * @param layerSizes the sizes of its layers in bytes
     * @return the image
     */
    static Image of(long seed, int... layerSizes) {
        Random noise = new Random(seed);
        List<byte[]> layers = new ArrayList<>();
        for (int size : layerSizes) {
            byte[] layer = new byte[size];
            noise.nextBytes(layer);
            layers.add(layer);
        }
        return new Image(bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"seed\":" + seed + "}"), layers);
    }

    /**
     * Hands out the configuration blob.
     *
     * @return its bytes
     */
    byte[] config() {
        return config;
    }

    /**
     * Hands out the layer blobs.
     *
     * @return their bytes, in order
     */
    List<byte[]> layers() {
        return layers;
    }

    /**
     * Lists what must be uploaded before the manifest.
     *
     * @return layers and configuration
     */
    List<byte[]> blobs() {
        List<byte[]> blobs = new ArrayList<>(layers);
        blobs.add(config);
        return blobs;
    }

    /**
     * Writes the manifest.
     *
     * @return its bytes
     */
    byte[] manifest() {
        List<String> entries = new ArrayList<>();
        for (byte[] layer : layers) {
            entries.add(entry("application/vnd.docker.image.rootfs.diff.tar.gzip", layer));
        }
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"config\":"
                + entry("application/vnd.docker.container.image.v1+json", config) + ",\"layers\":["
                + String.join(",", entries) + "]}");
    }

    /**
     * Computes a digest.
     *
     * @param blob any bytes
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    static String digest(byte[] blob) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String entry(String type, byte[] blob) {
        return "{\"mediaType\":\"" + type + "\",\"size\":" + blob.length + ",\"digest\":\"" + digest(blob) + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
