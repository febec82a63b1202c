package dev.harborha.model;

import dev.harborha.keys.Authority;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * Clusters in which no rule finds an error, of every supported release and with parts of every kind. They are sound by
 * construction: what a release does not have is not said, addresses come from ranges that do not meet, budgets are computed
 * from what they must hold. Nothing is drawn and thrown away.
 */
public final class SoundClusters {

    /**
     * What a sound cluster may be warned of: it has one node or one load balancer, its load balancers hand TLS through, or its
     * release has a known fault.
     */
    public static final Set<String> WARNINGS = Set.of(
            "node.fewer-than-two", "lb.single-load-balancer", "lb.passthrough-repeats-nothing", "version.known-bad");

    /** What may be noted of a sound cluster; every other rule is silent. */
    public static final Set<String> NOTES = Set.of(
            "db.authority-unknown",
            "db.connection-in-clear",
            "db.idle-in-transaction-timeout-undeclared",
            "db.max-connections-undeclared",
            "db.server-not-verified",
            "jobservice.on-every-node",
            "lb.session-affinity-off",
            "log.spread-over-nodes",
            "node.tls-not-verified",
            "quota.updated-in-database",
            "redis.open-to-all",
            "redis.password-in-clear",
            "redis.sentinels-want-password",
            "registry.abandoned-uploads-stay",
            "secret.unresolved",
            "storage.authority-unknown",
            "storage.carries-all-traffic",
            "storage.endpoint-in-clear",
            "storage.files-need-an-owner",
            "storage.many-copies-at-once",
            "storage.redirect-to-own-endpoint",
            "storage.sharing-unproven",
            "trivy.downloads-on-each-node",
            "url.address-instead-of-name",
            "version.no-longer-maintained",
            "version.upgrade-keeps-keys",
            "version.webhooks-repeat");

    private static final HarborVersion OLD = HarborVersion.parse("0.5.0");
    private static final List<String> OUTSIDE = List.of(
            "https://harbor.example.com",
            "https://harbor.example.com:8443",
            "https://198.51.100.7",
            "https://[2001:db8:cafe::7]:8443");
    private static final List<String> INSIDE = List.of("https://harbor.corp", "https://192.168.7.10:8443");

    /** How many answers are drawn for a cluster, which is more than it asks. */
    private static final int ANSWERS = 150;

    private SoundClusters() {}

    /** Drawn when first needed: an authority, and a certificate for every public host. */
    private static final class Tls {
        static final Authority CA = Authority.of("CA of the sound clusters");
        static final String ROOT = CA.root();
        static final Authority.Pair PAIR = CA.issueWithRsa(
                "harbor.example.com", "harbor.corp", "198.51.100.7", "192.168.7.10", "2001:db8:cafe::7");
    }

    /** Returns the authority of {@link #pair()}. */
    public static Authority authority() {
        return Tls.CA;
    }

    /** Returns the certificate that is for the public host of every sound cluster, and its key. */
    public static Authority.Pair pair() {
        return Tls.PAIR;
    }

    /** Returns sound clusters of all supported releases. */
    public static Arbitrary<Cluster> clusters() {
        return of(release -> true);
    }

    /**
     * Returns sound clusters of some of the supported releases. Where they are among several, 0.5 and the newest three lines
     * are drawn more often than others.
     */
    public static Arbitrary<Cluster> of(Predicate<HarborVersion> releases) {
        List<HarborVersion> some = supported(releases);
        if (some.isEmpty()) {
            throw new IllegalArgumentException("No supported release is asked for.");
        }
        List<HarborVersion> old = supported(releases.and(release -> release.equals(OLD)));
        List<HarborVersion> newest = supported(releases.and(release ->
                release.major() == 2 && release.minor() > HarborVersion.newest().minor() - 3));
        return answers().map(answers -> {
            Answers drawn = new Answers(answers);
            List<HarborVersion> group = switch (drawn.below(5)) {
                case 2, 3 -> newest;
                case 4 -> old;
                default -> some;
            };
            return new Plan(drawn, drawn.one(group.isEmpty() ? some : group)).cluster();
        });
    }

    private static List<HarborVersion> supported(Predicate<HarborVersion> releases) {
        return HarborVersion.SUPPORTED.stream().filter(releases).toList();
    }

    private static Arbitrary<List<Integer>> answers() {
        return Arbitraries.integers()
                .between(0, 9999)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofSize(ANSWERS);
    }

    /** Answers to the questions that a plan asks, drawn beforehand; the smallest one is the plainest. */
    private static final class Answers {

        private final List<Integer> drawn;
        private int next;

        Answers(List<Integer> drawn) {
            this.drawn = drawn;
        }

        int below(int bound) {
            return drawn.get(next++) % bound;
        }

        int between(int least, int most) {
            return least + below(most - least + 1);
        }

        boolean perhaps() {
            return below(2) == 1;
        }

        boolean seldom() {
            return below(10) == 9;
        }

        <T> T one(List<T> all) {
            return all.get(below(all.size()));
        }

        @SafeVarargs
        @SuppressWarnings("varargs")
        final <T> T one(T... all) {
            return one(List.of(all));
        }
    }

    /** How the machines are named: by addresses of either family or by names, in ranges that do not meet. */
    private enum Network {
        IPV4,
        IPV6,
        NAMES;

        String node(int number) {
            return address(1, "node", number);
        }

        String balancer(int number) {
            return address(100, "edge", number);
        }

        String server(String name, int number) {
            return address(200, name, number);
        }

        private String address(int range, String name, int number) {
            return switch (this) {
                case IPV4 -> "10.0." + range + "." + number;
                case IPV6 -> "2001:db8:" + range + "::" + number;
                case NAMES -> name + "-" + number + ".example.net";
            };
        }

        static String withPort(String host, int port) {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** What is decided before the parts are described. */
    private static final class Plan {

        private final Answers answers;
        private final HarborVersion release;
        private final Network network;
        private final int nodes;
        private final boolean inside;
        private final PublicUrl publicUrl;
        private final Host publicHost;
        private final boolean redis;
        private final boolean sentinels;
        private final int maxOpenConns;
        private final boolean metric;
        private final boolean nodeTls;
        private final boolean internalTls;

        Plan(Answers answers, HarborVersion release) {
            this.answers = answers;
            this.release = release;
            this.network = answers.one(Network.values());
            this.nodes = answers.one(2, 3, 2, 5, 1, 3, 2, 9);
            this.inside = answers.below(4) == 3;
            this.publicUrl = PublicUrl.parse(answers.one(inside ? INSIDE : OUTSIDE));
            this.publicHost = publicUrl.host();
            this.redis = !isOld() || answers.perhaps();
            this.sentinels = knowsSentinels() && answers.below(3) == 2;
            this.maxOpenConns = isOld() ? 50 : answers.one(50, 100, 31, 200);
            this.metric = since("2.2.0") && answers.perhaps();
            this.nodeTls = !isOld() && answers.below(3) == 2;
            this.internalTls = !isOld() && answers.below(3) == 2;
        }

        private boolean isOld() {
            return release.major() < 2;
        }

        private boolean since(String version) {
            return !release.isBefore(HarborVersion.parse(version));
        }

        /** Tells of a change that was carried back, too: a later patch of the first line has it, and the second since its own. */
        private boolean since(String carriedBack, String version) {
            HarborVersion first = HarborVersion.parse(carriedBack);
            return since(version) || (release.line().equals(first.line()) && since(carriedBack));
        }

        private boolean isLine(String line) {
            return release.line().equals(line);
        }

        Cluster cluster() {
            return Cluster.of(c -> {
                c.harbor(release).publicUrl(publicUrl);
                c.privateNetwork(inside || answers.seldom());
                for (int i = 1; i <= nodes; i++) {
                    String address = network.node(i);
                    c.node("harbor-" + i, answers.below(4) == 3 ? Network.withPort(address, 8080) : address);
                }
                upgrade(c);
                c.database(this::database);
                if (redis) {
                    c.redis(this::redis);
                }
                storage(c);
                balancers(c);
                c.adminPassword(secret("admin"));
                for (int i = answers.between(2, 4); i > 0; i--) {
                    c.timeServers(network.server("ntp", 50 + i));
                }
                if (isOld()) {
                    old(c);
                } else {
                    recent(c);
                }
                if (nodes > 1 && answers.below(6) == 5) {
                    c.waive("storage.carries-all-traffic", "the store was measured");
                }
            });
        }

        /** Every secret is another one, long, of characters that each reader takes, and of any origin but a file in clear. */
        private Secret secret(String what) {
            String value = "secret-of-" + what + "-" + answers.below(10_000);
            return switch (answers.below(6)) {
                case 3 -> Secret.generated(value);
                case 4 -> Secret.fromEnv("HARBOR_SECRET", Map.of("HARBOR_SECRET", value));
                case 5 -> Secret.fromEnv("HARBOR_SECRET", Map.of());
                default -> Secret.of(value);
            };
        }

        /** Goes back by three lines at most, and not over a release that dropped something. */
        private void upgrade(ClusterBuilder c) {
            List<HarborVersion> before = supported(from -> from.major() == release.major()
                    && !release.isBefore(from)
                    && from.minor() >= release.minor() - 3
                    && List.of("2.2.0", "2.8.0", "2.9.0").stream()
                            .allMatch(drop -> !since(drop) || !from.isBefore(HarborVersion.parse(drop))));
            HarborVersion from = answers.one(before);
            if (answers.below(4) == 3) {
                c.upgradeFrom(from);
            }
        }

        private void database(SharedDb.Builder db) {
            String host = network.server("sql", 1);
            db.address(answers.perhaps() ? Network.withPort(host, 13_306) : host)
                    .password(secret("database"));
            if (answers.perhaps()) {
                db.username("harbor_" + answers.below(100)).name("registry_" + answers.below(100));
            }
            if (isOld()) {
                return;
            }
            db.maxOpenConns(maxOpenConns);
            if (answers.below(4) > 0) {
                db.maxConnections(nodes * (metric ? 3 : 2) * maxOpenConns + 10 + answers.one(0, 7, 1000));
            }
            if (answers.below(4) > 0) {
                db.idleInTransactionTimeout(Duration.ofSeconds(answers.one(30, 10, 60)));
            }
            switch (answers.below(5)) {
                case 1 -> db.sslMode(SslMode.REQUIRE);
                case 2 -> db.sslMode(SslMode.VERIFY_CA).ca(Tls.ROOT);
                case 3 -> db.sslMode(SslMode.VERIFY_FULL).ca(Tls.ROOT);
                case 4 -> db.sslMode(SslMode.VERIFY_FULL);
                default -> {}
            }
            if (answers.perhaps()) {
                db.serverVersion(since("2.9.0") ? answers.one("12", "15.4") : answers.one("9.6", "10", "13"));
            }
            db.pooler(answers.one(Pooler.NONE, Pooler.SESSION));
            if (since("2.7.0") && answers.perhaps()) {
                db.connMaxLifetime(Duration.ofMinutes(answers.between(1, 60)))
                        .connMaxIdleTime(Duration.ofMinutes(answers.between(0, 5)));
            }
        }

        private boolean knowsSentinels() {
            return since("2.1.0")
                    && !isLine("2.13")
                    && !release.equals(HarborVersion.parse("2.5.0"))
                    && !release.equals(HarborVersion.parse("2.6.0"));
        }

        private void redis(SharedRedis.Builder r) {
            if (sentinels) {
                List<String> places = new ArrayList<>();
                for (int i = answers.one(3, 5); i > 0; i--) {
                    places.add(network.server("sentinel", 10 + i));
                }
                r.sentinel("mymaster", places.toArray(String[]::new));
            } else {
                String host = network.server("redis", 2);
                r.address(answers.perhaps() ? Network.withPort(host, 6380) : host);
            }
            boolean password = answers.perhaps();
            if (password) {
                r.password(secret("redis"));
            }
            if (isOld()) {
                r.sessionDatabase(answers.below(16)).poolSize(answers.between(1, 200));
                return;
            }
            if (password && since("2.8.0") && answers.perhaps()) {
                r.username("harbor");
                if (!since("2.15.0") || answers.perhaps()) {
                    r.registryAsDefaultUser();
                }
            }
            if (since("2.13.0") && answers.perhaps()) {
                if (answers.perhaps()) {
                    r.tls(Tls.ROOT);
                } else {
                    r.tls();
                }
            }
            int first = answers.between(1, 9);
            r.registryDatabase(first).jobserviceDatabase(first + 1).trivyDatabase(first + 2);
            if (since("2.7.3", "2.8.4") && answers.perhaps()) {
                r.harborDatabase(first + 3).cacheLayerDatabase(first + 4);
            }
            r.idleTimeout(Duration.ofSeconds(answers.between(1, 60)));
            if (answers.perhaps()) {
                r.serverVersion(answers.one("6.0", "7.2.4"));
                r.evictionPolicy(EvictionPolicy.NOEVICTION);
                r.persistence(answers.one(RedisPersistence.AOF, RedisPersistence.RDB, RedisPersistence.RDB_AND_AOF));
            }
        }

        private void storage(ClusterBuilder c) {
            Optional<Boolean> redirect = answers.one(Optional.empty(), Optional.of(false), Optional.of(true));
            int kind = answers.below(10);
            switch (kind) {
                case 5 ->
                    c.azure(azure -> azure.account("harbor", secret("azure")).container("layers"));
                case 6 ->
                    c.gcs(gcs -> {
                        gcs.bucket("layers");
                        if (!isOld()) {
                            gcs.maxConcurrency(50);
                        }
                    });
                case 7 ->
                    c.oss(oss -> oss.credentials(secret("oss-id"), secret("oss-key"))
                            .region("oss-cn-beijing")
                            .bucket("layers")
                            .endpoint("oss.example.net"));
                case 8 ->
                    c.swift(swift -> {
                        swift.authUrl("https://keystone.example.net:5000/v3")
                                .user("harbor", secret("swift"))
                                .container("layers");
                        if (!isOld()) {
                            swift.tenantDomain("default");
                        }
                    });
                case 9 ->
                    c.sharedFilesystem(files -> files.path(answers.one("/mnt/harbor", "/data/registry"))
                            .source("nfs.example.net:/export/harbor"));
                default -> {}
            }
            boolean clientsReachIt = kind >= 5 || s3(c);
            if (isOld()) {
                return;
            }
            if (answers.below(3) == 2) {
                c.storageCa(Tls.ROOT);
            }
            redirect.filter(sends -> !sends || clientsReachIt).ifPresent(c::redirect);
        }

        /** Tells whether clients may be sent to the store: it is Amazon's, or speaks https where they are. */
        private boolean s3(ClusterBuilder c) {
            Optional<String> endpoint = answers.perhaps()
                    ? Optional.of(answers.one(
                            "https://minio.example.com:9000",
                            "http://minio.example.com:9000",
                            "https://10.0.200.40:9000",
                            "https://minio.internal"))
                    : Optional.empty();
            c.s3(s3 -> {
                s3.bucket("layers").region(isOld() ? answers.one("eu-west-1", "cn-north-1") : "eu-north-1");
                endpoint.ifPresent(s3::endpoint);
                if (answers.perhaps()) {
                    s3.credentials(secret("access-key"), secret("secret-key"));
                }
                if (answers.perhaps()) {
                    s3.rootDirectory("/harbor").storageClass("STANDARD").secure(true);
                }
                if (!isOld() && answers.perhaps()) {
                    s3.multipartCopyMaxConcurrency(answers.between(1, 50))
                            .v4Auth(true)
                            .skipVerify(false);
                }
            });
            return endpoint.map(url -> new StorageUrl(url))
                    .map(url -> url.https() && (inside || !url.host().isPrivate()))
                    .orElse(true);
        }

        private void balancers(ClusterBuilder c) {
            boolean pem = answers.seldom();
            Secret key = Secret.of(Tls.PAIR.key());
            boolean through = nodeTls && answers.below(4) == 3;
            int count = answers.one(2, 1, 3, 2);
            for (int i = count; i > 0; i--) {
                int number = i;
                boolean haproxy = answers.below(3) == 2;
                c.loadBalancer(lb -> {
                    if (haproxy) {
                        lb.haproxy(network.balancer(number));
                    } else {
                        lb.nginx(network.balancer(number));
                    }
                    if (answers.perhaps()) {
                        lb.name("edge-" + number);
                    }
                    if (answers.perhaps()) {
                        lb.redirectPort(8080);
                    }
                    if (answers.below(4) == 3) {
                        lb.port(9443);
                    }
                    if (answers.seldom()) {
                        lb.healthCheck(check -> check.interval(Duration.ofSeconds(answers.between(1, 4))));
                    }
                    if (through) {
                        lb.tls(TlsMode.PASSTHROUGH).affinity(answers.one(Affinity.SOURCE, Affinity.LEAST_CONNECTIONS));
                        return;
                    }
                    lb.tlsProfile(answers.one(TlsProfile.values()));
                    affinity(lb, haproxy);
                    if (pem) {
                        lb.certificatePem(Tls.PAIR.certificate(), key);
                    } else if (answers.perhaps()) {
                        lb.certificate("/etc/ssl/harbor.pem", "/etc/ssl/harbor." + (haproxy ? "pem" : "key"));
                    }
                });
            }
            if (count > 1 && network == Network.IPV4 && !publicHost.isIpv6() && answers.perhaps()) {
                c.virtualIp(vip -> {
                    vip.address(publicHost.isAddress() ? publicHost.text() + "/32" : "10.0.100.250/24")
                            .networkInterface("eth0");
                    if (answers.perhaps()) {
                        vip.password(Secret.of("vrrp" + answers.below(10_000)));
                    }
                });
            }
        }

        /** Where sessions are not shared, each client keeps its node. */
        private void affinity(LoadBalancer.Builder lb, boolean haproxy) {
            int kind = answers.below(6);
            if (kind == 2) {
                lb.affinity(haproxy ? Affinity.COOKIE : Affinity.SOURCE);
            } else if (kind > 2 && redis) {
                lb.affinity(kind == 3 ? Affinity.LEAST_CONNECTIONS : Affinity.NONE);
                if (kind == 5) {
                    lb.behindProxy().tls(TlsMode.PLAIN_HTTP);
                }
            }
        }

        /** What only 0.5 has. */
        private void old(ClusterBuilder c) {
            if (answers.perhaps()) {
                c.jobserviceOn("harbor-" + answers.between(1, nodes));
            }
            c.harborCfg(cfg -> {
                cfg.selfRegistration(answers.perhaps()).maxJobWorkers(answers.between(1, 9));
                if (answers.perhaps()) {
                    cfg.mail(new HarborCfg.Mail(
                            HostPort.parse("mail.example.net", 25),
                            "harbor",
                            secret("mail"),
                            "harbor@example.net",
                            answers.perhaps(),
                            Optional.of("identity")));
                }
                if (answers.perhaps()) {
                    cfg.ldap(new HarborCfg.Ldap(
                            "ldaps://ldap.example.net",
                            "dc=example",
                            "uid",
                            3,
                            Optional.of(new HarborCfg.SearchUser("cn=search", secret("directory"))),
                            Optional.empty()));
                }
            });
        }

        /** What only 2.x has. */
        private void recent(ClusterBuilder c) {
            if (nodeTls) {
                c.nodeTls(tls -> {
                    tls.httpPort(answers.one(80, 8081));
                    if (answers.seldom()) {
                        tls.certificatePem(Tls.PAIR.certificate(), Secret.of(Tls.PAIR.key()));
                    }
                    if (answers.perhaps()) {
                        tls.ca(Tls.ROOT);
                    }
                    tls.strongSslCiphers(since("2.9.3", "2.10.1") && answers.perhaps());
                });
            }
            c.internalTls(internalTls);
            c.deployment(d -> {
                boolean installer = answers.perhaps() && !(sentinels && network == Network.IPV6);
                d.delivery(installer ? Delivery.INSTALLER : Delivery.COMPLETE).installDir("/opt/harbor");
                if (answers.perhaps()) {
                    d.dataVolume("/srv/harbor");
                }
                if (answers.perhaps()) {
                    d.image("core", "registry.example.com/mirror/harbor-core:v" + release);
                }
                if (answers.perhaps()) {
                    d.image("portal", "registry.example.com/mirror/harbor-portal@sha256:" + "0".repeat(64));
                }
                if (answers.perhaps()) {
                    d.subnet(answers.one("172.28.0.0/16", "fd00:77::/64"));
                }
            });
            c.harborYml(this::harborYml);
        }

        private void harborYml(HarborYml.Builder yml) {
            yml.jobservice(this::jobservice);
            yml.notification(answers.between(0, 10), since("2.8.0") ? answers.between(1, 9) : 3);
            yml.log(log -> {
                log.level(answers.one(LogLevel.values()));
                if (answers.perhaps()) {
                    log.externalEndpoint(HarborLog.Protocol.TCP, "syslog.example.net:514");
                }
            });
            if (answers.perhaps()) {
                yml.trivy(this::trivy);
            }
            if (metric) {
                yml.metric(answers.one(9090, 9100), "/metrics");
            }
            if (since("2.4.0") && answers.perhaps()) {
                yml.trace(trace -> trace.jaegerAgent("jaeger.example.net").attribute("site", "north"));
            }
            if (since("2.6.0") && answers.perhaps()) {
                yml.cache(answers.between(1, 48));
            }
            switch (answers.below(4)) {
                case 2 -> {
                    if (since("2.5.0")) {
                        yml.uploadPurging(answers.between(25, 200), answers.between(24, 48));
                    }
                }
                case 3 -> yml.noUploadPurging();
                default -> {}
            }
            if (answers.below(3) == 2) {
                yml.proxy(this::proxy);
            }
            if (since("2.9.0")) {
                yml.quotaUpdateProvider(answers.one(QuotaUpdateProvider.values()));
            }
            if (since("2.11.0") && (nodeTls || internalTls) && answers.perhaps()) {
                yml.ipFamily(true, true);
            }
            if (answers.seldom()) {
                yml.uaaCa(Tls.ROOT);
            }
        }

        private void jobservice(Jobservice.Builder jobs) {
            int workers = answers.between(1, 30);
            jobs.maxJobWorkers(workers);
            jobs.jobLoggers(
                    JobLogger.DB,
                    answers.one(List.<JobLogger>of(), List.of(JobLogger.FILE)).toArray(JobLogger[]::new));
            if (answers.perhaps()) {
                jobs.maxWorkersOfAllNodes(workers * nodes + answers.one(0, 1, 100));
            }
            if (since("2.13.0")) {
                jobs.maxJobDurationHours(answers.between(24, 48));
            }
        }

        private void trivy(Trivy.Builder trivy) {
            if (since("2.4.0") && answers.perhaps()) {
                trivy.timeout(Duration.ofMinutes(10));
            }
            trivy.ignoreUnfixed(answers.perhaps());
            trivy.offlineScan(since("2.4.2") && answers.perhaps());
            trivy.skipJavaDbUpdate(since("2.9.3", "2.10.1") && answers.perhaps());
            if (answers.perhaps()) {
                trivy.githubToken(secret("token"));
            }
            if (since("2.6.2") && answers.perhaps()) {
                trivy.securityCheck("vuln,secret");
            }
            if (since("2.15.0") && answers.perhaps()) {
                trivy.dbRepository("registry.example.com/trivy-db");
            }
        }

        private void proxy(OutboundProxy.Builder proxy) {
            proxy.https("http://proxy.example.net:3128");
            if (answers.perhaps()) {
                proxy.components(OutboundProxy.Component.TRIVY);
            } else {
                proxy.noProxy(".example.com", ".example.net", ".internal", "10.0.200.40");
            }
            if (answers.perhaps()) {
                proxy.credentials("harbor", secret("proxy"));
            }
        }
    }
}
