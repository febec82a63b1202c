package dev.harborha.templates.clusterfile;

import dev.harborha.secret.Secret;

/** A secret as the text of a cluster file: a reference, or the value in clear. */
final class SecretText {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final String LITERAL = "literal:";

    private SecretText() {}

    /**
     * Returns the secret that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none; the message never holds the text, which may be meant in clear
     */
    static Secret parse(String text, Reading reading) {
        if (text.startsWith(ENVIRONMENT)) {
            try {
                return Secret.fromEnv(text.substring(ENVIRONMENT.length()), reading.environment());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "After \"env:\" comes the name of an environment variable: letters, digits and"
                                + " underscores, not starting with a digit. A text in clear that begins with \"env:\" is written"
                                + " \"literal:env:…\".");
            }
        }
        if (text.startsWith(FILE)) {
            try {
                return Secret.fromFile(reading.folder(), text.substring(FILE.length()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "After \"file:\" comes the path of a file, relative to the folder of the cluster"
                                + " file. A text in clear that begins with \"file:\" is written \"literal:file:…\".");
            }
        }
        return Secret.literal(text.startsWith(LITERAL) ? text.substring(LITERAL.length()) : text);
    }

    /** Returns the text that {@link #parse} reads as the secret: its reference where it has one, else its value. */
    static String of(Secret secret) {
        return secret.reference().orElseGet(() -> inClear(secret.reveal()));
    }

    private static String inClear(String value) {
        boolean reference = value.startsWith(ENVIRONMENT) || value.startsWith(FILE) || value.startsWith(LITERAL);
        return reference ? LITERAL + value : value;
    }
}
