package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.POST;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;

import dev.harborha.keys.KeyTexts;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules on the key that signs tokens, and on the one that encrypts what is in the database. */
final class TokenKeyRules {

    private static final int SECRET_KEY_LENGTH = 16;

    static final List<BundleRule> ALL = List.of(
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.token-keys-differ",
                            ERROR,
                            rule -> rule.title("Nodes have different token keys")
                                    .why(
                                            "A token that one node signs is refused by the others with 401: on a real cluster all 12 of 12 pushes"
                                                    + " and pulls that hopped between the nodes failed.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "crypto/rsa: verification error",
                                            "token signed by untrusted key",
                                            "unauthorized: authentication required",
                                            "unauthorized to access repository: …")
                                    .sources(POST, HARBOR + "issues/10352", HARBOR + "issues/23799")),
                    node -> node.tokenKey().isPresent(),
                    (first, node) -> compare(first.tokenKey(), node.tokenKey(), "token key")),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.token-key-unfit",
                            ERROR,
                            rule -> rule.title("A token key is one that Harbor cannot use, or that everybody knows")
                                    .why(
                                            "Harbor reads RSA keys in PKCS#1 only: with any other text no token is issued, and every login ends"
                                                    + " with 500. With the key that Harbor publishes anybody signs tokens for himself.")
                                    .fix(
                                            "Put a key of `openssl genrsa -traditional 4096` into the key store, or remove it and root.crt there so"
                                                    + " that a new pair is drawn; then render all nodes again.")
                                    .symptoms(
                                            "unable to get PrivateKey from PEM type: PRIVATE KEY",
                                            "unable to decode private key PEM")
                                    .sources(
                                            HARBOR + "issues/19489",
                                            "https://github.com/goharbor/harbor-helm/issues/1628",
                                            HARBOR + "blob/v2.14.0/src/core/service/token/authutils.go")),
                    TokenKeyRules::unfitKey),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.certificate-does-not-fit",
                            ERROR,
                            rule -> rule.title("A node's root.crt does not belong to its private_key.pem")
                                    .why(
                                            "Where the registry reads tokens (before 2.0) it refuses every one of that node, its own included;"
                                                    + " and Harbor's prepare draws both anew where it finds one of them missing.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "error authorizing context: invalid token", "token signed by untrusted key")
                                    .sources(POST, HARBOR + "issues/1289")),
                    TokenKeyRules::unfitCertificate),
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.secret-keys-differ",
                            ERROR,
                            rule -> rule.title("Nodes have different secret keys")
                                    .why(
                                            "What one node encrypts into the database, such as the passwords of replication targets, is garbage to"
                                                    + " the others, without any error in a log.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("the registry is unhealthy", "LDAP Result Code 49")
                                    .sources(HARBOR + "issues/13569", HARBOR + "issues/16007")),
                    node -> node.secretKey().isPresent(),
                    (first, node) -> compare(first.secretKey(), node.secretKey(), "secretkey")),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.secret-key-unfit",
                            ERROR,
                            rule -> rule.title("A secret key has not exactly 16 characters")
                                    .why(
                                            "It is a key of AES-128, byte for byte, so a newline at its end counts. With any other length every"
                                                    + " request for registries and settings ends with 500, and prepare stops.")
                                    .fix(
                                            "Write it without a newline, as `printf %s` does, or render the nodes from the key store.")
                                    .symptoms(
                                            "crypto/aes: invalid key size …",
                                            "secret key's length has to be 16 chars, current length: …")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/common/utils/encrypt.go",
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/utils/cert.py")),
                    TokenKeyRules::unfitSecretKey),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.key-missing",
                            ERROR,
                            rule -> rule.title("A node lacks one of the keys that all nodes share")
                                    .why(
                                            "Docker makes a folder where a file to be mounted is missing, and the container does not start. Where"
                                                    + " prepare runs, it draws new keys instead, even for both halves where only one is there, and this"
                                                    + " node then disagrees with the others.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "not a directory: unknown: Are you trying to mount a directory onto a file",
                                            "crypto/rsa: verification error")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/utils/cert.py",
                                            HARBOR + "issues/12806")),
                    TokenKeyRules::missingKeys));

    private TokenKeyRules() {}

    private static List<Problem> compare(Optional<RenderedFile> first, Optional<RenderedFile> other, String what) {
        if (first.isEmpty()
                || other.isEmpty()
                || first.get().content().equals(other.get().content())) {
            return List.of();
        }
        return List.of(Fleet.at(
                other.get(),
                "The " + what + " differs from the one in " + first.get().path() + "."));
    }

    private static List<Problem> unfitKey(HarborNode node) {
        return node.tokenKey().stream()
                .flatMap(key -> KeyTexts.problemOfTokenKey(clean(key)).stream().map(what -> Fleet.at(key, what)))
                .toList();
    }

    private static List<Problem> unfitCertificate(HarborNode node) {
        Optional<RenderedFile> key = node.tokenKey();
        Optional<RenderedFile> certificate = node.tokenCertificate();
        if (key.isEmpty()
                || certificate.isEmpty()
                || KeyTexts.problemOfTokenKey(clean(key.get())).isPresent()) {
            return List.of();
        }
        return KeyTexts.problemOfTokenPair(clean(key.get()), clean(certificate.get())).stream()
                .map(what -> Fleet.at(
                        certificate.get(),
                        "The certificate does not belong to " + key.get().path() + ": " + what))
                .toList();
    }

    /** Returns a PEM text without what Go passes over as well: text around the blocks, carriage returns. */
    private static String clean(RenderedFile file) {
        String text = file.content().replace("\r", "");
        int begin = text.indexOf("-----BEGIN ");
        int end = text.lastIndexOf("-----END ");
        int last = end < 0 ? -1 : text.indexOf("-----", end + "-----END ".length());
        return begin < 0 || last < begin ? text : text.substring(begin, last + 5);
    }

    private static List<Problem> unfitSecretKey(HarborNode node) {
        return node.secretKey()
                .filter(file -> length(file) != SECRET_KEY_LENGTH)
                .map(file -> List.of(Fleet.at(
                        file,
                        "The secret key has " + length(file) + " bytes"
                                + (file.content().endsWith("\n") ? ", the last of them a newline" : "")
                                + "; Harbor reads exactly " + SECRET_KEY_LENGTH + ".")))
                .orElse(List.of());
    }

    private static int length(RenderedFile file) {
        return file.content().getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<Problem> missingKeys(Fleet fleet) {
        return fleet.each(
                node -> node.isHarbor() && (node.isComplete() || fleet.harbors() > 1) ? lacking(node) : List.of());
    }

    private static List<Problem> lacking(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        boolean of05 = !node.isOf2x();
        lacking(node, node.secretKey(), of05 ? "data/secretkey" : "secret/keys/secretkey", problems);
        lacking(node, node.tokenKey(), of05 ? "ui/private_key.pem" : "secret/core/private_key.pem", problems);
        lacking(node, node.tokenCertificate(), of05 ? "registry/root.crt" : "secret/registry/root.crt", problems);
        return problems;
    }

    private static void lacking(HarborNode node, Optional<RenderedFile> file, String place, List<Problem> problems) {
        if (file.isEmpty()) {
            problems.add(node.problem("There is no " + place + " on this node."));
        }
    }
}
