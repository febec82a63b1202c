package dev.harborha.examples;

import dev.harborha.model.HarborVersion;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What happens once picocli has read the arguments.
 *
 * @param terminal where results and messages go
 * @param subcommands the subcommands that were described to picocli
 */
record Execution(Terminal terminal, List<Subcommand> subcommands)
        implements IExecutionStrategy, IParameterExceptionHandler, IVersionProvider {

    /** Does what was asked, or tells why it cannot be done. */
    @Override
    public int execute(ParseResult arguments) {
        try {
            if (CommandLine.executeHelpRequest(arguments) != null) {
                return ExitCode.OK;
            }
            if (!arguments.hasSubcommand()) {
                arguments.commandSpec().commandLine().usage(terminal.err(), Ansi.OFF);
                return ExitCode.WRONG_INPUT;
            }
            ParseResult given = arguments.subcommand();
            return named(given.commandSpec().name()).run(given, terminal);
        } catch (Throwable failure) { // the process ends here, whatever it is
            return Failure.tell(failure, terminal);
        }
    }

    private Subcommand named(String name) {
        for (Subcommand subcommand : subcommands) {
            if (subcommand.name().equals(name)) {
                return subcommand;
            }
        }
        throw new IllegalStateException("picocli found a subcommand that it was not told of");
    }

    /** Tells what is wrong with the arguments. */
    @Override
    public int handleParseException(ParameterException refused, String[] args) {
        if (refused instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            terminal.say(
                    unmatched.isUnknownOption()
                            ? "There is no option " + argument + "."
                            : "Nothing is expected at \"" + argument + "\".");
            UnmatchedArgumentException.printSuggestions(unmatched, terminal.err());
        } else {
            terminal.say(String.valueOf(refused.getMessage()));
        }
        terminal.say("See " + refused.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.WRONG_INPUT;
    }

    @Override
    public String[] getVersion() {
        String version = Execution.class.getPackage().getImplementationVersion();
        return new String[] {
            HarborHaCommand.NAME + " " + (version == null ? "(unpackaged)" : version),
            "renders Harbor " + HarborVersion.supportedLines()
        };
    }
}
