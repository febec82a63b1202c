package dev.harborha.model;

import java.util.List;

/**
 * The one blob store of all nodes. Every renderer that writes a registry's configuration handles each permitted kind; the
 * tests run through {@code Storage.class.getPermittedSubclasses()}.
 */
public sealed interface Storage
        permits S3Storage, AzureStorage, GcsStorage, OssStorage, SwiftStorage, SharedFilesystem {

    /** Returns the name of the registry's storage driver: {@code s3}, {@code azure}, {@code gcs}, {@code oss}, {@code swift} or {@code filesystem}. */
    String driver();

    /** Returns the hosts that this description names, none where the registry knows the address of the store by itself. */
    default List<Host> hosts() {
        return List.of();
    }
}
