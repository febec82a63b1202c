package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.HarborHa;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.Prevention;
import dev.harborha.validation.RuleBook;
import dev.harborha.validation.RuleInfo;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesCommandTest {

    private static final RuleBook BOOK = HarborHa.create().book();

    @Test
    void theListNamesEveryEntryInItsGroup() {
        Run rules = Run.of("rules");
        assertThat(rules.code()).isZero();
        assertThat(rules.err()).isEmpty();
        List<String> groups = List.of(rules.out().split("\n\n", -1));
        assertThat(groups).hasSize(3);
        assertGroup(groups.get(0), "Rules on clusters, which check asks", BOOK.rules());
        assertGroup(groups.get(1), "Rules on rendered files, which render asks", BOOK.bundleRules());
        assertGroup(groups.get(2), "Prevented by construction, so that there is no rule", BOOK.preventions());
    }

    private static void assertGroup(String text, String title, List<? extends BookEntry> entries) {
        List<String> lines = text.lines().toList();
        assertThat(lines.get(0)).isEqualTo(title + " (" + entries.size() + "):");
        assertThat(lines.subList(1, lines.size())).isSorted().hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            BookEntry entry = entries.get(i);
            String severity = entry instanceof RuleInfo rule ? rule.severity() + " " : "";
            assertThat(lines.get(i + 1).replaceAll(" +", " "))
                    .isEqualTo(" " + entry.id() + " " + severity + entry.title());
        }
    }

    @Test
    void aPageTellsAllAboutOneEntry() {
        for (BookEntry entry : BOOK.entries()) {
            Run page = Run.of("rules", entry.id());
            assertThat(page.code()).isZero();
            assertThat(page.out())
                    .startsWith(entry.id() + " (")
                    .contains(")\n" + entry.title() + ".\n\n")
                    .contains(entry.sources());
            entry.symptoms().forEach(symptom -> assertThat(page.out()).contains("\n  " + symptom + "\n"));
            String flowing = page.out().replaceAll("\\s+", " ");
            assertThat(flowing).contains(entry.why().replaceAll("\\s+", " "));
            if (entry instanceof RuleInfo rule) {
                assertThat(flowing)
                        .startsWith(rule.id() + " (" + rule.severity() + ") ")
                        .contains("Fix: " + rule.fix(), "Releases of Harbor: " + rule.versions());
            } else {
                assertThat(flowing)
                        .startsWith(entry.id() + " (prevented by construction) ")
                        .contains("Here: " + ((Prevention) entry).how());
            }
            assertThat(page.out().lines())
                    .allMatch(line -> line.length() <= 100
                            || line.contains("://")
                            || entry.symptoms().contains(line.strip()));
        }
    }

    @Test
    void anUnknownRuleIsRefusedWithTheNearestOne() {
        Run near = Run.of("rules", "lb.no-sesion-affinity");
        assertThat(near.code()).isEqualTo(2);
        assertThat(near.out()).isEmpty();
        assertThat(near.err())
                .isEqualTo("There is no rule \"lb.no-sesion-affinity\". Did you mean lb.no-session-affinity?\n");
        assertThat(Run.of("rules", "prevented.redirect-lop").err()).contains("Did you mean prevented.redirect-loop?");

        Run far = Run.of("rules", "xyz\u001b[31m");
        assertThat(far.code()).isEqualTo(2);
        assertThat(far.err()).contains("See harbor-ha rules").doesNotContain("\u001b");
        assertThat(Run.of("rules", "").code()).isEqualTo(2);
    }

    @Test
    void jsonHoldsTheWholeBookOrOnePage() throws IOException {
        JsonNode book =
                new ObjectMapper().readTree(Run.of("rules", "--format", "json").out());
        assertThat(book.get("version").asInt()).isEqualTo(1);
        assertThat(book.get("entries"))
                .extracting(entry -> entry.get("id").asText())
                .containsExactlyElementsOf(
                        BOOK.entries().stream().map(BookEntry::id).toList());
        assertThat(book.get("entries"))
                .filteredOn(entry -> entry.get("kind").asText().equals("bundle-rule"))
                .hasSameSizeAs(BOOK.bundleRules());
        assertThat(book.get("entries"))
                .filteredOn(entry -> entry.get("kind").asText().equals("prevented"))
                .hasSameSizeAs(BOOK.preventions());

        JsonNode rule = onlyEntry(Run.of("rules", "url.plain-http", "--format=json"));
        assertThat(rule.get("id").asText()).isEqualTo("url.plain-http");
        assertThat(rule.get("kind").asText()).isEqualTo("rule");
        assertThat(rule.get("severity").asText()).isEqualTo("warning");
        assertThat(rule.get("versions").asText()).isEqualTo("all");
        assertThat(rule.get("fix").asText()).contains(".publicUrl(…)");
        assertThat(rule.get("symptoms")).isNotEmpty();
        assertThat(rule.get("sources")).isNotEmpty();

        JsonNode prevented = onlyEntry(Run.of("rules", "prevented.redirect-loop", "--format=json"));
        assertThat(prevented.get("kind").asText()).isEqualTo("prevented");
        assertThat(prevented.get("how").asText()).contains(".nodeTls(…)");
        assertThat(prevented.has("severity")).isFalse();
    }

    static JsonNode onlyEntry(Run run) throws IOException {
        JsonNode entries = new ObjectMapper().readTree(run.out()).get("entries");
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }
}
