package dev.harborha.templates.clusterfile;

import dev.harborha.model.AzureStorage;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.OssStorage;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Storage;
import dev.harborha.model.SwiftStorage;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the one blob store below {@code storage}, under the name of its driver. */
final class StorageReader {

    private static final Secret SAMPLE_SECRET = Secret.of("sample");

    private StorageReader() {}

    static Optional<Storage> read(Fields fields) {
        List<String> given = new ArrayList<>();
        List<Storage> stores = new ArrayList<>();
        kind(fields, "s3", StorageReader::s3, given, stores::add);
        kind(fields, "azure", StorageReader::azure, given, stores::add);
        kind(fields, "gcs", StorageReader::gcs, given, stores::add);
        kind(fields, "oss", StorageReader::oss, given, stores::add);
        kind(fields, "swift", StorageReader::swift, given, stores::add);
        kind(fields, "filesystem", StorageReader::filesystem, given, stores::add);
        if (fields.end() && given.isEmpty()) {
            fields.refuse("There is no blob store; give s3, azure, gcs, oss, swift or filesystem.");
        }
        if (given.size() > 1) {
            fields.refuse("There are " + given.size() + " blob stores (" + String.join(", ", given)
                    + "); keep the one that all nodes share.");
        }
        return stores.stream().findFirst();
    }

    private static void kind(
            Fields fields,
            String driver,
            Function<Fields, Optional<? extends Storage>> reader,
            List<String> given,
            Consumer<Storage> found) {
        if (fields.has(driver)) {
            given.add(driver);
            fields.map(driver).flatMap(reader).ifPresent(found);
        }
    }

    private static Optional<S3Storage> s3(Fields fields) {
        return new Part<S3Storage.Builder, S3Storage>(
                        fields.require("bucket", "region"),
                        S3Storage::of,
                        s3 -> s3.bucket("sample").region("us-east-1"))
                .text("bucket", S3Storage.Builder::bucket)
                .text("region", S3Storage.Builder::region)
                .secrets("accessKey", "secretKey", S3Storage.Builder::credentials)
                .text("endpoint", S3Storage.Builder::endpoint)
                .text("rootDirectory", S3Storage.Builder::rootDirectory)
                .flag("encrypt", S3Storage.Builder::encrypt)
                .text("keyId", S3Storage.Builder::keyId)
                .flag("secure", S3Storage.Builder::secure)
                .number("chunkSize", S3Storage.Builder::chunkSize)
                .text("storageClass", S3Storage.Builder::storageClass)
                .text("userAgent", S3Storage.Builder::userAgent)
                .flag("skipVerify", S3Storage.Builder::skipVerify)
                .flag("v4Auth", S3Storage.Builder::v4Auth)
                .number("multipartCopyChunkSize", S3Storage.Builder::multipartCopyChunkSize)
                .integer("multipartCopyMaxConcurrency", S3Storage.Builder::multipartCopyMaxConcurrency)
                .number("multipartCopyThresholdSize", S3Storage.Builder::multipartCopyThresholdSize)
                .text("objectAcl", S3Storage.Builder::objectAcl)
                .make();
    }

    private static Optional<AzureStorage> azure(Fields fields) {
        fields.require("accountName", "accountKey", "container");
        Secret key = fields.secret("accountKey");
        return new Part<AzureStorage.Builder, AzureStorage>(
                        fields,
                        AzureStorage::of,
                        azure -> azure.account("sample", SAMPLE_SECRET).container("sample"))
                .text("accountName", (azure, name) -> azure.account(name, key == null ? SAMPLE_SECRET : key))
                .text("container", AzureStorage.Builder::container)
                .text("realm", AzureStorage.Builder::realm)
                .make();
    }

    private static Optional<GcsStorage> gcs(Fields fields) {
        return new Part<GcsStorage.Builder, GcsStorage>(
                        fields.require("bucket"), GcsStorage::of, gcs -> gcs.bucket("sample"))
                .text("bucket", GcsStorage.Builder::bucket)
                .text("keyFile", GcsStorage.Builder::keyFile)
                .text("rootDirectory", GcsStorage.Builder::rootDirectory)
                .number("chunkSize", GcsStorage.Builder::chunkSize)
                .integer("maxConcurrency", GcsStorage.Builder::maxConcurrency)
                .make();
    }

    private static Optional<OssStorage> oss(Fields fields) {
        return new Part<OssStorage.Builder, OssStorage>(
                        fields.require("accessKeyId", "accessKeySecret", "region", "bucket"),
                        OssStorage::of,
                        oss -> oss.credentials(SAMPLE_SECRET, SAMPLE_SECRET)
                                .region("sample")
                                .bucket("sample"))
                .secrets("accessKeyId", "accessKeySecret", OssStorage.Builder::credentials)
                .text("region", OssStorage.Builder::region)
                .text("bucket", OssStorage.Builder::bucket)
                .text("endpoint", OssStorage.Builder::endpoint)
                .flag("internal", OssStorage.Builder::internal)
                .flag("encrypt", OssStorage.Builder::encrypt)
                .flag("secure", OssStorage.Builder::secure)
                .number("chunkSize", OssStorage.Builder::chunkSize)
                .text("rootDirectory", OssStorage.Builder::rootDirectory)
                .make();
    }

    private static Optional<SwiftStorage> swift(Fields fields) {
        fields.require("authUrl", "username", "password", "container");
        Secret password = fields.secret("password");
        return new Part<SwiftStorage.Builder, SwiftStorage>(
                        fields,
                        SwiftStorage::of,
                        swift -> swift.authUrl("https://sample.example.com")
                                .user("sample", SAMPLE_SECRET)
                                .container("sample"))
                .text("authUrl", SwiftStorage.Builder::authUrl)
                .text("username", (swift, name) -> swift.user(name, password == null ? SAMPLE_SECRET : password))
                .text("container", SwiftStorage.Builder::container)
                .text("tenant", SwiftStorage.Builder::tenant)
                .text("tenantId", SwiftStorage.Builder::tenantId)
                .text("domain", SwiftStorage.Builder::domain)
                .text("domainId", SwiftStorage.Builder::domainId)
                .text("tenantDomain", SwiftStorage.Builder::tenantDomain)
                .text("tenantDomainId", SwiftStorage.Builder::tenantDomainId)
                .text("trustId", SwiftStorage.Builder::trustId)
                .text("region", SwiftStorage.Builder::region)
                .integer("authVersion", SwiftStorage.Builder::authVersion)
                .text("prefix", SwiftStorage.Builder::prefix)
                .text("endpointType", SwiftStorage.Builder::endpointType)
                .flag("insecureSkipVerify", SwiftStorage.Builder::insecureSkipVerify)
                .number("chunkSize", SwiftStorage.Builder::chunkSize)
                .secrets("tempUrlAccessKey", "tempUrlSecretKey", SwiftStorage.Builder::tempUrlKeys)
                .flag("tempUrlContainerKey", SwiftStorage.Builder::tempUrlContainerKey)
                .texts("tempUrlMethods", (swift, methods) -> swift.tempUrlMethods(methods.toArray(String[]::new)))
                .make();
    }

    private static Optional<SharedFilesystem> filesystem(Fields fields) {
        return new Part<SharedFilesystem.Builder, SharedFilesystem>(
                        fields.require("path", "source"),
                        SharedFilesystem::of,
                        share -> share.path("/sample").source("nfs.example.com:/sample"))
                .text("path", SharedFilesystem.Builder::path)
                .text("source", SharedFilesystem.Builder::source)
                .integer("maxThreads", SharedFilesystem.Builder::maxThreads)
                .make();
    }
}
