package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Clusters of all kinds, sound and unsound, and the calls that describe them. */
public final class ClusterArbitraries {

    /** A text that is in every secret, and nowhere else. */
    public static final String MARKER = "TOP7SECRET";

    private static final List<String> RELEASES =
            List.of("0.4.9", "0.5.0", "0.5.3", "0.6.0", "1.0.0", "1.5.9", "1.6.0", "2.0.0", "2.14.4");
    private static final List<String> URLS = List.of(
            "https://harbor.example.com",
            "http://harbor.example.com",
            "https://harbor.example.com:8443",
            "https://10.0.0.10",
            "https://[2001:db8::10]",
            "https://localhost",
            "http://0.0.0.0:8080");
    private static final List<String> HOSTS = List.of(
            "10.0.0.9",
            "10.0.0.10",
            "10.0.0.11",
            "10.0.0.12",
            "10.0.0.13",
            "127.0.0.1",
            "127.0.0.2",
            "169.254.1.1",
            "2001:db8::10",
            "2001:db8::11",
            "store.example.com",
            "harbor-1",
            "0.0.0.0");

    private ClusterArbitraries() {}

    /** Returns clusters. */
    public static Arbitrary<Cluster> clusters() {
        return descriptions().map(ClusterArbitraries::build);
    }

    /** Returns descriptions: groups of calls, whose order matters within a group only. */
    public static Arbitrary<List<List<Consumer<ClusterBuilder>>>> descriptions() {
        List<Arbitrary<List<Consumer<ClusterBuilder>>>> groups = new ArrayList<>();
        groups.add(one(Arbitraries.of(RELEASES).map(text -> c -> c.harbor(text))));
        groups.add(perhaps(Arbitraries.of(RELEASES).map(text -> c -> c.upgradeFrom(text))));
        groups.add(one(Arbitraries.of(URLS).map(text -> c -> c.publicUrl(text))));
        groups.add(one(Arbitraries.of(true, false).map(inside -> c -> c.privateNetwork(inside))));
        groups.add(nodes());
        groups.add(one(database()));
        groups.add(perhaps(redis()));
        groups.add(perhaps(Arbitraries.of(true, false).map(redirect -> c -> c.redirect(redirect))));
        groups.add(perhaps(Arbitraries.lazy(() -> Arbitraries.of(PartArbitraries.certificate()))
                .map(pem -> c -> c.storageCa(pem))));
        groups.add(perhaps(PartArbitraries.nodeTls().parts().map(tls -> c -> c.nodeTls(tls))));
        groups.add(perhaps(Arbitraries.of(true, false).map(tls -> c -> c.internalTls(tls))));
        groups.add(perhaps(PartArbitraries.deployment().parts().map(deployment -> c -> c.deployment(deployment))));
        groups.add(perhaps(PartArbitraries.harborYml().parts().map(yml -> c -> c.harborYml(yml))));
        groups.add(one(storage().map(kind -> c -> c.storage(kind))));
        groups.add(balancers());
        groups.add(one(secrets().map(secret -> c -> c.adminPassword(secret))));
        groups.add(hosts().list()
                .ofMaxSize(3)
                .map(all -> all.stream()
                        .<Consumer<ClusterBuilder>>map(host -> c -> c.timeServers(host))
                        .toList()));
        groups.add(perhaps(Arbitraries.of("harbor-1", "harbor-2", "gone").map(name -> c -> c.jobserviceOn(name))));
        groups.add(perhaps(harborCfg()));
        groups.add(Arbitraries.of("lb.single-load-balancer", "url.private-address", "no.such-rule", "time.no-servers")
                .set()
                .ofMaxSize(2)
                .map(ids -> ids.stream()
                        .<Consumer<ClusterBuilder>>map(id -> c -> c.waive(id, "accepted in a test"))
                        .toList()));
        return Combinators.combine(groups).as(all -> all);
    }

    /** Makes the cluster by calling group after group. */
    public static Cluster build(List<List<Consumer<ClusterBuilder>>> groups) {
        ClusterBuilder builder = Cluster.builder();
        groups.forEach(group -> group.forEach(call -> call.accept(builder)));
        return builder.build();
    }

    private static Arbitrary<List<Consumer<ClusterBuilder>>> one(Arbitrary<Consumer<ClusterBuilder>> call) {
        return call.map(List::of);
    }

    private static Arbitrary<List<Consumer<ClusterBuilder>>> perhaps(Arbitrary<Consumer<ClusterBuilder>> call) {
        return call.list().ofMaxSize(1);
    }

    private static Arbitrary<String> hosts() {
        return Arbitraries.of(HOSTS);
    }

    /** Returns secrets of all origins, among them such that readers of plain text do not carry. */
    public static Arbitrary<Secret> secrets() {
        Arbitrary<String> values = Arbitraries.of("", "$", " ;", "\"", ",", "é", "x")
                .flatMap(before -> Arbitraries.of("", "y", " ").map(after -> before + MARKER + after));
        return values.flatMap(value -> Arbitraries.of(
                Secret.of(value),
                Secret.literal(value),
                Secret.generated(value),
                Secret.fromEnv("PASSWORD", Map.of("PASSWORD", value)),
                Secret.fromEnv("PASSWORD", Map.of())));
    }

    private static Arbitrary<List<Consumer<ClusterBuilder>>> nodes() {
        return hosts().list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(addresses -> IntStream.range(0, addresses.size())
                        .<Consumer<ClusterBuilder>>mapToObj(i -> c -> c.node("harbor-" + (i + 1), addresses.get(i)))
                        .toList());
    }

    private static Arbitrary<Consumer<ClusterBuilder>> database() {
        return Combinators.combine(hosts(), secrets(), Arbitraries.of("root", "harbor", "a:b", "a$b"))
                .<Consumer<SharedDb.Builder>>as((host, secret, user) ->
                        db -> db.address(host).username(user).password(secret))
                .flatMap(plain -> Arbitraries.oneOf(
                        Arbitraries.just(plain), PartArbitraries.database().descriptions()))
                .map(description -> c -> c.database(description));
    }

    private static Arbitrary<Consumer<ClusterBuilder>> redis() {
        return Combinators.combine(
                        hosts(), secrets().optional(), Arbitraries.integers().between(0, 15))
                .<Consumer<SharedRedis.Builder>>as((host, secret, index) -> redis -> {
                    redis.address(host).sessionDatabase(index);
                    secret.ifPresent(redis::password);
                })
                .flatMap(plain -> Arbitraries.oneOf(
                        Arbitraries.just(plain), PartArbitraries.redis().descriptions()))
                .map(description -> c -> c.redis(description));
    }

    private static Arbitrary<List<Consumer<ClusterBuilder>>> balancers() {
        Arbitrary<Consumer<LoadBalancer.Builder>> options = Arbitraries.of(
                lb -> {},
                lb -> lb.behindProxy(),
                lb -> lb.behindProxy(proxy -> proxy.from("10.0.9.0/24").proxyProtocol()),
                lb -> lb.haproxy("10.0.0.7").affinity(Affinity.COOKIE).http2(),
                lb -> lb.external("lb.example.net").rateLimit(1, 0),
                lb -> lb.tls(TlsMode.PASSTHROUGH).bufferedUploads().maxBodySize(1),
                lb -> lb.timeouts(t -> t.upload(Duration.ofSeconds(1)).answer(Duration.ofHours(1))),
                lb -> lb.healthCheck(check -> check.ping().fall(20).interval(Duration.ofMinutes(5))),
                lb -> lb.programVersion("1.26").statusPort(443),
                lb -> lb.tls(TlsMode.PLAIN_HTTP),
                lb -> lb.affinity(Affinity.NONE),
                lb -> lb.tls(TlsMode.PLAIN_HTTP).behindProxy().affinity(Affinity.NONE),
                lb -> lb.redirectPort(443),
                lb -> lb.name("lb-1").port(8443).tlsProfile(TlsProfile.MODERN));
        Arbitrary<Consumer<ClusterBuilder>> balancer = Combinators.combine(hosts(), options)
                .as((host, more) -> c -> c.loadBalancer(lb -> more.accept(lb.nginx(host))));
        return balancer.list().ofMinSize(1).ofMaxSize(3);
    }

    /** Returns blob stores of every kind. */
    public static Arbitrary<Storage> storage() {
        return Combinators.combine(
                        hosts(), secrets(), secrets(), Arbitraries.integers().between(0, 6))
                .as((host, key, secret, kind) -> switch (kind) {
                    case 0 -> S3Storage.of(s3 -> s3.bucket("layers").region("eu-west-1"));
                    case 1 ->
                        S3Storage.of(s3 -> s3.bucket("layers")
                                .region("mars-1")
                                .credentials(key, secret)
                                .rootDirectory("/a \"b\""));
                    case 2 ->
                        AzureStorage.of(azure -> azure.account("account", key).container("layers"));
                    case 3 -> GcsStorage.of(gcs -> gcs.bucket("layers").keyFile("/etc/gcs.json"));
                    case 4 ->
                        OssStorage.of(oss -> oss.credentials(key, secret)
                                .region("oss-cn-beijing")
                                .bucket("layers")
                                .endpoint(host));
                    case 5 ->
                        SwiftStorage.of(swift -> swift.authUrl("https://" + new Host(host).urlText() + "/v3")
                                .user("harbor", key)
                                .container("layers")
                                .tempUrlKeys(key, secret));
                    default ->
                        SharedFilesystem.of(
                                share -> share.path("/mnt/harbor").source(new Host(host).urlText() + ":/export"));
                });
    }

    private static Arbitrary<Consumer<ClusterBuilder>> harborCfg() {
        return Combinators.combine(secrets(), secrets())
                .as((mailPassword, searchPassword) -> c -> c.harborCfg(cfg -> cfg.tokenExpiration(60)
                        .mail(new HarborCfg.Mail(
                                HostPort.parse("mail.example.com", 25),
                                "harbor",
                                mailPassword,
                                "admin <harbor@example.com>",
                                true,
                                Optional.of("identity")))
                        .ldap(new HarborCfg.Ldap(
                                "ldaps://ldap.example.com",
                                "dc=example",
                                "uid",
                                3,
                                Optional.of(new HarborCfg.SearchUser("cn=search", searchPassword)),
                                Optional.of("(objectClass=person)")))));
    }
}
