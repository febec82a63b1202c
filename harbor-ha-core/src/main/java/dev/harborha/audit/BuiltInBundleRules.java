package dev.harborha.audit;

import static dev.harborha.validation.Severity.ERROR;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The bundle rules that come with the library. */
public final class BuiltInBundleRules {

    private static final String POST = "http://niyanchun.com/harbor-multi-nodes-deployment-practices.html";

    private static final String NODES = "nodes/";
    private static final String NODE_PROXY = "/nginx/nginx.http.conf";
    private static final String TOKEN_KEY = "/private_key.pem";
    private static final String REGISTRY_CONFIG = "/registry/config.yml";
    private static final String SECRET_KEY = "/secretkey";
    private static final String ENV = "/env";
    private static final String HARBOR_CFG = "/harbor.cfg";
    private static final Pattern REALM = Pattern.compile("(?m)^[ \\t]*realm:[ \\t]*\"?([^\"\\s]+)\"?[ \\t]*$");
    private static final Pattern HTTP_SECRET = Pattern.compile("(?m)^[ \\t]*secret:[ \\t]*\"?([^\"\\s]+)\"?[ \\t]*$");
    private static final Pattern OWN_PROTO =
            Pattern.compile("(?mi)^\\s*proxy_set_header\\s+X-Forwarded-Proto\\s+\\$\\$?scheme\\s*;");
    private static final Pattern SHARED_VARIABLE = Pattern.compile(
            "(?m)^(SECRET_KEY|UI_SECRET|EXT_ENDPOINT|MYSQL_HOST|MYSQL_PORT|MYSQL_USR|MYSQL_PWD|MYSQL_DATABASE|_REDIS_URL)=(.*)$");

    private static final Pattern SHARED_SETTING = Pattern.compile(
            "(?m)^(hostname|ui_url_protocol|harbor_admin_password|db_password|auth_mode|ldap_[a-z_]+|customize_crt)[ \\t]*=(.*)$");

    private static final String RENDER_TOGETHER = "Render all nodes in one run from one key store.";

    private static final List<BundleRule> ALL = List.of(
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.token-keys-differ",
                            ERROR,
                            "Nodes have different token keys",
                            "A token that one node signs is refused by the others with 401: all pushes that hop between the nodes"
                                    + " fail.",
                            POST),
                    bundle -> differing(bundle, TOKEN_KEY, whole("token key"))),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.certificate-does-not-fit",
                            ERROR,
                            "A node's root.crt does not belong to its private_key.pem",
                            "The registry then refuses every token of that node, its own included.",
                            POST),
                    BuiltInBundleRules::unfitCertificates),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.secret-keys-differ",
                            ERROR,
                            "Nodes have different secret keys",
                            "What one node encrypts into the database, such as the passwords of replication targets, is garbage to"
                                    + " the others, without any error in a log.",
                            "https://github.com/goharbor/harbor/issues/13569"),
                    bundle -> differing(bundle, SECRET_KEY, whole("secretkey"))),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.realms-differ",
                            ERROR,
                            "Nodes send clients to different token services",
                            "Which address a client is sent to changes from request to request; some it cannot reach.",
                            POST),
                    bundle -> differing(bundle, REGISTRY_CONFIG, found("token realm", REALM))),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.upload-secrets-differ",
                            ERROR,
                            "Nodes have different upload secrets",
                            "An upload that began on one node is refused by the others with BLOB_UPLOAD_INVALID.",
                            "https://github.com/distribution/distribution/blob/v2.5.0/docs/configuration.md#http"),
                    bundle -> differing(bundle, REGISTRY_CONFIG, found("http.secret", HTTP_SECRET))),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.environments-differ",
                            ERROR,
                            "Nodes differ in what they must share",
                            "Database, Redis, public address and secrets must be the same for every node, or requests end differently"
                                    + " on each.",
                            POST),
                    BuiltInBundleRules::differingSettings),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.forwarded-proto-overwritten",
                            ERROR,
                            "A node overwrites X-Forwarded-Proto although TLS ends in front of it",
                            "The registry then answers uploads with a Location of http://, and docker push retries for ever.",
                            POST),
                    BuiltInBundleRules::overwrittenProto),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.private-key-readable",
                            ERROR,
                            "A private key would be readable by every user of the machine",
                            "Whoever holds the token key can grant himself any right in the registry.",
                            "docs/rationale.md"),
                    BuiltInBundleRules::readableKeys));

    private BuiltInBundleRules() {}

    /** Returns all built-in bundle rules. */
    public static List<BundleRule> all() {
        return ALL;
    }

    /** Says a problem of every node whose file differs, in what matters, from that of the first node that has it. */
    private static List<Problem> differing(
            Bundle bundle, String pathEnd, BiFunction<String, String, List<String>> difference) {
        Map<String, RenderedFile> firsts = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (RenderedFile file : bundle.files()) {
            if (file.path().endsWith(pathEnd) && isOnNode(file)) {
                RenderedFile first = firsts.putIfAbsent(placeOnNode(file), file);
                if (first != null && !first.content().equals(file.content())) {
                    for (String what : difference.apply(first.content(), file.content())) {
                        problems.add(new Problem(
                                ModelPath.file(file.path()),
                                "The " + what + " differs from the one in " + first.path() + ".",
                                RENDER_TOGETHER));
                    }
                }
            }
        }
        return problems;
    }

    private static List<Problem> differingSettings(Bundle bundle) {
        List<Problem> problems = new ArrayList<>(differing(bundle, ENV, settings(SHARED_VARIABLE)));
        problems.addAll(differing(bundle, HARBOR_CFG, settings(SHARED_SETTING)));
        return problems;
    }

    /** Returns a difference in the texts as a whole. */
    private static BiFunction<String, String, List<String>> whole(String what) {
        return (one, other) -> one.equals(other) ? List.of() : List.of(what);
    }

    /** Returns a difference in what a pattern's group finds. */
    private static BiFunction<String, String, List<String>> found(String what, Pattern pattern) {
        return (one, other) -> found(pattern, one).equals(found(pattern, other)) ? List.of() : List.of(what);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** Returns the differences in settings, of which a pattern finds name and value. */
    private static BiFunction<String, String, List<String>> settings(Pattern pattern) {
        return (one, other) -> {
            Map<String, String> first = settings(pattern, one);
            Map<String, String> second = settings(pattern, other);
            Set<String> names = new TreeSet<>(first.keySet());
            names.addAll(second.keySet());
            names.removeIf(name -> Objects.equals(first.get(name), second.get(name)));
            return names.stream().map(name -> "value of " + name).toList();
        };
    }

    private static Map<String, String> settings(Pattern pattern, String text) {
        Map<String, String> settings = new TreeMap<>();
        pattern.matcher(text).results().forEach(match -> settings.put(match.group(1), match.group(2)));
        return settings;
    }

    private static boolean isOnNode(RenderedFile file) {
        return file.path().startsWith(NODES) && file.path().indexOf('/', NODES.length()) > 0;
    }

    /** Returns the path below {@code nodes/<name>/}. */
    private static String placeOnNode(RenderedFile file) {
        return file.path().substring(file.path().indexOf('/', NODES.length()) + 1);
    }

    private static List<Problem> unfitCertificates(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        Map<Pair, Optional<String>> verdicts = new HashMap<>();
        for (RenderedFile key : bundle.files()) {
            if (key.path().endsWith(TOKEN_KEY)) {
                String folder = key.path().substring(0, key.path().length() - TOKEN_KEY.length());
                bundle.get(folder.substring(0, folder.lastIndexOf('/') + 1) + "registry/root.crt")
                        .ifPresent(certificate -> verdicts.computeIfAbsent(
                                        new Pair(key.content(), certificate.content()),
                                        pair -> ClusterKeys.problemOfTokenPair(pair.key, pair.certificate))
                                .ifPresent(problem -> problems.add(new Problem(
                                        ModelPath.file(certificate.path()),
                                        "The certificate does not belong to " + key.path() + ": " + problem,
                                        RENDER_TOGETHER))));
            }
        }
        return problems;
    }

    private record Pair(String key, String certificate) {}

    private static List<Problem> overwrittenProto(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Boolean> verdicts = new HashMap<>(); // nodes share one text
        for (RenderedFile nginx : bundle.files()) {
            if (nginx.path().endsWith(NODE_PROXY)
                    && isOnNode(nginx)
                    && verdicts.computeIfAbsent(
                            nginx.content(), text -> OWN_PROTO.matcher(text).find())) {
                String env = nginx.path().substring(0, nginx.path().length() - NODE_PROXY.length()) + "/ui/env";
                boolean https = bundle.get(env)
                        .map(file -> file.content().contains("EXT_ENDPOINT=https://"))
                        .orElse(false);
                if (https) {
                    problems.add(new Problem(
                            ModelPath.file(nginx.path()),
                            "The node's nginx sets X-Forwarded-Proto itself, and the public URL is https.",
                            "Let the header of the load balancer through: remove the directive."));
                }
            }
        }
        return problems;
    }

    private static List<Problem> readableKeys(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        for (RenderedFile file : bundle.files()) {
            if (!file.secret() && file.content().contains("PRIVATE KEY-----")) {
                problems.add(new Problem(
                        ModelPath.file(file.path()),
                        "The file holds a private key and is not marked as secret.",
                        "Return it as RenderedFile.secret(path, content)."));
            }
        }
        return problems;
    }
}
