package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.keys.ServerCertificate;
import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.ModelPath;
import dev.harborha.model.NodeTls;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.VersionRange;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Rules on the certificates that are given as PEM: those of load balancers, and that of the nodes. */
final class CertificateRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String NGINX = "https://nginx.org/en/docs/http/configuring_https_servers.html";
    private static final int SOON_DAYS = 30;

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "tls.name-not-covered",
                            ERROR,
                            rule -> rule.title("The certificate is for another name than the public one")
                                    .why(
                                            "docker, containerd and Harbor compare the host of the public URL with the certificate's Subject"
                                                    + " Alternative Names, and only with these: the common name has not counted for years. Every"
                                                    + " login fails.")
                                    .fix(
                                            "Get a certificate with the public host among its Subject Alternative Names, or correct"
                                                    + " .publicUrl(…).")
                                    .symptoms(
                                            "x509: certificate is valid for …, not …",
                                            "x509: certificate relies on legacy Common Name field, use SANs instead",
                                            "x509: cannot validate certificate for … because it doesn't contain any IP SANs")
                                    .sources(HARBOR + "issues/14483", "https://www.rfc-editor.org/rfc/rfc6125")),
                    each(CertificateRules::otherName)),
            Rule.of(
                    RuleInfo.of(
                            "tls.alias-not-covered",
                            WARNING,
                            rule -> rule.title("The certificate is not for a further name of the registry")
                                    .why(
                                            "A further name is sent to the public one by an answer inside TLS. Clients compare the name that they"
                                                    + " asked for with the certificate first, and never see that answer. Only plain http gets"
                                                    + " there.")
                                    .fix(
                                            "Get a certificate with the further names among its Subject Alternative Names, or leave them out of"
                                                    + " .aliases(…).")
                                    .symptoms("x509: certificate is valid for …, not …")
                                    .sources("https://www.rfc-editor.org/rfc/rfc6125", NGINX)),
                    each(CertificateRules::otherAliases)),
            Rule.of(
                    RuleInfo.of(
                            "tls.node-authority-does-not-fit",
                            ERROR,
                            rule -> rule.title(
                                            "The nodes' certificate is not from the authority that they are verified with")
                                    .why(
                                            "The load balancers verify every node's certificate with the authority of .nodeTls(…). Where it did"
                                                    + " not sign that certificate, or the one between the two is missing, no node passes its check"
                                                    + " and every request is answered 502 or 503.")
                                    .fix(
                                            "Give the authority that signed the certificate: .nodeTls(tls -> tls.certificatePem(chain, key).ca(…)),"
                                                    + " with all intermediate certificates in the chain.")
                                    .symptoms(
                                            "upstream SSL certificate verify error",
                                            "unable to get local issuer certificate",
                                            "certificate verify failed")
                                    .sources(
                                            "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify",
                                            "https://docs.haproxy.org/2.6/configuration.html#5.2-verify")
                                    .versions(VersionRange.since("2.0.0"))),
                    CertificateRules::otherAuthority),
            Rule.of(
                    RuleInfo.of(
                            "tls.key-does-not-fit",
                            ERROR,
                            rule -> rule.title("The certificate and its private key do not belong together")
                                    .why(
                                            "nginx compares them when it starts and refuses to start, on all machines at once.")
                                    .fix("Give the key that the certificate was made for: .certificatePem(chain, key).")
                                    .symptoms("SSL_CTX_use_PrivateKey_file", "key values mismatch")
                                    .sources(NGINX)),
                    each((cluster, shown) -> shown.key().isResolved()
                                    && shown.certificate().problemOfChain().isEmpty()
                            ? shown.certificate()
                                    .problemOfKey(shown.key())
                                    .map(problem -> List.of(new Problem(
                                            shown.path().child("keyPem"),
                                            "The key of " + shown.whose() + " cannot be used: " + problem)))
                                    .orElse(List.of())
                            : List.of())),
            Rule.of(
                    RuleInfo.of(
                            "tls.chain-broken",
                            ERROR,
                            rule -> rule.title("The chain of the certificate is not in order")
                                    .why(
                                            "nginx takes the first certificate of the file for the server's own, and clients build their way to an"
                                                    + " authority from the others. In another order nginx does not start, or clients that are"
                                                    + " strict refuse the server.")
                                    .fix("Put the server's certificate first, then the one that signed it, and so on:"
                                            + " .certificatePem(chain, key).")
                                    .symptoms("x509: certificate signed by unknown authority", "key values mismatch")
                                    .sources(NGINX, HARBOR + "issues/9821")),
                    each((cluster, shown) -> shown.certificate()
                            .problemOfChain()
                            .map(problem -> List.of(new Problem(
                                    shown.path().child("pem"), "The certificate of " + shown.whose() + ": " + problem)))
                            .orElse(List.of()))),
            Rule.of(
                    RuleInfo.of(
                            "tls.intermediate-missing",
                            WARNING,
                            rule -> rule.title("The certificate comes without the one that signed it")
                                    .why(
                                            "Browsers fetch a missing intermediate certificate themselves, so the web pages work; docker and"
                                                    + " containerd do not, and every pull fails.")
                                    .fix(
                                            "Append the authority's intermediate certificates: .certificatePem(chain, key); most authorities"
                                                    + " hand out a fullchain.pem.")
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(NGINX, HARBOR + "issues/9821")),
                    each((cluster, shown) -> Problems.when(
                            shown.certificate().lacksIssuer(),
                            shown.path().child("pem"),
                            () -> "The certificate of " + shown.whose()
                                    + " stands alone and says where its issuer's is to be fetched."))),
            Rule.of(
                    RuleInfo.of(
                            "tls.self-signed",
                            NOTE,
                            rule -> rule.title("The certificate signed itself")
                                    .why(
                                            "Every client must be told to trust it, and told again when it is renewed: each docker daemon needs a"
                                                    + " file below /etc/docker/certs.d.")
                                    .fix(
                                            "Get a certificate from an authority that the clients trust, or waive tls.self-signed.")
                                    .symptoms(
                                            "x509: certificate signed by unknown authority",
                                            "SSL certificate problem: self-signed certificate")
                                    .sources(
                                            "https://docs.docker.com/engine/security/certificates/",
                                            HARBOR + "issues/11124")),
                    each((cluster, shown) -> Problems.when(
                            shown.certificate().isSelfSigned(),
                            shown.path().child("pem"),
                            () -> "The certificate of " + shown.whose() + " signed itself."))),
            Rule.of(
                    RuleInfo.of(
                            "tls.certificates-differ",
                            WARNING,
                            rule -> rule.title("Load balancers show different certificates")
                                    .why(
                                            "Which certificate a client sees changes with the machine that answers. When one of them is renewed"
                                                    + " and the other is not, every second connection fails, or all do when the public address"
                                                    + " moves.")
                                    .fix("Give all of them one certificate: .certificatePem(chain, key).")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(
                                            HARBOR + "issues/18128",
                                            "https://github.com/kubesphere/kubekey/pull/1992")),
                    CertificateRules::differing),
            Rule.ofDay(
                    RuleInfo.of(
                            "tls.expired",
                            ERROR,
                            rule -> rule.title("The certificate is not valid on this day")
                                    .why("Clients refuse it before they say a word: every login, push and pull fails.")
                                    .fix("Renew the certificate and give it with .certificatePem(chain, key).")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(HARBOR + "issues/18128", "https://www.rfc-editor.org/rfc/rfc5280")),
                    eachDay((shown, day) -> {
                        LocalDate first = utc(shown.certificate().notBefore());
                        LocalDate last = utc(shown.certificate().notAfter());
                        return Problems.when(
                                day.isAfter(last) || day.isBefore(first),
                                shown.path().child("pem"),
                                () -> "The certificate of " + shown.whose() + " is valid from " + first + " to " + last
                                        + ", and the day is " + day + ".");
                    })),
            Rule.ofDay(
                    RuleInfo.of(
                            "tls.expires-soon",
                            WARNING,
                            rule -> rule.title("The certificate runs out soon")
                                    .why(
                                            "A certificate that is rendered is renewed only when somebody renders again; on the day it runs out the"
                                                    + " registry is gone for everybody.")
                                    .fix(
                                            "Renew the certificate, give it with .certificatePem(chain, key), render and install again.")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(HARBOR + "issues/18128", HARBOR + "issues/18104")),
                    eachDay((shown, day) -> {
                        LocalDate last = utc(shown.certificate().notAfter());
                        return Problems.when(
                                !day.isAfter(last) && day.plusDays(SOON_DAYS).isAfter(last),
                                shown.path().child("pem"),
                                () -> "The certificate of " + shown.whose() + " runs out on " + last + ", in less than "
                                        + SOON_DAYS + " days.");
                    })));

    private CertificateRules() {}

    /** Who asks for the names of a certificate. */
    private enum Asked {
        /** Nobody, as far as is known. */
        NOT,
        /** Load balancers, which ask for the public host. */
        BY_BALANCERS,
        /** The clients of the registry, which ask for the public host and the further names. */
        BY_CLIENTS
    }

    /** A certificate in PEM: who shows it, where it stands, its key, and who asks for its names. */
    private record Shown(String whose, ModelPath path, ServerCertificate certificate, Secret key, Asked asked) {}

    private static List<Shown> all(Cluster cluster) {
        List<Shown> all = new ArrayList<>();
        for (LoadBalancer balancer : cluster.loadBalancers()) {
            if (balancer.endsTlsFor(cluster.publicUrl())) {
                shown(
                                "the load balancer " + balancer.name(),
                                Places.CLUSTER.child("loadBalancers").key(balancer.name()),
                                balancer.certificate(),
                                balancer.frontProxy().isEmpty() ? Asked.BY_CLIENTS : Asked.NOT)
                        .ifPresent(all::add);
            }
        }
        cluster.nodeTls()
                .flatMap(tls -> shown(
                        "the nodes", Places.CLUSTER.child("nodeTls"), tls.certificate(), askedOfNodes(cluster, tls)))
                .ifPresent(all::add);
        return all;
    }

    /** Where TLS is handed through, clients see the nodes' certificate, whoever verifies it before. */
    private static Asked askedOfNodes(Cluster cluster, NodeTls tls) {
        if (cluster.loadBalancers().stream().anyMatch(balancer -> balancer.passesThroughFor(cluster.publicUrl()))) {
            return Asked.BY_CLIENTS;
        }
        return tls.ca().isPresent() ? Asked.BY_BALANCERS : Asked.NOT;
    }

    private static Optional<Shown> shown(String whose, ModelPath owner, TlsCertificate certificate, Asked asked) {
        if (!(certificate instanceof TlsCertificate.Pem pem)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Shown(
                    whose, owner.child("certificate"), ServerCertificate.parse(pem.chain()), pem.key(), asked));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what the model takes and this does not is in no form that nginx reads
        }
    }

    private static Function<Cluster, List<Problem>> each(BiFunction<Cluster, Shown, List<Problem>> check) {
        return cluster -> all(cluster).stream()
                .flatMap(shown -> check.apply(cluster, shown).stream())
                .toList();
    }

    private static BiFunction<Cluster, LocalDate, List<Problem>> eachDay(
            BiFunction<Shown, LocalDate, List<Problem>> check) {
        return (cluster, day) -> all(cluster).stream()
                .flatMap(shown -> check.apply(shown, day).stream())
                .toList();
    }

    private static LocalDate utc(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    /** A load balancer that verifies the nodes asks them for the public host, too. */
    private static List<Problem> otherName(Cluster cluster, Shown shown) {
        String host = cluster.publicUrl().host().text();
        return Problems.when(
                shown.asked() != Asked.NOT && !shown.certificate().covers(host),
                shown.path().child("pem"),
                () -> "The certificate of " + shown.whose() + " is for " + names(shown) + ", and clients ask for "
                        + host + ".");
    }

    private static String names(Shown shown) {
        List<String> names = shown.certificate().names();
        return names.isEmpty()
                ? "no name (the common name does not count)"
                : String.join(", ", names.subList(0, Math.min(5, names.size())));
    }

    private static List<Problem> otherAliases(Cluster cluster, Shown shown) {
        List<String> others = cluster.aliases().stream()
                .map(Host::text)
                .filter(name -> !shown.certificate().covers(name))
                .toList();
        return Problems.when(
                shown.asked() == Asked.BY_CLIENTS && !others.isEmpty(),
                shown.path().child("pem"),
                () -> "The certificate of " + shown.whose() + " is for " + names(shown) + ", and "
                        + String.join(", ", others)
                        + (others.size() == 1 ? " is a further name." : " are further names."));
    }

    private static List<Problem> otherAuthority(Cluster cluster) {
        boolean verified = cluster.loadBalancers().stream()
                .anyMatch(balancer -> balancer.program() != LoadBalancerProgram.EXTERNAL);
        return cluster.nodeTls()
                .filter(tls -> verified && leadsElsewhere(tls))
                .map(
                        tls -> List.of(
                                new Problem(
                                        Places.CLUSTER.child("nodeTls").child("ca"),
                                        "The nodes' certificate does not lead to the authority that the load balancers verify it with.")))
                .orElse(List.of());
    }

    private static boolean leadsElsewhere(NodeTls tls) {
        if (tls.ca().isEmpty() || !(tls.certificate() instanceof TlsCertificate.Pem pem)) {
            return false;
        }
        try {
            return !ServerCertificate.parse(pem.chain())
                    .leadsTo(tls.ca().orElseThrow().text());
        } catch (IllegalArgumentException e) {
            return false; // what the model takes and this does not is in no form that nginx reads
        }
    }

    private static List<Problem> differing(Cluster cluster) {
        List<Shown> ofBalancers = all(cluster).stream()
                .filter(shown -> !shown.path().text().startsWith("cluster.nodeTls"))
                .toList();
        return ofBalancers.stream()
                .filter(shown -> !shown.certificate().equals(ofBalancers.get(0).certificate()))
                .map(shown -> new Problem(
                        shown.path().child("pem"),
                        "The certificate of " + shown.whose() + " is another one than that of "
                                + ofBalancers.get(0).whose() + "."))
                .toList();
    }
}
