package dev.harborha.validation;

import dev.harborha.model.Cluster;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
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

    /**
     * Looks for the defect as it shows on a given day. Asked instead of {@link #check(Cluster)} where the caller named a day.
     *
     * @return the problems found, empty when the rule holds
     */
    default List<Problem> check(Cluster cluster, LocalDate day) {
        return check(cluster);
    }

    /** Tells whether this rule can only judge when it is told the day, so that it is not asked without one. */
    default boolean needsDay() {
        return false;
    }

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

    /** Returns a rule that judges by the day that the caller of the check names, and is silent where none is named. */
    static Rule ofDay(RuleInfo info, BiFunction<Cluster, LocalDate, List<Problem>> check) {
        return new Rule() {
            @Override
            public RuleInfo info() {
                return info;
            }

            @Override
            public List<Problem> check(Cluster cluster) {
                return List.of();
            }

            @Override
            public List<Problem> check(Cluster cluster, LocalDate day) {
                return check.apply(cluster, day);
            }

            @Override
            public boolean needsDay() {
                return true;
            }

            @Override
            public String toString() {
                return "Rule[" + info.id() + "]";
            }
        };
    }
}
