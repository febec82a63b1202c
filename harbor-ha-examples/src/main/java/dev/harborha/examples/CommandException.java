package dev.harborha.examples;

/** Input that cannot be used; the message is one sentence for the user. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
