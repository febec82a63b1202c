package dev.harborha.model;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage, with the options of the registry's {@code gcs} driver (<a
 * href="https://github.com/distribution/distribution/blob/v2.5.0/docs/storage-drivers/gcs.md">distribution 2.5</a>).
 *
 * @param bucket the bucket, which must exist
 * @param keyFile the service account's key file on each node; absent where the machines have an account of their own
 * @param rootDirectory the folder in the bucket below which everything is kept
 * @param chunkSize the size of a part of an upload in bytes, a multiple of 256 KiB; driver's default: 5 MiB
 * @param maxConcurrency the most operations at once, 25 to 10000; since Harbor 2.0; driver's default: 50
 */
public record GcsStorage(
        String bucket,
        Optional<AbsolutePath> keyFile,
        Optional<String> rootDirectory,
        Optional<Long> chunkSize,
        Optional<Integer> maxConcurrency)
        implements Storage {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final long CHUNK_UNIT = 256L << 10;

    /**
     * Makes a Google storage.
     *
     * @throws IllegalArgumentException if an option is malformed or out of its range
     */
    public GcsStorage {
        Text.matching(
                "the GCS bucket",
                bucket,
                BUCKET,
                "bucket names have 3 to 222 lower-case letters, digits, dots, hyphens and underscores");
        rootDirectory.ifPresent(folder -> Text.line("the GCS root directory", folder));
        chunkSize.ifPresent(GcsStorage::requireChunk);
        maxConcurrency.ifPresent(most -> Text.between("the most GCS operations at once", most, 25, 10_000, ""));
    }

    private static void requireChunk(long bytes) {
        Text.between("the GCS chunk size", bytes, CHUNK_UNIT, 1L << 30, "bytes");
        if (bytes % CHUNK_UNIT != 0) {
            throw new IllegalArgumentException(
                    "The GCS chunk size is " + bytes + "; use a multiple of 262144 bytes (256 KiB).");
        }
    }

    /**
     * Describes a Google storage.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static GcsStorage of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "gcs";
    }

    /** Describes a Google storage; the bucket is required. */
    public static final class Builder {

        private @Nullable String bucket;
        private Optional<AbsolutePath> keyFile = Optional.empty();
        private Optional<String> rootDirectory = Optional.empty();
        private Optional<Long> chunkSize = Optional.empty();
        private Optional<Integer> maxConcurrency = Optional.empty();

        Builder() {}

        /** Sets the bucket, which must exist. */
        public Builder bucket(String bucket) {
            this.bucket = bucket;
            return this;
        }

        /**
         * Sets where the service account's key file lies on each node; it is mounted into the registry. Default: none.
         *
         * @throws IllegalArgumentException if it is no absolute path
         */
        public Builder keyFile(String path) {
            this.keyFile = Optional.of(new AbsolutePath(path));
            return this;
        }

        /** Sets the folder in the bucket below which everything is kept. Default: the top. */
        public Builder rootDirectory(String folder) {
            this.rootDirectory = Optional.of(folder);
            return this;
        }

        /** Sets the size of a part of an upload in bytes, a multiple of 256 KiB. Driver's default: 5 MiB. */
        public Builder chunkSize(long bytes) {
            this.chunkSize = Optional.of(bytes);
            return this;
        }

        /** Sets the most operations at once, 25 to 10000; since Harbor 2.0. Driver's default: 50. */
        public Builder maxConcurrency(int most) {
            this.maxConcurrency = Optional.of(most);
            return this;
        }

        GcsStorage build() {
            if (bucket == null) {
                throw new Missing("The GCS storage").need(bucket, ".bucket(…)").refusal();
            }
            return new GcsStorage(bucket, keyFile, rootDirectory, chunkSize, maxConcurrency);
        }
    }
}
