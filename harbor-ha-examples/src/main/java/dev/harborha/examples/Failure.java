package dev.harborha.examples;

import dev.harborha.UnresolvedSecretsException;
import dev.harborha.keys.ClusterKeysException;
import dev.harborha.render.BundleWriteException;
import dev.harborha.templates.clusterfile.ClusterFileException;

/** Tells why a command failed: in one sentence, without a trace. */
final class Failure {

    private Failure() {}

    /** Tells the reason on standard error and returns the exit code. */
    static int tell(Throwable failure, Terminal terminal) {
        if (isForUsers(failure)) {
            terminal.say(String.valueOf(failure.getMessage()));
        } else if (failure instanceof OutOfMemoryError) {
            terminal.say("There is too little memory; give Java more, as in: java -Xmx2g -jar harbor-ha.jar …");
        } else {
            // The message of an exception that nobody expected may hold anything, a secret included.
            terminal.say("Unexpected failure (" + failure.getClass().getSimpleName()
                    + "): this is a defect of harbor-ha. With HARBORHA_DEBUG=1 in the environment it shows where.");
        }
        if (terminal.debug()) {
            failure.printStackTrace(terminal.err());
            terminal.err().flush();
        }
        return ExitCode.WRONG_INPUT;
    }

    /** Tells whether the message of a failure is a sentence for users. */
    private static boolean isForUsers(Throwable failure) {
        return failure instanceof CommandException
                || failure instanceof ClusterFileException
                || failure instanceof ClusterKeysException
                || failure instanceof BundleWriteException
                || failure instanceof UnresolvedSecretsException;
    }
}
