package dev.harborha.e2e;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Shows what the started programs have said, beside the failure of a test.
 *
 * @param logs gathers the logs
 */
record LogsOnFailure(Supplier<String> logs) implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            System.err.println("Logs of the failed test " + context.getDisplayName() + ":\n" + logs.get());
        }
        throw failure;
    }
}
