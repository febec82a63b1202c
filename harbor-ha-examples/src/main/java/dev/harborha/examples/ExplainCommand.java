package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.RuleBook;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code explain}: what may be behind an error text. */
final class ExplainCommand implements Subcommand {

    private static final String STANDARD_INPUT = "-";

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("TEXT")
                .index("0..*")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("A line of a log or an error message, or a part of it; - reads lines from standard input.")
                .build());
        spec.addOption(Format.option(Format.TEXT, Format.JSON));
        spec.usageMessage()
                .description("Finds what may be behind an error text, the likeliest first; with several lines, in their"
                        + " order. Where the book of rules knows nothing of it, that is said, with exit code 2.");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        RuleBook book = HarborHa.create().book();
        List<BookEntry> entries = words.equals(List.of(STANDARD_INPUT))
                ? explainAll(book, terminal)
                : book.explain(String.join(" ", words));
        if (entries.isEmpty()) {
            throw new CommandException("The book of rules knows no such text; try the part of it that names the fault,"
                    + " without addresses and numbers.");
        }
        terminal.out()
                .print(
                        Format.of(arguments) == Format.JSON
                                ? BookJson.of(book, entries)
                                : BookText.explanation(entries));
        return ExitCode.OK;
    }

    private static List<BookEntry> explainAll(RuleBook book, Terminal terminal) {
        Set<BookEntry> entries = new LinkedHashSet<>();
        try (BufferedReader lines = new BufferedReader(terminal.in())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.addAll(book.explain(line));
            }
        } catch (IOException e) {
            throw new CommandException("Standard input could not be read.");
        }
        return new ArrayList<>(entries);
    }
}
