package dev.harborha.keys;

import java.util.Optional;

/**
 * Judges keys and passwords that lie in files already, whoever wrote them: Harbor's own {@code prepare}, an operator, or this
 * library. Each answer is one sentence that holds none of the texts.
 */
public final class KeyTexts {

    private KeyTexts() {}

    /**
     * Tells why a private key cannot sign tokens in a cluster; nothing if it can.
     *
     * @param keyPem RSA of 2048 to 8192 bits, PEM in PKCS#1, not one that Harbor publishes
     */
    public static Optional<String> problemOfTokenKey(String keyPem) {
        try {
            TokenPair.withPublishedKeys().requireKey(keyPem);
            return Optional.empty();
        } catch (Unfit e) {
            return Optional.of("The token key " + e.problem() + ".");
        }
    }

    /**
     * Tells why a token key and a certificate cannot be used together in a cluster; nothing if they can. Asks the same as is asked
     * of the files of a store.
     *
     * @param keyPem the private key: RSA of 2048 to 8192 bits, PEM in PKCS#1, not one that Harbor publishes
     * @param certificatePem the X.509 certificate of that key, in PEM
     */
    public static Optional<String> problemOfTokenPair(String keyPem, String certificatePem) {
        TokenPair pair = TokenPair.withPublishedKeys();
        byte[] publicKey;
        try {
            publicKey = pair.requireKey(keyPem);
        } catch (Unfit e) {
            return Optional.of("The token key " + e.problem() + ".");
        }
        try {
            pair.requireCertificate(certificatePem, publicKey);
        } catch (Unfit e) {
            return Optional.of("The token certificate " + e.problem() + ".");
        }
        return Optional.empty();
    }

    /**
     * Tells why the registry would not let somebody in; nothing if it would, or if the hash is too costly to be tried.
     *
     * @param htpasswd the text of the registry's password file: lines of a user, a colon and a bcrypt hash
     */
    public static Optional<String> problemOfRegistryPassword(String htpasswd, String user, String password) {
        return Htpasswd.problem(htpasswd, user, password);
    }
}
