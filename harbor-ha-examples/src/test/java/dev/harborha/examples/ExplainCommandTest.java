package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

    private static final String MOVED = "MOVED 11633 10.0.0.5:6379";

    @Test
    void anErrorTextLeadsToWhatMayBeBehindIt() {
        Run explained = Run.of("explain", MOVED);
        assertThat(explained.code()).isZero();
        assertThat(explained.err()).isEmpty();
        assertThat(explained.out())
                .startsWith("redis.cluster-mode (ERROR)\n  Redis runs in cluster mode.\n")
                .contains("\n  Fix: Use one server, or sentinels:", "\n  See: harbor-ha rules redis.cluster-mode\n");
        assertThat(explained.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Run.of("explain", "KeyError: 'disable'").out())
                .startsWith("bundle.redirect-misspelled (ERROR)\n")
                .contains("\n\nprevented.redirect-key-renamed (prevented by construction)\n")
                .contains("\n  Here: .redirect(false) is one word for all releases;");
    }

    @Test
    void theLikeliestEntryComesFirst() {
        assertThat(Run.of("explain", "read: EOF; WRONGPASS invalid username-password pair or user is disabled.")
                        .out())
                .contains("redis.acl-user-unknown-to-registry (ERROR)\n", "\n\nvalue.not-carried (ERROR)\n");
    }

    @Test
    void wordsWithoutQuotesAreOneText() {
        assertThat(Run.of("explain", "CSRF", "token", "invalid"))
                .isEqualTo(Run.of("explain", "csrf token  INVALID"))
                .extracting(Run::code)
                .isEqualTo(0);
        assertThat(Run.of("explain", "--", "--skip-update cannot be specified on the first run")
                        .out())
                .startsWith("trivy.never-updated (NOTE)\n");
    }

    @Test
    void linesComeFromStandardInput() {
        String log = "ok\n" + MOVED + "\r\nKeyError: 'disable'\n\n" + MOVED + "\n";
        Run explained = Run.reading(log, "explain", "-");
        assertThat(explained.code()).isZero();
        assertThat(explained.out())
                .isEqualTo(Run.of("explain", MOVED).out() + "\n"
                        + Run.of("explain", "KeyError: 'disable'").out());
    }

    @Test
    void whatStandsOnOneLineIsNotPutTogetherFromTwo() {
        assertThat(Run.reading("prepared statement s1 does not exist", "explain", "-")
                        .out())
                .startsWith("db.pooler-breaks-sessions ");
        assertThat(Run.reading("prepared statement s1\nthis does not exist", "explain", "-")
                        .code())
                .isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void whatIsNotKnownIsSaidInOneSentence() {
        for (Run run : new Run[] {
            Run.of("explain", "the printer is on fire"),
            Run.of("explain", ""),
            Run.of("explain", "x", "--format=json"),
            Run.reading("", "explain", "-"),
            Run.reading("nothing\nto see\n", "explain", "-")
        }) {
            assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo("The book of rules knows no such text; try the part of it that names the fault, without"
                            + " addresses and numbers.\n");
        }
    }

    @Test
    void jsonHoldsTheSameEntriesInTheSameOrder() throws IOException {
        Run run = Run.of("explain", "WRONGPASS", "--format=json");
        assertThat(run.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("version").asInt()).isEqualTo(1);
        StringBuilder ids = new StringBuilder();
        Run.of("explain", "WRONGPASS")
                .out()
                .lines()
                .filter(line -> line.matches("\\S.*"))
                .forEach(line -> ids.append(line, 0, line.indexOf(' ')).append('\n'));
        StringBuilder found = new StringBuilder();
        json.get("entries")
                .forEach(entry -> found.append(entry.get("id").asText()).append('\n'));
        assertThat(found).isNotEmpty().hasToString(ids.toString());
    }
}
