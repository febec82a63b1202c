package dev.harborha.validation.rules;

import dev.harborha.validation.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The rules that come with the library. */
public final class BuiltInRules {

    private BuiltInRules() {}

    /** Returns all built-in rules. */
    public static List<Rule> all() {
        return Stream.of(
                        AddressRules.ALL,
                        LoadBalancerRules.ALL,
                        FailoverRules.ALL,
                        PassthroughRules.ALL,
                        VirtualIpRules.ALL,
                        BackendRules.ALL,
                        DatabaseRules.ALL,
                        RedisRules.ALL,
                        StorageRules.ALL,
                        S3Rules.ALL,
                        ServiceRules.ALL,
                        CertificateRules.ALL,
                        DeploymentRules.ALL,
                        SecretRules.ALL,
                        VersionRules.ALL,
                        OperationRules.ALL,
                        SettingRules.ALL,
                        NodeRules.ALL,
                        ReaderRules.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
