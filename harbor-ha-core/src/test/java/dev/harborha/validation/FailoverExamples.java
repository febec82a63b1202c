package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.balancersAtLeast;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.function.Consumer;

/** Examples for the rules on how load balancers notice a lost node, hand TLS through, and share an address. */
final class FailoverExamples {

    private static final Secret SECRET = Secret.of("s3same-of-the-robot");

    private FailoverExamples() {}

    private static Consumer<ClusterBuilder> nginx(Consumer<LoadBalancer.Builder> more) {
        return c -> c.loadBalancer(lb -> more.accept(lb.nginx("10.0.0.8")));
    }

    private static Consumer<ClusterBuilder> haproxy(Consumer<LoadBalancer.Builder> more) {
        return c -> c.loadBalancer(lb -> more.accept(lb.haproxy("10.0.0.8")));
    }

    private static Consumer<ClusterBuilder> external(Consumer<LoadBalancer.Builder> more) {
        return c -> c.loadBalancer(lb -> more.accept(lb.external("lb.example.com")));
    }

    private static boolean hasIpv4Balancers(Cluster cluster) {
        return !cluster.publicUrl().host().isAddress()
                && cluster.loadBalancers().stream()
                        .allMatch(
                                lb -> lb.address().isAddress() && !lb.address().isIpv6());
    }

    private static Consumer<ClusterBuilder> vip(String address) {
        return c -> c.virtualIp(vip -> vip.address(address).networkInterface("eth0"));
    }

    static void describe() {
        choice();
        uploads();
        checks();
        drained();
        passthrough();
        virtualIps();
    }

    private static void choice() {
        rule("lb.affinity-unsupported")
                .needs(balancersAtLeast(2))
                .bad("nginx with a cookie", nginx(lb -> lb.affinity(Affinity.COOKIE)))
                .bad("HAProxy with ip_hash", haproxy(lb -> lb.affinity(Affinity.IP_HASH)))
                .bad2x(
                        "ip_hash of connections",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH).affinity(Affinity.IP_HASH))
                                .andThen(c -> c.nodeTls(tls -> {})))
                .bad2x(
                        "a cookie in what nobody reads",
                        haproxy(lb -> lb.tls(TlsMode.PASSTHROUGH).affinity(Affinity.COOKIE))
                                .andThen(c -> c.nodeTls(tls -> {})))
                .good("a cookie with HAProxy", haproxy(lb -> lb.affinity(Affinity.COOKIE)))
                .good("an address with both", nginx(lb -> lb.affinity(Affinity.SOURCE)))
                .good("whatever an external one does", external(lb -> lb.affinity(Affinity.COOKIE)));
        rule("lb.rate-limit-low")
                .needs(balancersAtLeast(2))
                .bad("few requests", nginx(lb -> lb.rateLimit(5, 100)))
                .bad("no burst", nginx(lb -> lb.rateLimit(100, 0)))
                .good("enough", nginx(lb -> lb.rateLimit(20, 40)));
        rule("lb.rate-limit-hits-all")
                .needs(balancersAtLeast(2))
                .brings("lb.ip-hash-hides-clients")
                .bad("all clients are one", nginx(lb -> lb.rateLimit(50, 100).behindProxy()))
                .good(
                        "a proxy that tells",
                        nginx(lb -> lb.rateLimit(50, 100).behindProxy(proxy -> proxy.from("10.0.9.0/24"))));
    }

    private static void uploads() {
        rule("lb.uploads-cannot-be-buffered")
                .needs(balancersAtLeast(2))
                .bad("HAProxy", haproxy(LoadBalancer.Builder::bufferedUploads))
                .bad("an external one", external(LoadBalancer.Builder::bufferedUploads))
                .bad2x(
                        "TLS that is handed through",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH).bufferedUploads())
                                .andThen(c -> c.nodeTls(tls -> {})))
                .good("nginx", nginx(LoadBalancer.Builder::bufferedUploads));
        rule("lb.uploads-cut-off")
                .needs(balancersAtLeast(2))
                .bad("layers", nginx(lb -> lb.timeouts(t -> t.upload(Duration.ofMinutes(5)))))
                .bad("their ends", nginx(lb -> lb.timeouts(t -> t.commit(Duration.ofSeconds(59)))))
                .good("a long time", nginx(lb -> lb.timeouts(t -> t.upload(Duration.ofHours(1)))))
                .good("just enough", nginx(lb -> lb.timeouts(t -> t.commit(Duration.ofMinutes(1)))));
        rule("lb.hung-node-holds-clients")
                .needs(balancersAtLeast(2))
                .bad("answers", nginx(lb -> lb.timeouts(t -> t.answer(Duration.ofMinutes(15)))))
                .bad("connections", haproxy(lb -> lb.timeouts(t -> t.connect(Duration.ofSeconds(11)))))
                .good(
                        "just enough",
                        nginx(lb ->
                                lb.timeouts(t -> t.answer(Duration.ofMinutes(1)).connect(Duration.ofSeconds(10)))));
        rule("lb.layers-too-large")
                .needs(balancersAtLeast(2))
                .bad("the 1 MiB of nginx", nginx(lb -> lb.maxBodySize(1 << 20)))
                .bad("just below", haproxy(lb -> lb.maxBodySize((10L << 30) - 1)))
                .good("10 GiB", nginx(lb -> lb.maxBodySize(10L << 30)));
    }

    private static void checks() {
        rule("lb.probe-unknown-to-release")
                .needs(balancersAtLeast(2))
                .bad("ping", nginx(lb -> lb.healthCheck(check -> check.ping())))
                .bad("health", haproxy(lb -> lb.healthCheck(check -> check.health())))
                .good("the registry's API", nginx(lb -> lb.healthCheck(check -> check.registryApi())))
                .good2x("2.x", nginx(lb -> lb.healthCheck(check -> check.ping())));
        rule("lb.probe-misses-registry")
                .needs(balancersAtLeast(2))
                .bad2x("ping", nginx(lb -> lb.healthCheck(check -> check.ping())))
                .bad2x("the registry's API", haproxy(lb -> lb.healthCheck(check -> check.registryApi())))
                .good2x("health", nginx(lb -> lb.healthCheck(check -> check.health())))
                .good2x(
                        "a canary",
                        nginx(lb ->
                                lb.healthCheck(check -> check.canary("library/canary", "v1", "robot$canary", SECRET))));
        rule("lb.node-lost-late")
                .needs(balancersAtLeast(2))
                .bad(
                        "once in ten seconds",
                        nginx(lb -> lb.healthCheck(
                                check -> check.interval(Duration.ofSeconds(10)).fall(3))))
                .bad(
                        "answers may take long",
                        haproxy(lb -> lb.healthCheck(check -> check.timeout(Duration.ofSeconds(20)))))
                .good("the default", nginx(lb -> {}))
                .good(
                        "somebody else's",
                        external(lb -> lb.healthCheck(check -> check.interval(Duration.ofSeconds(60)))));
    }

    private static void drained() {
        rule("node.drained")
                .mutant(set("nodes.1.drained", true))
                .needs(nodesAtLeast(2))
                .bad("one of two", c -> c.drain("harbor-2"))
                .good("none", c -> {})
                .good("all, which is worse", c -> c.drain("harbor-1").drain("harbor-2"));
        rule("node.all-drained")
                .mutant(set(
                        "nodes",
                        cluster -> cluster.nodes().stream().map(Node::drain).toList()))
                .bad("both", c -> c.drain("harbor-1").drain("harbor-2"))
                .good("one of two", c -> c.drain("harbor-2"));
    }

    private static void passthrough() {
        Consumer<ClusterBuilder> nodeTls = c -> c.nodeTls(tls -> {});
        rule("lb.passthrough-to-plain-nodes")
                .needs(balancersAtLeast(2).and(cluster -> cluster.nodeTls().isEmpty()))
                .brings("lb.passthrough-repeats-nothing")
                .bad2x("plain nodes", nginx(lb -> lb.tls(TlsMode.PASSTHROUGH)))
                .good2x(
                        "nodes with TLS",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH)).andThen(nodeTls))
                .good2x(
                        "plain http everywhere",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH))
                                .andThen(c -> c.publicUrl("http://harbor.example.com")));
        rule("lb.passthrough-repeats-nothing")
                .mutant(with(nginx(lb -> lb.tls(TlsMode.PASSTHROUGH))))
                .needs(balancersAtLeast(2).and(cluster -> cluster.nodeTls().isPresent()))
                .bad2x("nginx", nginx(lb -> lb.tls(TlsMode.PASSTHROUGH)).andThen(nodeTls))
                .bad2x("HAProxy", haproxy(lb -> lb.tls(TlsMode.PASSTHROUGH)).andThen(nodeTls))
                .good2x("TLS ends here and begins again", nginx(lb -> {}).andThen(nodeTls));
        rule("lb.setting-without-effect")
                .mutant(with(external(lb -> lb.affinity(Affinity.SOURCE).tlsProfile(TlsProfile.MODERN))))
                .needs(balancersAtLeast(2))
                .brings("vip.external-balancer")
                .bad2x(
                        "what only requests have",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH)
                                        .certificate("/etc/tls/a.crt", "/etc/tls/a.key")
                                        .tlsProfile(TlsProfile.MODERN)
                                        .http2()
                                        .maxBodySize(10L << 30)
                                        .rateLimit(50, 100)
                                        .timeouts(t -> t.answer(Duration.ofSeconds(30))))
                                .andThen(nodeTls))
                .bad("what an external one decides", external(lb -> lb.tlsProfile(TlsProfile.MODERN)))
                .good2x(
                        "what connections have",
                        nginx(lb -> lb.tls(TlsMode.PASSTHROUGH).timeouts(t -> t.upload(Duration.ofHours(1))))
                                .andThen(nodeTls))
                .good(
                        "TLS ends here",
                        nginx(lb -> lb.tlsProfile(TlsProfile.MODERN).http2()));
        rule("lb.key-apart-from-certificate")
                .needs(balancersAtLeast(2))
                .bad("two files", haproxy(lb -> lb.certificate("/etc/tls/harbor.crt", "/etc/tls/harbor.key")))
                .good("one file", haproxy(lb -> lb.certificate("/etc/tls/harbor.pem", "/etc/tls/harbor.pem")))
                .good(
                        "where HAProxy looks",
                        haproxy(lb -> lb.certificate("/etc/tls/harbor.crt", "/etc/tls/harbor.crt.key")))
                .good("nginx", nginx(lb -> lb.certificate("/etc/tls/harbor.crt", "/etc/tls/harbor.key")));
        rule("lb.front-proxy-anywhere")
                .needs(balancersAtLeast(2))
                .brings("lb.ip-hash-hides-clients")
                .bad("from anywhere", haproxy(lb -> lb.behindProxy(proxy -> proxy.proxyProtocol())))
                .good(
                        "from the proxy",
                        haproxy(lb ->
                                lb.behindProxy(proxy -> proxy.proxyProtocol().from("10.0.9.1/32"))));
    }

    private static void virtualIps() {
        rule("vip.single-balancer")
                .mutant(with(vip("10.0.0.100/24")))
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(cluster -> cluster.loadBalancers().size() == 1)
                .badFrom(vip("10.0.0.100/24"), "one load balancer")
                .good("two", vip("10.0.0.100/24"));
        rule("vip.address-taken")
                .mutant(with((cluster, c) ->
                        vip(cluster.loadBalancers().get(0).address() + "/24").accept(c)))
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(balancersAtLeast(2))
                .bad("a node's", vip("10.0.0.11/24"))
                .bad("a load balancer's", vip("10.0.0.9/24"))
                .good("nobody's", vip("10.0.0.100/24"));
        rule("vip.peer-without-address")
                .mutant(with(vip("2001:db8:1::100/64")))
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(balancersAtLeast(2))
                .bad("a name", vip("10.0.0.100/24").andThen(c -> c.loadBalancer(lb -> lb.nginx("lb.example.com"))))
                .bad("another family", vip("2001:db8::100/64"))
                .good("addresses", vip("10.0.0.100/24"));
        rule("vip.external-balancer")
                .mutant(with(vip("10.0.0.100/24").andThen(external(lb -> lb.affinity(Affinity.SOURCE)))))
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(balancersAtLeast(2))
                .bad("one of them", vip("10.0.0.100/24").andThen(external(lb -> {})))
                .good("none", vip("10.0.0.100/24"));
        rule("vip.too-many-balancers")
                .mutant(with(vip("10.0.0.100/24").andThen(balancers(15))))
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(balancersAtLeast(2))
                .bad("fifteen", vip("10.0.0.100/24").andThen(balancers(13)))
                .good("fourteen", vip("10.0.0.100/24").andThen(balancers(12)));
        rule("vip.sample-password")
                .needs(FailoverExamples::hasIpv4Balancers)
                .needs(balancersAtLeast(2))
                .bad(
                        "1111",
                        c -> c.virtualIp(vip -> vip.address("10.0.0.100/24")
                                .networkInterface("eth0")
                                .password(Secret.of("1111"))))
                .good(
                        "another one",
                        c -> c.virtualIp(vip -> vip.address("10.0.0.100/24")
                                .networkInterface("eth0")
                                .password(Secret.of("x7Kq92pf"))));
        rule("vip.password-without-effect")
                .needs(cluster -> cluster.loadBalancers().stream()
                        .allMatch(lb -> lb.address().isIpv6()))
                .needs(cluster -> !cluster.publicUrl().host().isAddress())
                .needs(balancersAtLeast(2))
                .bad(
                        "IPv6",
                        c -> c.virtualIp(vip -> vip.address("2001:db8::100/64")
                                .networkInterface("eth0")
                                .password(Secret.of("x7Kq92pf"))))
                .good(
                        "IPv4",
                        c -> c.virtualIp(vip -> vip.address("10.0.0.100/24")
                                .networkInterface("eth0")
                                .password(Secret.of("x7Kq92pf"))));
        rule("vip.not-public")
                .mutant(with(vip("10.0.0.100/24")))
                .needs(cluster -> cluster.publicUrl().host().isAddress())
                .needs(cluster -> cluster.loadBalancers().stream()
                        .allMatch(lb -> lb.address().isAddress()
                                && !lb.address().isIpv6()
                                && lb.frontProxy().isEmpty()))
                .needs(balancersAtLeast(2))
                .bad(
                        "another address",
                        vip("10.0.0.100/24")
                                .andThen(c -> c.publicUrl("https://10.0.0.101").privateNetwork()))
                .good(
                        "the same",
                        vip("10.0.0.100/24")
                                .andThen(c -> c.publicUrl("https://10.0.0.100").privateNetwork()))
                .good("a name", vip("10.0.0.100/24"));
    }

    /** Adds load balancers to the two of the sample. */
    private static Consumer<ClusterBuilder> balancers(int count) {
        return c -> {
            for (int i = 0; i < count; i++) {
                String address = "192.0.2." + (i + 1);
                c.loadBalancer(lb -> lb.nginx(address));
            }
        };
    }
}
