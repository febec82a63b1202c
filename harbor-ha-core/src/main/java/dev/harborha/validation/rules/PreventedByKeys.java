package dev.harborha.validation.rules;

import dev.harborha.validation.Prevention;
import java.util.List;

/** What cannot happen because all nodes get the keys of one store, which is checked when it is read. */
final class PreventedByKeys {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String HELM = "https://github.com/goharbor/harbor-helm/";

    static final List<Prevention> ALL = List.of(
            Prevention.of(
                    "prevented.token-keys-of-each-node",
                    entry -> entry.title("Each node signs tokens with a key of its own")
                            .why(
                                    "A token of one node is refused by the others with 401. With requests going round robin 12"
                                            + " of 12 pushes and 12 of 12 pulls failed on a real cluster; it seems well as soon as"
                                            + " one node is stopped, or when each client keeps to its node.")
                            .how(
                                    "ClusterKeys has one private_key.pem and one root.crt for the whole cluster. They are drawn"
                                            + " once, never overwritten, and rendered for every node.")
                            .symptoms(
                                    "crypto/rsa: verification error",
                                    "token signed by untrusted key",
                                    "unauthorized: authentication required")
                            .sources(HARBOR + "issues/10352", HARBOR + "issues/12806", HARBOR + "issues/23799")),
            Prevention.of(
                    "prevented.token-key-in-pkcs8",
                    entry -> entry.title("The token key is in a form that Harbor cannot read")
                            .why(
                                    "OpenSSL 3 writes BEGIN PRIVATE KEY (PKCS#8), and Harbor reads BEGIN RSA PRIVATE KEY (PKCS#1)"
                                            + " only. A node with such a key answers every request for a token with 500.")
                            .how(
                                    "ClusterKeys draws PKCS#1, and refuses a store whose private_key.pem is something else; the"
                                            + " refusal says how to convert it.")
                            .symptoms("unable to get PrivateKey from PEM type: PRIVATE KEY")
                            .sources(HELM + "issues/1628", HARBOR + "issues/19489")),
            Prevention.of(
                    "prevented.published-token-key",
                    entry -> entry.title("The token key is the one from Harbor's source tree")
                            .why(
                                    "Harbor 0.5 came with a key pair, and uses it where customize_crt is off. It works, and"
                                            + " everybody who has read the source can sign himself any token.")
                            .how("ClusterKeys draws a pair of its own, and refuses the pairs that Harbor published.")
                            .sources(
                                    HARBOR + "blob/0.5.0/make/common/templates/ui/private_key.pem",
                                    HARBOR + "issues/1289")),
            Prevention.of(
                    "prevented.secretkey-of-each-node",
                    entry -> entry.title("Nodes encrypt with different secret keys")
                            .why(
                                    "What one node encrypts into the database is garbage on the others, without any error in a log:"
                                            + " the passwords of LDAP, OIDC and replication targets. Through one node of a real cluster"
                                            + " a replication target was well, through the other one \"unhealthy\". Who saves the"
                                            + " settings again breaks the first node.")
                            .how(
                                    "ClusterKeys has one secretkey for the whole cluster; it is never drawn anew once it is there.")
                            .symptoms("LDAP Result Code 49", "the registry is unhealthy")
                            .sources(HARBOR + "issues/13569", HARBOR + "issues/16007", HARBOR + "issues/19158")),
            Prevention.of(
                    "prevented.secretkey-malformed",
                    entry -> entry.title("The secret key has another length than 16 characters")
                            .why(
                                    "An editor leaves a newline at its end, or somebody chose a longer word. Core starts all the"
                                            + " same; then every request about replication targets answered 500 on a real cluster.")
                            .how(
                                    "ClusterKeys refuses a store whose secretkey is not exactly 16 letters and digits without a"
                                            + " newline, and the file is rendered byte for byte.")
                            .sources(HARBOR + "issues/6570", HELM + "issues/325")),
            Prevention.of(
                    "prevented.csrf-key-malformed",
                    entry -> entry.title("The key of the web forms is not 32 characters long")
                            .why(
                                    "Until 2.12 core then draws a key of its own at each start: behind a round robin 6 of 6 logins"
                                            + " failed on a real cluster. Since 2.13 every request of the web interface is refused.")
                            .how(
                                    "ClusterKeys draws 32 letters and digits, and refuses a store whose csrf_key is anything else.")
                            .symptoms(
                                    "invalid CSRF key length",
                                    "Please ensure the key length is 32 characters",
                                    "Invalid CSRF key from environment: …, generating random key",
                                    "CSRF token invalid")
                            .sources(HARBOR + "pull/21154", HARBOR + "issues/12676", HARBOR + "issues/21060")),
            Prevention.of(
                    "prevented.prepare-draws-new-secrets",
                    entry -> entry.title("Harbor's prepare draws new secrets on each node at each run")
                            .why("CORE_SECRET, JOBSERVICE_SECRET, CSRF_KEY, the registry's password and the name of the"
                                    + " scanner's robots are drawn anew, and edited files are written over. With different"
                                    + " ones 12 of 12 logins through a round robin failed on a real cluster, and 10 of 10"
                                    + " replication tasks that another node's job service took; they are tried again on a"
                                    + " random node, so it comes and goes.")
                            .how(
                                    "ClusterKeys draws all of them once, for all nodes. In the complete way prepare is never run."
                                            + " In the installer's way docker-compose.override.yml gives the containers the"
                                            + " cluster's secrets and mounts its files, whatever prepare wrote and however often.")
                            .symptoms("CSRF token invalid", "http status code: 401, body:")
                            .sources(
                                    HARBOR + "pull/17498",
                                    HARBOR + "issues/19158",
                                    HARBOR + "issues/20908",
                                    HARBOR + "issues/21220")),
            Prevention.of(
                    "prevented.upload-secret-of-each-node",
                    entry -> entry.title("The registry's upload secret is public, or another one on each node")
                            .why(
                                    "The registry signs the state of an upload with http.secret. Where nodes have different ones, or"
                                            + " none, 12 of 12 pushes through a round robin failed on a real cluster. Harbor's own"
                                            + " configuration has the word \"placeholder\", which is equal everywhere and known to"
                                            + " everybody.")
                            .how(
                                    "ClusterKeys draws one of 32 characters, which stands in the registry's configuration of every"
                                            + " node, in both ways of delivery.")
                            .symptoms(
                                    "blob upload invalid",
                                    "err.detail=\"invalid secret\"",
                                    "No HTTP secret provided - generated random secret")
                            .sources(
                                    "https://github.com/distribution/distribution/issues/1576",
                                    HARBOR + "issues/12619")),
            Prevention.of(
                    "prevented.internal-tls-by-hand",
                    entry -> entry.title("A certificate between containers is missing or has no names")
                            .why(
                                    "Each component has a pair of its own, and Go wants the name among the Subject Alternative"
                                            + " Names. With one file in the wrong folder, or a common name only, containers start"
                                            + " over and over, or the node answers 502. Where the data volume is not /data, prepare"
                                            + " leaves the authority itself out.")
                            .how(
                                    ".internalTls() renders one authority and a pair for each component, named after its compose"
                                            + " service, the same on all nodes and wherever the data volume is; a store whose pairs do"
                                            + " not fit is refused.")
                            .symptoms(
                                    "x509: certificate relies on legacy Common Name field, use SANs instead",
                                    "cannot load certificate \"/etc/harbor/tls/…\"")
                            .sources(HARBOR + "issues/11934", HARBOR + "issues/18745", HARBOR + "issues/22373")));

    private PreventedByKeys() {}
}
