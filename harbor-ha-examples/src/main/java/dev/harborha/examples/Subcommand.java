package dev.harborha.examples;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One subcommand of the command line. Its options are described by calls, not by annotations, and what picocli calls back
 * are classes, not lambdas: that keeps a fifth of the time that a cold start takes (docs/performance.md).
 */
interface Subcommand {

    /** Returns the name. */
    String name();

    /** Returns the options and the help. */
    CommandSpec spec();

    /**
     * Does what was asked. Findings and other results go to standard output, all else to standard error.
     *
     * @return the exit code, one of {@link ExitCode}
     * @throws CommandException if the input is wrong; what else it throws is told as {@link Failure} says
     */
    int run(ParseResult arguments, Terminal terminal);
}
