package dev.harborha.audit;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;

import dev.harborha.validation.RuleInfo;
import java.util.List;

/** The bundle rules that come with the library. */
public final class BuiltInBundleRules {

    private static final String POST = "http://niyanchun.com/harbor-multi-nodes-deployment-practices.html";
    private static final String HARBOR = "https://github.com/goharbor/harbor/";

    private static final List<BundleRule> ALL = List.of(
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.token-keys-differ",
                            ERROR,
                            "Nodes have different token keys",
                            "A token that one node signs is refused by the others with 401: all pushes that hop between the nodes"
                                    + " fail.",
                            POST),
                    AcrossNodes::tokenKeys),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.certificate-does-not-fit",
                            ERROR,
                            "A node's root.crt does not belong to its private_key.pem",
                            "The registry then refuses every token of that node, its own included.",
                            POST),
                    NodeFits::unfitCertificates),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.secret-keys-differ",
                            ERROR,
                            "Nodes have different secret keys",
                            "What one node encrypts into the database, such as the passwords of replication targets, is garbage to"
                                    + " the others, without any error in a log.",
                            "https://github.com/goharbor/harbor/issues/13569"),
                    AcrossNodes::secretKeys),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.realms-differ",
                            ERROR,
                            "Nodes send clients to different token services",
                            "Which address a client is sent to changes from request to request; some it cannot reach.",
                            POST),
                    AcrossNodes::realms),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.upload-secrets-differ",
                            ERROR,
                            "Nodes have different upload secrets",
                            "An upload that began on one node is refused by the others with BLOB_UPLOAD_INVALID.",
                            "https://github.com/distribution/distribution/blob/v2.5.0/docs/configuration.md#http"),
                    AcrossNodes::uploadSecrets),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.environments-differ",
                            ERROR,
                            "Nodes differ in what they must share",
                            "Database, Redis, public address and secrets must be the same for every node, or requests end differently"
                                    + " on each.",
                            POST),
                    AcrossNodes::settings),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.storages-differ",
                            ERROR,
                            "Nodes keep layers in different places",
                            "What is pushed through one node is unknown to the others, and their garbage collection takes it for"
                                    + " waste.",
                            POST),
                    AcrossNodes::storages),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.images-differ",
                            ERROR,
                            "Nodes run different images",
                            "The newest release changes the database; the older ones then stop, since they do not know its"
                                    + " version.",
                            HARBOR + "blob/v2.14.0/src/migration/migration.go"),
                    AcrossNodes::images),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.container-secrets-differ",
                            ERROR,
                            "Containers of one node have different secrets",
                            "They refuse each other with 401: no job can be submitted, or no layer is served.",
                            HARBOR + "blob/v2.14.0/src/jobservice/api/authenticator.go"),
                    NodeFits::containerSecrets),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-does-not-fit",
                            ERROR,
                            "A certificate between containers does not fit to its key, its name or its authority",
                            "The containers do not trust each other, and the node answers 502.",
                            "https://goharbor.io/docs/2.14.0/install-config/configure-internal-tls/"),
                    NodeFits::unfitInternalTls),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-expiry",
                            NOTE,
                            "The day on which the certificates between the containers run out",
                            "From that day on the containers do not trust each other, on all nodes at once.",
                            "https://goharbor.io/docs/2.14.0/install-config/configure-internal-tls/"),
                    NodeFits::internalTlsExpiry),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.forwarded-proto-overwritten",
                            ERROR,
                            "A node overwrites X-Forwarded-Proto although TLS ends in front of it",
                            "The registry then answers uploads with a Location of http://, and docker push retries for ever.",
                            POST),
                    NodeFits::overwrittenProto),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.private-key-readable",
                            ERROR,
                            "A private key would be readable by every user of the machine",
                            "Whoever holds the token key can grant himself any right in the registry.",
                            "docs/rationale.md"),
                    NodeFits::readableKeys));

    private BuiltInBundleRules() {}

    /** Returns all built-in bundle rules. */
    public static List<BundleRule> all() {
        return ALL;
    }
}
