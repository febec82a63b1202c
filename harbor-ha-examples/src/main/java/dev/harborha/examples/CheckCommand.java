package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.templates.clusterfile.ClusterFile;
import dev.harborha.templates.clusterfile.LoadedCluster;
import dev.harborha.validation.Report;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code check}: says what the rules find in a cluster. */
final class CheckCommand implements Subcommand {

    private static final String OUTPUT = "--output";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PathArgument.clusterFile());
        spec.addOption(Format.option(Format.TEXT, Format.JSON, Format.SARIF, Format.JUNIT));
        spec.addOption(OptionSpec.builder("-o", OUTPUT)
                .paramLabel("FILE")
                .type(Path.class)
                .converters(new PathArgument())
                .description("Where the report is written to, whole or not at all. Default: standard output.")
                .build());
        spec.addOption(DayOption.option());
        spec.usageMessage().description("Checks a cluster and says what is wrong with it, why, and how to mend it.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        LoadedCluster loaded = ClusterFile.load(arguments.matchedPositionalValue(0, Path.of("")));
        HarborHa harbor = HarborHa.create().on(DayOption.of(arguments));
        Report report = harbor.check(loaded.cluster()).located(loaded::locate);
        Format format = Format.of(arguments);
        if (arguments.hasMatchedOption(OUTPUT)) {
            Path output = arguments.matchedOptionValue(OUTPUT, Path.of(""));
            OutputFile.write(output, ReportText.of(report, format, harbor.asked(loaded.cluster()), false));
            terminal.say("Wrote the report to " + output + ": " + report.summary() + ".");
        } else {
            terminal.out().print(ReportText.of(report, format, harbor.asked(loaded.cluster()), terminal.colour()));
        }
        return report.hasErrors() ? ExitCode.ERROR_FINDINGS : ExitCode.OK;
    }
}
