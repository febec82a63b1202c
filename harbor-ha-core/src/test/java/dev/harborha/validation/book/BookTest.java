package dev.harborha.validation.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.Prevention;
import dev.harborha.validation.RuleBook;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every entry of the book, whatever it is about. */
class BookTest {

    private static final RuleBook BOOK = HarborHa.create().book();

    private static final Set<String> TOPICS = Set.of(
            "bundle",
            "db",
            "deployment",
            "jobservice",
            "lb",
            "log",
            "node",
            "prevented",
            "proxy",
            "quota",
            "redis",
            "registry",
            "secret",
            "setting",
            "storage",
            "time",
            "tls",
            "trivy",
            "url",
            "value",
            "version",
            "vip",
            "waiver");

    private static final int LONGEST_TITLE = 80;
    private static final int SHORTEST_SYMPTOM = 8;

    /** Redis answers no more than this word and an address. */
    private static final Set<String> SHORT_SYMPTOMS = Set.of("MOVED …");

    /** The post from which the library grew is not served by https. */
    private static final String POST = "http://niyanchun.com/harbor-multi-nodes-deployment-practices.html";

    static Stream<BookEntry> entries() {
        return BOOK.entries().stream();
    }

    @Test
    void everyTopicHasAnEntryAndEveryEntryATopic() {
        Set<String> topics = new TreeSet<>();
        BOOK.entries().forEach(entry -> topics.add(topic(entry)));
        assertThat(topics).containsExactlyInAnyOrderElementsOf(TOPICS);
        assertThat(BOOK.bundleRules()).allMatch(rule -> topic(rule).equals("bundle"));
        assertThat(BOOK.preventions()).allMatch(entry -> topic(entry).equals("prevented"));
        assertThat(BOOK.rules()).noneMatch(rule -> Set.of("bundle", "prevented").contains(topic(rule)));
        assertThat(BOOK.entries()).extracting(BookEntry::id).doesNotHaveDuplicates();
    }

    private static String topic(BookEntry entry) {
        return entry.id().substring(0, entry.id().indexOf('.'));
    }

    /** The second part may hold the number of a release: {@code db.postgresql-before-9.6}. */
    @ParameterizedTest
    @MethodSource("entries")
    void theIdIsATopicAndADefect(BookEntry entry) {
        assertThat(entry.id()).matches("[a-z]+\\.[a-z][a-z0-9]*(-[a-z0-9]+)*(-[0-9]+(\\.[0-9]+)+)?");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theTextsAreSentences(BookEntry entry) {
        assertThat(entry.title()).hasSizeLessThanOrEqualTo(LONGEST_TITLE).doesNotEndWith(".");
        assertThat(entry.why()).matches("\\S.*\\.");
        if (entry instanceof RuleInfo rule) {
            assertThat(rule.fix()).matches("\\p{Lu}.*(\\.|: [a-z]+( [a-z0-9-]+)+)");
        } else {
            assertThat(((Prevention) entry).how()).matches("\\S.*\\.");
        }
        for (String text : List.of(entry.title(), entry.why())) {
            assertThat(text).doesNotContain("  ", "\n", "null", " ,", " .)");
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theSourcesCanBeOpened(BookEntry entry) {
        assertThat(entry.sources())
                .doesNotHaveDuplicates()
                .allMatch(source -> source.startsWith("https://") || source.equals(POST))
                .anyMatch(source -> source.startsWith("https://"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theSymptomsAreWorthSearchingFor(BookEntry entry) {
        List<String> seen = new ArrayList<>();
        for (String symptom : entry.symptoms()) {
            assertThat(symptom.length() >= SHORTEST_SYMPTOM || SHORT_SYMPTOMS.contains(symptom))
                    .as("the length of %s", symptom)
                    .isTrue();
            String lower = symptom.toLowerCase(Locale.ROOT);
            assertThat(seen).as("symptoms of which one says it already").noneMatch(lower::equals);
            seen.add(lower);
        }
    }

    /** A line with the symptom in it, and with something in the place of what may be anything, leads to the entry. */
    @ParameterizedTest
    @MethodSource("entries")
    void theSymptomsLeadToTheEntry(BookEntry entry) {
        for (String symptom : entry.symptoms()) {
            String line = "2026-11-24 [ERROR] " + symptom.replace("…", "some-thing.7") + " (request 17)";
            assertThat(BOOK.explain(line)).as(line).contains(entry);
        }
    }

    @Test
    void twoEntriesWithOneTitleDifferByRelease() {
        for (BookEntry one : BOOK.entries()) {
            for (BookEntry other : BOOK.entries()) {
                if (!one.equals(other) && one.title().equals(other.title())) {
                    assertThat(one).isInstanceOf(RuleInfo.class);
                    assertThat(other).isInstanceOf(RuleInfo.class);
                    assertThat(((RuleInfo) one).versions())
                            .as("%s and %s", one.id(), other.id())
                            .isNotEqualTo(((RuleInfo) other).versions());
                }
            }
        }
    }
}
