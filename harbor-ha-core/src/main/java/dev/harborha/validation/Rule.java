package dev.harborha.validation;

import dev.harborha.model.Cluster;
import java.util.List;
import java.util.function.Function;

/**
 * A defect that a cluster can have. Implementations are pure: they read no clock, no file and no environment, and say the
 * same of the same cluster every time; they may be called from several threads.
 */
public interface Rule {

    /** Returns what is fixed about this rule: always the same object. */
    RuleInfo info();

    /**
     * Looks for the defect. Called only for releases that {@link RuleInfo#versions()} holds.
     *
     * @return the problems found, empty when the rule holds
     */
    List<Problem> check(Cluster cluster);

    /** Returns a rule made of its description and its check. */
    static Rule of(RuleInfo info, Function<Cluster, List<Problem>> check) {
        return new Rule() {
            @Override
            public RuleInfo info() {
                return info;
            }

            @Override
            public List<Problem> check(Cluster cluster) {
                return check.apply(cluster);
            }

            @Override
            public String toString() {
                return "Rule[" + info.id() + "]";
            }
        };
    }
}
