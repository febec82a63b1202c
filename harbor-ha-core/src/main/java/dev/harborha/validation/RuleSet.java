package dev.harborha.validation;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Waiver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An immutable set of rules with distinct ids, and the engine that asks them. */
public final class RuleSet {

    /** A waiver that no finding answers to. */
    private static final RuleInfo UNMATCHED_WAIVER = RuleInfo.of(
            "waiver.matches-nothing",
            Severity.NOTE,
            "A waiver matches no finding",
            "The defect is gone, or the id is misspelled; either way the waiver hides what comes later.",
            "docs/rationale.md");

    /** A waiver of what cannot be waived. */
    private static final RuleInfo WAIVER_OF_ERROR = RuleInfo.of(
            "waiver.of-error",
            Severity.WARNING,
            "An error cannot be waived",
            "An error means that the cluster cannot work or loses data, which no reason makes good.",
            "docs/rationale.md");

    private final Map<String, Rule> rules;

    private RuleSet(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /**
     * Returns the set of the given rules.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public static RuleSet of(List<Rule> rules) {
        Map<String, Rule> byId = new TreeMap<>();
        for (Rule rule : rules) {
            put(byId, rule);
        }
        return new RuleSet(byId);
    }

    /**
     * Returns this set with one more rule.
     *
     * @throws IllegalArgumentException if a rule has its id already
     */
    public RuleSet with(Rule rule) {
        Map<String, Rule> more = new TreeMap<>(rules);
        put(more, rule);
        return new RuleSet(more);
    }

    private static void put(Map<String, Rule> rules, Rule rule) {
        String id = rule.info().id();
        if (rules.putIfAbsent(id, rule) != null || isEngineOwn(id)) {
            throw new IllegalArgumentException("Two rules have the id " + id + "; give yours another one.");
        }
    }

    private static boolean isEngineOwn(String id) {
        return id.equals(UNMATCHED_WAIVER.id()) || id.equals(WAIVER_OF_ERROR.id());
    }

    /** Returns the description of every rule, those about waivers included, ordered by id. */
    public List<RuleInfo> catalogue() {
        Map<String, RuleInfo> infos = new TreeMap<>();
        rules.forEach((id, rule) -> infos.put(id, rule.info()));
        infos.put(UNMATCHED_WAIVER.id(), UNMATCHED_WAIVER);
        infos.put(WAIVER_OF_ERROR.id(), WAIVER_OF_ERROR);
        return List.copyOf(infos.values());
    }

    /** Returns the description of the rule with the given id. */
    public Optional<RuleInfo> find(String id) {
        return catalogue().stream().filter(info -> info.id().equals(id)).findFirst();
    }

    /**
     * Asks every rule that applies to the cluster's release.
     *
     * @throws IllegalStateException if a rule itself fails; the message names it
     */
    public Report check(Cluster cluster) {
        Map<String, Waiver> waivers = new LinkedHashMap<>();
        cluster.waivers().forEach(waiver -> waivers.put(waiver.ruleId(), waiver));
        Map<String, Waiver> unmatched = new LinkedHashMap<>(waivers);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules.values()) {
            RuleInfo info = rule.info();
            if (info.versions().contains(cluster.harbor())) {
                for (Problem problem : ask(rule, cluster)) {
                    unmatched.remove(info.id());
                    findings.add(new Finding(info, problem, reason(info, waivers.get(info.id()))));
                    if (info.severity() == Severity.ERROR && waivers.containsKey(info.id())) {
                        findings.add(ofWaiver(
                                WAIVER_OF_ERROR,
                                info.id(),
                                "The error " + info.id() + " stands, whatever the waiver says.",
                                "Mend what " + info.id() + " names and remove the waiver."));
                    }
                }
            }
        }
        for (String id : unmatched.keySet()) {
            findings.add(ofWaiver(
                    UNMATCHED_WAIVER,
                    id,
                    "The waiver of " + id + " matches no finding.",
                    find(id).isPresent()
                            ? "Remove the waiver."
                            : "Remove the waiver, or correct its id; there is no rule of that name."));
        }
        return new Report(findings.stream().distinct().toList());
    }

    private static List<Problem> ask(Rule rule, Cluster cluster) {
        try {
            return rule.check(cluster);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The rule " + rule.info().id() + " failed: " + e.getClass().getSimpleName(), e);
        }
    }

    private static Optional<String> reason(RuleInfo info, @Nullable Waiver waiver) {
        return waiver == null || info.severity() == Severity.ERROR ? Optional.empty() : Optional.of(waiver.reason());
    }

    private static Finding ofWaiver(RuleInfo info, String waivedId, String message, String fix) {
        ModelPath path = ModelPath.cluster().child("waivers").key(waivedId);
        return new Finding(info, new Problem(path, message, fix), Optional.empty());
    }
}
