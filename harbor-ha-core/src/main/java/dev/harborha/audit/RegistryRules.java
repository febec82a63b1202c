package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.POST;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Rules on the registry of each node and on where it keeps layers. */
final class RegistryRules {

    private static final String CONFIGURATION = "https://distribution.github.io/distribution/about/configuration/";

    /** What stands beside the driver in the section {@code storage}. */
    private static final Set<String> NO_DRIVERS = Set.of("cache", "maintenance", "delete", "redirect", "tag");

    /** What stands beside the driver in the section {@code storage_service} of {@code harbor.yml}. */
    private static final Set<String> NO_DRIVERS_OF_YML = Set.of("ca_bundle", "redirect");

    static final List<BundleRule> ALL = List.of(
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.realms-differ",
                            ERROR,
                            rule -> rule.title("Nodes send clients to different token services")
                                    .why(
                                            "Which address a client is sent to changes from request to request; some it cannot reach.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("Get \"…/service/token…\": dial tcp …: i/o timeout")
                                    .sources(POST, HARBOR + "issues/15127")),
                    node -> node.registryConfig().isPresent(),
                    (first, node) -> compare(first, node, "auth.token.realm", "token realm")),
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.upload-secrets-differ",
                            ERROR,
                            rule -> rule.title("Nodes have different upload secrets")
                                    .why(
                                            "An upload that began on one node is refused by the others with BLOB_UPLOAD_INVALID: 12 of 12 pushes on"
                                                    + " a real cluster.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "blob upload invalid",
                                            "BLOB_UPLOAD_INVALID",
                                            "err.detail=\"invalid secret\"",
                                            "No HTTP secret provided - generated random secret")
                                    .sources(
                                            "https://github.com/distribution/distribution/blob/v2.5.0/docs/configuration.md#http")),
                    node -> node.registryConfig().isPresent(),
                    RegistryRules::uploadSecrets),
            FleetRule.ofSeveral(
                    RuleInfo.of(
                            "bundle.upload-secret-missing",
                            ERROR,
                            rule -> rule.title("A registry draws an upload secret of its own")
                                    .why(
                                            "Without http.secret each registry draws one at its start, so an upload that goes on at another node,"
                                                    + " or after a restart, is refused with BLOB_UPLOAD_INVALID (8 of 8 on a real cluster).")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "No HTTP secret provided - generated random secret",
                                            "BLOB_UPLOAD_INVALID",
                                            "blob upload invalid")
                                    .sources(CONFIGURATION + "#http")),
                    RegistryRules::noUploadSecret),
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.storages-differ",
                            ERROR,
                            rule -> rule.title("Nodes keep layers in different places")
                                    .why(
                                            "What is pushed through one node is unknown to the others, and their garbage collection takes it for"
                                                    + " waste. Where only the redirect differs, some clients are sent where they cannot go.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("blob upload unknown", "manifest unknown", "unknown blob")
                                    .sources(POST, HARBOR + "issues/15162")),
                    node -> node.registryConfig().isPresent(),
                    (first, node) -> compare(first, node, "storage", "section storage")),
            FleetRule.ofSeveral(
                    RuleInfo.of(
                            "bundle.storage-on-node",
                            WARNING,
                            rule -> rule.title("A registry keeps layers in a folder of its node")
                                    .why(
                                            "Unless somebody mounted a share there, each node has images of its own: 8 of 8 pushes and 10 of 10"
                                                    + " pulls that met another node failed on a real cluster.")
                                    .fix(
                                            "Use .s3(…) or another object store, or .sharedFilesystem(share -> share.path(…).source(…)) with a path of its"
                                                    + " own.")
                                    .symptoms("blob upload unknown", "manifest unknown", "blob unknown to registry")
                                    .sources(HARBOR + "issues/15162", CONFIGURATION + "#storage")),
                    RegistryRules::storageOnNode),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.storage-ambiguous",
                            ERROR,
                            rule -> rule.title("It is not one storage driver that a registry is told")
                                    .why(
                                            "The registry does not start with none or with two. Harbor's prepare says nothing: it takes the file"
                                                    + " system where the section of the driver is empty or where both are there.")
                                    .fix(
                                            "Leave one of .s3(…), .azure(…), .gcs(…), .swift(…), .oss(…) and .sharedFilesystem(…).")
                                    .symptoms(
                                            "multiple storage drivers specified in configuration or environment",
                                            "must provide exactly one storage type")
                                    .sources(
                                            CONFIGURATION + "#storage",
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/utils/configs.py")),
                    RegistryRules::ambiguousStorage),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.redirect-misspelled",
                            ERROR,
                            rule -> rule.title("The redirect to the blob store is switched by a word that is not read")
                                    .why(
                                            "The registry reads redirect.disable and passes over redirect.disabled: clients are sent to the store's own"
                                                    + " address. In harbor.yml the word is disabled until 2.7 and disable since 2.8, and prepare dies of"
                                                    + " the other one.")
                                    .fix("Say .redirect(…), and let the files be rendered for the release.")
                                    .symptoms("KeyError: 'disable'", "KeyError: 'disabled'", "dial tcp …: i/o timeout")
                                    .sources(HARBOR + "issues/13037", CONFIGURATION + "#redirect")),
                    RegistryRules::misspelledRedirect),
            FleetRule.ofSeveral(
                    RuleInfo.of(
                            "bundle.registry-cache-in-memory",
                            WARNING,
                            rule -> rule.title("A registry remembers layers in its own memory")
                                    .why(
                                            "Garbage collection runs on one node and empties the cache in Redis. The others' memory still says that"
                                                    + " deleted layers are there; pushes skip them, and pulls fail until that registry starts again.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("blob unknown to registry", "manifest unknown")
                                    .sources(HARBOR + "issues/22571", CONFIGURATION + "#cache")),
                    RegistryRules::cacheInMemory));

    private RegistryRules() {}

    private static List<Problem> compare(HarborNode first, HarborNode node, String path, String what) {
        Optional<RenderedFile> one = first.registryConfig();
        Optional<RenderedFile> other = node.registryConfig();
        if (one.isEmpty()
                || other.isEmpty()
                || first.yaml(one.get())
                        .section(path)
                        .equals(node.yaml(other.get()).section(path))) {
            return List.of();
        }
        return List.of(Fleet.at(
                other.get(),
                "The " + what + " differs from the one in " + one.get().path() + "."));
    }

    /** Returns the secret that signs the state of uploads: the variable wins over the file. */
    static Optional<Setting> uploadSecret(HarborNode node) {
        return node.setting("registry", "REGISTRY_HTTP_SECRET")
                .or(() -> node.registryConfig()
                        .flatMap(file -> node.yaml(file).value("http.secret").map(secret -> new Setting(secret, file))))
                .filter(secret -> !secret.value().isEmpty());
    }

    private static List<Problem> uploadSecrets(HarborNode first, HarborNode node) {
        Optional<Setting> one = uploadSecret(first);
        Optional<Setting> other = uploadSecret(node);
        if (one.map(Setting::value).equals(other.map(Setting::value))) {
            return List.of();
        }
        Optional<RenderedFile> there = one.map(Setting::file).or(first::registryConfig);
        String message = "The http.secret differs from the one in "
                + there.map(RenderedFile::path).orElse("another node") + ".";
        return other.map(Setting::file).or(node::registryConfig).stream()
                .map(file -> Fleet.at(file, message))
                .toList();
    }

    private static List<Problem> noUploadSecret(HarborNode node) {
        return uploadSecret(node).isPresent()
                ? List.of()
                : node.registryConfig()
                        .map(file -> List.of(Fleet.at(file, "There is no http.secret.")))
                        .orElse(List.of());
    }

    private static List<String> drivers(YamlOutline config) {
        return config.keys("storage").stream()
                .filter(key -> !NO_DRIVERS.contains(key))
                .toList();
    }

    private static List<Problem> inConfig(HarborNode node, Function<YamlOutline, Optional<String>> check) {
        return node.registryConfig()
                .flatMap(file -> check.apply(node.yaml(file)).map(message -> List.of(Fleet.at(file, message))))
                .orElse(List.of());
    }

    private static List<Problem> inYml(HarborNode node, Function<YamlOutline, Optional<String>> check) {
        return node.harborYml()
                .flatMap(file -> check.apply(node.yaml(file)).map(message -> List.of(Fleet.at(file, message))))
                .orElse(List.of());
    }

    private static List<Problem> storageOnNode(HarborNode node) {
        String own = node.dataVolume().orElse("data") + "/registry";
        Optional<String> shared = node.mounts("registry").stream()
                .filter(mount -> mount.target().equals("/storage"))
                .map(HarborNode.Mount::source)
                .filter(source -> !source.equals(own))
                .findFirst();
        if (node.registryConfig().isPresent()) {
            return inConfig(node, config -> {
                List<String> drivers = drivers(config);
                if (drivers.equals(List.of("inmemory"))) {
                    return Optional.of("The registry keeps layers in memory.");
                }
                return drivers.equals(List.of("filesystem")) && node.isOf2x() && shared.isEmpty()
                        ? Optional.of("The registry keeps layers in " + SafeText.of("/" + own, "the data volume")
                                + " of its node.")
                        : Optional.empty();
            });
        }
        return inYml(node, yml -> {
            List<String> drivers = driversOfYml(yml);
            return (drivers.isEmpty() || drivers.contains("filesystem")) && shared.isEmpty()
                    ? Optional.of("The registry keeps layers in " + SafeText.of("/" + own, "the data volume")
                            + " of its node.")
                    : Optional.empty();
        });
    }

    private static List<String> driversOfYml(YamlOutline yml) {
        return yml.keys("storage_service").stream()
                .filter(key -> !NO_DRIVERS_OF_YML.contains(key))
                .toList();
    }

    private static List<Problem> ambiguousStorage(HarborNode node) {
        boolean byVariables =
                node.environment("registry").keySet().stream().anyMatch(name -> name.startsWith("REGISTRY_STORAGE"));
        List<Problem> problems = new ArrayList<>(inConfig(node, config -> {
            List<String> drivers = drivers(config);
            return drivers.size() == 1 || byVariables
                    ? Optional.empty()
                    : Optional.of(
                            drivers.isEmpty()
                                    ? "The section storage names no driver."
                                    : "The section storage names the drivers " + SafeText.of(drivers, " and ") + ".");
        }));
        problems.addAll(inYml(node, yml -> {
            List<String> drivers = driversOfYml(yml);
            Optional<String> empty = drivers.stream()
                    .filter(driver -> !driver.equals("filesystem")
                            && yml.keys("storage_service." + driver).isEmpty())
                    .findFirst();
            return drivers.size() > 1
                    ? Optional.of(
                            "The section storage_service names the drivers " + SafeText.of(drivers, " and ") + ".")
                    : empty.map(driver -> "The section storage_service." + SafeText.of(driver, "…") + " is empty.");
        }));
        return problems;
    }

    private static List<Problem> misspelledRedirect(HarborNode node) {
        List<Problem> problems = new ArrayList<>(inConfig(
                node,
                config -> config.has("storage.redirect.disabled")
                        ? Optional.of("The registry does not read storage.redirect.disabled.")
                        : Optional.empty()));
        problems.addAll(inYml(node, yml -> {
            Optional<String> release = node.release();
            boolean old = release.filter(HarborNode::isBefore28).isPresent();
            String wanted = "storage_service.redirect." + (old ? "disabled" : "disable");
            return release.isPresent() && yml.has("storage_service.redirect") && !yml.has(wanted)
                    ? Optional.of(
                            "The prepare of Harbor " + release.get() + " reads " + wanted + ", which is not there.")
                    : Optional.empty();
        }));
        return problems;
    }

    private static List<Problem> cacheInMemory(HarborNode node) {
        return node.isOf2x()
                ? inConfig(
                        node,
                        config -> config.value("storage.cache.layerinfo")
                                .or(() -> config.value("storage.cache.blobdescriptor"))
                                .filter("inmemory"::equals)
                                .map(kind -> "The cache of the registry is inmemory."))
                : List.of();
    }
}
