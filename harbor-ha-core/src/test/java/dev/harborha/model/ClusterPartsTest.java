package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, load balancer, harbor.cfg, waivers and paths. */
class ClusterPartsTest {

    private static final Secret PASSWORD = Secret.of("a-password");

    @Test
    void aNodeNamesItsPortWhereItIsNotHarborsOwn() {
        assertThat(Node.of("harbor-1", "10.0.0.11")).isEqualTo(node("harbor-1", "10.0.0.11", OptionalInt.empty()));
        assertThat(Node.of("harbor-1", "10.0.0.11:8080"))
                .isEqualTo(node("harbor-1", "10.0.0.11", OptionalInt.of(8080)));
        assertThat(Node.of("n", "[2001:db8::1]:80")).isEqualTo(node("n", "2001:db8::1", OptionalInt.of(80)));
        assertThat(Node.of("n", "2001:db8::1:443")).isEqualTo(node("n", "2001:db8::1:443", OptionalInt.empty()));
        assertThat(Node.of("h", "h:443")).isEqualTo(node("h", "h", OptionalInt.of(443)));
        assertThat(Node.of("a".repeat(63), "h").name()).hasSize(63);
    }

    private static Node node(String name, String address, OptionalInt port) {
        return new Node(name, new Host(address), port);
    }

    @Test
    void aLoadBalancerListensWhereThePublicUrlIs() {
        PublicUrl https = PublicUrl.parse("https://harbor.example.com:8443");
        PublicUrl http = PublicUrl.parse("http://harbor.example.com:8080");
        LoadBalancer plain = LoadBalancer.of(
                "lb-1", lb -> lb.nginx("10.0.0.9").tls(TlsMode.PLAIN_HTTP).behindProxy());
        LoadBalancer tls = LoadBalancer.of("lb-1", lb -> lb.nginx("10.0.0.9"));
        assertThat(tls.portFor(https)).isEqualTo(8443);
        assertThat(tls.portFor(http)).isEqualTo(8080);
        assertThat(plain.portFor(https)).isEqualTo(80);
        assertThat(plain.portFor(http)).isEqualTo(8080);
        assertThat(LoadBalancer.of("lb-1", lb -> lb.nginx("10.0.0.9").port(9)).portFor(https))
                .isEqualTo(9);
        assertThat(tls.endsTlsFor(https)).isTrue();
        assertThat(tls.endsTlsFor(http)).isFalse();
        assertThat(plain.endsTlsFor(https)).isFalse();
    }

    @Test
    void aLoadBalancerTakesItsDefaults() {
        LoadBalancer balancer = LoadBalancer.of("lb-7", lb -> lb.nginx("10.0.0.9"));
        assertThat(balancer.name()).isEqualTo("lb-7");
        assertThat(balancer.affinity()).isEqualTo(Affinity.IP_HASH);
        assertThat(balancer.tlsProfile()).isEqualTo(TlsProfile.INTERMEDIATE);
        assertThat(balancer.redirectPort()).isEqualTo(80);
        assertThat(balancer.listenPort()).isEmpty();
        assertThat(balancer.frontProxy()).isEmpty();
        assertThat(balancer.certificate())
                .isEqualTo(new TlsCertificate.OnMachine(
                        new AbsolutePath("/etc/nginx/tls/harbor.crt"), new AbsolutePath("/etc/nginx/tls/harbor.key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/etc/nginx/tls/harbor.crt", "/a-b_c.d+e@f/..x", "/0"})
    void aPathIsKeptWithoutASlashAtItsEnd(String text) {
        assertThat(new AbsolutePath(text)).hasToString(text).isEqualTo(new AbsolutePath(text + "/"));
    }

    static Stream<Arguments> refusals() {
        String name = "; use 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen.";
        String path = " is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".";
        String url = "; use \"ldap://host[:port]\" or \"ldaps://host[:port]\".";
        return Stream.of(
                refused("The name of a node is \"\"" + name, () -> Node.of("", "h")),
                refused("The name of a node is \"Harbor\"" + name, () -> Node.of("Harbor", "h")),
                refused("The name of a node is \"a.b\"" + name, () -> Node.of("a.b", "h")),
                refused("The name of a node is \"../x\"" + name, () -> Node.of("../x", "h")),
                refused("The name of a node is \"" + "a".repeat(64) + "\"" + name, () -> Node.of("a".repeat(64), "h")),
                refused(
                        "The name of a load balancer is \"-lb\"" + name,
                        () -> LoadBalancer.of("x", lb -> lb.name("-lb"))),
                refused(
                        "The name of the job service's node is \"a b\"" + name,
                        () -> Cluster.builder().jobserviceOn("a b")),
                refused("Port 0 is out of range; use 1 to 65535.", () -> LoadBalancer.of("x", lb -> lb.port(0))),
                refused(
                        "Port 65536 is out of range; use 1 to 65535.",
                        () -> LoadBalancer.of("x", lb -> lb.redirectPort(65_536))),
                refused(
                        "The load balancer is incomplete; still to call: .nginx(…), .haproxy(…) or .external(…).",
                        () -> LoadBalancer.of("x", lb -> lb.port(80))),
                refused(
                        "The number of job workers is 0; use 1 to 1000.",
                        () -> HarborCfg.of(cfg -> cfg.maxJobWorkers(0))),
                refused(
                        "The life of a token is 1441; use 1 to 1440 minutes.",
                        () -> HarborCfg.of(cfg -> cfg.tokenExpiration(1441))),
                refused("The sender of mails must not be empty.", () -> mail("user", "")),
                refused(
                        "The user of the mail server \"a\\u0000\" has a control character or a line break; give one line of"
                                + " text.",
                        () -> mail("a\0", "from")),
                refused(
                        "The address of the directory is \"ldap.example.com\"" + url,
                        () -> ldap("ldap.example.com", 3)),
                refused("The address of the directory is \"ldap://***@h\"" + url, () -> ldap("ldap://cn:pw@h", 3)),
                refused(
                        "\"h:0\" has no valid port: expected a number from 1 to 65535 after the colon.",
                        () -> ldap("ldap://h:0", 3)),
                refused("The search scope is 4; use 1 to 3.", () -> ldap("ldaps://h", 4)),
                refused("The DN of the search user must not be empty.", () -> new HarborCfg.SearchUser("", PASSWORD)),
                refused("\"etc\"" + path, () -> new AbsolutePath("etc")),
                refused("\"\"" + path, () -> new AbsolutePath("")),
                refused("\"/\"" + path, () -> new AbsolutePath("/")),
                refused("\"/a//b\"" + path, () -> new AbsolutePath("/a//b")),
                refused("\"/a/../b\"" + path, () -> new AbsolutePath("/a/../b")),
                refused("\"/a/.\"" + path, () -> new AbsolutePath("/a/.")),
                refused("\"/a b\"" + path, () -> new AbsolutePath("/a b")),
                refused("\"/a:ro\"" + path, () -> new AbsolutePath("/a:ro")),
                refused(
                        "\"" + "/a".repeat(40) + "…\" is no path: it has 20000 characters, at most 1024 are allowed.",
                        () -> new AbsolutePath("/a".repeat(10_000))),
                refused(
                        "\"single load balancer\" is no rule id; ids look like \"lb.single-load-balancer\".",
                        () -> new Waiver("single load balancer", "why")),
                refused(
                        "\"" + "a-".repeat(40) + "…\" is no rule id; ids look like \"lb.single-load-balancer\".",
                        () -> new Waiver("a-".repeat(9_999) + "a.b", "why")),
                refused(
                        "A waiver of lb.x needs a reason; say why it is accepted.",
                        () -> new Waiver("lb.x", " \t\u2003")),
                refused(
                        "The reason of the waiver of lb.x \"a\\u000ab\" has a control character or a line break; give one"
                                + " line of text.",
                        () -> new Waiver("lb.x", "a\nb")));
    }

    private static void mail(String user, String from) {
        new HarborCfg.Mail(HostPort.parse("mail", 25), user, PASSWORD, from, false, Optional.empty());
    }

    private static HarborCfg.Ldap ldap(String url, int scope) {
        return new HarborCfg.Ldap(url, "dc=example", "uid", scope, Optional.empty(), Optional.empty());
    }

    private static Arguments refused(String message, Runnable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://h", "ldaps://ldap.example.com:636/", "ldap://[2001:db8::1]:389", "ldap://10.0.0.1"})
    void aDirectoryIsKept(String url) {
        assertThat(ldap(url, 1).url()).isEqualTo(url);
    }

    @Test
    void aRefusedTextIsShortened() {
        assertThatThrownBy(() -> Node.of("😀".repeat(200), "h"))
                .hasMessageStartingWith("The name of a node is \"" + "😀".repeat(80) + "…\"; use");
    }
}
