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
                            rule -> rule.title("Nodes have different token keys")
                                    .why(
                                            "A token that one node signs is refused by the others with 401: all pushes that hop between the nodes"
                                                    + " fail.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms(
                                            "crypto/rsa: verification error",
                                            "token signed by untrusted key",
                                            "unauthorized: authentication required",
                                            "unauthorized to access repository: …")
                                    .sources(
                                            POST,
                                            "https://github.com/goharbor/harbor/issues/10352",
                                            "https://github.com/goharbor/harbor/issues/23799")),
                    AcrossNodes::tokenKeys),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.certificate-does-not-fit",
                            ERROR,
                            rule -> rule.title("A node's root.crt does not belong to its private_key.pem")
                                    .why("The registry then refuses every token of that node, its own included.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms(
                                            "error authorizing context: invalid token", "token signed by untrusted key")
                                    .sources(POST, "https://github.com/goharbor/harbor/issues/1289")),
                    NodeFits::unfitCertificates),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.secret-keys-differ",
                            ERROR,
                            rule -> rule.title("Nodes have different secret keys")
                                    .why(
                                            "What one node encrypts into the database, such as the passwords of replication targets, is garbage to"
                                                    + " the others, without any error in a log.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms("the registry is unhealthy", "LDAP Result Code 49")
                                    .sources("https://github.com/goharbor/harbor/issues/13569")),
                    AcrossNodes::secretKeys),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.realms-differ",
                            ERROR,
                            rule -> rule.title("Nodes send clients to different token services")
                                    .why(
                                            "Which address a client is sent to changes from request to request; some it cannot reach.")
                                    .fix("Render all nodes in one run from one cluster.")
                                    .symptoms("Get \"…/service/token…\": dial tcp …: i/o timeout")
                                    .sources(POST, "https://github.com/goharbor/harbor/issues/15127")),
                    AcrossNodes::realms),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.upload-secrets-differ",
                            ERROR,
                            rule -> rule.title("Nodes have different upload secrets")
                                    .why(
                                            "An upload that began on one node is refused by the others with BLOB_UPLOAD_INVALID.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms(
                                            "blob upload invalid",
                                            "BLOB_UPLOAD_INVALID",
                                            "err.detail=\"invalid secret\"",
                                            "No HTTP secret provided - generated random secret")
                                    .sources(
                                            "https://github.com/distribution/distribution/blob/v2.5.0/docs/configuration.md#http")),
                    AcrossNodes::uploadSecrets),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.environments-differ",
                            ERROR,
                            rule -> rule.title("Nodes differ in what they must share")
                                    .why(
                                            "Database, Redis, public address and secrets must be the same for every node, or requests end differently"
                                                    + " on each.")
                                    .fix("Render all nodes in one run from one cluster.")
                                    .symptoms("CSRF token invalid", "http status code: 401, body:", "State mismatch")
                                    .sources(
                                            POST,
                                            "https://github.com/goharbor/harbor/issues/20908",
                                            "https://github.com/goharbor/harbor/issues/19158")),
                    AcrossNodes::settings),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.storages-differ",
                            ERROR,
                            rule -> rule.title("Nodes keep layers in different places")
                                    .why(
                                            "What is pushed through one node is unknown to the others, and their garbage collection takes it for"
                                                    + " waste.")
                                    .fix("Render all nodes in one run from one cluster.")
                                    .symptoms("blob upload unknown", "manifest unknown", "unknown blob")
                                    .sources(POST, "https://github.com/goharbor/harbor/issues/15162")),
                    AcrossNodes::storages),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.images-differ",
                            ERROR,
                            rule -> rule.title("Nodes run different images")
                                    .why(
                                            "The newest release changes the database; the older ones then stop, since they do not know its"
                                                    + " version.")
                                    .fix("Render all nodes in one run from one cluster.")
                                    .symptoms("no migration found for version …")
                                    .sources(HARBOR + "blob/v2.14.0/src/migration/migration.go")),
                    AcrossNodes::images),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.container-secrets-differ",
                            ERROR,
                            rule -> rule.title("Containers of one node have different secrets")
                                    .why(
                                            "They refuse each other with 401: no job can be submitted, or no layer is served.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms(
                                            "only internal service is allowed to call this API",
                                            "failed to load configuration",
                                            "error authenticating user \"harbor_registry_user\": authentication failure")
                                    .sources(HARBOR + "blob/v2.14.0/src/jobservice/api/authenticator.go")),
                    NodeFits::containerSecrets),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-does-not-fit",
                            ERROR,
                            rule -> rule.title(
                                            "A certificate between containers does not fit to key, name or authority")
                                    .why("The containers do not trust each other, and the node answers 502.")
                                    .fix("Render all nodes in one run from one key store.")
                                    .symptoms(
                                            "x509: certificate signed by unknown authority",
                                            "x509: certificate is valid for …, not …")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/install-config/configure-internal-tls/",
                                            "https://github.com/goharbor/harbor/issues/11934")),
                    NodeFits::unfitInternalTls),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.internal-tls-expiry",
                            NOTE,
                            rule -> rule.title("The day on which the certificates between the containers run out")
                                    .why(
                                            "From that day on the containers do not trust each other, on all nodes at once.")
                                    .fix(
                                            "Before that day call ClusterKeys.renewInternalTls(…), or harbor-ha renew, then render and install every node again.")
                                    .symptoms("x509: certificate has expired or is not yet valid")
                                    .sources("https://goharbor.io/docs/2.14.0/install-config/configure-internal-tls/")),
                    NodeFits::internalTlsExpiry),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.forwarded-proto-overwritten",
                            ERROR,
                            rule -> rule.title("A node overwrites X-Forwarded-Proto although TLS ends in front of it")
                                    .why(
                                            "The registry then answers uploads with a Location of http://, and docker push retries for ever.")
                                    .fix(
                                            "Let the header of the load balancer through, and say $scheme only where it is empty.")
                                    .symptoms("Retrying in … seconds", "unknown blob", "blob upload unknown")
                                    .sources(
                                            POST,
                                            "https://github.com/goharbor/harbor/pull/14308",
                                            "https://github.com/goharbor/harbor/issues/17481")),
                    NodeFits::overwrittenProto),
            BundleRule.of(
                    RuleInfo.of(
                            "bundle.private-key-readable",
                            ERROR,
                            rule -> rule.title("A private key would be readable by every user of the machine")
                                    .why("Whoever holds the token key can grant himself any right in the registry.")
                                    .fix("Return it as RenderedFile.secret(path, content).")
                                    .sources("https://owasp.org/www-community/vulnerabilities/Insecure_Permissions")),
                    NodeFits::readableKeys));

    private BuiltInBundleRules() {}

    /** Returns all built-in bundle rules. */
    public static List<BundleRule> all() {
        return ALL;
    }
}
