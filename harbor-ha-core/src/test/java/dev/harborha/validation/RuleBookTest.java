package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {

    private static RuleInfo rule(String id, String... symptoms) {
        return RuleInfo.of(
                id,
                Severity.NOTE,
                rule -> rule.title("t").why("w").fix("f").sources("s").symptoms(symptoms));
    }

    private static Prevention prevention(String id, String... symptoms) {
        return new Prevention(id, "t", "w", "h", List.of(symptoms), List.of("s"));
    }

    private static final RuleBook BOOK = new RuleBook(
            List.of(
                    rule("b.dirty", "Dirty database version …"),
                    rule("a.csrf", "CSRF token invalid"),
                    rule("c.silent")),
            List.of(rule("bundle.files", "dial tcp …:1514: connect: connection refused")),
            List.of(prevention("prevented.csrf", "token invalid")));

    private static List<String> explained(String text) {
        return BOOK.explain(text).stream().map(BookEntry::id).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CSRF token invalid | a.csrf prevented.csrf",
                "{\"code\":\"FORBIDDEN\",\"message\":\"csrf  TOKEN\tinvalid\"} | a.csrf prevented.csrf",
                "Dirty database version 5. Fix and force version. | b.dirty",
                "dirty database | b.dirty",
                "x dial tcp 127.0.0.1:1514: connect: connection refused y | bundle.files",
                "connect: connection refused | bundle.files",
                "dial tcp 127.0.0.1:1515: connect: connection refused | ''",
                "the CSRF token invalidates nothing | ''",
                "a precsrf token invalid thing, and then CSRF token invalid | a.csrf prevented.csrf",
                "token | ''",
                "something else entirely | ''",
                "'' | ''",
                "… | ''"
            })
    void aTextIsExplainedByTheEntriesWhoseSymptomsItHas(String text, String ids) {
        assertThat(String.join(" ", explained(text))).isEqualTo(ids);
    }

    @Test
    void entriesAreFoundByIdInOrder() {
        assertThat(BOOK.entries())
                .extracting(BookEntry::id)
                .containsExactly("a.csrf", "b.dirty", "bundle.files", "c.silent", "prevented.csrf");
        assertThat(BOOK.rules()).extracting(BookEntry::id).containsExactly("a.csrf", "b.dirty", "c.silent");
        assertThat(BOOK.bundleRules()).extracting(BookEntry::id).containsExactly("bundle.files");
        assertThat(BOOK.preventions()).extracting(BookEntry::id).containsExactly("prevented.csrf");
        assertThat(BOOK.find("b.dirty")).contains(BOOK.rules().get(1));
        assertThat(BOOK.find("b.other")).isEmpty();
    }

    @Test
    void twoEntriesCannotHaveOneId() {
        assertThatThrownBy(() -> new RuleBook(List.of(rule("a.b")), List.of(rule("a.b")), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two entries have the id a.b; give yours another one.");
    }

    @Test
    void aPreventionNeedsAllItsTexts() {
        for (List<String> texts : List.of(List.of(" ", "w", "h"), List.of("t", " ", "h"), List.of("t", "w", " "))) {
            assertThatThrownBy(() -> new Prevention(
                            "prevented.x", texts.get(0), texts.get(1), texts.get(2), List.of(), List.of("s")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The entry prevented.x needs a title, a reason, a way and at least one source.");
        }
        assertThatThrownBy(() -> prevention("Prevented")).isInstanceOf(IllegalArgumentException.class);
    }
}
