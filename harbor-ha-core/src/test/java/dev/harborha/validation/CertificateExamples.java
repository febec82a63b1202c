package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.balancersAtLeast;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.keys.Authority;
import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.SoundClusters;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsMode;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Examples for the rules on certificates; the day is {@link RuleExamples#DAY}. */
final class CertificateExamples {

    private static final Authority CA = Authority.of("CA of the test");
    private static final Authority.Pair PAIR = CA.issue("harbor.example.com");

    /** Clusters whose load balancers have their certificates on the machines, so that there is none to differ from. */
    private static final Predicate<Cluster> NO_PEM = cluster -> cluster.loadBalancers().stream()
            .noneMatch(balancer -> balancer.certificate() instanceof TlsCertificate.Pem);

    /** Clusters of the name that the examples' certificates are for. */
    private static final Predicate<Cluster> NAMED =
            cluster -> cluster.publicUrl().host().text().equals("harbor.example.com");

    private CertificateExamples() {}

    /** Returns a third load balancer that shows a certificate. */
    private static Consumer<ClusterBuilder> shown(String chain, String key) {
        return c -> c.loadBalancer(lb -> lb.nginx("10.0.0.8").certificatePem(chain, Secret.of(key)));
    }

    private static Consumer<ClusterBuilder> shown(Authority.Pair pair) {
        return shown(pair.certificate(), pair.key());
    }

    /** Returns nodes that show a certificate, which the load balancers verify. */
    private static Consumer<ClusterBuilder> onNodes(Authority.Pair pair) {
        return c -> c.harbor("2.14.4")
                .nodeTls(tls -> tls.certificatePem(pair.certificate(), Secret.of(pair.key()))
                        .ca(CA.root()));
    }

    static void describe() {
        rule("tls.name-not-covered")
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("another name", shown(CA.issue("harbor.example.org", "10.0.0.8")))
                .bad("a common name only", shown(CA.issueWithCommonNameOnly("harbor.example.com")))
                .bad(
                        "an address",
                        shown(CA.issue("harbor.example.com")).andThen(c -> c.publicUrl("https://192.0.2.10")))
                .bad("the nodes'", onNodes(CA.issue("harbor-1.example.com")))
                .bad2x("the nodes', which clients see", c -> {
                    Authority.Pair other = CA.issue("harbor-1.example.com");
                    c.nodeTls(tls -> tls.certificatePem(other.certificate(), Secret.of(other.key())))
                            .loadBalancer(lb -> lb.nginx("10.0.0.8").tls(TlsMode.PASSTHROUGH));
                })
                .good("the name", shown(PAIR))
                .good("a wildcard", shown(CA.issue("*.example.com")))
                .good("the nodes'", onNodes(PAIR))
                .good(
                        "nodes that nobody verifies",
                        c -> c.harbor("2.14.4").nodeTls(tls -> {
                            Authority.Pair other = CA.issue("other.example.com");
                            tls.certificatePem(other.certificate(), Secret.of(other.key()));
                        }))
                .good("TLS ends before", c -> {
                    Authority.Pair other = CA.issue("other.example.com");
                    c.loadBalancer(lb -> lb.nginx("10.0.0.8")
                            .tls(TlsMode.PLAIN_HTTP)
                            .behindProxy()
                            .certificatePem(other.certificate(), Secret.of(other.key())));
                });
        aliases();
        rule("tls.key-does-not-fit")
                .mutant(with(shown(
                        SoundClusters.pair().certificate(),
                        CA.issue("harbor.example.com").key())))
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad(
                        "another key",
                        shown(PAIR.certificate(), CA.issue("harbor.example.com").key()))
                .good("its key", shown(PAIR));
        Authority middle = Authority.of("Intermediate CA of the test");
        Authority.Pair leaf = middle.issue("harbor.example.com");
        rule("tls.chain-broken")
                .mutant(with(shown(
                        SoundClusters.pair().certificate() + CA.root(),
                        SoundClusters.pair().key())))
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("the authority first", shown(CA.certify(middle) + leaf.certificate(), leaf.key()))
                .bad("somebody else's after it", shown(leaf.certificate() + CA.root(), leaf.key()))
                .good("in order", shown(leaf.certificate() + CA.certify(middle), leaf.key()))
                .good("with the root", shown(leaf.certificate() + CA.certify(middle) + CA.root(), leaf.key()))
                .good("alone", shown(PAIR));
        Authority talking = CA.sayingWhereItIs();
        rule("tls.intermediate-missing")
                .needs(NAMED)
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("alone", shown(talking.issue("harbor.example.com")))
                .good("nothing says that one is missing", shown(PAIR));
        rule("tls.self-signed")
                .needs(NAMED)
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("an authority's own", shown(selfSigned()))
                .good("signed by an authority", shown(PAIR));
        rule("tls.certificates-differ")
                .needs(NAMED)
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad(
                        "two certificates",
                        shown(PAIR)
                                .andThen(c -> c.loadBalancer(lb -> {
                                    Authority.Pair other = CA.issue("harbor.example.com");
                                    lb.nginx("10.0.0.7").certificatePem(other.certificate(), Secret.of(other.key()));
                                })))
                .good(
                        "one certificate",
                        shown(PAIR)
                                .andThen(c -> c.loadBalancer(lb -> lb.nginx("10.0.0.7")
                                        .certificatePem(PAIR.certificate(), Secret.of(PAIR.key())))))
                .good("the nodes have their own", shown(PAIR).andThen(onNodes(CA.issue("harbor.example.com"))));
        rule("tls.expired")
                .needs(NAMED)
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("last week", shown(until("2026-11-17T12:00:00Z")))
                .bad(
                        "next week",
                        shown(CA.valid("2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z")
                                .issue("harbor.example.com")))
                .good("its last day", shown(until("2026-11-24T00:00:01Z")))
                .good("next year", shown(PAIR));
        rule("tls.expires-soon")
                .needs(NAMED)
                .needs(NO_PEM)
                .needs(balancersAtLeast(2))
                .bad("today", shown(until("2026-11-24T12:00:00Z")))
                .bad("in 29 days", shown(until("2026-12-23T12:00:00Z")))
                .good("in 30 days", shown(until("2026-12-24T12:00:00Z")))
                .good("yesterday, which another rule says", shown(until("2026-11-23T12:00:00Z")));
    }

    private static void aliases() {
        Consumer<ClusterBuilder> further = c -> c.aliases("registry.example.com", "10.0.0.100");
        rule("tls.alias-not-covered")
                .mutant(with(shown(SoundClusters.pair()).andThen(c -> c.aliases("registry.example.org"))))
                .needs(balancersAtLeast(2))
                .bad("one of two", shown(CA.issue("*.example.com")).andThen(further))
                .bad("both", shown(PAIR).andThen(further))
                .bad2x(
                        "the nodes', which clients see",
                        further.andThen(c -> c.nodeTls(
                                        tls -> tls.certificatePem(PAIR.certificate(), Secret.of(PAIR.key())))
                                .loadBalancer(lb -> lb.nginx("10.0.0.8").tls(TlsMode.PASSTHROUGH))))
                .good(
                        "all names",
                        shown(CA.issue("*.example.com", "10.0.0.100")).andThen(further))
                .good("no further names", shown(PAIR))
                .good2x("the nodes', which only load balancers see", further.andThen(onNodes(PAIR)))
                .good(
                        "TLS ends before",
                        c -> c.aliases("registry.example.com")
                                .loadBalancer(lb -> lb.nginx("10.0.0.8")
                                        .tls(TlsMode.PLAIN_HTTP)
                                        .behindProxy()
                                        .certificatePem(PAIR.certificate(), Secret.of(PAIR.key()))));
        Authority middle = Authority.of("Intermediate CA of the test");
        Authority.Pair leaf = middle.issue("harbor.example.com");
        Authority other = Authority.of("CA of somebody else");
        rule("tls.node-authority-does-not-fit")
                .mutant(
                        set("nodeTls.certificate", certificate(SoundClusters.pair())),
                        set("nodeTls.ca", new PemCertificates(other.root())))
                .needs(cluster -> cluster.nodeTls().isPresent())
                .ends("node.tls-not-verified")
                .bad("another authority", onNodes(other.issue("harbor.example.com")))
                .bad("the one between is missing", onNodes(leaf))
                .good("its own", onNodes(PAIR))
                .good(
                        "with the one between",
                        onNodes(new Authority.Pair(leaf.certificate() + CA.certify(middle), leaf.key())))
                .good2x(
                        "nobody verifies it",
                        c -> c.nodeTls(tls -> tls.certificatePem(leaf.certificate(), Secret.of(leaf.key()))))
                .good2x("on the machines", c -> c.nodeTls(tls -> tls.ca(CA.root())))
                .good2x(
                        "others verify it, or not",
                        onNodes(leaf),
                        set("loadBalancers", List.of(LoadBalancer.of("lb-1", lb -> lb.external("lb.example.com")))));
    }

    private static TlsCertificate.Pem certificate(Authority.Pair pair) {
        return new TlsCertificate.Pem(pair.certificate(), Secret.of(pair.key()));
    }

    private static Authority.Pair until(String end) {
        return CA.valid("2026-01-01T00:00:00Z", end).issue("harbor.example.com");
    }

    private static Authority.Pair selfSigned() {
        return Authority.selfSigned("harbor.example.com");
    }
}
