package dev.harborha.validation;

import dev.harborha.model.ModelPath;
import java.util.Optional;

/**
 * One thing that a rule found.
 *
 * @param rule the rule
 * @param problem what it said
 * @param waived the reason why the owner of the cluster accepts it; absent for a finding that counts
 * @param location where the element stands in a file; absent where that is not known
 */
public record Finding(RuleInfo rule, Problem problem, Optional<String> waived, Optional<Location> location) {

    /** Makes a finding of which no place in a file is known. */
    public Finding(RuleInfo rule, Problem problem, Optional<String> waived) {
        this(rule, problem, waived, Optional.empty());
    }

    /** Returns how bad it is. */
    public Severity severity() {
        return rule.severity();
    }

    /** Returns the id of the rule. */
    public String id() {
        return rule.id();
    }

    /** Returns what to do: what the problem says itself, else what the rule says. */
    public String fix() {
        return problem.fix().orElse(rule.fix());
    }

    /** Returns the element that it is about. */
    public ModelPath path() {
        return problem.path();
    }

    /** Returns the finding in one line. */
    @Override
    public String toString() {
        return severity() + " " + id() + " " + path() + ": " + problem.message();
    }
}
