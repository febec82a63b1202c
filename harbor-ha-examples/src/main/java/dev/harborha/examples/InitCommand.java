package dev.harborha.examples;

import dev.harborha.model.HarborVersion;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code init}: writes a sample cluster to begin with. */
final class InitCommand implements Subcommand {

    private static final String HARBOR = "--harbor";

    @Override
    public String name() {
        return "init";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addOption(OptionSpec.builder(HARBOR)
                .paramLabel("VERSION")
                .type(HarborVersion.class)
                .converters(new Release())
                .description("The release of Harbor, such as " + HarborVersion.newest()
                        + ", which is the default. Lines that are supported: " + HarborVersion.supportedLines() + ".")
                .build());
        spec.usageMessage()
                .description(
                        "Writes a commented sample cluster of two nodes to standard output.",
                        "Its secrets are drawn anew each time; it can be checked and rendered as it stands.");
        return spec;
    }

    /** Reads the name of a release that can be rendered. */
    private static final class Release implements ITypeConverter<HarborVersion> {

        @Override
        public HarborVersion convert(String text) {
            HarborVersion version;
            try {
                version = HarborVersion.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            if (version.isSupported()) {
                return version;
            }
            List<HarborVersion> tried = version.supportedOfLine();
            throw new TypeConversionException(
                    tried.isEmpty()
                            ? "Harbor " + version + " is not supported; supported: " + HarborVersion.supportedLines()
                                    + "."
                            : "Harbor " + version + " was never tried; take " + tried.get(tried.size() - 1)
                                    + ", the last of " + version.line() + " that was.");
        }
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        HarborVersion harbor = arguments.matchedOptionValue(HARBOR, HarborVersion.newest());
        terminal.out().print(SampleCluster.text(harbor));
        return ExitCode.OK;
    }
}
