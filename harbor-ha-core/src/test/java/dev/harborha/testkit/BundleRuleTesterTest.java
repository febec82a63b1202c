package dev.harborha.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.audit.BundleRule;
import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleRuleTesterTest {

    private static final RuleInfo INFO = RuleInfo.of(
            "own.files",
            Severity.NOTE,
            rule -> rule.title("A file").why("w").fix("f").sources("s"));
    private static final ModelPath ENV = ModelPath.file("nodes/harbor-1/env");
    private static final Bundle BUNDLE = Bundle.of(Map.of(
            "test",
            List.of(
                    RenderedFile.secret(ENV.text(), "PORT=8080\nDB_PASSWORD='open-sesame'\n"),
                    RenderedFile.secret("nodes/harbor-1/secretkey", "0123456789abcdef"),
                    RenderedFile.open("nodes/harbor-1/README", "PUBLIC_KEY=something public\n"))));

    private static BundleRuleTester saying(Problem... problems) {
        return BundleRuleTester.of(BundleRule.of(INFO, bundle -> List.of(problems)));
    }

    private static void assertFails(Runnable call, String message) {
        assertThatThrownBy(call::run).isExactlyInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Test
    void whatIsExpectedIsAcceptedAndADifferenceShown() {
        saying(new Problem(ENV, "The port is 8080."), new Problem(ENV, "It holds something public."))
                .violated("files", BUNDLE)
                .violated("files", BUNDLE, ENV + ": It holds something public.", ENV + ": The port is 8080.");
        saying().kept("files", BUNDLE);
        assertFails(() -> saying().violated("a", BUNDLE), "own.files, a: The rule finds nothing.");
        assertFails(
                () -> saying(new Problem(ENV, "X.")).kept("a", BUNDLE),
                "own.files, a: The rule finds something:\n  not expected:  nodes/harbor-1/env: X.");
    }

    @Test
    void aRuleOfDaysIsGivenOne() {
        BundleRule rule = BundleRule.ofDay(INFO, (bundle, day) -> List.of(new Problem(ENV, "It is " + day + ".")));
        BundleRuleTester.of(rule)
                .kept("without a day", BUNDLE)
                .on(LocalDate.parse("2026-11-24"))
                .violated("a day", BUNDLE, ENV + ": It is 2026-11-24.");
    }

    @Test
    void pathsAreThoseOfFiles() {
        assertFails(
                () -> saying(new Problem(ModelPath.file("nodes/harbor-2/env"), "X."))
                        .violated("a", BUNDLE),
                "own.files, a: The path nodes/harbor-2/env is not that of a file of the bundle.");
    }

    @Test
    void noTextHoldsASecretOfAFile() {
        for (String message : List.of("It is open-sesame.", "The key is 0123456789abcdef.")) {
            assertFails(
                    () -> saying(new Problem(ENV, message)).violated("a", BUNDLE),
                    "own.files, a: A text of the problem at nodes/harbor-1/env holds a secret.");
        }
    }

    @Test
    void theSameFilesGiveTheSameProblems() {
        BundleRule rule = BundleRule.of(
                INFO, bundle -> bundle == BUNDLE ? List.of() : List.of(new Problem(ENV, "It is another bundle.")));
        assertFails(
                () -> BundleRuleTester.of(rule).kept("a", BUNDLE),
                "own.files, a: The rule says something else when it is made again:\n"
                        + "  not expected:  nodes/harbor-1/env: It is another bundle.");
    }
}
