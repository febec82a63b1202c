package dev.harborha.examples;

import dev.harborha.model.HarborVersion;
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
                .description("The release of Harbor: " + HarborHaCommand.supportedReleases() + ".")
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
            if (!version.isSupported()) {
                throw new TypeConversionException("Harbor " + version + " is not supported; supported: "
                        + HarborHaCommand.supportedReleases() + ".");
            }
            return version;
        }
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        HarborVersion newest = HarborVersion.SUPPORTED.get(HarborVersion.SUPPORTED.size() - 1);
        terminal.out().print(SampleCluster.text(arguments.matchedOptionValue(HARBOR, newest)));
        return ExitCode.OK;
    }
}
