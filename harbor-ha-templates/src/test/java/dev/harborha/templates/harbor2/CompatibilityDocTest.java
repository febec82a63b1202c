package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.Jobservice;
import dev.harborha.model.SharedDb;
import dev.harborha.prepare.Documented;
import dev.harborha.prepare.HarborSource;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/compatibility.md} and {@code README.md} say of releases and differences is what the code says. */
class CompatibilityDocTest {

    private static final String DOC = text("docs/compatibility.md");
    private static final Pattern RULE = Pattern.compile("rule `([^`]*)`");

    private static String text(String file) {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", ""), "..", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rows of the table below a heading, each with its cells. */
    private static List<List<String>> table(String heading) {
        String section = DOC.substring(DOC.indexOf("\n## " + heading + "\n") + 1);
        return section.lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }

    /** The supported releases of 2.x by their lines. */
    private static Map<String, List<HarborVersion>> lines() {
        return HarborVersion.SUPPORTED.stream()
                .filter(CompleteRenderer.RELEASES::contains)
                .collect(Collectors.groupingBy(HarborVersion::line, LinkedHashMap::new, Collectors.toList()));
    }

    /** The releases that the document says were compared, by their lines. */
    private static Map<String, List<HarborVersion>> compared() {
        Map<String, List<HarborVersion>> compared = new LinkedHashMap<>();
        for (List<String> row : table("Releases")) {
            compared.put(
                    row.get(0),
                    Stream.of(row.get(1).split(", ", -1))
                            .map(HarborVersion::parse)
                            .toList());
        }
        return compared;
    }

    private static long scenarios(HarborVersion release) {
        return Scenario.ALL.stream()
                .filter(scenario -> scenario.runsOn(release))
                .count();
    }

    @Test
    void listsEverySupportedRelease() {
        List<List<String>> expected = new ArrayList<>();
        Map<String, List<HarborVersion>> compared = compared();
        lines().forEach((line, releases) -> {
            List<HarborVersion> run = compared.getOrDefault(line, List.of());
            List<HarborVersion> notRun =
                    releases.stream().filter(release -> !run.contains(release)).toList();
            long fewest = run.stream()
                    .mapToLong(CompatibilityDocTest::scenarios)
                    .min()
                    .orElse(0);
            long most = run.stream()
                    .mapToLong(CompatibilityDocTest::scenarios)
                    .max()
                    .orElse(0);
            expected.add(List.of(
                    line,
                    joined(run),
                    joined(notRun),
                    fewest == most ? Long.toString(most) : fewest + " to " + most,
                    "equal"));
        });
        assertThat(table("Releases")).containsExactlyElementsOf(expected);
        HarborVersion.SUPPORTED.stream()
                .filter(release -> !CompleteRenderer.RELEASES.contains(release))
                .forEach(release -> assertThat(DOC).contains("\nHarbor " + release + " is "));
        assertThat(compared)
                .allSatisfy((line, run) -> assertThat(lines().get(line)).containsAll(run));
    }

    private static String joined(List<HarborVersion> releases) {
        return releases.stream().map(HarborVersion::toString).collect(Collectors.joining(", "));
    }

    @Test
    void countsWhatWasCompared() {
        List<HarborVersion> run =
                compared().values().stream().flatMap(List::stream).toList();
        long comparisons =
                run.stream().mapToLong(CompatibilityDocTest::scenarios).sum();
        assertThat(DOC)
                .contains("%d of the %d releases were compared, in %d runs of `prepare`"
                        .formatted(
                                run.size(),
                                lines().values().stream().mapToLong(List::size).sum(),
                                comparisons));
    }

    @Test
    void comparedIsWhatHasAPrepareOfItsOwn() {
        assertThat(compared().values().stream().flatMap(List::stream))
                .containsExactlyElementsOf(HarborSource.require().releasesAroundChanges());
    }

    @Test
    void listsEveryDifferenceThatIsMeant() {
        assertThat(table("Differences that are meant"))
                .containsExactlyElementsOf(MeantDifferences.LIST.stream()
                        .map(difference -> List.of(
                                "`" + difference.statements() + "`",
                                cell(difference.theirs()),
                                cell(difference.ours()),
                                releases(difference),
                                difference.reason()))
                        .toList());
    }

    private static String cell(Optional<String> pattern) {
        return pattern.map(
                        value -> value.equals("*") ? "a value" : value.isEmpty() ? "an empty text" : "`" + value + "`")
                .orElse("nothing");
    }

    private static String releases(Documented difference) {
        String releases = difference.releases().toString();
        return releases.equals("since 2.0.0") ? "all" : releases;
    }

    @Test
    void saysTheDefaultsThatHold() {
        Map<String, String> defaults = new LinkedHashMap<>();
        table("Defaults that are not Harbor's").forEach(row -> defaults.put(row.get(0), row.get(1)));
        SharedDb.Pool pool = SharedDb.Pool.DEFAULT;
        assertThat(defaults)
                .containsEntry(
                        "`max_open_conns`, `max_idle_conns` of the database",
                        pool.maxOpenConns() + ", " + pool.maxIdleConns())
                .containsEntry(
                        "`job_loggers`",
                        Jobservice.DEFAULT.jobLoggers().stream()
                                .map(logger -> "`" + logger.name() + "`")
                                .collect(Collectors.joining(", ")));
    }

    @Test
    void namesRulesThatThereAre() {
        List<String> rules = TestKeys.HARBOR.rules().catalogue().stream()
                .map(info -> info.id())
                .toList();
        assertThat(RULE.matcher(DOC).results().map(MatchResult::group)).isNotEmpty();
        assertThat(RULE.matcher(DOC).results().map(result -> result.group(1))).isSubsetOf(rules);
    }

    @Test
    void theReadmeNamesTheSupportedLines() {
        assertThat(text("README.md"))
                .containsOnlyOnce("\n| Harbor | ")
                .contains("\n| Harbor | " + HarborVersion.supportedLines() + " (");
    }
}
