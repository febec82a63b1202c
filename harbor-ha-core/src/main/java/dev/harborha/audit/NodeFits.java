package dev.harborha.audit;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What must fit together inside one node. */
final class NodeFits {

    static final String TOKEN_KEY = "/private_key.pem";

    private static final String INTERNAL_CA = "/harbor_internal_ca.crt";

    private static final String[] NODE_PROXY = {"/nginx/nginx.conf", "/nginx/nginx.http.conf"};
    private static final Pattern OWN_PROTO =
            Pattern.compile("(?mi)^\\s*proxy_set_header\\s+X-Forwarded-Proto\\s+\\$\\$?scheme\\s*;");
    private static final Pattern LISTENS_TLS = Pattern.compile("(?m)^\\s*listen\\s[^;]*\\sssl\\b[^;]*;");

    private static final String[] SETTINGS = {"/env", "/harbor.yml"};
    private static final Pattern PUBLIC_HTTPS =
            Pattern.compile("(?m)^[ \\t]*(?:EXT_ENDPOINT|external_url)(?:=|:[ \\t]+)[\"']?https://");

    private static final String[] ENVIRONMENTS = {"/env", "/docker-compose.override.yml"};
    private static final Set<String> BETWEEN_CONTAINERS =
            Set.of("UI_SECRET", "CORE_SECRET", "JOBSERVICE_SECRET", "REGISTRY_CREDENTIAL_PASSWORD");

    private NodeFits() {}

    static List<Problem> unfitCertificates(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        Map<List<String>, Optional<String>> verdicts = new HashMap<>(); // nodes share one text
        for (RenderedFile key : bundle.files()) {
            if (key.path().endsWith(TOKEN_KEY)) {
                String folder = key.path().substring(0, key.path().length() - TOKEN_KEY.length());
                bundle.get(folder.substring(0, folder.lastIndexOf('/') + 1) + "registry/root.crt")
                        .ifPresent(certificate -> verdicts.computeIfAbsent(
                                        List.of(key.content(), certificate.content()),
                                        pair -> ClusterKeys.problemOfTokenPair(pair.get(0), pair.get(1)))
                                .ifPresent(problem -> problems.add(new Problem(
                                        ModelPath.file(certificate.path()),
                                        "The certificate does not belong to " + key.path() + ": " + problem))));
            }
        }
        return problems;
    }

    static List<Problem> unfitInternalTls(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        Map<List<String>, Optional<String>> verdicts = new HashMap<>();
        eachCertificate(bundle, (ca, component, certificate) -> {
            Optional<RenderedFile> key = beside(bundle, ca, component.fileName() + ".key");
            Optional<String> problem = key.isEmpty()
                    ? Optional.of("Its key is not there.")
                    : verdicts.computeIfAbsent(
                            List.of(
                                    ca.content(),
                                    component.name(),
                                    certificate.content(),
                                    key.get().content()),
                            set -> InternalTls.problemOf(set.get(0), component, set.get(2), set.get(3)));
            problem.ifPresent(what -> problems.add(new Problem(
                    ModelPath.file(certificate.path()),
                    "The certificate for TLS between the containers does not fit: " + what)));
        });
        return problems;
    }

    /** Says when the first of all certificates between the containers runs out; once for all nodes, which share them. */
    static List<Problem> internalTlsExpiry(Bundle bundle) {
        Map<LocalDate, String> ends = new TreeMap<>();
        Map<String, Optional<Instant>> known = new HashMap<>();
        eachCertificate(bundle, (ca, component, certificate) -> {
            for (RenderedFile file : List.of(certificate, ca)) {
                known.computeIfAbsent(file.content(), InternalTls::expiryOf)
                        .ifPresent(end -> ends.putIfAbsent(LocalDate.ofInstant(end, ZoneOffset.UTC), file.path()));
            }
        });
        return ends.entrySet().stream()
                .limit(1)
                .map(first -> new Problem(
                        ModelPath.file(first.getValue()),
                        "The first of the certificates between the containers runs out on " + first.getKey() + "."))
                .toList();
    }

    private interface CertificateVisitor {
        void visit(RenderedFile ca, InternalTls.Component component, RenderedFile certificate);
    }

    private static void eachCertificate(Bundle bundle, CertificateVisitor visitor) {
        for (RenderedFile ca : bundle.files()) {
            if (ca.path().endsWith(INTERNAL_CA)) {
                for (InternalTls.Component component : InternalTls.Component.values()) {
                    beside(bundle, ca, component.fileName() + ".crt")
                            .ifPresent(certificate -> visitor.visit(ca, component, certificate));
                }
            }
        }
    }

    private static Optional<RenderedFile> beside(Bundle bundle, RenderedFile ca, String name) {
        return bundle.get(ca.path().substring(0, ca.path().length() - INTERNAL_CA.length()) + "/" + name);
    }

    static List<Problem> containerSecrets(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Map<String, List<String>>> known = new HashMap<>(); // nodes share one text
        NodeFiles.byNode(bundle.files(), ENVIRONMENTS).values().forEach(files -> {
            Map<String, String> firsts = new HashMap<>();
            Map<String, RenderedFile> places = new HashMap<>();
            for (RenderedFile file : files) {
                known.computeIfAbsent(file.content(), text -> NodeFiles.values(text, BETWEEN_CONTAINERS))
                        .forEach((name, values) -> {
                            String first = firsts.computeIfAbsent(name, any -> values.get(0));
                            RenderedFile place = places.computeIfAbsent(name, any -> file);
                            if (!values.stream().allMatch(first::equals)) {
                                problems.add(new Problem(
                                        ModelPath.file(file.path()),
                                        place.equals(file)
                                                ? "The value of " + name + " is not the same for all containers."
                                                : "The value of " + name + " differs from the one in " + place.path()
                                                        + "."));
                            }
                        });
            }
        });
        return problems;
    }

    static List<Problem> overwrittenProto(Bundle bundle) {
        Map<String, List<RenderedFile>> settings = NodeFiles.byNode(bundle.files(), SETTINGS);
        Map<String, Boolean> overwrites = new HashMap<>(); // nodes share one text
        Map<String, Boolean> https = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        NodeFiles.byNode(bundle.files(), NODE_PROXY)
                .forEach((node, proxies) -> proxies.forEach(proxy -> {
                    if (overwrites.computeIfAbsent(proxy.content(), NodeFits::overwritesProto)
                            && settings.getOrDefault(node, List.of()).stream()
                                    .anyMatch(file -> https.computeIfAbsent(
                                            file.content(),
                                            text -> PUBLIC_HTTPS.matcher(text).find()))) {
                        problems.add(new Problem(
                                ModelPath.file(proxy.path()),
                                "The node's nginx sets X-Forwarded-Proto itself, and the public URL is https."));
                    }
                }));
        return problems;
    }

    /** A node that speaks https itself says the right word where it says its own. */
    private static boolean overwritesProto(String nginx) {
        return OWN_PROTO.matcher(nginx).find() && !LISTENS_TLS.matcher(nginx).find();
    }

    static List<Problem> readableKeys(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        for (RenderedFile file : bundle.files()) {
            if (!file.secret() && file.content().contains("PRIVATE KEY-----")) {
                problems.add(new Problem(
                        ModelPath.file(file.path()), "The file holds a private key and is not marked as secret."));
            }
        }
        return problems;
    }
}
