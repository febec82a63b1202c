package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any text in any field that takes one: it is kept exactly, or in a canonical form that is kept exactly, or it is refused
 * with one line that a person can read. Nothing else is thrown.
 */
class FreeTextProperties {

    private static final Secret S = Secret.of("a-secret");

    /** Fields whose text is kept as it is. */
    private static final Map<String, Function<String, String>> EXACT = new LinkedHashMap<>();

    /** Fields whose text is put in a canonical form. */
    private static final Map<String, Function<String, String>> CANONICAL = new LinkedHashMap<>();

    static {
        EXACT.put("node name", text -> Node.of(text, "h").name());
        EXACT.put(
                "balancer name",
                text -> LoadBalancer.of(text, lb -> lb.nginx("h")).name());
        EXACT.put(
                "own balancer name",
                text -> LoadBalancer.of("x", lb -> lb.nginx("h").name(text)).name());
        EXACT.put(
                "job service node",
                text -> SampleCluster.with(c -> c.jobserviceOn(text))
                        .jobserviceNode()
                        .orElseThrow());
        EXACT.put("database user", text -> db(db -> db.username(text)).username());
        EXACT.put("database name", text -> db(db -> db.name(text)).name());
        EXACT.put("mail user", text -> mail(text, "f", "i").username());
        EXACT.put("mail sender", text -> mail("u", text, "i").from());
        EXACT.put("mail identity", text -> mail("u", "f", text).identity().orElseThrow());
        EXACT.put("directory", text -> ldap(text, "b", "uid", "f").url());
        EXACT.put("base DN", text -> ldap("ldap://h", text, "uid", "f").baseDn());
        EXACT.put("uid", text -> ldap("ldap://h", "b", text, "f").uid());
        EXACT.put("filter", text -> ldap("ldap://h", "b", "uid", text).filter().orElseThrow());
        EXACT.put("search DN", text -> new HarborCfg.SearchUser(text, S).dn());
        EXACT.put("waiver id", text -> new Waiver(text, "why").ruleId());
        EXACT.put("waiver reason", text -> new Waiver("lb.x", text).reason());
        EXACT.put("S3 bucket", text -> s3(s3 -> s3.bucket(text)).bucket());
        EXACT.put("S3 region", text -> s3(s3 -> s3.region(text)).region());
        EXACT.put(
                "S3 root",
                text -> s3(s3 -> s3.rootDirectory(text)).rootDirectory().orElseThrow());
        EXACT.put("S3 key id", text -> s3(s3 -> s3.keyId(text)).keyId().orElseThrow());
        EXACT.put(
                "S3 class",
                text -> s3(s3 -> s3.storageClass(text)).storageClass().orElseThrow());
        EXACT.put("S3 agent", text -> s3(s3 -> s3.userAgent(text)).userAgent().orElseThrow());
        EXACT.put(
                "S3 endpoint",
                text -> s3(s3 -> s3.endpoint(text)).endpoint().orElseThrow().text());
        EXACT.put(
                "Azure account",
                text -> AzureStorage.of(a -> a.account(text, S).container("layers"))
                        .accountName());
        EXACT.put(
                "Azure container",
                text -> AzureStorage.of(a -> a.account("account", S).container(text))
                        .container());
        EXACT.put("GCS bucket", text -> GcsStorage.of(gcs -> gcs.bucket(text)).bucket());
        EXACT.put(
                "GCS root",
                text -> GcsStorage.of(gcs -> gcs.bucket("layers").rootDirectory(text))
                        .rootDirectory()
                        .orElseThrow());
        EXACT.put("OSS region", text -> oss(oss -> oss.region(text)).region());
        EXACT.put("OSS bucket", text -> oss(oss -> oss.bucket(text)).bucket());
        EXACT.put(
                "OSS root",
                text -> oss(oss -> oss.rootDirectory(text)).rootDirectory().orElseThrow());
        EXACT.put(
                "Swift address",
                text -> swift(swift -> swift.authUrl(text)).authUrl().text());
        EXACT.put("Swift user", text -> swift(swift -> swift.user(text, S)).username());
        EXACT.put(
                "Swift container", text -> swift(swift -> swift.container(text)).container());
        EXACT.put(
                "Swift tenant",
                text -> swift(swift -> swift.tenant(text)).options().tenant().orElseThrow());
        EXACT.put(
                "Swift tenant id",
                text -> swift(swift -> swift.tenantId(text))
                        .options()
                        .tenantId()
                        .orElseThrow());
        EXACT.put(
                "Swift domain",
                text -> swift(swift -> swift.domain(text)).options().domain().orElseThrow());
        EXACT.put(
                "Swift domain id",
                text -> swift(swift -> swift.domainId(text))
                        .options()
                        .domainId()
                        .orElseThrow());
        EXACT.put(
                "Swift trust id",
                text -> swift(swift -> swift.trustId(text)).options().trustId().orElseThrow());
        EXACT.put(
                "Swift region",
                text -> swift(swift -> swift.region(text)).options().region().orElseThrow());
        EXACT.put(
                "Swift prefix",
                text -> swift(swift -> swift.prefix(text)).options().prefix().orElseThrow());
        EXACT.put(
                "Swift type",
                text -> swift(swift -> swift.endpointType(text))
                        .options()
                        .endpointType()
                        .orElseThrow());
        EXACT.put(
                "Swift method",
                text -> swift(swift -> swift.tempUrlMethods(text))
                        .options()
                        .tempUrlMethods()
                        .get(0));
        EXACT.put(
                "Swift tenant domain",
                text -> swift(swift -> swift.tenantDomain(text))
                        .options()
                        .tenantDomain()
                        .orElseThrow());
        EXACT.put(
                "Swift tenant domain id",
                text -> swift(swift -> swift.tenantDomainId(text))
                        .options()
                        .tenantDomainId()
                        .orElseThrow());
        EXACT.put(
                "S3 ACL",
                text -> s3(s3 -> s3.objectAcl(text)).advanced().objectAcl().orElseThrow());
        EXACT.put(
                "Redis user",
                text -> redis(redis -> redis.username(text).password(S))
                        .username()
                        .orElseThrow());
        EXACT.put(
                "Redis master set",
                text -> ((RedisEndpoint.Sentinel)
                                redis(redis -> redis.sentinel(text, "s")).endpoint())
                        .masterSet());
        EXACT.put(
                "image repository",
                text -> Deployment.of(d -> d.imageRepository(text)).imageRepository());
        EXACT.put(
                "image",
                text -> Deployment.of(d -> d.image("core", text)).images().get("core"));
        EXACT.put(
                "service",
                text -> Deployment.of(d -> d.image(text, "x")).images().keySet().stream()
                        .findFirst()
                        .orElseThrow());
        EXACT.put("log size", text -> HarborLog.of(log -> log.rotateSize(text)).rotateSize());
        EXACT.put("metric path", text -> new Metric(9090, text).path());
        EXACT.put(
                "security check",
                text -> Trivy.of(trivy -> trivy.securityCheck(text)).securityCheck());
        EXACT.put(
                "database repository",
                text -> Trivy.of(trivy -> trivy.dbRepository(text))
                        .dbRepository()
                        .orElseThrow());
        EXACT.put(
                "Java database repository",
                text -> Trivy.of(trivy -> trivy.javaDbRepository(text))
                        .javaDbRepository()
                        .orElseThrow());
        EXACT.put(
                "namespace",
                text -> trace(trace -> trace.namespace(text)).namespace().orElseThrow());
        EXACT.put(
                "attribute",
                text -> trace(trace -> trace.attribute(text, "x")).attributes().keySet().stream()
                        .findFirst()
                        .orElseThrow());
        EXACT.put(
                "value of an attribute",
                text -> trace(trace -> trace.attribute("a", text)).attributes().get("a"));
        EXACT.put(
                "Jaeger user",
                text -> new Trace.JaegerCollector(new ServiceUrl("http://h"), Optional.of(text), Optional.empty())
                        .username()
                        .orElseThrow());
        EXACT.put(
                "path of OpenTelemetry",
                text -> ((Trace.Otel) trace(trace -> trace.otel("h", text)).exporter()).urlPath());
        EXACT.put("service URL", text -> new ServiceUrl(text).text());
        EXACT.put("user of the proxy", text -> new OutboundProxy.Credentials(text, S).username());
        EXACT.put(
                "reached directly",
                text -> OutboundProxy.of(proxy -> proxy.http("http://h").noProxy(text))
                        .noProxy()
                        .get(0));
        EXACT.put(
                "share",
                text -> SharedFilesystem.of(share -> share.path("/mnt").source(text))
                        .source());

        CANONICAL.put("host", text -> new Host(text).text());
        CANONICAL.put("host and port", text -> HostPort.parse(text, 1).toString());
        CANONICAL.put("public URL", text -> PublicUrl.parse(text).toString());
        CANONICAL.put("version", text -> HarborVersion.parse(text).toString());
        CANONICAL.put("path", text -> new AbsolutePath(text).text());
        CANONICAL.put("subnet", text -> Subnet.parse(text).toString());
        CANONICAL.put(
                "node address",
                text -> Node.of("n", text).listenPort().isPresent()
                        ? new HostPort(
                                        Node.of("n", text).address(),
                                        Node.of("n", text).listenPort().getAsInt())
                                .toString()
                        : Node.of("n", text).address().text());
        CANONICAL.put(
                "Azure realm",
                text -> AzureStorage.of(
                                a -> a.account("account", S).container("layers").realm(text))
                        .realm()
                        .orElseThrow()
                        .text());
    }

    private static SharedDb db(Consumer<SharedDb.Builder> more) {
        return SharedDb.of(DbKind.MYSQL, db -> more.accept(db.address("h").password(S)));
    }

    private static HarborCfg.Mail mail(String user, String from, String identity) {
        return new HarborCfg.Mail(HostPort.parse("h", 25), user, S, from, false, Optional.of(identity));
    }

    private static HarborCfg.Ldap ldap(String url, String baseDn, String uid, String filter) {
        return new HarborCfg.Ldap(url, baseDn, uid, 3, Optional.empty(), Optional.of(filter));
    }

    private static S3Storage s3(Consumer<S3Storage.Builder> more) {
        return S3Storage.of(s3 -> more.accept(s3.bucket("layers").region("eu-west-1")));
    }

    private static OssStorage oss(Consumer<OssStorage.Builder> more) {
        return OssStorage.of(
                oss -> more.accept(oss.credentials(S, S).region("x").bucket("layers")));
    }

    private static SharedRedis redis(Consumer<SharedRedis.Builder> more) {
        return SharedRedis.of(redis -> more.accept(redis.address("h")));
    }

    private static Trace trace(Consumer<Trace.Builder> more) {
        return Trace.of(trace -> more.accept(trace.jaegerAgent("h")));
    }

    private static SwiftStorage swift(Consumer<SwiftStorage.Builder> more) {
        return SwiftStorage.of(
                swift -> more.accept(swift.authUrl("http://h").user("u", S).container("layers")));
    }

    @Provide
    Arbitrary<String> texts() {
        return AwkwardText.any();
    }

    @Provide
    Arbitrary<String> exactFields() {
        return Arbitraries.of(EXACT.keySet());
    }

    @Provide
    Arbitrary<String> canonicalFields() {
        return Arbitraries.of(CANONICAL.keySet());
    }

    @Property(tries = 6000)
    void aTextIsKeptOrRefused(@ForAll("exactFields") String field, @ForAll("texts") String text) {
        carried(EXACT.get(field), field, text).ifPresent(kept -> {
            assertThat(kept).as(field).isEqualTo(text);
            assertCanBeWritten(kept);
        });
    }

    @Property(tries = 2000)
    void aTextIsPutInOneFormOrRefused(@ForAll("canonicalFields") String field, @ForAll("texts") String text) {
        Function<String, String> maker = CANONICAL.get(field);
        carried(maker, field, text).ifPresent(kept -> {
            assertThat(maker.apply(kept)).as(field).isEqualTo(kept);
            assertCanBeWritten(kept);
        });
    }

    @Property(tries = 300)
    void aCertificateIsKeptOrRefused(@ForAll("texts") String text) {
        ClusterKeys keys = Keys.SET;
        for (String chain : new String[] {text, text + "\n" + keys.tokenCertificate()}) {
            carried(each -> new TlsCertificate.Pem(each, keys.tokenKey()).chain(), "chain", chain)
                    .ifPresent(kept -> assertThat(kept).isEqualTo(chain));
            carried(each -> new PemCertificates(each).text(), "certificates", chain)
                    .ifPresent(kept -> assertThat(kept).isEqualTo(chain));
        }
    }

    /** Drawn when first needed. */
    private static final class Keys {
        static final ClusterKeys SET = ClusterKeys.generate(2048);
    }

    private static Optional<String> carried(Function<String, String> maker, String field, String text) {
        try {
            return Optional.of(maker.apply(text));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .as(field)
                    .matches("[^\\p{Cntrl}]+\\.")
                    .hasSizeLessThan(400)
                    .doesNotContain("Exception", "java.");
            assertCanBeWritten(e.getMessage());
            return Optional.empty();
        }
    }

    private static void assertCanBeWritten(String text) {
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }
}
