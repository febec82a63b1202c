package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon S3, or a store that speaks its language such as MinIO or Ceph. The options are those of the registry's {@code s3}
 * driver (<a href="https://github.com/distribution/distribution/blob/v2.5.0/docs/storage-drivers/s3.md">distribution
 * 2.5</a>, which Harbor 0.5 runs, and <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/driver/s3-aws/s3.go">2.7 and 2.8</a>, which
 * Harbor 2.x runs); an absent option is not written, so that the driver's own default holds.
 *
 * @param bucket the bucket, which must exist
 * @param region the region, such as {@code eu-west-1}
 * @param credentials the access key and its secret; absent where the machines have a role of their own
 * @param endpoint the address of a store that is not Amazon's; the driver then uses path-style requests
 * @param rootDirectory the folder in the bucket below which everything is kept
 * @param encrypt whether objects are encrypted at rest; driver's default: false
 * @param keyId the KMS key for that encryption
 * @param secure whether the driver speaks TLS to the store; driver's default: true
 * @param chunkSize the size of a part of a multipart upload in bytes, 5 MiB to 5 GiB; driver's default: 10 MiB
 * @param storageClass the storage class of new objects; driver's default: {@code STANDARD}
 * @param userAgent what the driver calls itself towards the store
 * @param advanced what the driver of later releases can be told besides
 */
public record S3Storage(
        String bucket,
        String region,
        Optional<Credentials> credentials,
        Optional<StorageUrl> endpoint,
        Optional<String> rootDirectory,
        Optional<Boolean> encrypt,
        Optional<String> keyId,
        Optional<Boolean> secure,
        Optional<Long> chunkSize,
        Optional<String> storageClass,
        Optional<String> userAgent,
        Advanced advanced)
        implements Storage {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern STORAGE_CLASS = Pattern.compile("STANDARD|REDUCED_REDUNDANCY|NONE");
    private static final long LEAST_CHUNK = 5L << 20;
    private static final long MOST_CHUNK = 5L << 30;

    /**
     * An access key and its secret.
     *
     * @param accessKey the access key id
     * @param secretKey the secret access key
     */
    public record Credentials(Secret accessKey, Secret secretKey) {}

    /**
     * What the driver of Harbor 2.x can be told besides; an absent option is not written.
     *
     * @param skipVerify whether the store's certificate is not verified; driver's default: false. The driver looks at it only
     *     where {@code secure} is said to be true
     * @param v4Auth whether requests are signed by version 4; driver's default: true
     * @param multipartCopyChunkSize the size of a part of a copy in bytes, 5 MiB to 5 GiB; driver's default: 32 MiB
     * @param multipartCopyMaxConcurrency how many parts are copied at once, 1 to 10000; driver's default: 100
     * @param multipartCopyThresholdSize the size in bytes from which an object is copied in parts, 0 to 5 GiB; driver's default:
     *     32 MiB
     * @param objectAcl the canned ACL of new objects; driver's default: {@code private}
     */
    public record Advanced(
            Optional<Boolean> skipVerify,
            Optional<Boolean> v4Auth,
            Optional<Long> multipartCopyChunkSize,
            Optional<Integer> multipartCopyMaxConcurrency,
            Optional<Long> multipartCopyThresholdSize,
            Optional<String> objectAcl) {

        /** Nothing said. */
        public static final Advanced NONE = new Advanced(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        private static final Pattern ACL = Pattern.compile("private|public-read|public-read-write|aws-exec-read"
                + "|authenticated-read|bucket-owner-read|bucket-owner-full-control");

        /**
         * Makes the options.
         *
         * @throws IllegalArgumentException if one is malformed or out of its range
         */
        public Advanced {
            multipartCopyChunkSize.ifPresent(
                    bytes -> Text.between("the S3 copy chunk size", bytes, LEAST_CHUNK, MOST_CHUNK, "bytes"));
            multipartCopyMaxConcurrency.ifPresent(
                    parts -> Text.between("the number of S3 parts copied at once", parts, 1, 10_000, ""));
            multipartCopyThresholdSize.ifPresent(
                    bytes -> Text.between("the S3 copy threshold", bytes, 0, MOST_CHUNK, "bytes"));
            objectAcl.ifPresent(acl -> Text.matching(
                    "the S3 object ACL",
                    acl,
                    ACL,
                    "use a canned ACL like \"private\" or \"bucket-owner-full-control\""));
        }
    }

    /**
     * Makes an S3 storage.
     *
     * @throws IllegalArgumentException if an option is malformed or out of its range
     */
    public S3Storage {
        Text.matching(
                "the S3 bucket",
                bucket,
                BUCKET,
                "bucket names have 3 to 255 letters, digits, dots, hyphens and underscores");
        Text.matching("the S3 region", region, REGION, "use a name like \"eu-west-1\"");
        rootDirectory.ifPresent(folder -> Text.line("the S3 root directory", folder));
        keyId.ifPresent(id -> Text.line("the S3 key id", id));
        chunkSize.ifPresent(bytes -> Text.between("the S3 chunk size", bytes, LEAST_CHUNK, MOST_CHUNK, "bytes"));
        storageClass.ifPresent(name -> Text.matching(
                "the S3 storage class",
                name,
                STORAGE_CLASS,
                "the driver knows STANDARD, REDUCED_REDUNDANCY and, since Harbor 2.0, NONE"));
        userAgent.ifPresent(agent -> Text.line("the S3 user agent", agent));
    }

    /**
     * Describes an S3 storage.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static S3Storage of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "s3";
    }

    /** Describes an S3 storage; bucket and region are required. */
    public static final class Builder {

        private @Nullable String bucket;
        private @Nullable String region;
        private Optional<Credentials> credentials = Optional.empty();
        private Optional<StorageUrl> endpoint = Optional.empty();
        private Optional<String> rootDirectory = Optional.empty();
        private Optional<Boolean> encrypt = Optional.empty();
        private Optional<String> keyId = Optional.empty();
        private Optional<Boolean> secure = Optional.empty();
        private Optional<Long> chunkSize = Optional.empty();
        private Optional<String> storageClass = Optional.empty();
        private Optional<String> userAgent = Optional.empty();
        private Optional<Boolean> skipVerify = Optional.empty();
        private Optional<Boolean> v4Auth = Optional.empty();
        private Optional<Long> multipartCopyChunkSize = Optional.empty();
        private Optional<Integer> multipartCopyMaxConcurrency = Optional.empty();
        private Optional<Long> multipartCopyThresholdSize = Optional.empty();
        private Optional<String> objectAcl = Optional.empty();

        Builder() {}

        /** Sets the bucket, which must exist. */
        public Builder bucket(String bucket) {
            this.bucket = bucket;
            return this;
        }

        /** Sets the region. A store of your own that knows no regions is content with {@code us-east-1}. */
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        /** Sets the access key and its secret. Default: none, for machines with a role of their own. */
        public Builder credentials(Secret accessKey, Secret secretKey) {
            this.credentials = Optional.of(new Credentials(accessKey, secretKey));
            return this;
        }

        /**
         * Sets the address of a store that is not Amazon's, such as {@code https://minio.example.com:9000}.
         *
         * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL
         */
        public Builder endpoint(String url) {
            this.endpoint = Optional.of(new StorageUrl(url));
            return this;
        }

        /** Sets the folder in the bucket below which everything is kept, such as {@code /s3/harbor/registry}. Default: the top. */
        public Builder rootDirectory(String folder) {
            this.rootDirectory = Optional.of(folder);
            return this;
        }

        /** Sets whether objects are encrypted at rest. Driver's default: false. */
        public Builder encrypt(boolean encrypt) {
            this.encrypt = Optional.of(encrypt);
            return this;
        }

        /** Sets the KMS key for encryption at rest. */
        public Builder keyId(String keyId) {
            this.keyId = Optional.of(keyId);
            return this;
        }

        /** Sets whether the driver speaks TLS to the store. Driver's default: true. An endpoint's scheme goes before it. */
        public Builder secure(boolean secure) {
            this.secure = Optional.of(secure);
            return this;
        }

        /** Sets the size of a part of a multipart upload in bytes, 5 MiB to 5 GiB. Driver's default: 10 MiB. */
        public Builder chunkSize(long bytes) {
            this.chunkSize = Optional.of(bytes);
            return this;
        }

        /**
         * Sets the storage class: {@code STANDARD}, {@code REDUCED_REDUNDANCY} or, since 2.0, {@code NONE} for a store that
         * knows no classes. Driver's default: {@code STANDARD}.
         */
        public Builder storageClass(String storageClass) {
            this.storageClass = Optional.of(storageClass);
            return this;
        }

        /** Sets what the driver calls itself towards the store. */
        public Builder userAgent(String userAgent) {
            this.userAgent = Optional.of(userAgent);
            return this;
        }

        /**
         * Sets whether the store's certificate is not verified; since 2.0. Driver's default: false. It works only together with
         * {@code secure(true)}.
         */
        public Builder skipVerify(boolean skip) {
            this.skipVerify = Optional.of(skip);
            return this;
        }

        /** Sets whether requests are signed by version 4; since 2.0. Driver's default: true. */
        public Builder v4Auth(boolean v4) {
            this.v4Auth = Optional.of(v4);
            return this;
        }

        /** Sets the size of a part of a copy in bytes, 5 MiB to 5 GiB; since 2.0. Driver's default: 32 MiB. */
        public Builder multipartCopyChunkSize(long bytes) {
            this.multipartCopyChunkSize = Optional.of(bytes);
            return this;
        }

        /** Sets how many parts are copied at once, 1 to 10000; since 2.0. Driver's default: 100. */
        public Builder multipartCopyMaxConcurrency(int parts) {
            this.multipartCopyMaxConcurrency = Optional.of(parts);
            return this;
        }

        /** Sets the size in bytes from which an object is copied in parts, 0 to 5 GiB; since 2.0. Driver's default: 32 MiB. */
        public Builder multipartCopyThresholdSize(long bytes) {
            this.multipartCopyThresholdSize = Optional.of(bytes);
            return this;
        }

        /** Sets the canned ACL of new objects; since 2.0. Driver's default: {@code private}. */
        public Builder objectAcl(String acl) {
            this.objectAcl = Optional.of(acl);
            return this;
        }

        S3Storage build() {
            if (bucket == null || region == null) {
                throw new Missing("The S3 storage")
                        .need(bucket, ".bucket(…)")
                        .need(region, ".region(…)")
                        .refusal();
            }
            return new S3Storage(
                    bucket,
                    region,
                    credentials,
                    endpoint,
                    rootDirectory,
                    encrypt,
                    keyId,
                    secure,
                    chunkSize,
                    storageClass,
                    userAgent,
                    new Advanced(
                            skipVerify,
                            v4Auth,
                            multipartCopyChunkSize,
                            multipartCopyMaxConcurrency,
                            multipartCopyThresholdSize,
                            objectAcl));
        }
    }
}
