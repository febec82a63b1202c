package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.balancersAtLeast;
import static dev.harborha.validation.RuleExamples.noPassthrough;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.Affinity;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.TlsMode;

/** Examples for the rules on load balancers. */
final class LoadBalancerExamples {

    private LoadBalancerExamples() {}

    static void describe() {
        rule("lb.no-session-affinity")
                .mutant(set("loadBalancers.0.affinity", Affinity.NONE))
                .needs(cluster -> cluster.redis().isEmpty())
                .bad(
                        "round robin",
                        c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8").affinity(Affinity.NONE)))
                .good(
                        "round robin with shared sessions",
                        c -> c.redis("redis.example.com")
                                .loadBalancer(lb -> lb.nginx("10.0.0.8").affinity(Affinity.NONE)))
                .good("ip_hash", c -> {});
        rule("lb.session-affinity-off")
                .mutant(set("loadBalancers.0.affinity", Affinity.NONE))
                .needs(cluster -> cluster.loadBalancers().get(0).affinity() == Affinity.IP_HASH)
                .bad(
                        "round robin",
                        c -> c.harbor("2.14.4")
                                .redis("redis.example.com")
                                .loadBalancer(lb -> lb.nginx("10.0.0.8").affinity(Affinity.NONE)))
                .good("ip_hash", c -> c.harbor("2.14.4"));
        rule("lb.ip-hash-hides-clients")
                .mutant(set("loadBalancers.0.frontProxy", FrontProxy.UNKNOWN))
                .needs(cluster -> cluster.loadBalancers().get(0).affinity() == Affinity.IP_HASH)
                .bad(
                        "ip_hash behind a proxy",
                        c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8").behindProxy()))
                .good(
                        "round robin behind a proxy",
                        c -> c.loadBalancer(
                                lb -> lb.nginx("10.0.0.8").behindProxy().affinity(Affinity.NONE)));
        rule("lb.single-load-balancer")
                .mutant(set("loadBalancers", cluster -> cluster.loadBalancers().subList(0, 1)))
                .needs(balancersAtLeast(2))
                .needs(noPassthrough())
                .brings("vip.single-balancer")
                .ends("lb.session-affinity-off")
                .badFrame("one load balancer")
                .good("two load balancers", c -> {});
        rule("lb.duplicate-name")
                .mutant(with((cluster, c) -> c.loadBalancer(
                        lb -> lb.name(cluster.loadBalancers().get(0).name()).nginx("10.0.0.8"))))
                .needs(balancersAtLeast(2))
                .bad("a name twice", c -> c.loadBalancer(lb -> lb.name("lb-1").nginx("10.0.0.8")))
                .good("default names", c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8")));
        rule("lb.duplicate-address")
                .mutant(with((cluster, c) -> c.loadBalancer(lb -> lb.name("twin")
                        .nginx(cluster.loadBalancers().get(0).address().text()))))
                .needs(balancersAtLeast(2))
                .bad(
                        "an address twice",
                        c -> c.loadBalancer(lb -> lb.name("edge").nginx("10.0.0.9")))
                .good(
                        "an address each",
                        c -> c.loadBalancer(lb -> lb.name("edge").nginx("10.0.0.8")));
        rule("lb.unreachable-address")
                .needs(balancersAtLeast(2))
                .bad("loopback", c -> c.loadBalancer(lb -> lb.nginx("127.0.0.1")))
                .bad("any", c -> c.loadBalancer(lb -> lb.nginx("0.0.0.0")))
                .good("an address", c -> {})
                .good("one machine for all", RuleExamples.oneMachine(c -> c.loadBalancer(lb -> lb.nginx("127.0.0.4"))));
        rule("lb.port-clash")
                .mutant(with((cluster, c) -> c.loadBalancer(lb ->
                        lb.nginx("10.0.0.8").redirectPort(cluster.publicUrl().port()))))
                .needs(balancersAtLeast(2))
                .bad(
                        "the redirect on the port for clients",
                        c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8").redirectPort(443)))
                .bad("https on port 80", c -> c.publicUrl("https://harbor.example.com:80"))
                .good("plain http on port 80 does not redirect", c -> c.publicUrl("http://harbor.example.com"))
                .good(
                        "nor does TLS that ends before",
                        c -> c.loadBalancer(lb ->
                                lb.nginx("10.0.0.8").tls(TlsMode.PLAIN_HTTP).behindProxy()));
        rule("lb.tls-ends-nowhere")
                .needs(balancersAtLeast(2))
                .bad(
                        "https, and plain http everywhere",
                        c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8").tls(TlsMode.PLAIN_HTTP)))
                .good(
                        "a proxy in front ends TLS",
                        c -> c.loadBalancer(lb ->
                                lb.nginx("10.0.0.8").tls(TlsMode.PLAIN_HTTP).behindProxy()))
                .good(
                        "the public URL is http",
                        c -> c.publicUrl("http://harbor.example.com")
                                .loadBalancer(lb -> lb.nginx("10.0.0.8").tls(TlsMode.PLAIN_HTTP)));
    }
}
