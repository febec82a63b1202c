package dev.harborha.audit;

import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** How the built-in rules look at a bundle: at its machines. */
final class FleetRule {

    private FleetRule() {}

    static BundleRule of(RuleInfo info, Function<Fleet, List<Problem>> check) {
        return BundleRule.of(info, bundle -> check.apply(Fleet.of(bundle)));
    }

    static BundleRule ofDay(RuleInfo info, BiFunction<Fleet, LocalDate, List<Problem>> check) {
        return BundleRule.ofDay(info, (bundle, day) -> check.apply(Fleet.of(bundle), day));
    }

    /** Returns a rule on each node by itself. */
    static BundleRule each(RuleInfo info, Function<HarborNode, List<Problem>> check) {
        return of(info, fleet -> fleet.each(check));
    }

    /** Returns a rule on each node by itself that matters where there are several. */
    static BundleRule ofSeveral(RuleInfo info, Function<HarborNode, List<Problem>> check) {
        return of(info, fleet -> fleet.harbors() > 1 ? fleet.each(check) : List.of());
    }

    /** Returns a rule that compares each node with the first of those that have something to compare. */
    static BundleRule across(
            RuleInfo info, Predicate<HarborNode> has, BiFunction<HarborNode, HarborNode, List<Problem>> difference) {
        return of(info, fleet -> fleet.across(has, difference));
    }
}
