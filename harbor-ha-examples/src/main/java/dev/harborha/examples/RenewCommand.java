package dev.harborha.examples;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code renew}: makes new certificates for TLS between the containers, from the same authority. */
final class RenewCommand implements Subcommand {

    @Override
    public String name() {
        return "renew";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("DIR")
                .index("0")
                .arity("1")
                .type(Path.class)
                .converters(new PathArgument())
                .description("The key store.")
                .build());
        spec.usageMessage()
                .description(
                        "Makes new certificates for TLS between the containers, from the same authority.",
                        "Render again afterwards, and go through the nodes one after the other.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        Path store = arguments.matchedPositionalValue(0, Path.of(""));
        ClusterKeys renewed = ClusterKeys.renewInternalTls(store);
        String day = renewed.internalTls()
                .map(InternalTls::expiry)
                .map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC).toString())
                .orElseThrow();
        terminal.say("Renewed the certificates in " + store + "; they run out on " + day
                + ". Render again, and go through the nodes one after the other.");
        return ExitCode.OK;
    }
}
