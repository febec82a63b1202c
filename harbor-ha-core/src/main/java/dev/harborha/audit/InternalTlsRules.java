package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.keys.InternalTls;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rules on the TLS that the containers of a node speak with each other, and on the authorities that they trust. */
final class InternalTlsRules {

    private static final String CA = "harbor_internal_ca.crt";
    private static final String MANUAL = "https://goharbor.io/docs/2.14.0/install-config/configure-internal-tls/";

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-does-not-fit",
                            ERROR,
                            rule -> rule.title(
                                            "A certificate between containers does not fit to key, name or authority")
                                    .why("The containers do not trust each other, and the node answers 502.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "x509: certificate signed by unknown authority",
                                            "x509: certificate is valid for …, not …",
                                            "502 Bad Gateway")
                                    .sources(MANUAL, HARBOR + "issues/11934")),
                    InternalTlsRules::unfit),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-expiry",
                            NOTE,
                            rule -> rule.title("The day on which the certificates between the containers run out")
                                    .why(
                                            "From that day on the containers do not trust each other, on all nodes at once.")
                                    .fix(
                                            "Before that day call ClusterKeys.renewInternalTls(…), or harbor-ha renew, then render and install every node again.")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources(MANUAL)),
                    InternalTlsRules::expiry),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-on-part",
                            ERROR,
                            rule -> rule.title("Some containers speak TLS with each other, and some do not")
                                    .why(
                                            "Inside a node they do not reach each other. Between nodes the address of core travels with each task through"
                                                    + " Redis: a node of the other kind that runs it cannot report, and the task stays in Running.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "http: server gave HTTP response to HTTPS client",
                                            "Client sent an HTTP request to an HTTPS server")
                                    .sources(MANUAL, HARBOR + "blob/v2.14.0/src/pkg/task/task.go")),
                    InternalTlsRules::onPart),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.internal-ca-not-trusted",
                            ERROR,
                            rule -> rule.title("Containers do not know the authority of their own certificates")
                                    .why(
                                            "Harbor's prepare looks for the authority in /data alone: with another data volume it is not among those that"
                                                    + " containers trust, nginx does not start, and the others refuse each other.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "cannot load certificate \"/harbor_cust_cert/harbor_internal_ca.crt\"",
                                            "x509: certificate signed by unknown authority")
                                    .sources(HARBOR + "issues/22373", HARBOR + "issues/11934")),
                    InternalTlsRules::unknownCa),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.trust-differs",
                            WARNING,
                            rule -> rule.title("Nodes trust different authorities")
                                    .why(
                                            "One node reaches the blob store, Redis or the database, and another one refuses their certificates: every"
                                                    + " other request fails, and a lost node may leave none that works.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(HARBOR + "issues/16437", HARBOR + "issues/18868")),
                    InternalTlsRules::trust));

    private InternalTlsRules() {}

    private interface CertificateVisitor {
        void visit(RenderedFile ca, InternalTls.Component component, RenderedFile certificate);
    }

    private static void eachCertificate(HarborNode node, CertificateVisitor visitor) {
        for (RenderedFile ca : node.machine().files()) {
            if (node.machine().endsWith(ca, CA)) {
                for (InternalTls.Component component : InternalTls.Component.values()) {
                    beside(node, ca, component.fileName() + ".crt")
                            .ifPresent(certificate -> visitor.visit(ca, component, certificate));
                }
            }
        }
    }

    private static Optional<RenderedFile> beside(HarborNode node, RenderedFile ca, String name) {
        String place = node.machine().placeOf(ca);
        return node.machine().at(place.substring(0, place.length() - CA.length()) + name);
    }

    private static List<Problem> unfit(Fleet fleet) {
        Map<List<String>, Optional<String>> verdicts = new HashMap<>(); // nodes share one text
        return fleet.each(node -> {
            List<Problem> problems = new ArrayList<>();
            eachCertificate(node, (ca, component, certificate) -> {
                Optional<RenderedFile> key = beside(node, ca, component.fileName() + ".key");
                Optional<String> problem = key.isEmpty()
                        ? Optional.of("Its key is not among the files.")
                        : verdicts.computeIfAbsent(
                                List.of(
                                        ca.content(),
                                        component.name(),
                                        certificate.content(),
                                        key.get().content()),
                                set -> InternalTls.problemOf(set.get(0), component, set.get(2), set.get(3)));
                problem.ifPresent(what -> problems.add(
                        Fleet.at(certificate, "The certificate for TLS between the containers does not fit: " + what)));
            });
            return problems;
        });
    }

    /** Says when the first of all certificates between the containers runs out; once for all nodes, which share them. */
    private static List<Problem> expiry(Fleet fleet) {
        Map<LocalDate, RenderedFile> ends = new TreeMap<>();
        certificates(fleet).forEach((file, end) -> ends.putIfAbsent(LocalDate.ofInstant(end, ZoneOffset.UTC), file));
        return ends.entrySet().stream()
                .limit(1)
                .map(first -> Fleet.at(
                        first.getValue(),
                        "The first of the certificates between the containers runs out on " + first.getKey() + "."))
                .toList();
    }

    /** Returns the certificates between the containers that are in a fleet, each text once, and when they run out. */
    static Map<RenderedFile, Instant> certificates(Fleet fleet) {
        Map<String, Boolean> known = new HashMap<>();
        Map<RenderedFile, Instant> ends = new LinkedHashMap<>();
        for (Fleet.Alike group : fleet.alike()) {
            eachCertificate(group.first(), (ca, component, certificate) -> {
                for (RenderedFile file : List.of(certificate, ca)) {
                    if (known.putIfAbsent(file.content(), true) == null) {
                        InternalTls.expiryOf(file.content()).ifPresent(end -> ends.put(file, end));
                    }
                }
            });
        }
        return ends;
    }

    private static List<Problem> onPart(Fleet fleet) {
        List<Problem> problems = new ArrayList<>(fleet.each(node -> {
            Map<RenderedFile, Boolean> speaks = speakers(node);
            Optional<Map.Entry<RenderedFile, Boolean>> first =
                    speaks.entrySet().stream().findFirst();
            return speaks.entrySet().stream()
                    .filter(entry ->
                            !entry.getValue().equals(first.orElseThrow().getValue()))
                    .map(entry -> Fleet.at(
                            entry.getKey(),
                            "Here containers speak " + scheme(entry.getValue()) + " with each other, and "
                                    + scheme(first.orElseThrow().getValue()) + " by "
                                    + first.orElseThrow().getKey().path() + "."))
                    .toList();
        }));
        problems.addAll(fleet.across(node -> !speakers(node).isEmpty(), (one, node) -> {
            Map.Entry<RenderedFile, Boolean> there =
                    speakers(one).entrySet().iterator().next();
            Map.Entry<RenderedFile, Boolean> here =
                    speakers(node).entrySet().iterator().next();
            return here.getValue().equals(there.getValue())
                    ? List.of()
                    : List.of(Fleet.at(
                            here.getKey(),
                            "The containers of this node speak " + scheme(here.getValue()) + " with each other, and "
                                    + scheme(there.getValue()) + " by "
                                    + there.getKey().path() + "."));
        }));
        return problems;
    }

    private static String scheme(boolean tls) {
        return tls ? "https" : "http";
    }

    /** Returns the files of a node that say whether a component speaks TLS, and whether it does. */
    private static Map<RenderedFile, Boolean> speakers(HarborNode node) {
        Map<RenderedFile, Boolean> speakers = new LinkedHashMap<>();
        for (String component : List.of("core", "jobservice", "registryctl")) {
            node.setting(component, "CORE_URL")
                    .ifPresent(url -> speakers.put(url.file(), url.value().startsWith("https")));
            node.setting(component, "INTERNAL_TLS_ENABLED")
                    .ifPresent(flag ->
                            speakers.merge(flag.file(), flag.value().equalsIgnoreCase("true"), (one, other) -> one));
        }
        node.jobserviceConfig().ifPresent(file -> protocol(node, file, speakers));
        node.machine().endingWith("registryctl/config.yml").ifPresent(file -> protocol(node, file, speakers));
        if (node.isOf2x()) {
            node.registryConfig()
                    .filter(file -> node.yaml(file).has("http.addr"))
                    .ifPresent(file -> speakers.put(file, node.yaml(file).has("http.tls")));
        }
        return speakers;
    }

    private static void protocol(HarborNode node, RenderedFile file, Map<RenderedFile, Boolean> speakers) {
        node.yaml(file).value("protocol").ifPresent(protocol -> speakers.put(file, protocol.equals("https")));
    }

    private static List<Problem> unknownCa(HarborNode node) {
        boolean on = node.setting("core", "INTERNAL_TLS_ENABLED")
                .filter(flag -> flag.value().equalsIgnoreCase("true"))
                .isPresent();
        if (!on) {
            return List.of();
        }
        Optional<RenderedFile> trusted = node.seen("core", "/harbor_cust_cert/" + CA)
                .or(() -> node.machine().endingWith("trust-certificates/" + CA));
        Optional<RenderedFile> own = node.machine().files().stream()
                .filter(file -> node.machine().endsWith(file, CA)
                        && beside(node, file, "core.crt").isPresent())
                .findFirst();
        if (trusted.isEmpty()) {
            return List.of(node.problem("Containers are not given " + CA + " to trust."));
        }
        return own.isEmpty()
                        || own.get()
                                .content()
                                .strip()
                                .equals(trusted.get().content().strip())
                ? List.of()
                : List.of(Fleet.at(
                        trusted.get(),
                        "This is another authority than the one in " + own.get().path() + "."));
    }

    private static List<Problem> trust(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        for (String name : List.of("storage_ca_bundle.crt", "redis_tls_ca.crt", "database_ca.crt", "uaa_ca.pem")) {
            problems.addAll(fleet.across(node -> node.machine().endingWith(name).isPresent(), (first, node) -> {
                Optional<RenderedFile> there = first.machine().endingWith(name);
                Optional<RenderedFile> here = node.machine().endingWith(name);
                return there.isEmpty()
                                || here.isEmpty()
                                || there.get()
                                        .content()
                                        .strip()
                                        .equals(here.get().content().strip())
                        ? List.of()
                        : List.of(Fleet.at(
                                here.get(),
                                "The authorities differ from those in "
                                        + there.get().path() + "."));
            }));
        }
        return problems;
    }
}
