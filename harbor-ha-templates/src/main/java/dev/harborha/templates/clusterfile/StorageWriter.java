package dev.harborha.templates.clusterfile;

import dev.harborha.model.AzureStorage;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.OssStorage;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Storage;
import dev.harborha.model.SwiftStorage;

/** From a blob store to the tree below {@code storage}. */
final class StorageWriter {

    private StorageWriter() {}

    static Tree tree(Storage storage) {
        return new Tree().put(storage.driver(), options(storage));
    }

    private static Tree options(Storage storage) {
        if (storage instanceof S3Storage s3) {
            return s3(s3);
        } else if (storage instanceof AzureStorage azure) {
            return azure(azure);
        } else if (storage instanceof GcsStorage gcs) {
            return gcs(gcs);
        } else if (storage instanceof OssStorage oss) {
            return oss(oss);
        } else if (storage instanceof SwiftStorage swift) {
            return swift(swift);
        } else if (storage instanceof SharedFilesystem share) {
            return filesystem(share);
        }
        throw new IllegalStateException("A blob store of an unknown kind: " + storage.driver());
    }

    private static Tree s3(S3Storage s3) {
        S3Storage.Advanced advanced = s3.advanced();
        return new Tree()
                .put("bucket", s3.bucket())
                .put("region", s3.region())
                .maybeSecret("accessKey", s3.credentials().map(S3Storage.Credentials::accessKey))
                .maybeSecret("secretKey", s3.credentials().map(S3Storage.Credentials::secretKey))
                .maybe("endpoint", s3.endpoint())
                .maybe("rootDirectory", s3.rootDirectory())
                .maybe("encrypt", s3.encrypt())
                .maybe("keyId", s3.keyId())
                .maybe("secure", s3.secure())
                .maybe("chunkSize", s3.chunkSize())
                .maybe("storageClass", s3.storageClass())
                .maybe("userAgent", s3.userAgent())
                .maybe("skipVerify", advanced.skipVerify())
                .maybe("v4Auth", advanced.v4Auth())
                .maybe("multipartCopyChunkSize", advanced.multipartCopyChunkSize())
                .maybe("multipartCopyMaxConcurrency", advanced.multipartCopyMaxConcurrency())
                .maybe("multipartCopyThresholdSize", advanced.multipartCopyThresholdSize())
                .maybe("objectAcl", advanced.objectAcl());
    }

    private static Tree azure(AzureStorage azure) {
        return new Tree()
                .put("accountName", azure.accountName())
                .put("accountKey", azure.accountKey())
                .put("container", azure.container())
                .maybe("realm", azure.realm());
    }

    private static Tree gcs(GcsStorage gcs) {
        return new Tree()
                .put("bucket", gcs.bucket())
                .maybe("keyFile", gcs.keyFile())
                .maybe("rootDirectory", gcs.rootDirectory())
                .maybe("chunkSize", gcs.chunkSize())
                .maybe("maxConcurrency", gcs.maxConcurrency());
    }

    private static Tree oss(OssStorage oss) {
        return new Tree()
                .put("accessKeyId", oss.accessKeyId())
                .put("accessKeySecret", oss.accessKeySecret())
                .put("region", oss.region())
                .put("bucket", oss.bucket())
                .maybe("endpoint", oss.endpoint())
                .maybe("internal", oss.internal())
                .maybe("encrypt", oss.encrypt())
                .maybe("secure", oss.secure())
                .maybe("chunkSize", oss.chunkSize())
                .maybe("rootDirectory", oss.rootDirectory());
    }

    private static Tree swift(SwiftStorage swift) {
        SwiftStorage.Options options = swift.options();
        return new Tree()
                .put("authUrl", swift.authUrl().toString())
                .put("username", swift.username())
                .put("password", swift.password())
                .put("container", swift.container())
                .maybe("tenant", options.tenant())
                .maybe("tenantId", options.tenantId())
                .maybe("domain", options.domain())
                .maybe("domainId", options.domainId())
                .maybe("tenantDomain", options.tenantDomain())
                .maybe("tenantDomainId", options.tenantDomainId())
                .maybe("trustId", options.trustId())
                .maybe("region", options.region())
                .maybe("authVersion", options.authVersion())
                .maybe("prefix", options.prefix())
                .maybe("endpointType", options.endpointType())
                .maybe("insecureSkipVerify", options.insecureSkipVerify())
                .maybe("chunkSize", options.chunkSize())
                .maybeSecret("tempUrlAccessKey", options.tempUrlKeys().map(S3Storage.Credentials::accessKey))
                .maybeSecret("tempUrlSecretKey", options.tempUrlKeys().map(S3Storage.Credentials::secretKey))
                .maybe("tempUrlContainerKey", options.tempUrlContainerKey())
                .list("tempUrlMethods", options.tempUrlMethods());
    }

    private static Tree filesystem(SharedFilesystem share) {
        return new Tree()
                .put("path", share.path().text())
                .put("source", share.source())
                .maybe("maxThreads", share.maxThreads());
    }
}
