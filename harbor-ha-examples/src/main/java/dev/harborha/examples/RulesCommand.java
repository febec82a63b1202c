package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.audit.BundleRule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rules}: the book of rules, or one page of it. */
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
                .description("The rule to tell all about, such as lb.no-session-affinity.")
                .build());
        spec.addOption(Format.option(Format.TEXT, Format.JSON));
        spec.usageMessage().description("Lists the rules, or tells all about one.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        List<RuleInfo> book = book(HarborHa.create());
        boolean json = Format.of(arguments) == Format.JSON;
        String id = arguments.matchedPositionalValue(0, "");
        if (!arguments.hasMatchedPositional(0)) {
            terminal.out().print(json ? RulesText.json(book) : RulesText.list(book));
            return ExitCode.OK;
        }
        RuleInfo rule =
                book.stream().filter(info -> info.id().equals(id)).findFirst().orElseThrow(() -> unknown(id, book));
        terminal.out().print(json ? RulesText.json(List.of(rule)) : RulesText.page(rule));
        return ExitCode.OK;
    }

    /** Returns the rules on clusters and those on rendered files, ordered by id. */
    private static List<RuleInfo> book(HarborHa harbor) {
        List<RuleInfo> book = new ArrayList<>(harbor.rules().catalogue());
        harbor.bundleRules().stream().map(BundleRule::info).forEach(book::add);
        book.sort(Comparator.comparing(RuleInfo::id));
        return book;
    }

    private static CommandException unknown(String id, List<RuleInfo> book) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        RuleInfo nearest = book.stream()
                .min(Comparator.comparingInt(info -> distance.apply(id, info.id())))
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
