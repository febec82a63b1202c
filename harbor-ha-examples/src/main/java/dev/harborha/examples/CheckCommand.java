package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.templates.clusterfile.ClusterFile;
import dev.harborha.templates.report.JsonReport;
import dev.harborha.validation.Report;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code check}: says what the rules find in a cluster. */
final class CheckCommand implements Subcommand {

    @Override
    public String name() {
        return "check";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PathArgument.clusterFile());
        spec.addOption(Format.option());
        spec.usageMessage()
                .description(
                        "Checks a cluster and says what is wrong with it, why, and how to mend it. Writes no file.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        Cluster cluster = ClusterFile.read(arguments.<Path>matchedPositionalValue(0, Path.of("")));
        Report report = HarborHa.create().check(cluster);
        terminal.out().print(Format.of(arguments) == Format.JSON ? JsonReport.write(report) : report.toString());
        return report.hasErrors() ? ExitCode.ERROR_FINDINGS : ExitCode.OK;
    }
}
