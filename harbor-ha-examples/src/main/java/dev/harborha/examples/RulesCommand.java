package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.RuleBook;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rules}: the table of contents of the book of rules, or one page of it. */
final class RulesCommand implements Subcommand {

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("ID")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("What to tell all about: a rule, such as lb.no-session-affinity, or a defect that is"
                        + " prevented by construction.")
                .build());
        spec.addOption(Format.option(Format.TEXT, Format.JSON));
        spec.usageMessage()
                .description("Lists the rules and what is prevented by construction, or tells all about one of them.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        RuleBook book = HarborHa.create().book();
        boolean json = Format.of(arguments) == Format.JSON;
        if (!arguments.hasMatchedPositional(0)) {
            terminal.out().print(json ? BookJson.of(book, book.entries()) : BookText.list(book));
            return ExitCode.OK;
        }
        String id = arguments.matchedPositionalValue(0, "");
        BookEntry entry = book.find(id).orElseThrow(() -> unknown(id, book));
        terminal.out().print(json ? BookJson.of(book, List.of(entry)) : BookText.page(entry));
        return ExitCode.OK;
    }

    private static CommandException unknown(String id, RuleBook book) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        BookEntry nearest = book.entries().stream()
                .min(Comparator.comparingInt(entry -> distance.apply(id, entry.id())))
                .orElseThrow();
        boolean near = distance.apply(id, nearest.id()) <= Math.max(2, id.length() / 3);
        return new CommandException("There is no rule " + quoted(id) + "."
                + (near
                        ? " Did you mean " + nearest.id() + "?"
                        : " See " + HarborHaCommand.NAME + " rules for all of them."));
    }

    private static String quoted(String text) {
        return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
