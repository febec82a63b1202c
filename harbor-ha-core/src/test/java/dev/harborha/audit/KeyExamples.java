package dev.harborha.audit;

import static dev.harborha.audit.BundleExamples.rule;
import static dev.harborha.audit.SampleBundle.CERTIFICATE;
import static dev.harborha.audit.SampleBundle.OTHER_KEYS;
import static dev.harborha.audit.SampleBundle.SECRET;
import static dev.harborha.audit.SampleBundle.SECRET_KEY;
import static dev.harborha.audit.SampleBundle.SECRET_KEY_2X;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY;
import static dev.harborha.audit.SampleBundle.TOKEN_KEY_2X;
import static dev.harborha.audit.SampleBundle.complete;
import static dev.harborha.audit.SampleBundle.installer;
import static dev.harborha.audit.SampleBundle.of05;

/** Examples for the rules on the keys that all nodes share. */
final class KeyExamples {

    private KeyExamples() {}

    static void describe() {
        String otherKey = OTHER_KEYS.tokenKey().reveal();
        String otherCertificate = OTHER_KEYS.tokenCertificate();
        rule("bundle.token-keys-differ")
                .bad(
                        "another pair",
                        of05().edit(TOKEN_KEY, text -> otherKey).edit(CERTIFICATE, text -> otherCertificate))
                .bad(
                        "another key on two of three nodes",
                        of05().edit(TOKEN_KEY, text -> otherKey).thirdNode())
                .bad("another key of 2.x", complete().edit(TOKEN_KEY_2X, text -> otherKey))
                .good("one key", of05().thirdNode())
                .good(
                        "the certificate differs, which is another rule's",
                        of05().edit(CERTIFICATE, text -> otherCertificate));
        rule("bundle.token-key-unfit")
                .bad("no key at all", of05().edit(TOKEN_KEY, text -> "sesame"))
                .bad("PKCS#8", complete().edit(TOKEN_KEY_2X, text -> SampleBundle.PAIR.key()))
                .bad("cut off", complete().edit(TOKEN_KEY_2X, text -> text.substring(0, text.length() / 2)))
                .good("with carriage returns", complete().edit(TOKEN_KEY_2X, text -> text.replace("\n", "\r\n")))
                .good("a note above it", complete().edit(TOKEN_KEY_2X, text -> "of the cluster\n" + text));
        rule("bundle.certificate-does-not-fit")
                .bad("the certificate of another key", of05().edit(CERTIFICATE, text -> otherCertificate))
                .bad("no certificate", of05().edit(CERTIFICATE, text -> "sesame"))
                .bad("of 2.x", complete().edit(SECRET + "registry/root.crt", text -> otherCertificate))
                .good(
                        "another pair",
                        of05().edit(TOKEN_KEY, text -> otherKey).edit(CERTIFICATE, text -> otherCertificate))
                .good("a key that is none, which is another rule's", of05().edit(TOKEN_KEY, text -> "sesame"));
        rule("bundle.secret-keys-differ")
                .bad("another secret key", of05().edit(SECRET_KEY, text -> "0123456789abcdef"))
                .bad("a newline at its end", of05().edit(SECRET_KEY, text -> text + "\n"))
                .bad("of 2.x", complete().edit(SECRET_KEY_2X, text -> "0123456789abcdef"))
                .good("one key", complete());
        rule("bundle.secret-key-unfit")
                .bad("a newline at its end", of05().edit(SECRET_KEY, text -> text + "\n"))
                .bad("too short", complete().edit(SECRET_KEY_2X, text -> "0123456789abcde"))
                .bad("letters of two bytes", complete().edit(SECRET_KEY_2X, text -> "0123456789abcdeé"))
                .good("another key", complete().edit(SECRET_KEY_2X, text -> "0123456789abcdef"));
        rule("bundle.key-missing")
                .bad("no certificate", of05().remove(CERTIFICATE))
                .bad("no token key", complete().remove(TOKEN_KEY_2X))
                .bad("no secret key for the installer", installer().remove(SECRET_KEY_2X))
                .bad("one complete node", complete().oneNode().remove(SECRET_KEY_2X.replace("harbor-2", "harbor-1")))
                .good(
                        "one node on which prepare draws them",
                        installer().oneNode().remove(SECRET_KEY_2X.replace("harbor-2", "harbor-1")))
                .good("no Harbor", complete().add("nodes/witness/etc/motd", "Hello.\n"));
        rule("bundle.registry-password-does-not-fit")
                .bad(
                        "the hash of another password",
                        complete()
                                .edit(
                                        SampleBundle.PASSWD,
                                        text -> OTHER_KEYS.registryHtpasswd().reveal() + "\n"))
                .bad("another user", complete().replace(SampleBundle.PASSWD, "harbor_registry_user", "somebody"))
                .bad("no hash of bcrypt", complete().replace(SampleBundle.PASSWD, "$2y$", "$apr1$"))
                .bad(
                        "another line after the right one",
                        complete()
                                .edit(
                                        SampleBundle.PASSWD,
                                        text -> text
                                                + OTHER_KEYS.registryHtpasswd().reveal()))
                .bad(
                        "another user by name",
                        complete()
                                .replaceOnAll(
                                        SampleBundle.CORE_ENV, "USERNAME=harbor_registry_user", "USERNAME=of+the+core"))
                .good(
                        "the right line after another one",
                        complete()
                                .edit(
                                        SampleBundle.PASSWD,
                                        text -> OTHER_KEYS.registryHtpasswd().reveal() + "\n" + text))
                .good("a hash that is too costly to be tried", complete().replace(SampleBundle.PASSWD, "$05$", "$16$"))
                .good("of the installer", installer());
        rule("bundle.registry-hash-slow")
                .bad("a cost of 12", complete().replace(SampleBundle.PASSWD, "$05$", "$12$"))
                .good("a cost of 8", complete().replace(SampleBundle.PASSWD, "$05$", "$08$"));
    }
}
