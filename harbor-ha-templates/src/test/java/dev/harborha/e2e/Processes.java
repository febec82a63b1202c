package dev.harborha.e2e;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * All programs that one test started: ends them when the test is over, and when the test's own process is stopped.
 */
final class Processes implements AutoCloseable {

    private static final int LOG_LINES = 25;

    private final Deque<RunningProcess> started = new ArrayDeque<>();
    private final Path folder;
    private final Thread atExit = new Thread(this::killAll, "end the programs of a test");

    /**
     * Prepares for starting programs.
     *
     * @param folder their working folder, which also gets their logs
     */
    Processes(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a program.
     *
     * @param name how messages and the log file call it
     * @param environment its environment variables; nothing else is inherited but the search path
     * @param command the program and its arguments
     * @return the running program
     */
    RunningProcess start(String name, Map<String, String> environment, List<String> command) {
        RunningProcess process = RunningProcess.start(name, folder, environment, command);
        synchronized (started) {
            started.push(process);
        }
        return process;
    }

    /**
     * Puts the last lines of all logs together, for the report of a failed test.
     *
     * @return the text
     */
    String logs() {
        StringBuilder text = new StringBuilder();
        synchronized (started) {
            started.descendingIterator()
                    .forEachRemaining(process -> text.append("---- ")
                            .append(process)
                            .append(process.isAlive() ? "" : ", ended")
                            .append('\n')
                            .append(process.logTail(LOG_LINES))
                            .append('\n'));
        }
        return text.toString();
    }

    /** Ends everything in the reverse order of the start. */
    @Override
    public void close() {
        synchronized (started) {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void killAll() {
        synchronized (started) {
            started.forEach(RunningProcess::kill);
        }
    }
}
