package dev.harborha.audit;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.render.Bundle;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
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

    /**
     * Looks for the defect as it shows on a given day. Asked instead of {@link #check(Bundle)} where the caller named a day.
     *
     * @return the problems found, empty when the rule holds
     */
    default List<Problem> check(Bundle bundle, LocalDate day) {
        return check(bundle);
    }

    /**
     * Returns the rule for files that were rendered with some keys: what is certain by the keys it need not work out again. This
     * rule itself, where it has nothing to gain.
     */
    default BundleRule knowing(ClusterKeys used) {
        return this;
    }

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

    /** Returns a rule that judges by the day that the caller of the audit names, and is silent where none is named. */
    static BundleRule ofDay(RuleInfo info, BiFunction<Bundle, LocalDate, List<Problem>> check) {
        return new BundleRule() {
            @Override
            public RuleInfo info() {
                return info;
            }

            @Override
            public List<Problem> check(Bundle bundle) {
                return List.of();
            }

            @Override
            public List<Problem> check(Bundle bundle, LocalDate day) {
                return check.apply(bundle, day);
            }
        };
    }
}
