package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.HarborHa;
import dev.harborha.validation.RuleInfo;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RulesCommandTest {

    @Test
    void theListNamesEveryRuleThatAReportCanName() {
        Run rules = Run.of("rules");
        assertThat(rules.code()).isZero();
        assertThat(rules.err()).isEmpty();
        HarborHa harbor = HarborHa.create();
        for (RuleInfo info : harbor.rules().catalogue()) {
            assertThat(rules.out()).containsPattern("(?m)^" + info.id() + " +" + info.severity() + " +");
        }
        harbor.bundleRules()
                .forEach(rule -> assertThat(rules.out())
                        .containsPattern("(?m)^" + rule.info().id() + " "));
        assertThat(rules.out().lines().toList()).isSorted();
    }

    @Test
    void aPageTellsAllAboutOneRule() {
        for (RuleInfo info : HarborHa.create().rules().catalogue()) {
            Run page = Run.of("rules", info.id());
            assertThat(page.code()).isZero();
            assertThat(page.out())
                    .startsWith(info.id() + " (" + info.severity() + ")\n" + info.title() + ".\n")
                    .contains("Releases of Harbor: " + info.versions())
                    .contains(info.sources());
            assertThat(page.out().replaceAll("\\s+", " ")).contains(info.why());
            assertThat(page.out().lines()).allMatch(line -> line.length() <= 100 || line.contains("://"));
        }
    }

    @Test
    void anUnknownRuleIsRefusedWithTheNearestOne() {
        Run near = Run.of("rules", "lb.no-sesion-affinity");
        assertThat(near.code()).isEqualTo(2);
        assertThat(near.out()).isEmpty();
        assertThat(near.err())
                .isEqualTo("There is no rule \"lb.no-sesion-affinity\". Did you mean lb.no-session-affinity?\n");

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
        assertThat(book.get("rules")).hasSize(Run.of("rules").out().split("\n").length);

        JsonNode page = new ObjectMapper()
                .readTree(Run.of("rules", "url.plain-http", "--format=json").out());
        assertThat(page.get("rules")).hasSize(1);
        JsonNode rule = page.get("rules").get(0);
        assertThat(rule.get("id").asText()).isEqualTo("url.plain-http");
        assertThat(rule.get("severity").asText()).isEqualTo("warning");
        assertThat(rule.get("versions").asText()).isEqualTo("all");
        assertThat(rule.get("sources")).isNotEmpty();
    }
}
