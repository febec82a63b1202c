package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.KeyTexts;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the registry lets core in: verified by bcrypt, once for each pair of a file and a password. Files that were rendered
 * with keys at hand need no bcrypt, whose first use takes a cold start longer than all other rules together: the pair of a key
 * store was verified when the store was read.
 */
final class RegistryPasswordRule implements BundleRule {

    private static final String USER = "harbor_registry_user";

    private static final RuleInfo INFO = RuleInfo.of(
            "bundle.registry-password-does-not-fit",
            ERROR,
            rule -> rule.title("The registry does not let core in")
                    .why(
                            "Core shows the registry a password whose hash is in the registry's own file. Where they do not fit, every"
                                    + " push and pull through that node ends with 401, with a good token too, and its health page says healthy.")
                    .fix(RENDER_TOGETHER)
                    .symptoms(
                            "error authenticating user \"harbor_registry_user\": authentication failure",
                            "basic authentication challenge for realm \"harbor-registry-basic-realm\": invalid authorization credential")
                    .sources(
                            HARBOR + "blob/v2.14.0/src/server/registry/proxy.go",
                            "https://distribution.github.io/distribution/about/configuration/#htpasswd"));

    private final Optional<ClusterKeys> keys;

    private RegistryPasswordRule(Optional<ClusterKeys> keys) {
        this.keys = keys;
    }

    static BundleRule create() {
        return new RegistryPasswordRule(Optional.empty());
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public BundleRule knowing(ClusterKeys used) {
        return new RegistryPasswordRule(Optional.of(used));
    }

    @Override
    public List<Problem> check(Bundle bundle) {
        Map<List<String>, Optional<String>> verdicts = new HashMap<>(); // nodes share one text
        return Fleet.of(bundle).each(node -> check(node, verdicts));
    }

    private List<Problem> check(HarborNode node, Map<List<String>, Optional<String>> verdicts) {
        Optional<RenderedFile> file = node.registryPasswords();
        Optional<Setting> password = node.setting("core", "REGISTRY_CREDENTIAL_PASSWORD");
        if (file.isEmpty() || password.isEmpty() || password.get().value().isEmpty()) {
            return List.of();
        }
        String user = node.setting("core", "REGISTRY_CREDENTIAL_USERNAME")
                .map(Setting::value)
                .orElse(USER);
        List<String> pair = List.of(file.get().content(), user, password.get().value());
        return verdicts.computeIfAbsent(pair, this::problem).stream()
                .map(what -> Fleet.at(
                        file.get(),
                        "The file does not let core in with what "
                                + password.get().file().path() + " says: " + what))
                .toList();
    }

    private Optional<String> problem(List<String> pair) {
        boolean certain = keys.filter(known -> pair.get(1).equals(USER)
                        && known.isRegistryPair(pair.get(0).stripTrailing(), pair.get(2)))
                .isPresent();
        return certain ? Optional.empty() : KeyTexts.problemOfRegistryPassword(pair.get(0), pair.get(1), pair.get(2));
    }

    @Override
    public String toString() {
        return "BundleRule[" + INFO.id() + "]";
    }
}
