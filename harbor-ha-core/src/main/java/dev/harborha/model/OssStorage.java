package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba Cloud Object Storage Service, with the options of the registry's {@code oss} driver (<a
 * href="https://github.com/distribution/distribution/blob/v2.5.0/docs/storage-drivers/oss.md">distribution 2.5</a>).
 *
 * @param accessKeyId the id of the access key
 * @param accessKeySecret its secret
 * @param region the region, such as {@code oss-cn-beijing}
 * @param bucket the bucket, which must exist
 * @param endpoint the endpoint's host where it is not the region's own
 * @param internal whether the driver uses the region's internal network; driver's default: false
 * @param encrypt whether objects are encrypted at rest; driver's default: false
 * @param secure whether the driver speaks TLS to the store; driver's default: true
 * @param chunkSize the size of a part of a multipart upload in bytes, from 5 MiB; driver's default: 10 MiB
 * @param rootDirectory the folder in the bucket below which everything is kept
 */
public record OssStorage(
        Secret accessKeyId,
        Secret accessKeySecret,
        String region,
        String bucket,
        Optional<Host> endpoint,
        Optional<Boolean> internal,
        Optional<Boolean> encrypt,
        Optional<Boolean> secure,
        Optional<Long> chunkSize,
        Optional<String> rootDirectory)
        implements Storage {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * Makes an OSS storage.
     *
     * @throws IllegalArgumentException if an option is malformed or out of its range
     */
    public OssStorage {
        Text.matching("the OSS region", region, REGION, "use a name like \"oss-cn-beijing\"");
        Text.matching(
                "the OSS bucket", bucket, BUCKET, "bucket names have 3 to 63 lower-case letters, digits and hyphens");
        chunkSize.ifPresent(bytes -> Text.between("the OSS chunk size", bytes, 5L << 20, 5L << 30, "bytes"));
        rootDirectory.ifPresent(folder -> Text.line("the OSS root directory", folder));
    }

    /**
     * Describes an OSS storage.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static OssStorage of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "oss";
    }

    @Override
    public List<Host> hosts() {
        return endpoint.stream().toList();
    }

    /** Describes an OSS storage; credentials, region and bucket are required. */
    public static final class Builder {

        private @Nullable Secret accessKeyId;
        private @Nullable Secret accessKeySecret;
        private @Nullable String region;
        private @Nullable String bucket;
        private Optional<Host> endpoint = Optional.empty();
        private Optional<Boolean> internal = Optional.empty();
        private Optional<Boolean> encrypt = Optional.empty();
        private Optional<Boolean> secure = Optional.empty();
        private Optional<Long> chunkSize = Optional.empty();
        private Optional<String> rootDirectory = Optional.empty();

        Builder() {}

        /** Sets the access key and its secret. */
        public Builder credentials(Secret accessKeyId, Secret accessKeySecret) {
            this.accessKeyId = accessKeyId;
            this.accessKeySecret = accessKeySecret;
            return this;
        }

        /** Sets the region, such as {@code oss-cn-beijing}. */
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        /** Sets the bucket, which must exist. */
        public Builder bucket(String bucket) {
            this.bucket = bucket;
            return this;
        }

        /**
         * Sets the endpoint's host where it is not the region's own.
         *
         * @throws IllegalArgumentException if it is no host name
         */
        public Builder endpoint(String host) {
            this.endpoint = Optional.of(new Host(host));
            return this;
        }

        /** Sets whether the driver uses the region's internal network. Driver's default: false. */
        public Builder internal(boolean internal) {
            this.internal = Optional.of(internal);
            return this;
        }

        /** Sets whether objects are encrypted at rest. Driver's default: false. */
        public Builder encrypt(boolean encrypt) {
            this.encrypt = Optional.of(encrypt);
            return this;
        }

        /** Sets whether the driver speaks TLS to the store. Driver's default: true. */
        public Builder secure(boolean secure) {
            this.secure = Optional.of(secure);
            return this;
        }

        /** Sets the size of a part of a multipart upload in bytes, 5 MiB to 5 GiB. Driver's default: 10 MiB. */
        public Builder chunkSize(long bytes) {
            this.chunkSize = Optional.of(bytes);
            return this;
        }

        /** Sets the folder in the bucket below which everything is kept. Default: the top. */
        public Builder rootDirectory(String folder) {
            this.rootDirectory = Optional.of(folder);
            return this;
        }

        OssStorage build() {
            if (accessKeyId == null || accessKeySecret == null || region == null || bucket == null) {
                throw new Missing("The OSS storage")
                        .need(accessKeyId, ".credentials(…)")
                        .need(region, ".region(…)")
                        .need(bucket, ".bucket(…)")
                        .refusal();
            }
            return new OssStorage(
                    accessKeyId,
                    accessKeySecret,
                    region,
                    bucket,
                    endpoint,
                    internal,
                    encrypt,
                    secure,
                    chunkSize,
                    rootDirectory);
        }
    }
}
