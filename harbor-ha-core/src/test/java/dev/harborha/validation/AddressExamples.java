package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.noPassthrough;
import static dev.harborha.validation.RuleExamples.noVirtualIp;
import static dev.harborha.validation.RuleExamples.nodes;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.oneMachine;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.Host;
import dev.harborha.model.PublicUrl;
import java.util.Optional;

/** Examples for the rules on the public URL and on the addresses of the nodes. */
final class AddressExamples {

    private AddressExamples() {}

    static void describe() {
        rule("url.private-address")
                .mutant(with(c -> c.publicUrl("https://192.168.7.10")))
                .needs(cluster -> !cluster.privateNetwork())
                .needs(noVirtualIp())
                .brings("url.address-instead-of-name")
                .bad("an address of a private network", c -> c.publicUrl("https://192.168.7.10"))
                .bad("a private IPv6 address", c -> c.publicUrl("https://[fd00::10]:8443"))
                .bad("a name that only an inside resolver knows", c -> c.publicUrl("https://harbor.corp"))
                .bad("a name without a domain", c -> c.publicUrl("https://registry"))
                .bad("loopback", c -> c.publicUrl("https://localhost"))
                .bad(
                        "loopback, although all clients are inside",
                        c -> c.publicUrl("https://127.0.0.1").privateNetwork())
                .bad("link-local", c -> c.publicUrl("https://169.254.1.1"))
                .bad(
                        "no address, although all clients are inside",
                        c -> c.publicUrl("https://0.0.0.0").privateNetwork())
                .good("a public name", c -> c.publicUrl("https://harbor.example.com"))
                .good(
                        "a public address, that of a load balancer",
                        c -> c.publicUrl("https://198.51.100.7").loadBalancer(lb -> lb.nginx("198.51.100.7")))
                .good(
                        "a private address of a cluster declared private",
                        c -> c.publicUrl("https://192.168.7.10").privateNetwork())
                .good("loopback where one machine plays all nodes", oneMachine(c -> c.publicUrl("https://127.0.0.1")));
        rule("url.node-address")
                .mutant(with((cluster, c) -> c.publicUrl(
                        "https://" + cluster.nodes().get(0).address().urlText())))
                .brings("url.private-address", "url.address-instead-of-name", "tls.name-not-covered", "vip.not-public")
                .ends("url.address-instead-of-name")
                .bad(
                        "a node's address",
                        c -> c.publicUrl("http://10.0.0.12:8080").privateNetwork())
                .bad("a node's name", c -> c.publicUrl("https://harbor-1").privateNetwork())
                .bad(
                        "a node's IPv6 address, spelled otherwise",
                        c -> c.node("harbor-3", "2001:db8::3").publicUrl("https://[2001:DB8:0:0::3]"))
                .bad(
                        "a node's IPv4 address, spelled as IPv6",
                        c -> c.publicUrl("https://[::ffff:10.0.0.11]").privateNetwork())
                .good(
                        "the load balancer's address",
                        c -> c.publicUrl("https://10.0.0.9").privateNetwork());
        rule("url.address-instead-of-name")
                .needs(cluster -> !cluster.publicUrl().host().isAddress())
                .needs(noVirtualIp())
                .brings("tls.name-not-covered")
                .bad("IPv4", c -> c.publicUrl("https://192.0.2.10"))
                .bad("IPv6", c -> c.publicUrl("https://[2001:db8::10]"))
                .good("a name", c -> {})
                .good("loopback, to try things out", oneMachine(c -> c.publicUrl("https://127.0.0.1")));
        rule("url.plain-http")
                .mutant(with((cluster, c) -> c.publicUrl(new PublicUrl(
                        false, cluster.publicUrl().host(), cluster.publicUrl().port()))))
                .needs(noPassthrough())
                .bad("http", c -> c.publicUrl("http://harbor.example.com"))
                .good("https", c -> c.publicUrl("https://harbor.example.com:8443"));
        rule("node.duplicate-name")
                .mutant(with((cluster, c) -> {
                    String first = cluster.nodes().get(0).name();
                    c.withoutNode("harbor-2")
                            .node(first, cluster.nodes().get(1).address().text());
                }))
                .needs(nodesAtLeast(2))
                .needs(cluster -> !cluster.jobserviceNode().equals(Optional.of("harbor-2")))
                .bad("a name three times", c -> c.node("harbor-1", "10.0.0.13").node("harbor-1", "10.0.0.14"))
                .good(
                        "a load balancer of the same name",
                        c -> c.loadBalancer(lb -> lb.name("harbor-1").nginx("10.0.0.8")));
        rule("node.duplicate-address")
                .mutant(set("nodes.1.address", cluster -> cluster.nodes().get(0).address()))
                .needs(nodesAtLeast(2))
                .bad("an address twice", c -> c.node("harbor-3", "10.0.0.11"))
                .bad("an address twice with two ports", c -> c.node("harbor-3", "10.0.0.11:8080"))
                .bad("an IPv6 address in two spellings", nodes("2001:db8::5", "2001:0db8:0:0:0:0:0:5"))
                .bad("a name in two spellings", nodes("h1.example.com", "H1.Example.com"))
                .good("addresses that differ", nodes("2001:db8::5", "2001:db8::50", "10.0.0.5"));
        rule("node.unreachable-address")
                .mutant(set("nodes.1.address", new Host("127.0.0.1")))
                .needs(nodesAtLeast(2))
                .bad("loopback beside others", nodes("127.0.0.1", "10.0.0.12", "localhost"))
                .bad("no address", nodes("0.0.0.0", "::"))
                .bad("link-local", nodes("169.254.0.5", "fe80::5"))
                .good("loopback for all, one machine that plays them", oneMachine(c -> {}));
        rule("node.load-balancer-address")
                .mutant(set(
                        "nodes.0.address",
                        cluster -> cluster.loadBalancers().get(0).address()))
                .bad("a node on the load balancer's machine", c -> c.node("harbor-3", "10.0.0.9:8080"))
                .bad(
                        "an IPv6 address in two spellings",
                        c -> c.node("harbor-3", "2001:db8::5").loadBalancer(lb -> lb.nginx("2001:db8:0::5")))
                .good("machines of their own", c -> c.node("harbor-3", "10.0.0.90"));
        rule("node.fewer-than-two")
                .mutant(set(
                        "nodes",
                        cluster -> cluster.nodes().stream()
                                .filter(node -> node.name()
                                        .equals(cluster.jobserviceNode().orElse("harbor-1")))
                                .toList()))
                .needs(nodesAtLeast(2))
                .brings("waiver.matches-nothing")
                .ends(
                        "jobservice.on-every-node",
                        "storage.carries-all-traffic",
                        "storage.sharing-unproven",
                        "quota.updated-in-database",
                        "db.idle-in-transaction-timeout-undeclared",
                        "log.spread-over-nodes",
                        "trivy.downloads-on-each-node")
                .bad("one node", c -> c.withoutNode("harbor-2"))
                .good("two nodes", c -> {});
    }
}
