package dev.harborha.testing;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.AzureStorage;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.Host;
import dev.harborha.model.OssStorage;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Storage;
import dev.harborha.model.StorageUrl;
import dev.harborha.model.SwiftStorage;
import dev.harborha.secret.Secret;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Blob stores of every kind, outside any node. */
public final class Storages {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final Arbitrary<Long> CHUNK = Arbitraries.longs().between(5L << 20, 5L << 30);
    private static final Arbitrary<StorageUrl> URL = Arbitraries.of(
                    "https://s3.example.com",
                    "http://10.9.0.5:9000",
                    "https://[2001:db8:9::5]:9000/",
                    "https://minio.example.com/x")
            .map(StorageUrl::new);

    private final Arbitrary<Secret> secrets;
    private final boolean later;

    private Storages(Arbitrary<Secret> secrets, boolean later) {
        this.secrets = secrets;
        this.later = later;
    }

    /**
     * Returns stores of every kind with the given secrets and the options of Harbor 0.5; free texts are any the model takes.
     */
    public static Arbitrary<Storage> with(Arbitrary<Secret> secrets) {
        return of(new Storages(secrets, false));
    }

    /** Returns stores of every kind with the given secrets, and with the options that only the drivers of Harbor 2.x have. */
    public static Arbitrary<Storage> with2x(Arbitrary<Secret> secrets) {
        return of(new Storages(secrets, true));
    }

    private static Arbitrary<Storage> of(Storages kinds) {
        return Arbitraries.oneOf(
                kinds.s3().map(s3 -> s3),
                kinds.azure().map(azure -> azure),
                kinds.gcs().map(gcs -> gcs),
                kinds.oss().map(oss -> oss),
                kinds.swift().map(swift -> swift),
                filesystem().map(share -> share));
    }

    /** Returns options of the drivers of Harbor 2.x; none for Harbor 0.5. */
    private <T> Arbitrary<Optional<T>> later(Arbitrary<T> values) {
        return later ? values.optional() : Arbitraries.just(Optional.empty());
    }

    private Arbitrary<S3Storage.Credentials> pairs() {
        return Combinators.combine(secrets, secrets).as(S3Storage.Credentials::new);
    }

    private Arbitrary<S3Storage> s3() {
        Arbitrary<String> known = Arbitraries.of("eu-west-1", "us-east-1", "cn-north-1");
        Arbitrary<Optional<StorageUrl>> endpoint = URL.optional();
        return Combinators.combine(
                        Arbitraries.of("layers", "harbor-layers.prod", "B_1", "b".repeat(255)),
                        known,
                        pairs().optional(),
                        endpoint,
                        lines(),
                        FLAG.optional(),
                        lines(),
                        Combinators.combine(
                                        FLAG.optional(),
                                        CHUNK.optional(),
                                        classes().optional(),
                                        lines(),
                                        advanced())
                                .as(S3Rest::new))
                .as((bucket, region, pair, url, root, encrypt, keyId, rest) -> new S3Storage(
                        bucket,
                        url.isPresent() && root.isPresent() ? "anywhere_1" : region,
                        pair,
                        url,
                        root,
                        encrypt,
                        keyId,
                        rest.secure(),
                        rest.chunk(),
                        rest.storageClass(),
                        rest.agent(),
                        url.isPresent() ? rest.advanced() : signedByVersion4(rest.advanced())));
    }

    /** Amazon takes no other signatures. */
    private static S3Storage.Advanced signedByVersion4(S3Storage.Advanced advanced) {
        return new S3Storage.Advanced(
                advanced.skipVerify(),
                advanced.v4Auth().map(any -> true),
                advanced.multipartCopyChunkSize(),
                advanced.multipartCopyMaxConcurrency(),
                advanced.multipartCopyThresholdSize(),
                advanced.objectAcl());
    }

    private record S3Rest(
            Optional<Boolean> secure,
            Optional<Long> chunk,
            Optional<String> storageClass,
            Optional<String> agent,
            S3Storage.Advanced advanced) {}

    private Arbitrary<String> classes() {
        return later
                ? Arbitraries.of("STANDARD", "REDUCED_REDUNDANCY", "NONE")
                : Arbitraries.of("STANDARD", "REDUCED_REDUNDANCY");
    }

    private Arbitrary<S3Storage.Advanced> advanced() {
        return Combinators.combine(
                        later(FLAG),
                        later(FLAG),
                        later(CHUNK),
                        later(Arbitraries.of(1, 100, 10_000)),
                        later(Arbitraries.of(0L, 1L, 32L << 20, 5L << 30)),
                        later(Arbitraries.of("private", "bucket-owner-full-control")))
                .as(S3Storage.Advanced::new);
    }

    private Arbitrary<AzureStorage> azure() {
        return Combinators.combine(
                        Arbitraries.of("acc", "account0123456789012345a"),
                        secrets,
                        Arbitraries.of("$root", "layers", "a-b-c"),
                        Arbitraries.of("core.chinacloudapi.cn").map(Host::new).optional())
                .as(AzureStorage::new);
    }

    private Arbitrary<GcsStorage> gcs() {
        return Combinators.combine(
                        Arbitraries.of("layers", "a.b_c-d"),
                        Arbitraries.of("/etc/gcs/key.json")
                                .map(AbsolutePath::new)
                                .optional(),
                        lines(),
                        Arbitraries.longs().between(1, 4096).map(n -> n << 18).optional(),
                        later(Arbitraries.integers().between(25, 10_000)))
                .as(GcsStorage::new);
    }

    private Arbitrary<OssStorage> oss() {
        return Combinators.combine(
                        pairs(),
                        Arbitraries.of("oss-cn-beijing", "oss-eu"),
                        Arbitraries.of("layers", "b-1"),
                        Arbitraries.of("oss.example.com", "10.9.0.6")
                                .map(Host::new)
                                .optional(),
                        FLAG.optional(),
                        FLAG.optional(),
                        FLAG.optional(),
                        Combinators.combine(CHUNK.optional(), lines()).as(OssRest::new))
                .as((pair, region, bucket, endpoint, internal, encrypt, secure, rest) -> new OssStorage(
                        pair.accessKey(),
                        pair.secretKey(),
                        region,
                        bucket,
                        endpoint,
                        internal,
                        encrypt,
                        secure,
                        rest.chunk(),
                        rest.root()));
    }

    private record OssRest(Optional<Long> chunk, Optional<String> root) {}

    private Arbitrary<SwiftStorage> swift() {
        return Combinators.combine(
                        URL, Texts.line(), secrets, Texts.line().filter(text -> !text.contains("/")), swiftOptions())
                .as(SwiftStorage::new);
    }

    private Arbitrary<SwiftStorage.Options> swiftOptions() {
        Arbitrary<String[]> names = lines().list()
                .ofSize(9)
                .map(list -> list.stream().map(text -> text.orElse("")).toArray(String[]::new));
        return Combinators.combine(
                        names,
                        Arbitraries.integers().between(1, 3).optional(),
                        Arbitraries.of("public", "internal", "admin").optional(),
                        FLAG.optional(),
                        CHUNK.optional(),
                        pairs().optional(),
                        FLAG.optional(),
                        Arbitraries.of("GET", "PUT", "HEAD", "POST", "DELETE")
                                .list()
                                .ofMaxSize(3))
                .as((name, version, type, skip, chunk, pair, containerKey, methods) -> new SwiftStorage.Options(
                        there(name[0]),
                        there(name[1]),
                        there(name[2]),
                        there(name[3]),
                        later ? there(name[7]) : Optional.empty(),
                        later ? there(name[8]) : Optional.empty(),
                        there(name[4]),
                        there(name[5]),
                        version,
                        there(name[6]),
                        type,
                        skip,
                        chunk,
                        pair,
                        containerKey,
                        methods));
    }

    private static Optional<String> there(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Arbitrary<SharedFilesystem> filesystem() {
        return Combinators.combine(
                        Arbitraries.of("/mnt/harbor", "/srv/a+b@c").map(AbsolutePath::new),
                        Arbitraries.of(
                                "nfs.example.com:/export/harbor",
                                "10.9.0.7,10.9.0.8:/",
                                "[2001:db8:9::7]:/x",
                                "//files.example.com/share$/x"),
                        Arbitraries.integers().between(25, 10_000).optional())
                .as(SharedFilesystem::new);
    }

    private static Arbitrary<Optional<String>> lines() {
        return Texts.line().optional();
    }
}
