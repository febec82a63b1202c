package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kinds of blob store: what is kept, what is missing, what is refused. */
class StorageTest {

    private static final Secret KEY = Secret.of("an-access-key");
    private static final Secret SECRET = Secret.of("its-secret");

    private static S3Storage s3(Consumer<S3Storage.Builder> more) {
        return S3Storage.of(s3 -> more.accept(s3.bucket("layers").region("eu-west-1")));
    }

    private static AzureStorage azure(String account, String container) {
        return AzureStorage.of(azure -> azure.account(account, KEY).container(container));
    }

    private static GcsStorage gcs(Consumer<GcsStorage.Builder> more) {
        return GcsStorage.of(gcs -> more.accept(gcs.bucket("layers")));
    }

    private static OssStorage oss(Consumer<OssStorage.Builder> more) {
        return OssStorage.of(oss -> more.accept(
                oss.credentials(KEY, SECRET).region("oss-cn-beijing").bucket("layers")));
    }

    private static SwiftStorage swift(Consumer<SwiftStorage.Builder> more) {
        return SwiftStorage.of(swift -> more.accept(
                swift.authUrl("https://keystone/v3").user("harbor", SECRET).container("layers")));
    }

    private static SharedFilesystem share(String source) {
        return SharedFilesystem.of(share -> share.path("/mnt/harbor").source(source));
    }

    @Test
    void everyKindNamesItsDriver() {
        List<Storage> all = List.of(
                s3(s3 -> {}),
                azure("account", "layers"),
                gcs(gcs -> {}),
                oss(oss -> {}),
                swift(swift -> {}),
                share("nfs.example.com:/export"));
        assertThat(all).extracting(Storage::driver).containsExactly("s3", "azure", "gcs", "oss", "swift", "filesystem");
        assertThat(all)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Storage.class.getPermittedSubclasses()));
    }

    @Test
    void optionsAreKept() {
        assertThat(s3(s3 -> s3.credentials(KEY, SECRET)
                        .endpoint("http://minio:9000")
                        .rootDirectory("/s3/harbor")
                        .encrypt(true)
                        .keyId("alias/harbor")
                        .secure(false)
                        .chunkSize(5 << 20)
                        .storageClass("REDUCED_REDUNDANCY")
                        .userAgent("harbor")
                        .skipVerify(true)
                        .v4Auth(false)
                        .multipartCopyChunkSize(5L << 30)
                        .multipartCopyMaxConcurrency(10_000)
                        .multipartCopyThresholdSize(0)
                        .objectAcl("bucket-owner-full-control")))
                .isEqualTo(new S3Storage(
                        "layers",
                        "eu-west-1",
                        Optional.of(new S3Storage.Credentials(KEY, SECRET)),
                        Optional.of(new StorageUrl("http://minio:9000")),
                        Optional.of("/s3/harbor"),
                        Optional.of(true),
                        Optional.of("alias/harbor"),
                        Optional.of(false),
                        Optional.of(5L << 20),
                        Optional.of("REDUCED_REDUNDANCY"),
                        Optional.of("harbor"),
                        new S3Storage.Advanced(
                                Optional.of(true),
                                Optional.of(false),
                                Optional.of(5L << 30),
                                Optional.of(10_000),
                                Optional.of(0L),
                                Optional.of("bucket-owner-full-control"))));
        assertThat(s3(s3 -> {}).advanced()).isEqualTo(S3Storage.Advanced.NONE);
        assertThat(oss(oss -> oss.endpoint("oss.example.com").internal(true).chunkSize(5L << 30)))
                .satisfies(oss -> {
                    assertThat(oss.endpoint()).contains(new Host("oss.example.com"));
                    assertThat(oss.internal()).contains(true);
                    assertThat(oss.chunkSize()).contains(5L << 30);
                    assertThat(oss.encrypt()).isEmpty();
                });
        assertThat(swift(swift -> swift.tenant("t")
                                .tenantDomain("td")
                                .tenantDomainId("ti")
                                .authVersion(3)
                                .tempUrlMethods("GET", "PUT"))
                        .options())
                .satisfies(options -> {
                    assertThat(options.tenant()).contains("t");
                    assertThat(options.tenantDomain()).contains("td");
                    assertThat(options.tenantDomainId()).contains("ti");
                    assertThat(options.authVersion()).contains(3);
                    assertThat(options.tempUrlMethods()).containsExactly("GET", "PUT");
                });
        assertThat(gcs(gcs -> gcs.keyFile("/etc/gcs.json").chunkSize(256 << 10).maxConcurrency(25)))
                .isEqualTo(new GcsStorage(
                        "layers",
                        Optional.of(new AbsolutePath("/etc/gcs.json")),
                        Optional.empty(),
                        Optional.of(256L << 10),
                        Optional.of(25)));
        assertThat(AzureStorage.of(azure ->
                        azure.account("account", KEY).container("$root").realm("core.chinacloudapi.cn")))
                .isEqualTo(new AzureStorage("account", KEY, "$root", Optional.of(new Host("core.chinacloudapi.cn"))));
    }

    @Test
    void theServersOfAShareAreTold() {
        assertThat(share("nfs.example.com:/export/harbor").servers()).containsExactly(new Host("nfs.example.com"));
        assertThat(share("[2001:db8:0::5]:/export").servers()).containsExactly(new Host("2001:db8::5"));
        assertThat(share("mon1,mon2,10.0.0.5:/").servers())
                .containsExactly(new Host("mon1"), new Host("mon2"), new Host("10.0.0.5"));
        assertThat(share("gluster1:volume").servers()).containsExactly(new Host("gluster1"));
        assertThat(share("//files.example.com/harbor$").servers()).containsExactly(new Host("files.example.com"));
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                refused(
                        "The S3 storage is incomplete; still to call: .bucket(…), .region(…).",
                        () -> S3Storage.of(s3 -> {})),
                refused(
                        "The S3 storage is incomplete; still to call: .region(…).",
                        () -> S3Storage.of(s3 -> s3.bucket("layers"))),
                refused(
                        "The Azure storage is incomplete; still to call: .account(…), .container(…).",
                        () -> AzureStorage.of(azure -> {})),
                refused("The GCS storage is incomplete; still to call: .bucket(…).", () -> GcsStorage.of(gcs -> {})),
                refused(
                        "The OSS storage is incomplete; still to call: .credentials(…), .region(…), .bucket(…).",
                        () -> OssStorage.of(oss -> {})),
                refused(
                        "The Swift storage is incomplete; still to call: .authUrl(…), .user(…), .container(…).",
                        () -> SwiftStorage.of(swift -> {})),
                refused(
                        "The shared file system is incomplete; still to call: .path(…), .source(…).",
                        () -> SharedFilesystem.of(share -> {})));
    }

    static Stream<Arguments> malformed() {
        String bucket = "; bucket names have 3 to 255 letters, digits, dots, hyphens and underscores.";
        String source = "; name the server and what it exports, as in \"nfs.example.com:/export/harbor\".";
        return Stream.of(
                refused("The S3 bucket is \"ab\"" + bucket, () -> s3(s3 -> s3.bucket("ab"))),
                refused("The S3 bucket is \"la yers\"" + bucket, () -> s3(s3 -> s3.bucket("la yers"))),
                refused("The S3 bucket is \"layers.\"" + bucket, () -> s3(s3 -> s3.bucket("layers."))),
                refused("The S3 region is \"\"; use a name like \"eu-west-1\".", () -> s3(s3 -> s3.region(""))),
                refused("The S3 root directory must not be empty.", () -> s3(s3 -> s3.rootDirectory(""))),
                refused(
                        "The S3 root directory \"a\\u000ab\" has a control character or a line break; give one line of"
                                + " text.",
                        () -> s3(s3 -> s3.rootDirectory("a\nb"))),
                refused(
                        "The S3 key id holds half a surrogate pair; give well-formed text.",
                        () -> s3(s3 -> s3.keyId("\ud800"))),
                refused(
                        "The S3 user agent has 1025 characters; at most 1024 are allowed.",
                        () -> s3(s3 -> s3.userAgent("x".repeat(1025)))),
                refused(
                        "The S3 chunk size is 5242879; use 5242880 to 5368709120 bytes.",
                        () -> s3(s3 -> s3.chunkSize((5L << 20) - 1))),
                refused(
                        "The S3 chunk size is 5368709121; use 5242880 to 5368709120 bytes.",
                        () -> s3(s3 -> s3.chunkSize((5L << 30) + 1))),
                refused(
                        "The S3 storage class is \"GLACIER\"; the driver knows STANDARD, REDUCED_REDUNDANCY and, since Harbor"
                                + " 2.0, NONE.",
                        () -> s3(s3 -> s3.storageClass("GLACIER"))),
                refused(
                        "The S3 copy chunk size is 5242879; use 5242880 to 5368709120 bytes.",
                        () -> s3(s3 -> s3.multipartCopyChunkSize((5L << 20) - 1))),
                refused(
                        "The number of S3 parts copied at once is 0; use 1 to 10000.",
                        () -> s3(s3 -> s3.multipartCopyMaxConcurrency(0))),
                refused(
                        "The S3 copy threshold is -1; use 0 to 5368709120 bytes.",
                        () -> s3(s3 -> s3.multipartCopyThresholdSize(-1))),
                refused(
                        "The S3 object ACL is \"Private\"; use a canned ACL like \"private\" or"
                                + " \"bucket-owner-full-control\".",
                        () -> s3(s3 -> s3.objectAcl("Private"))),
                refused(
                        "The Azure account name is \"Account\"; use 3 to 24 lower-case letters and digits.",
                        () -> azure("Account", "layers")),
                refused(
                        "The Azure container is \"la--yers\"; use 3 to 63 lower-case letters, digits and single hyphens,"
                                + " or $root.",
                        () -> azure("account", "la--yers")),
                refused(
                        "The Azure container is \"" + "x-".repeat(32)
                                + "x\"; use 3 to 63 lower-case letters, digits and single" + " hyphens, or $root.",
                        () -> azure("account", "x-".repeat(32) + "x")),
                refused(
                        "The GCS bucket is \"Layers\"; bucket names have 3 to 222 lower-case letters, digits, dots,"
                                + " hyphens and underscores.",
                        () -> GcsStorage.of(gcs -> gcs.bucket("Layers"))),
                refused(
                        "The GCS chunk size is 262145; use a multiple of 262144 bytes (256 KiB).",
                        () -> gcs(gcs -> gcs.chunkSize(262_145))),
                refused("The GCS chunk size is 0; use 262144 to 1073741824 bytes.", () -> gcs(gcs -> gcs.chunkSize(0))),
                refused(
                        "The most GCS operations at once is 24; use 25 to 10000.",
                        () -> gcs(gcs -> gcs.maxConcurrency(24))),
                refused(
                        "The OSS region is \"Beijing\"; use a name like \"oss-cn-beijing\".",
                        () -> oss(oss -> oss.region("Beijing"))),
                refused(
                        "The OSS bucket is \"a_b\"; bucket names have 3 to 63 lower-case letters, digits and hyphens.",
                        () -> oss(oss -> oss.bucket("a_b"))),
                refused(
                        "The OSS chunk size is 1; use 5242880 to 5368709120 bytes.",
                        () -> oss(oss -> oss.chunkSize(1))),
                refused(
                        "The Swift container is \"a/b\"; use 1 to 256 characters without a slash.",
                        () -> swift(swift -> swift.container("a/b"))),
                refused(
                        "The Swift container \"a\\u0085b\" has a control character or a line break; give one line of text.",
                        () -> swift(swift -> swift.container("a\u0085b"))),
                refused(
                        "The Swift container holds half a surrogate pair; give well-formed text.",
                        () -> swift(swift -> swift.container("\udc00"))),
                refused("The Swift user name must not be empty.", () -> swift(swift -> swift.user("", SECRET))),
                refused("The Swift tenant domain must not be empty.", () -> swift(swift -> swift.tenantDomain(""))),
                refused(
                        "The Swift tenant domain id must not be empty.",
                        () -> swift(swift -> swift.tenantDomainId(""))),
                refused("The Swift identity version is 4; use 1 to 3.", () -> swift(swift -> swift.authVersion(4))),
                refused(
                        "The Swift endpoint type is \"external\"; use public, internal or admin.",
                        () -> swift(swift -> swift.endpointType("external"))),
                refused(
                        "The Swift chunk size is 1048575; use 1048576 to 5368709120 bytes.",
                        () -> swift(swift -> swift.chunkSize((1 << 20) - 1))),
                refused(
                        "A Swift temporary URL method is \"PATCH\"; use GET, PUT, HEAD, POST or DELETE.",
                        () -> swift(swift -> swift.tempUrlMethods("GET", "PATCH"))),
                refused("The source of the shared file system is \"/data\"" + source, () -> share("/data")),
                refused("The source of the shared file system is \"nfs:\"" + source, () -> share("nfs:")),
                refused("The source of the shared file system is \"//files\"" + source, () -> share("//files")),
                refused(
                        "The source of the shared file system is \"***@files/x y\"" + source,
                        () -> share("//user:pw@files/x y")),
                refused("A host must not be empty; give a DNS name or an IP address.", () -> share("nfs1,:/export")),
                refused("A host must not be empty; give a DNS name or an IP address.", () -> share(",:/export")),
                refused(
                        "\"10.0.0.300\" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.",
                        () -> share("10.0.0.300:/export")),
                refused(
                        "The most file operations at once is 24; use 25 to 10000.",
                        () -> SharedFilesystem.of(share ->
                                share.path("/mnt").source("nfs:/export").maxThreads(24))));
    }

    private static Arguments refused(String message, Runnable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource({"incomplete", "malformed"})
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void azureContainersAreCountedByTheirCharacters() {
        assertThat(azure("account", "a-b").container()).isEqualTo("a-b");
        assertThat(azure("account", "x".repeat(63)).container()).hasSize(63);
    }
}
