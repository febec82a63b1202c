package dev.harborha.examples;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line: the calls of the library, for a cluster that is described in a file.
 *
 * <pre>{@code
 * harbor-ha init > cluster.yaml
 * harbor-ha check cluster.yaml
 * harbor-ha render cluster.yaml -o out
 * }</pre>
 */
public final class HarborHaCommand {

    static final String NAME = "harbor-ha";

    private static final List<Subcommand> SUBCOMMANDS = List.of(
            new InitCommand(),
            new CheckCommand(),
            new RenderCommand(),
            new RenewCommand(),
            new RulesCommand(),
            new ExplainCommand());

    private HarborHaCommand() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs the command line and returns its exit code, one of {@link ExitCode}. */
    static int run(Terminal terminal, String... args) {
        int code = describe(terminal, args).execute(args);
        terminal.err().flush();
        if (terminal.out().checkError()) {
            terminal.say("Standard output could not be written; is it closed, or its disk full?");
            return ExitCode.WRONG_INPUT;
        }
        return code;
    }

    /** Describes the command line to picocli. */
    private static CommandLine describe(Terminal terminal, String... args) {
        List<Subcommand> subcommands = wanted(args);
        Execution execution = new Execution(terminal, subcommands);
        CommandSpec root = CommandSpec.create().name(NAME);
        root.addOption(helpOption());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Prints the version and exits.")
                .build());
        root.versionProvider(execution);
        root.usageMessage()
                .description("Describes, checks and renders one highly available Harbor.")
                .footer(
                        "",
                        "Exit codes:",
                        "  0  all is well; warnings and notes are no failure",
                        "  1  the cluster has an error",
                        "  2  wrong input, or the machine refused",
                        "  3  the folder differs (render --diff)");
        for (Subcommand subcommand : subcommands) {
            root.addSubcommand(subcommand.name(), subcommand.spec().addOption(helpOption()));
        }
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler(execution)
                .setExecutionStrategy(execution);
    }

    /** Returns the subcommand that the first argument names, to describe no more than that; else all of them. */
    private static List<Subcommand> wanted(String... args) {
        List<Subcommand> wanted = new ArrayList<>(SUBCOMMANDS);
        for (Subcommand subcommand : SUBCOMMANDS) {
            if (args.length > 0 && args[0].equals(subcommand.name())) {
                wanted = List.of(subcommand);
            }
        }
        return wanted;
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help and exits.")
                .build();
    }
}
