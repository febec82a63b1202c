package dev.harborha.examples;

import dev.harborha.keys.ClusterKeys;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
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
        spec.addPositional(PathArgument.required("DIR", "The key store."));
        spec.usageMessage()
                .description(
                        "Makes new certificates for TLS between the containers, from the same authority.",
                        "Render again afterwards, and go through the nodes one after the other.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        Path store = arguments.matchedPositionalValue(0, Path.of(""));
        if (!ClusterKeys.hasInternalTls(store)) {
            throw new CommandException("There is no key store with certificates for TLS between the containers at "
                    + store + "; " + HarborHaCommand.NAME + " render makes them for a cluster with internalTls: true.");
        }
        ClusterKeys renewed = ClusterKeys.renewInternalTls(store);
        terminal.say("Renewed the certificates in " + store + "; they run out on " + KeysFolder.lastDay(renewed)
                + ". Render again, and go through the nodes one after the other.");
        return ExitCode.OK;
    }
}
