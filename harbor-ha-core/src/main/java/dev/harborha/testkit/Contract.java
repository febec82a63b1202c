package dev.harborha.testkit;

import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What every rule keeps, asked of one example.
 *
 * @param id the rule's id
 * @param what what the example is
 */
record Contract(String id, String what) {

    private static final Pattern SENTENCE = Pattern.compile("[\\p{Lu}0-9\"][^\\r\\n]*\\.");
    private static final Pattern IMPERATIVE = Pattern.compile("[\\p{Lu}\"][^\\r\\n]*");

    /** What is shorter may stand in a text by chance. */
    private static final int SHORTEST_SECRET = 8;

    /** Asserts what can be said without an example. */
    static void requireInfo(Supplier<RuleInfo> info) {
        RuleInfo first = info.get();
        Contract contract = new Contract(first.id(), "its description");
        contract.requireInfo(first, info);
        if (first.title().endsWith(".")) {
            contract.fail("The title \"" + first.title() + "\" ends with a full stop.");
        }
    }

    /** An equal description is not enough: whoever asks a rule twice may compare what it got. */
    @SuppressWarnings("ReferenceEquality")
    void requireInfo(RuleInfo first, Supplier<RuleInfo> info) {
        if (first != info.get()) {
            fail("info() returns another object each time; keep it in a constant.");
        }
    }

    void requireSame(String when, List<Problem> first, List<Problem> second) {
        if (!first.equals(second)) {
            fail("The rule says something else when it is " + when + difference(lines(first), lines(second)));
        }
    }

    /** Asserts that a problem is told in sentences that hold no secret. */
    void requireTexts(Problem problem, List<String> secrets) {
        if (!SENTENCE.matcher(problem.message()).matches()) {
            fail("The message is no sentence on one line that ends with a full stop: " + problem.message());
        }
        problem.fix().filter(fix -> !IMPERATIVE.matcher(fix).matches()).ifPresent(fix -> {
            fail("The fix is no sentence on one line: " + fix);
        });
        for (String text :
                List.of(problem.path().text(), problem.message(), problem.fix().orElse(""))) {
            for (String secret : secrets) {
                if (secret.length() >= SHORTEST_SECRET && text.contains(secret)) {
                    // The text itself would print the secret.
                    fail("A text of the problem at " + problem.path().text().replace(secret, "***")
                            + " holds a secret.");
                }
            }
        }
    }

    void require(Optional<String> problem) {
        problem.ifPresent(this::fail);
    }

    void fail(String sentence) {
        throw new AssertionError(id + ", " + what + ": " + sentence);
    }

    static void requireViolation(String id, String what, List<Problem> found, List<String> expected) {
        Contract contract = new Contract(id, what);
        if (found.isEmpty()) {
            contract.fail("The rule finds nothing" + (expected.isEmpty() ? "." : difference(expected, List.of())));
        }
        List<String> said = lines(found);
        if (!expected.isEmpty() && !sorted(expected).equals(sorted(said))) {
            contract.fail("The rule says something else" + difference(expected, said));
        }
    }

    static void requireSilence(String id, String what, List<Problem> found) {
        if (!found.isEmpty()) {
            new Contract(id, what).fail("The rule finds something" + difference(List.of(), lines(found)));
        }
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** Returns what is only in the one list or only in the other, or how they differ in order. */
    private static String difference(List<String> expected, List<String> found) {
        List<String> missing = new ArrayList<>(expected);
        found.forEach(missing::remove);
        List<String> more = new ArrayList<>(found);
        expected.forEach(more::remove);
        StringBuilder text = new StringBuilder(":");
        missing.forEach(line -> text.append("\n  missing:  ").append(line));
        more.forEach(line -> text.append("\n  not expected:  ").append(line));
        return missing.isEmpty() && more.isEmpty() ? ": the order differs." : text.toString();
    }
}
