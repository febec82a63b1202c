package dev.harborha.audit;

import java.util.List;
import java.util.stream.Stream;

/** The bundle rules that come with the library. */
public final class BuiltInBundleRules {

    private static final List<BundleRule> ALL = Stream.of(
                    TokenKeyRules.ALL,
                    ContainerSecretRules.ALL,
                    List.of(RegistryPasswordRule.create()),
                    ContainerSettingRules.ALL,
                    SharedRules.ALL,
                    BackendRules.ALL,
                    RegistryRules.ALL,
                    JobRules.ALL,
                    InternalTlsRules.ALL,
                    ServerCertificateRules.ALL,
                    ProxyRules.ALL,
                    BalancerRules.ALL,
                    HaproxyRules.ALL,
                    VrrpRules.ALL,
                    ComposeRules.ALL,
                    FileRules.ALL)
            .flatMap(List::stream)
            .toList();

    private BuiltInBundleRules() {}

    /** Returns all built-in bundle rules. */
    public static List<BundleRule> all() {
        return ALL;
    }
}
