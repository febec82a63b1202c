package dev.harborha.model;

/**
 * The one blob store of all nodes. Every renderer that writes a registry's configuration handles each permitted kind; the
 * tests run through {@code Storage.class.getPermittedSubclasses()}.
 */
public sealed interface Storage
        permits S3Storage, AzureStorage, GcsStorage, OssStorage, SwiftStorage, SharedFilesystem {

    /** Returns the name of the registry's storage driver: {@code s3}, {@code azure}, {@code gcs}, {@code oss}, {@code swift} or {@code filesystem}. */
    String driver();
}
