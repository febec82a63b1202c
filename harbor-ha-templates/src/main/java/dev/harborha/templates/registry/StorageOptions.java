package dev.harborha.templates.registry;

import dev.harborha.model.AzureStorage;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.Host;
import dev.harborha.model.OssStorage;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Storage;
import dev.harborha.model.StorageUrl;
import dev.harborha.model.SwiftStorage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The options of a blob store in the words of the registry's drivers. An absent option is left out. */
public final class StorageOptions {

    /** Where Harbor's compose files mount the registry's storage in its container, in every release. */
    private static final String CONTAINER_STORAGE = "/storage";

    private final String gcsKey;
    private final Map<String, Object> options = new LinkedHashMap<>();

    private StorageOptions(String gcsKey) {
        this.gcsKey = gcsKey;
    }

    /**
     * Returns the options, in the order of the driver's documentation.
     *
     * @param gcsKey where Google's key file is mounted in the container
     * @throws IllegalStateException if the storage is of a kind that this class does not know
     */
    public static Map<String, Object> of(Storage storage, String gcsKey) {
        StorageOptions written = new StorageOptions(gcsKey);
        if (storage instanceof S3Storage s3) {
            written.s3(s3);
        } else if (storage instanceof AzureStorage azure) {
            written.azure(azure);
        } else if (storage instanceof GcsStorage gcs) {
            written.gcs(gcs);
        } else if (storage instanceof OssStorage oss) {
            written.oss(oss);
        } else if (storage instanceof SwiftStorage swift) {
            written.swift(swift);
        } else if (storage instanceof SharedFilesystem share) {
            written.filesystem(share);
        } else {
            throw new IllegalStateException("No options are written for the storage driver " + storage.driver() + ".");
        }
        return written.options;
    }

    private void s3(S3Storage s3) {
        s3.credentials().ifPresent(pair -> {
            set("accesskey", pair.accessKey().reveal());
            set("secretkey", pair.secretKey().reveal());
        });
        set("region", s3.region());
        set("regionendpoint", s3.endpoint().map(StorageUrl::text));
        set("bucket", s3.bucket());
        set("encrypt", s3.encrypt());
        set("keyid", s3.keyId());
        set("secure", s3.secure());
        set("chunksize", s3.chunkSize());
        set("rootdirectory", s3.rootDirectory());
        set("storageclass", s3.storageClass());
        set("useragent", s3.userAgent());
        S3Storage.Advanced advanced = s3.advanced();
        set("skipverify", advanced.skipVerify());
        set("v4auth", advanced.v4Auth());
        set("multipartcopychunksize", advanced.multipartCopyChunkSize());
        set("multipartcopymaxconcurrency", advanced.multipartCopyMaxConcurrency());
        set("multipartcopythresholdsize", advanced.multipartCopyThresholdSize());
        set("objectacl", advanced.objectAcl());
    }

    private void azure(AzureStorage azure) {
        set("accountname", azure.accountName());
        set("accountkey", azure.accountKey().reveal());
        set("container", azure.container());
        set("realm", azure.realm().map(Host::text));
    }

    private void gcs(GcsStorage gcs) {
        set("bucket", gcs.bucket());
        set("keyfile", gcs.keyFile().map(path -> gcsKey));
        set("rootdirectory", gcs.rootDirectory());
        set("chunksize", gcs.chunkSize());
        set("maxconcurrency", gcs.maxConcurrency());
    }

    private void oss(OssStorage oss) {
        set("accesskeyid", oss.accessKeyId().reveal());
        set("accesskeysecret", oss.accessKeySecret().reveal());
        set("region", oss.region());
        set("endpoint", oss.endpoint().map(Host::text));
        set("internal", oss.internal());
        set("bucket", oss.bucket());
        set("encrypt", oss.encrypt());
        set("secure", oss.secure());
        set("chunksize", oss.chunkSize());
        set("rootdirectory", oss.rootDirectory());
    }

    private void swift(SwiftStorage swift) {
        SwiftStorage.Options rare = swift.options();
        set("authurl", swift.authUrl().text());
        set("username", swift.username());
        set("password", swift.password().reveal());
        set("container", swift.container());
        set("tenant", rare.tenant());
        set("tenantid", rare.tenantId());
        set("domain", rare.domain());
        set("domainid", rare.domainId());
        set("tenantdomain", rare.tenantDomain());
        set("tenantdomainid", rare.tenantDomainId());
        set("trustid", rare.trustId());
        set("region", rare.region());
        set("authversion", rare.authVersion());
        set("prefix", rare.prefix());
        set("endpointtype", rare.endpointType());
        set("insecureskipverify", rare.insecureSkipVerify());
        set("chunksize", rare.chunkSize());
        rare.tempUrlKeys().ifPresent(pair -> {
            set("accesskey", pair.accessKey().reveal());
            set("secretkey", pair.secretKey().reveal());
        });
        set("tempurlcontainerkey", rare.tempUrlContainerKey());
        if (!rare.tempUrlMethods().isEmpty()) {
            set("tempurlmethods", rare.tempUrlMethods());
        }
    }

    private void filesystem(SharedFilesystem share) {
        set("rootdirectory", CONTAINER_STORAGE);
        set("maxthreads", share.maxThreads());
    }

    private void set(String option, Object value) {
        options.put(option, value);
    }

    private void set(String option, Optional<?> value) {
        value.ifPresent(present -> options.put(option, present));
    }
}
