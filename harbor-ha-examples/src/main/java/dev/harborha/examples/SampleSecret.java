package dev.harborha.examples;

import dev.harborha.secret.Secret;
import java.security.SecureRandom;

/** Secrets for samples, which have to run on machines that hold no real ones. */
final class SampleSecret {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private SampleSecret() {}

    /** Returns 24 random letters and digits. */
    static String draw() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Returns the secret in an environment variable, or one drawn at random where it is not set. */
    static Secret fromEnvOrDrawn(String variable) {
        Secret secret = Secret.fromEnv(variable);
        return secret.isResolved() ? secret : Secret.generated(draw());
    }
}
