package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 server in this process that keeps its objects in a folder and checks the signature of every request.
 *
 * <p>It is reached as an HTTP proxy: a registry that runs with {@code HTTP_PROXY} set to {@link #proxy()} keeps the
 * rendered endpoint as it is, whatever its name, and nothing has to resolve that name.
 */
final class S3Server implements AutoCloseable {

    private final S3Proxy server;
    private final InetSocketAddress address;
    private final Path bucket;

    /**
     * Starts the server.
     *
     * @param address where it listens
     * @param accessKey the only access key it knows
     * @param secretKey the secret of that key
     * @param folder where it keeps its buckets
     * @param bucket the name of a bucket that exists from the start
     */
    S3Server(InetSocketAddress address, String accessKey, String secretKey, Path folder, String bucket) {
        this.address = address;
        this.bucket = folder.resolve(bucket);
        try {
            Files.createDirectories(this.bucket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        this.server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .endpoint(URI.create(proxy()))
                .stopTimeout(0)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not start on " + address, e);
        }
    }

    /**
     * Names the server as a proxy.
     *
     * @return the value for {@code HTTP_PROXY}
     */
    String proxy() {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /**
     * Names where the server listens.
     *
     * @return its socket address
     */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Tells where the objects of the bucket can be looked at.
     *
     * @return the folder in which each object is a file
     */
    Path bucket() {
        return bucket;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not stop", e);
        }
    }
}
