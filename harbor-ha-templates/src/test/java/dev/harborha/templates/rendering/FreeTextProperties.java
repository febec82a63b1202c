package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Cluster;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Any text in any free field is carried exactly to where it belongs and changes nothing else, or it is refused with a
 * message.
 */
class FreeTextProperties {

    private static final Map<String, SortedMap<String, String>> BASES = new ConcurrentHashMap<>();

    @Provide
    Arbitrary<FreeField> fields() {
        return Arbitraries.of(FreeFields.ALL);
    }

    @Provide
    Arbitrary<String> texts() {
        return AwkwardTexts.any();
    }

    private static SortedMap<String, String> base(FreeField field) {
        return BASES.computeIfAbsent(field.name(), name -> leaves(field.with(field.marker())));
    }

    private static SortedMap<String, String> leaves(Cluster cluster) {
        return Leaves.of(cluster, TestKeys.HARBOR.render(cluster, TestKeys.KEYS));
    }

    /** What the readers must find: the text where the marker stood, and everything else as it was. */
    private static SortedMap<String, String> expected(FreeField field, String text) {
        SortedMap<String, String> expected = new TreeMap<>(base(field));
        expected.replaceAll((name, value) -> value.equals(field.marker())
                ? text
                : name.startsWith("INSTALL.md") ? value.replace(field.marker(), text) : value);
        return expected;
    }

    /** The marker of each field arrives somewhere, so that a text that is lost would be seen. */
    @Example
    void everyFieldArrivesSomewhere() {
        for (FreeField field : FreeFields.ALL) {
            assertThat(base(field).values()).as(field.name()).anyMatch(value -> value.contains(field.marker()));
        }
    }

    @Example
    void halfASurrogatePairIsRefusedEverywhere() {
        for (FreeField field : FreeFields.ALL) {
            assertThatThrownBy(() -> field.with("a\ud800b"))
                    .as(field.name())
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .satisfies(message -> saysWhy(message, field, "a\ud800b"));
        }
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void isCarriedExactlyOrRefused(@ForAll("fields") FreeField field, @ForAll("texts") String text) {
        Statistics.coverage(coverage -> coverage.check("carried").percentage(share -> share > 20));
        Cluster cluster;
        try {
            cluster = field.with(text);
        } catch (IllegalArgumentException e) {
            Statistics.collect("refused");
            saysWhy(e.getMessage(), field, text);
            return;
        }
        Report report = TestKeys.HARBOR.check(cluster);
        if (report.hasErrors()) {
            Statistics.collect("refused");
            List<Finding> errors = report.of(Severity.ERROR);
            assertThat(errors).hasSize(1);
            saysWhy(errors.get(0).problem().message(), field, text);
            saysWhy(errors.get(0).fix(), field, text);
            return;
        }
        Statistics.collect("carried");
        assertThat(leaves(cluster)).isEqualTo(expected(field, text));
    }

    private static void saysWhy(String message, FreeField field, String text) {
        assertThat(message).endsWith(".").hasSizeBetween(20, 300);
        assertThat(message.chars()).noneMatch(Character::isISOControl);
        if (field.secret() && text.strip().length() > 5) {
            assertThat(message).doesNotContain(text.strip());
        }
    }
}
