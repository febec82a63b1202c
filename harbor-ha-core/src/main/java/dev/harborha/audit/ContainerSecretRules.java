package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules on the secrets that the containers of a node show each other. */
final class ContainerSecretRules {

    private static final List<String> SHARED =
            List.of("UI_SECRET", "CORE_SECRET", "JOBSERVICE_SECRET", "REGISTRY_CREDENTIAL_PASSWORD");

    /** The secrets that each component cannot do without. */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "core",
            List.of("CORE_SECRET", "JOBSERVICE_SECRET", "CSRF_KEY", "REGISTRY_CREDENTIAL_PASSWORD"),
            "jobservice",
            List.of("CORE_SECRET", "JOBSERVICE_SECRET", "REGISTRY_CREDENTIAL_PASSWORD"),
            "registryctl",
            List.of("JOBSERVICE_SECRET"));

    /** What may not be empty where it stands. */
    private static final Map<String, List<String>> FILLED = Map.of("ui", List.of("UI_SECRET", "SECRET_KEY"));

    /** What Harbor's installer ships, by the name of the setting. */
    private static final SortedMap<String, String> PUBLISHED =
            new TreeMap<>(Map.of("HARBOR_ADMIN_PASSWORD", "Harbor12345", "POSTGRESQL_PASSWORD", "root123"));

    private static final int CSRF_KEY_LENGTH = 32;
    private static final int MOST_COST = 8;
    private static final Pattern COST = Pattern.compile("(?m)^[^:#\\s]+:\\$2[aby]\\$([0-9]{2})\\$");

    static final List<BundleRule> ALL = List.of(
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.container-secrets-differ",
                            ERROR,
                            rule -> rule.title("Containers of one node have different secrets")
                                    .why(
                                            "They refuse each other with 401: no job can be submitted, the job service panics at its start, or no"
                                                    + " layer is served. The health page shows none of it.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "only internal service is allowed to call this API",
                                            "failed to load configuration",
                                            "error authenticating user \"harbor_registry_user\": authentication failure")
                                    .sources(HARBOR + "blob/v2.14.0/src/jobservice/api/authenticator.go")),
                    ContainerSecretRules::differing),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.secret-empty",
                            ERROR,
                            rule -> rule.title("A container has no secret where it needs one")
                                    .why(
                                            "With an empty secret a component refuses every request of the others. Where harbor.yml has no password"
                                                    + " for the database, Harbor's prepare writes the word None, which is no password either.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("empty secret is not allowed", "empty auth secret")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/jobservice/api/authenticator.go",
                                            HARBOR + "blob/v2.14.0/src/jobservice/main.go")),
                    ContainerSecretRules::empty),
            FleetRule.ofSeveral(
                    RuleInfo.of(
                            "bundle.secrets-left-to-prepare",
                            ERROR,
                            rule -> rule.title(
                                            "Nothing keeps Harbor's prepare from drawing a secret of its own on each node")
                                    .why(
                                            "No line of harbor.yml says these secrets: prepare draws them anew on each node at each run. Replication"
                                                    + " then answers 401 (10 of 10 tasks that crossed the nodes failed on a real cluster), and forms in"
                                                    + " the browser 403.")
                                    .fix(
                                            "Render the nodes with .deployment(d -> d.installer()), whose docker-compose.override.yml names all of them,"
                                                    + " or with .deployment(d -> d.complete()).")
                                    .symptoms("CSRF token invalid", "http status code: 401, body:")
                                    .sources(HARBOR + "pull/17498", HARBOR + "issues/20908", HARBOR + "issues/19158")),
                    ContainerSecretRules::leftToPrepare),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.csrf-key-length",
                            ERROR,
                            rule -> rule.title("The key of the web forms has not exactly 32 characters")
                                    .why(
                                            "Until 2.12 core draws a random one for each process instead, so forms and logins fail whenever the next"
                                                    + " request meets another node (6 of 6 logins); since 2.13 every request of a browser ends with 500.")
                                    .fix(
                                            "Leave csrf_key to the key store: remove it and its line in store, and render all nodes again.")
                                    .symptoms(
                                            "invalid CSRF key length from the environment. Please ensure the key length is 32 characters",
                                            "Invalid CSRF key from environment: …, generating random key...",
                                            "CSRF token invalid")
                                    .sources(HARBOR + "issues/12676", HARBOR + "pull/21154")),
                    ContainerSecretRules::csrfKey),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.secret-published",
                            WARNING,
                            rule -> rule.title("A secret is one that Harbor ships")
                                    .why(
                                            "It works, and everybody knows it: with the upload secret `placeholder` anybody makes the state of an"
                                                    + " upload himself, and Harbor12345 is what scanners of the Internet try first.")
                                    .fix(
                                            "Let ClusterKeys draw the keys, and give passwords of your own in .adminPassword(…) and"
                                                    + " .database(db -> db.password(…)).")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl",
                                            HARBOR
                                                    + "blob/v2.14.0/make/photon/prepare/templates/registry/config.yml.jinja",
                                            "https://github.com/goharbor/harbor-helm/blob/v1.18.0/values.yaml")),
                    ContainerSecretRules::published),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.registry-hash-slow",
                            NOTE,
                            rule -> rule.title("The registry's password has a costly hash")
                                    .why(
                                            "The registry computes it for every request and remembers nothing: a cost of 5 takes a millisecond, one"
                                                    + " of 12 more than a hundred, for each layer that is asked for.")
                                    .fix(
                                            "Make the line with a cost of 5, as `htpasswd -bBC 5` does, or render it from the key store.")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/utils/registry.py",
                                            "https://github.com/distribution/distribution/blob/v2.8.3/registry/auth/htpasswd/htpasswd.go")),
                    ContainerSecretRules::slowHash),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.scanner-prefix-empty",
                            WARNING,
                            rule -> rule.title("The name by which core knows its scanner is empty")
                                    .why(
                                            "Every robot account of a project then passes for the scanner: its pulls are not counted, and it may"
                                                    + " push to proxy caches. Without the variable core takes the word scanner.")
                                    .fix(RENDER_TOGETHER)
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/controller/event/handler/internal/artifact.go",
                                            HARBOR + "blob/v2.14.0/src/server/middleware/repoproxy/proxy.go")),
                    node -> node.setting("core", "ROBOT_SCANNER_NAME_PREFIX")
                            .filter(prefix -> prefix.value().isEmpty())
                            .map(prefix -> List.of(
                                    Fleet.at(prefix.file(), "The value of ROBOT_SCANNER_NAME_PREFIX is empty.")))
                            .orElse(List.of())));

    private ContainerSecretRules() {}

    private static List<Problem> differing(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        for (String name : SHARED) {
            Optional<Setting> first = Optional.empty();
            for (String component : HarborNode.COMPONENTS) {
                Optional<Setting> setting = node.setting(component, name);
                if (first.isPresent()
                        && setting.isPresent()
                        && !first.get().value().equals(setting.get().value())) {
                    RenderedFile place = first.get().file();
                    problems.add(Fleet.at(
                            setting.get().file(),
                            place.equals(setting.get().file())
                                    ? "The value of " + name + " is not the same for all containers."
                                    : "The value of " + name + " differs from the one in " + place.path() + "."));
                }
                first = first.isPresent() ? first : setting;
            }
        }
        return problems;
    }

    private static List<Problem> empty(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        for (String component : HarborNode.COMPONENTS) {
            Map<String, Setting> environment = node.environment(component);
            for (String name : NEEDED.getOrDefault(component, List.of())) {
                Setting setting = environment.get(name);
                if (setting == null ? node.isComplete() && !environment.isEmpty() : isEmpty(setting)) {
                    problems.add(emptyAt(node, component, name, setting == null));
                }
            }
            for (String name : FILLED.getOrDefault(component, List.of())) {
                Setting setting = environment.get(name);
                if (setting != null && isEmpty(setting)) {
                    problems.add(emptyAt(node, component, name, false));
                }
            }
        }
        noPassword(node).ifPresent(problems::add);
        return problems;
    }

    /** A database may let in whoever comes without a password, but not with a word that nobody chose. */
    private static Optional<Problem> noPassword(HarborNode node) {
        boolean said = node.harborYml()
                .flatMap(file -> node.yaml(file).value("external_database.harbor.password"))
                .filter(password -> !password.isEmpty())
                .isPresent();
        return node.setting("core", "POSTGRESQL_PASSWORD")
                .filter(password ->
                        password.value().equals("None") && node.harborYml().isPresent() && !said)
                .map(password -> Fleet.at(
                        password.file(),
                        "The value of POSTGRESQL_PASSWORD of core is None, since harbor.yml has no password."));
    }

    private static boolean isEmpty(Setting setting) {
        return setting.value().isEmpty() || setting.value().equals("None");
    }

    private static Problem emptyAt(HarborNode node, String component, String name, boolean missing) {
        Optional<RenderedFile> place =
                node.setting(component, name).map(Setting::file).or(() -> node.placeOfEnvironment(component));
        String message = missing
                ? "There is no " + name + " for " + component + "."
                : "The value of " + name + " of " + component + " is empty.";
        return place.map(file -> Fleet.at(file, message)).orElseGet(() -> node.problem(message));
    }

    private static List<Problem> leftToPrepare(HarborNode node) {
        if (node.harborYml().isEmpty() || node.isComplete()) {
            return List.of();
        }
        List<String> left = new ArrayList<>();
        for (String component : List.of("core", "jobservice", "registryctl")) {
            Map<String, Setting> environment = node.environment(component);
            for (String name : NEEDED.getOrDefault(component, List.of())) {
                if (!environment.containsKey(name)) {
                    left.add(name + " of " + component);
                }
            }
        }
        if (node.registryPasswords().isEmpty()) {
            left.add("the registry's password file");
        }
        return left.isEmpty() ? List.of() : List.of(node.problem("Left to prepare: " + String.join(", ", left) + "."));
    }

    private static List<Problem> csrfKey(HarborNode node) {
        return node.setting("core", "CSRF_KEY")
                .filter(key -> !isEmpty(key) && key.value().length() != CSRF_KEY_LENGTH)
                .map(key -> List.of(Fleet.at(
                        key.file(),
                        "The value of CSRF_KEY has " + key.value().length() + " characters; core needs exactly "
                                + CSRF_KEY_LENGTH + ".")))
                .orElse(List.of());
    }

    private static List<Problem> published(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Setting> core = node.environment("core");
        PUBLISHED.forEach((name, word) -> {
            Setting setting = core.get(name);
            if (setting != null && setting.value().equals(word)) {
                problems.add(Fleet.at(setting.file(), "The value of " + name + " is the one that Harbor ships."));
            }
        });
        node.harborYml()
                .filter(file -> !core.containsKey("HARBOR_ADMIN_PASSWORD")
                        && node.yaml(file)
                                .value("harbor_admin_password")
                                .filter("Harbor12345"::equals)
                                .isPresent())
                .ifPresent(file -> problems.add(
                        Fleet.at(file, "The value of harbor_admin_password is the one that Harbor ships.")));
        node.cfg("harbor_admin_password")
                .filter(password -> password.value().equals("Harbor12345"))
                .ifPresent(password -> problems.add(
                        Fleet.at(password.file(), "The value of harbor_admin_password is the one that Harbor ships.")));
        RegistryRules.uploadSecret(node)
                .filter(secret -> secret.value().equals("placeholder"))
                .ifPresent(secret -> problems.add(
                        Fleet.at(secret.file(), "The value of http.secret is the one that Harbor ships.")));
        node.secretKey()
                .filter(file -> file.content().equals("not-a-secure-key"))
                .ifPresent(
                        file -> problems.add(Fleet.at(file, "The secret key is the one that Harbor's chart ships.")));
        return problems;
    }

    private static List<Problem> slowHash(HarborNode node) {
        return node.registryPasswords()
                .flatMap(file -> {
                    Matcher cost = COST.matcher(file.content());
                    return cost.find() && Integer.parseInt(cost.group(1)) > MOST_COST
                            ? Optional.of(Fleet.at(
                                    file,
                                    "The hash has a cost of " + Integer.parseInt(cost.group(1))
                                            + "; Harbor itself uses 5."))
                            : Optional.empty();
                })
                .map(List::of)
                .orElse(List.of());
    }
}
