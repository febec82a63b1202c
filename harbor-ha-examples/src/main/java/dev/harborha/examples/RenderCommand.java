package dev.harborha.examples;

import dev.harborha.HarborHa;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code render}: writes every file of every machine, or tells what would be written. */
final class RenderCommand implements Subcommand {

    private static final String OUTPUT = "--output";
    private static final String KEYS = "--keys";
    private static final String DRY_RUN = "--dry-run";
    private static final String DIFF = "--diff";
    private static final String FORCE = "--force";

    @Override
    public String name() {
        return "render";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PathArgument.clusterFile());
        spec.addOption(path("-o", OUTPUT)
                .required(true)
                .description("The folder to write to; it is made if it is not there.")
                .build());
        spec.addOption(path(KEYS)
                .description(
                        "The folder of the cluster's keys; it is made if it is not there. Default: keys beside FILE.")
                .build());
        spec.addOption(flag(DRY_RUN, "Lists the files that would be written or removed; writes nothing."));
        spec.addOption(flag(
                DIFF, "Shows how the folder differs from what would be written, without secrets; writes nothing."));
        spec.addOption(flag(FORCE, "Overwrites files that somebody else made or changed."));
        spec.addOption(Format.option(Format.TEXT, Format.JSON, Format.SARIF, Format.JUNIT));
        spec.addOption(DayOption.option());
        spec.usageMessage()
                .description("Renders every file of every machine, with an INSTALL.md that tells how to go on.");
        return spec;
    }

    private static OptionSpec.Builder path(String... names) {
        return OptionSpec.builder(names).paramLabel("DIR").type(Path.class).converters(new PathArgument());
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        boolean dryRun = arguments.hasMatchedOption(DRY_RUN);
        boolean diff = arguments.hasMatchedOption(DIFF);
        if (dryRun && diff) {
            throw new CommandException("Use " + DRY_RUN + " or " + DIFF + ", not both.");
        }
        Format format = Format.of(arguments);
        if ((dryRun || diff) && format != Format.TEXT && format != Format.JSON) {
            throw new CommandException(
                    "With " + (diff ? DIFF : DRY_RUN) + " use the format text or json, which list files.");
        }
        Path file = arguments.matchedPositionalValue(0, Path.of(""));
        Path output = arguments.matchedOptionValue(OUTPUT, Path.of(""));
        Path named = arguments.matchedOptionValue(KEYS, Path.of(""));
        KeysFolder keys = arguments.hasMatchedOption(KEYS) ? new KeysFolder(named) : KeysFolder.beside(file);
        keys.requireOutside(output);
        Render render = new Render(
                HarborHa.create().on(DayOption.of(arguments)),
                file,
                output,
                keys,
                arguments.hasMatchedOption(FORCE),
                format,
                terminal);
        if (dryRun) {
            return render.dryRun();
        }
        return diff ? render.diff() : render.write();
    }
}
