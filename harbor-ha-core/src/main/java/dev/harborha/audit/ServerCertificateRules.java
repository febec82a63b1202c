package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.keys.ServerCertificate;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules on the certificates that load balancers and nodes show to clients. */
final class ServerCertificateRules {

    /** For how long before its end a certificate is spoken of: what Let's Encrypt leaves of its 90 days for a renewal. */
    private static final int DAYS_BEFORE = 30;

    private static final String HTTPS = "https://goharbor.io/docs/2.14.0/install-config/configure-https/";
    private static final String NGINX = "https://nginx.org/en/docs/http/configuring_https_servers.html";
    private static final String NEW_CERTIFICATE =
            "Get a certificate for the public name, give it in .certificatePem(…) with its chain and its key, and render all"
                    + " machines again.";

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.server-certificate-does-not-fit",
                            ERROR,
                            rule -> rule.title("A server's certificate and its key cannot be used together")
                                    .why("nginx does not start, so nobody reaches this machine.")
                                    .fix(NEW_CERTIFICATE)
                                    .symptoms(
                                            "SSL_CTX_use_PrivateKey_file(\"…\") failed",
                                            "key values mismatch",
                                            "cannot load certificate key")
                                    .sources(NGINX, HARBOR + "issues/11124")),
                    fleet -> each(fleet, ServerCertificateRules::unfit)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.server-certificate-names",
                            ERROR,
                            rule -> rule.title("A server's certificate is not for the name by which it is called")
                                    .why(
                                            "docker, containerd and browsers refuse it. A common name alone has not counted since Go 1.15 either, and"
                                                    + " an address must be there as an address.")
                                    .fix(NEW_CERTIFICATE)
                                    .symptoms(
                                            "x509: certificate is valid for …, not …",
                                            "x509: certificate relies on legacy Common Name field, use SANs instead",
                                            "x509: cannot validate certificate for … because it doesn't contain any IP SANs",
                                            "upstream SSL certificate does not match")
                                    .sources(HTTPS, HARBOR + "issues/14483", HARBOR + "issues/9821")),
                    fleet -> wrongNames(fleet, true)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.node-certificate-names",
                            WARNING,
                            rule -> rule.title("A node's certificate is not for the public name")
                                    .why(
                                            "The load balancer calls the node by the public name and does not look at what it is shown. Whoever sits"
                                                    + " between the two can be the node, and the day somebody turns verification on all nodes are out.")
                                    .fix(NEW_CERTIFICATE)
                                    .symptoms("upstream SSL certificate does not match")
                                    .sources(
                                            HTTPS,
                                            "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify")),
                    fleet -> wrongNames(fleet, false)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.server-certificate-chain",
                            WARNING,
                            rule -> rule.title("A server's certificate does not come with its chain")
                                    .why(
                                            "Browsers find a missing certificate by themselves, docker and containerd do not: pages open, and every"
                                                    + " login of docker fails.")
                                    .fix(
                                            "Put the server's own certificate first and those that signed it after it, each before the one that signed"
                                                    + " it: a file that authorities call fullchain.")
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(NGINX + "#chains", HARBOR + "issues/18104")),
                    fleet -> each(
                            fleet,
                            shown -> shown.certificate()
                                    .flatMap(ServerCertificateRules::chain)
                                    .map(what -> Fleet.at(shown.file(), what)))),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.server-certificates-differ",
                            WARNING,
                            rule -> rule.title("Machines of one kind show different certificates")
                                    .why(
                                            "One was renewed and the other forgotten: on some day some of the connections fail, and who trusts one"
                                                    + " certificate by itself is refused by the machine that shows the other.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(HARBOR + "issues/18128", HARBOR + "issues/14924")),
                    ServerCertificateRules::differing),
            FleetRule.ofDay(
                    RuleInfo.of(
                            "bundle.certificate-not-valid",
                            ERROR,
                            rule -> rule.title("A certificate has run out, or is not valid yet")
                                    .why(
                                            "Whoever verifies it refuses the connection: clients, or containers each other.")
                                    .fix(
                                            "Renew it: give the new one in .certificatePem(…), or call ClusterKeys.renewInternalTls(…) for those between"
                                                    + " the containers; then render and install all machines again.")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(HARBOR + "issues/18128", HTTPS)),
                    ServerCertificateRules::notValid),
            FleetRule.ofDay(
                    RuleInfo.of(
                            "bundle.certificate-expires-soon",
                            WARNING,
                            rule -> rule.title("A certificate runs out within 30 days")
                                    .why("On that day all machines that have it are refused at once.")
                                    .fix(
                                            "Renew it: give the new one in .certificatePem(…), or call ClusterKeys.renewInternalTls(…) for those between"
                                                    + " the containers; then render and install all machines again.")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(
                                            HARBOR + "issues/18128",
                                            "https://letsencrypt.org/docs/integration-guide/")),
                    ServerCertificateRules::endsSoon));

    private ServerCertificateRules() {}

    /**
     * A certificate that a machine shows.
     *
     * @param file where it lies
     * @param key where its key lies, if it is in the bundle
     * @param read what the file holds
     */
    private record Shown(RenderedFile file, Optional<RenderedFile> key, Parsed.Certificate read) {

        Optional<ServerCertificate> certificate() {
            return read.value();
        }
    }

    private static List<Shown> ofBalancer(Balancer balancer) {
        return both(
                shown(
                        balancer,
                        balancer.configs().stream()
                                .flatMap(config -> balancer.nginx(config).everywhere("ssl_certificate"))
                                .toList()),
                balancer.haproxy()
                        .map(haproxy -> ofBinds(balancer, haproxy.binds()))
                        .orElse(List.of()));
    }

    private static List<Shown> both(List<Shown> some, List<Shown> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** HAProxy reads certificate and key from one file, or the key from that of the same name with .key behind it. */
    private static List<Shown> ofBinds(Balancer balancer, List<HaproxyText.Line> binds) {
        Map<RenderedFile, Shown> shown = new LinkedHashMap<>();
        for (HaproxyText.Line bind : binds) {
            for (String path : bind.allAfter("crt")) {
                balancer.at(path)
                        .ifPresent(file -> shown.computeIfAbsent(
                                file,
                                any -> new Shown(
                                        file,
                                        file.content().contains("PRIVATE KEY-----")
                                                ? Optional.of(file)
                                                : balancer.at(path + ".key"),
                                        balancer.certificate(file))));
            }
        }
        return List.copyOf(shown.values());
    }

    /** Returns what is shown to who calls the public name; a balancer may serve other names as well. */
    private static List<Shown> ofPublicName(Balancer balancer, PublicUrl url) {
        List<Shown> ofHaproxy = ofBinds(
                balancer,
                balancer.haproxyRoutes(url).stream()
                        .flatMap(route -> route.binds().stream())
                        .toList());
        return both(
                shown(
                        balancer,
                        balancer.servers(url).stream()
                                .flatMap(server -> server.inForce("ssl_certificate").stream())
                                .toList()),
                // Of several, HAProxy takes the one that fits to the name.
                ofHaproxy.size() == 1 ? ofHaproxy : List.of());
    }

    private static List<Shown> shown(Balancer balancer, List<NginxText.Directive> certificates) {
        Map<RenderedFile, Shown> shown = new LinkedHashMap<>();
        for (NginxText.Directive directive : certificates) {
            Optional<RenderedFile> key = directive.inForce("ssl_certificate_key").stream()
                    .findFirst()
                    .flatMap(path -> balancer.at(path.argument()));
            balancer.at(directive.argument())
                    .ifPresent(file ->
                            shown.computeIfAbsent(file, any -> new Shown(file, key, balancer.certificate(file))));
        }
        return List.copyOf(shown.values());
    }

    private static Optional<Shown> ofNode(HarborNode node) {
        return node.serverCertificate().map(file -> new Shown(file, node.serverKey(), node.certificate(file)));
    }

    private static List<Problem> each(Fleet fleet, Function<Shown, Optional<Problem>> check) {
        List<Problem> problems = new ArrayList<>();
        for (Balancer balancer : fleet.balancers()) {
            ofBalancer(balancer).forEach(shown -> check.apply(shown).ifPresent(problems::add));
        }
        problems.addAll(
                fleet.each(node -> ofNode(node).flatMap(check).map(List::of).orElse(List.of())));
        return problems;
    }

    private static Optional<Problem> unfit(Shown shown) {
        String problem = shown.certificate()
                .map(certificate -> shown.key()
                        .map(key -> certificate.problemOfKey(key.content()).orElse(""))
                        .orElse("Its key is not among the files."))
                .orElse(shown.read().problem());
        return problem.isEmpty()
                ? Optional.empty()
                : Optional.of(Fleet.at(shown.file(), "The certificate cannot be used: " + problem));
    }

    private static Optional<String> chain(ServerCertificate certificate) {
        return certificate
                .problemOfChain()
                .or(() -> certificate.lacksIssuer()
                        ? Optional.of(
                                "The certificate stands alone, and the one that signed it says where it can be fetched.")
                        : Optional.empty());
    }

    private static List<Problem> wrongNames(Fleet fleet, boolean mustBeRight) {
        Optional<PublicUrl> url = fleet.publicUrl();
        if (url.isEmpty()) {
            return List.of();
        }
        String host = url.get().host().text();
        List<Problem> problems = new ArrayList<>();
        if (mustBeRight) {
            for (Balancer balancer : fleet.balancers()) {
                ofPublicName(balancer, url.get())
                        .forEach(shown -> wrongName(shown, host).ifPresent(problems::add));
            }
        }
        if (mustBeRight == isVerified(fleet, url.get())) {
            problems.addAll(fleet.each(node -> ofNode(node)
                    .flatMap(shown -> wrongName(shown, host))
                    .map(List::of)
                    .orElse(List.of())));
        }
        return problems;
    }

    /** Tells whether a load balancer looks at what the nodes show. */
    private static boolean isVerified(Fleet fleet, PublicUrl url) {
        return fleet.balancers().stream()
                        .flatMap(balancer -> balancer.routes(url).stream())
                        .anyMatch(route -> route.tls()
                                && route.pass().inForce("proxy_ssl_verify").stream()
                                        .anyMatch(verify -> verify.argument().equals("on")))
                || fleet.balancers().stream()
                        .flatMap(balancer -> balancer.haproxyRoutes(url).stream())
                        .anyMatch(ServerCertificateRules::isVerified);
    }

    /** Where bytes are handed through, clients look. */
    private static boolean isVerified(Haproxy.Route route) {
        return route.isStream()
                ? !route.endsTls()
                : route.servers().stream().anyMatch(server -> server.speaksTls() && server.isVerified());
    }

    private static Optional<Problem> wrongName(Shown shown, String host) {
        return shown.certificate()
                .filter(certificate -> !certificate.covers(host))
                .map(certificate -> Fleet.at(
                        shown.file(),
                        "The certificate is for " + names(certificate) + ", and clients call " + host + "."));
    }

    private static String names(ServerCertificate certificate) {
        if (!certificate.names().isEmpty()) {
            return String.join(", ", certificate.names());
        }
        return certificate
                .commonName()
                .map(name -> "no name but the common name " + name + ", which does not count")
                .orElse("no name");
    }

    private static List<Problem> differing(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        Optional<Shown> first = Optional.empty();
        for (Balancer balancer : fleet.balancers()) {
            Optional<Shown> shown = ofBalancer(balancer).stream().findFirst();
            differing(first, shown).ifPresent(problems::add);
            first = first.isPresent() ? first : shown;
        }
        problems.addAll(fleet.across(
                node -> ofNode(node).isPresent(),
                (one, node) ->
                        differing(ofNode(one), ofNode(node)).map(List::of).orElse(List.of())));
        return problems;
    }

    private static Optional<Problem> differing(Optional<Shown> first, Optional<Shown> other) {
        Optional<String> one = first.flatMap(Shown::certificate).map(ServerCertificate::fingerprint);
        return other.flatMap(shown -> shown.certificate()
                .filter(certificate -> one.isPresent() && !one.get().equals(certificate.fingerprint()))
                .map(certificate -> Fleet.at(
                        shown.file(),
                        "The certificate is another one than that in "
                                + first.orElseThrow().file().path() + ".")));
    }

    private static List<Problem> notValid(Fleet fleet, LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Problem> problems = new ArrayList<>(each(
                fleet,
                shown -> shown.certificate()
                        .filter(certificate -> !certificate.notBefore().isBefore(end))
                        .map(certificate -> Fleet.at(
                                shown.file(),
                                "The certificate is not valid before " + date(certificate.notBefore()) + "."))));
        ends(fleet).forEach((file, notAfter) -> {
            if (notAfter.isBefore(begin)) {
                problems.add(Fleet.at(file, "The certificate ran out on " + date(notAfter) + "."));
            }
        });
        return problems;
    }

    private static List<Problem> endsSoon(Fleet fleet, LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant soon =
                day.plusDays(DAYS_BEFORE + 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Problem> problems = new ArrayList<>();
        ends(fleet).forEach((file, notAfter) -> {
            if (!notAfter.isBefore(begin) && notAfter.isBefore(soon)) {
                problems.add(Fleet.at(file, "The certificate runs out on " + date(notAfter) + "."));
            }
        });
        return problems;
    }

    /** Returns until when the certificates are valid that some machine shows, or that containers show each other. */
    private static Map<RenderedFile, Instant> ends(Fleet fleet) {
        Map<RenderedFile, Instant> ends = new LinkedHashMap<>();
        each(fleet, shown -> {
            shown.certificate().ifPresent(certificate -> ends.put(shown.file(), certificate.notAfter()));
            return Optional.empty();
        });
        ends.putAll(InternalTlsRules.certificates(fleet));
        return ends;
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
