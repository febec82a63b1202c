package dev.harborha.testing;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.DbKind;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Host;
import dev.harborha.model.HostPort;
import dev.harborha.model.Node;
import dev.harborha.model.NodeTls;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.Storage;
import dev.harborha.model.VersionRange;
import dev.harborha.model.Waiver;
import dev.harborha.secret.Secret;
import dev.harborha.validation.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Clusters of one to five nodes with every part and every option of the model. */
public final class Clusters {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final List<String> RELEASES =
            List.of("0.5.0", "v0.4.5", "1.6.0", "2.0.0", "2.5.6", "2.9.5", "2.14.4", "2.15.2", "9999.0.1");

    private static final List<HarborVersion> RELEASES_OF_2 = HarborVersion.SUPPORTED.stream()
            .filter(VersionRange.since("2.0.0")::contains)
            .toList();

    private Clusters() {}

    /**
     * Returns clusters of every supported release that no rule calls an error and whose secrets all have values, so that they
     * can be rendered. Free texts are as awkward as those who read them allow.
     */
    public static Arbitrary<Cluster> sound() {
        return Arbitraries.frequencyOf(Tuple.of(1, sound05()), Tuple.of(2, sound2x()));
    }

    /** Returns those of {@link #sound()} that run Harbor 0.5. */
    public static Arbitrary<Cluster> sound05() {
        return Combinators.combine(
                        soundUrls(),
                        soundNodes(),
                        Redises.plain(Secrets.resolved(
                                        Texts.carriedBy(ValueReader.COMPOSE_ENV, ValueReader.REDIS_SESSION)))
                                .optional(),
                        Balancers.any().list().ofMinSize(1).ofMaxSize(3),
                        Databases.plain(
                                Arbitraries.of(DbKind.MYSQL),
                                Texts.carriedBy(ValueReader.COMPOSE_ENV, ValueReader.MYSQL_USER),
                                Secrets.resolved(Texts.carriedBy(ValueReader.HARBOR_CFG, ValueReader.COMPOSE_ENV))),
                        Storages.with(Secrets.resolved(Texts.any())),
                        rest(Secrets.resolved(Texts.carriedBy(ValueReader.HARBOR_CFG, ValueReader.COMPOSE_ENV))),
                        HarborCfgs.with(
                                Texts.carriedBy(ValueReader.HARBOR_CFG, ValueReader.APP_CONF, ValueReader.COMPOSE_ENV),
                                Secrets.resolved(Texts.carriedBy(
                                        ValueReader.HARBOR_CFG, ValueReader.APP_CONF, ValueReader.COMPOSE_ENV))))
                .as((place, nodes, redis, balancers, database, storage, rest, cfg) -> {
                    ClusterBuilder builder = common(database, redis, storage, rest)
                            .harborCfg(cfg)
                            .harbor("0.5.0")
                            .publicUrl(place.url())
                            .privateNetwork(place.isPrivate());
                    nodes.forEach(builder::node);
                    for (int i = 0; i < balancers.size(); i++) {
                        builder.loadBalancer(balancers.get(i).soundAt(i + 1, redis.isPresent(), false));
                    }
                    rest.jobservice()
                            .ifPresent(number -> builder.jobserviceOn(
                                    nodes.get(number % nodes.size()).name()));
                    return builder.build();
                });
    }

    /** Returns those of {@link #sound()} that run Harbor 2.x, delivered in both ways. */
    public static Arbitrary<Cluster> sound2x() {
        return Combinators.combine(Arbitraries.of(RELEASES_OF_2), Arbitraries.of(Delivery.class))
                .flatAs((release, delivery) -> sound2x(release, delivery));
    }

    /** Returns those of {@link #sound2x()} that run the given release. */
    public static Arbitrary<Cluster> sound2x(HarborVersion release, Delivery delivery) {
        Carried carried = new Carried(release, delivery);
        return Combinators.combine(
                        soundUrls(),
                        soundNodes(),
                        Redises.fitting(release, carried.redisUsers(), carried.redisPasswords())
                                .filter(redis -> delivery == Delivery.COMPLETE || !hasSentinelOnIpv6(redis)),
                        Balancers.any().list().ofMinSize(1).ofMaxSize(3),
                        Databases.fitting(release, carried.databaseUsers(), carried.databasePasswords()),
                        Storages.with2x(Secrets.resolved(Texts.any())),
                        rest(carried.secrets()),
                        parts2x(release, carried.lines(), carried.secrets())
                                .filter(parts -> carried.carries(parts.harborYml())))
                .as((place, nodes, redis, balancers, database, storage, rest, parts) -> {
                    ClusterBuilder builder = common(database, Optional.of(redis), storage, rest)
                            .harbor(release)
                            .publicUrl(place.url())
                            .privateNetwork(place.isPrivate());
                    nodes.forEach(builder::node);
                    for (int i = 0; i < balancers.size(); i++) {
                        builder.loadBalancer(balancers.get(i).soundAt(i + 1, true, true));
                    }
                    if (balancers.size() > 1) {
                        builder.aliases("registry.example.net")
                                .virtualIp(vip -> vip.address("10.2.0.200/16").networkInterface("eth0"));
                    }
                    parts.deliveredBy(delivery).addTo(builder);
                    Cluster cluster = builder.build();
                    return sendsClientsInside(cluster) ? builder.redirect(false).build() : cluster;
                });
    }

    /** Clients outside would be sent to a private address for layers. */
    private static boolean sendsClientsInside(Cluster cluster) {
        return cluster.redirectsToStorage()
                && !cluster.privateNetwork()
                && cluster.storage() instanceof S3Storage s3
                && s3.endpoint()
                        .filter(url -> url.host().isPrivate() || url.host().isLoopback())
                        .isPresent();
    }

    /** Harbor's {@code prepare} cannot tell such an address from its port. */
    private static boolean hasSentinelOnIpv6(SharedRedis redis) {
        return redis.endpoint() instanceof RedisEndpoint.Sentinel sentinel
                && sentinel.sentinels().stream().anyMatch(place -> place.host().isIpv6());
    }

    /**
     * Returns clusters of whatever the model takes, sound or not: any release, clashing names and addresses, every awkward
     * text, secrets without a value.
     */
    public static Arbitrary<Cluster> any() {
        Arbitrary<Secret> secrets = Secrets.any(Texts.any());
        return Combinators.combine(
                        Combinators.combine(urls(), FLAG).as(Place::new),
                        Combinators.combine(names(), places())
                                .as(Node::of)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5),
                        Redises.any(Texts.line(), secrets).optional(),
                        Combinators.combine(Balancers.any(), hosts())
                                .as((chosen, address) -> chosen.at("lb-1", address))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Databases.any(Texts.line(), secrets),
                        Storages.with2x(secrets),
                        Combinators.combine(
                                        rest(secrets), Arbitraries.of(RELEASES), HarborCfgs.with(Texts.line(), secrets))
                                .as(Versioned::new),
                        parts2x(Fit.NONE, Texts.line(), secrets))
                .as((place, nodes, redis, balancers, database, storage, versioned, parts) -> {
                    Rest rest = versioned.rest();
                    ClusterBuilder builder = common(database, redis, storage, rest)
                            .harborCfg(versioned.cfg())
                            .harbor(versioned.version())
                            .publicUrl(place.url())
                            .privateNetwork(place.isPrivate());
                    nodes.forEach(builder::node);
                    balancers.forEach(builder::loadBalancer);
                    if (place.isPrivate()) {
                        builder.aliases("registry.example.com", "10.9.9.9")
                                .virtualIp(vip -> vip.address("10.2.0.200/16")
                                        .networkInterface("eth0")
                                        .routerId(51)
                                        .password(Secret.of("vrrpPw1x")));
                        builder.drain(nodes.get(0).name());
                    }
                    rest.jobservice().ifPresent(number -> builder.jobserviceOn("harbor-" + number));
                    parts.addTo(builder);
                    return builder.build();
                });
    }

    /**
     * Returns what only clusters of Harbor 2.x have, as far as the given release knows it and without what hurts several nodes;
     * every secret of the free choice is one of {@code secrets}, every free text one of {@code texts}.
     */
    public static Arbitrary<Parts2x> parts2x(
            HarborVersion release, Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        return parts2x(Fit.to(release), texts, secrets);
    }

    private static Arbitrary<Parts2x> parts2x(Fit fit, Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        Arbitrary<NodeTls> tls = fit.release().map(NodeTlses::fitting).orElseGet(NodeTlses::any);
        Arbitrary<HarborYml> yml = fit.release()
                .map(release -> HarborYmls.fitting(release, texts, secrets))
                .orElseGet(() -> HarborYmls.any(texts, secrets));
        return Combinators.combine(
                        releasesBefore(fit).optional(),
                        FLAG.optional(),
                        Pems.ofAuthorities(fit).optional(),
                        tls.optional(),
                        FLAG,
                        fit.choose(Deployments.any(), Deployments.fitting()),
                        yml)
                .as(Parts2x::new);
    }

    /** Returns any release where anything goes, else one of the same line that is not newer. */
    private static Arbitrary<HarborVersion> releasesBefore(Fit fit) {
        return fit.release()
                .map(release -> Arbitraries.of(release.supportedOfLine().stream()
                        .filter(before -> !release.isBefore(before))
                        .toList()))
                .orElseGet(() -> Arbitraries.of(RELEASES).map(HarborVersion::parse));
    }

    private static ClusterBuilder common(SharedDb database, Optional<SharedRedis> redis, Storage storage, Rest rest) {
        ClusterBuilder builder = Cluster.builder()
                .database(database)
                .storage(storage)
                .adminPassword(rest.adminPassword())
                .timeServers(rest.timeServers().toArray(String[]::new));
        redis.ifPresent(builder::redis);
        rest.waivers().forEach(waiver -> builder.waive(waiver.ruleId(), waiver.reason()));
        return builder;
    }

    private record Place(PublicUrl url, boolean isPrivate) {}

    private record Rest(
            Secret adminPassword, List<String> timeServers, List<Waiver> waivers, Optional<Integer> jobservice) {}

    private record Versioned(Rest rest, String version, HarborCfg cfg) {}

    private static Arbitrary<Place> soundUrls() {
        Arbitrary<String> open = Arbitraries.of(
                "https://harbor.example.com", "https://[2001:4860::1]:8443", "http://reg.example.org:8080");
        Arbitrary<String> closed =
                Arbitraries.of("https://registry.internal", "http://10.3.0.1", "https://[fd00::3]:444");
        return Arbitraries.oneOf(
                Combinators.combine(open, FLAG).as((url, inside) -> new Place(PublicUrl.parse(url), inside)),
                closed.map(url -> new Place(PublicUrl.parse(url), true)));
    }

    private static Arbitrary<PublicUrl> urls() {
        return Arbitraries.of(
                        "https://harbor.example.com",
                        "http://localhost",
                        "https://10.1.0.1:8443",
                        "http://[::1]:1",
                        "HTTPS://a:80")
                .map(PublicUrl::parse);
    }

    /** Nodes whose names and addresses differ, on IPv4, IPv6 or DNS names. */
    private static Arbitrary<List<Node>> soundNodes() {
        Arbitrary<String> prefix = Arbitraries.of("harbor-", "n", "0", "a-very-long-name-that-still-is-one-label-");
        Arbitrary<Integer> port = Arbitraries.of(80, 80, 8080, 1, 65_535);
        Arbitrary<String> network = Arbitraries.of("10.1.0.", "2001:db8:1::", "node.example.net");
        return Combinators.combine(prefix, network, port.list().ofMinSize(1).ofMaxSize(5))
                .as((name, net, ports) -> {
                    List<Node> nodes = new ArrayList<>();
                    for (int i = 1; i <= ports.size(); i++) {
                        String host = net.endsWith("net") ? "h" + i + "." + net : net + i;
                        Host address = HostPort.parse(host, 80).host();
                        nodes.add(new Node(name + i, address, OptionalInt.of(ports.get(i - 1))));
                    }
                    return nodes;
                });
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("harbor-1", "harbor-2"),
                Arbitraries.strings()
                        .withChars("abc019-")
                        .ofMinLength(1)
                        .ofMaxLength(63)
                        .filter(Clusters::isLabel));
    }

    private static boolean isLabel(String text) {
        return !text.startsWith("-") && !text.endsWith("-");
    }

    private static Arbitrary<String> hosts() {
        return Arbitraries.of(
                "10.1.0.1", "10.1.0.2", "127.0.0.1", "::1", "fe80::1", "0.0.0.0", "Db.Example.COM", "harbor-1", "::");
    }

    private static Arbitrary<String> places() {
        return Combinators.combine(hosts(), Arbitraries.of(0, 80, 3306, 5432, 6379, 65_535))
                .as((host, port) -> {
                    String bracketed = host.contains(":") ? "[" + host + "]" : host;
                    return port == 0 ? bracketed : bracketed + ":" + port;
                });
    }

    private static Arbitrary<Rest> rest(Arbitrary<Secret> adminPasswords) {
        Arbitrary<Waiver> waivers = Combinators.combine(
                        Arbitraries.of("lb.single-load-balancer", "time.no-servers", "no.such-rule"),
                        Texts.line().filter(text -> !text.isBlank()))
                .as(Waiver::new);
        return Combinators.combine(
                        adminPasswords,
                        Arbitraries.of("ntp1.example.com", "10.9.0.3", "2001:db8:9::3")
                                .list()
                                .ofMaxSize(3),
                        waivers.list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 4).optional())
                .as(Rest::new);
    }
}
