package dev.harborha.audit;

import dev.harborha.render.Bundle;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.function.Function;

/** A defect that a set of rendered files can have. Implementations are pure. */
public interface BundleRule {

    /** Returns what is fixed about this rule: always the same object. */
    RuleInfo info();

    /**
     * Looks for the defect.
     *
     * @return the problems found, each at the path of a file; empty when the rule holds
     */
    List<Problem> check(Bundle bundle);

    /** Returns a rule made of its description and its check. */
    static BundleRule of(RuleInfo info, Function<Bundle, List<Problem>> check) {
        return new BundleRule() {
            @Override
            public RuleInfo info() {
                return info;
            }

            @Override
            public List<Problem> check(Bundle bundle) {
                return check.apply(bundle);
            }
        };
    }
}
