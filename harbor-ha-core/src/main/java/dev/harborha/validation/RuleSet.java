package dev.harborha.validation;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Waiver;
import java.time.LocalDate;
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
            rule -> rule.title("A waiver matches no finding")
                    .why("The defect is gone, or the id is misspelled; either way the waiver hides what comes later.")
                    .fix("Remove the waiver, or correct its id.")
                    .sources(
                            "https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments"));

    /** A waiver of what cannot be waived. */
    private static final RuleInfo WAIVER_OF_ERROR = RuleInfo.of(
            "waiver.of-error",
            Severity.WARNING,
            rule -> rule.title("An error cannot be waived")
                    .why("An error means that the cluster cannot work or loses data, which no reason makes good.")
                    .fix("Mend what the error names and remove the waiver.")
                    .sources("https://eslint.org/docs/latest/use/configure/rules"));

    /** A rule that two waivers name. */
    private static final RuleInfo WAIVED_TWICE = RuleInfo.of(
            "waiver.said-twice",
            Severity.NOTE,
            rule -> rule.title("A rule is waived more than once")
                    .why(
                            "Only one of the reasons is repeated in reports; whoever reads the other one relies on it in vain.")
                    .fix("Leave one waiver of the rule, with the reason that holds.")
                    .sources("https://eslint.org/docs/latest/use/configure/rules"));

    /** What the engine itself finds. */
    private static final List<RuleInfo> OWN = List.of(UNMATCHED_WAIVER, WAIVER_OF_ERROR, WAIVED_TWICE);

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
        return OWN.stream().anyMatch(info -> info.id().equals(id));
    }

    /** Returns the description of every rule, those about waivers included, ordered by id. */
    public List<RuleInfo> catalogue() {
        Map<String, RuleInfo> infos = new TreeMap<>();
        rules.forEach((id, rule) -> infos.put(id, rule.info()));
        OWN.forEach(info -> infos.put(info.id(), info));
        return List.copyOf(infos.values());
    }

    /** Returns the description of the rule with the given id. */
    public Optional<RuleInfo> find(String id) {
        return catalogue().stream().filter(info -> info.id().equals(id)).findFirst();
    }

    /**
     * Asks every rule that applies to the cluster's release and needs no day to judge by.
     *
     * @throws IllegalStateException if a rule itself fails; the message names it
     */
    public Report check(Cluster cluster) {
        return check(cluster, Optional.empty());
    }

    /**
     * Asks every rule that applies to the cluster's release.
     *
     * @param day the day that rules on certificates and the like judge by
     * @throws IllegalStateException if a rule itself fails; the message names it
     */
    public Report check(Cluster cluster, LocalDate day) {
        return check(cluster, Optional.of(day));
    }

    /** Returns the description of every rule that {@link #check(Cluster)} asks, ordered by id. */
    public List<RuleInfo> asked(Cluster cluster) {
        return asked(cluster, Optional.empty());
    }

    /** Returns the description of every rule that {@link #check(Cluster, LocalDate)} asks, ordered by id. */
    public List<RuleInfo> asked(Cluster cluster, LocalDate day) {
        return asked(cluster, Optional.of(day));
    }

    private List<RuleInfo> asked(Cluster cluster, Optional<LocalDate> day) {
        return catalogue().stream()
                .filter(info -> info.versions().contains(cluster.harbor()))
                .filter(info -> day.isPresent()
                        || !rules.containsKey(info.id())
                        || !rules.get(info.id()).needsDay())
                .toList();
    }

    private Report check(Cluster cluster, Optional<LocalDate> day) {
        Map<String, Waiver> waivers = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Waiver waiver : cluster.waivers()) {
            if (waivers.put(waiver.ruleId(), waiver) != null) {
                findings.add(ofWaiver(
                        WAIVED_TWICE,
                        waiver.ruleId(),
                        "The rule " + waiver.ruleId() + " is waived more than once; the last reason counts."));
            }
        }
        Map<String, Waiver> unmatched = new LinkedHashMap<>(waivers);
        for (Rule rule : rules.values()) {
            RuleInfo info = rule.info();
            if (rule.needsDay() && day.isEmpty()) {
                unmatched.remove(info.id());
            } else if (info.versions().contains(cluster.harbor())) {
                for (Problem problem : ask(rule, cluster, day)) {
                    unmatched.remove(info.id());
                    findings.add(new Finding(info, problem, reason(info, waivers.get(info.id()))));
                    if (info.severity() == Severity.ERROR && waivers.containsKey(info.id())) {
                        findings.add(ofWaiver(
                                WAIVER_OF_ERROR,
                                info.id(),
                                "The error " + info.id() + " stands, whatever the waiver says."));
                    }
                }
            }
        }
        for (String id : unmatched.keySet()) {
            findings.add(ofWaiver(
                    UNMATCHED_WAIVER,
                    id,
                    "The waiver of " + id
                            + (find(id).isPresent()
                                    ? " matches no finding."
                                    : " matches no finding; there is no rule on clusters of that name.")));
        }
        return new Report(findings.stream().distinct().toList());
    }

    private static List<Problem> ask(Rule rule, Cluster cluster, Optional<LocalDate> day) {
        try {
            return day.isPresent() ? rule.check(cluster, day.get()) : rule.check(cluster);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The rule " + rule.info().id() + " failed: " + e.getClass().getSimpleName(), e);
        }
    }

    private static Optional<String> reason(RuleInfo info, @Nullable Waiver waiver) {
        return waiver == null || info.severity() == Severity.ERROR ? Optional.empty() : Optional.of(waiver.reason());
    }

    private static Finding ofWaiver(RuleInfo info, String waivedId, String message) {
        ModelPath path = ModelPath.cluster().child("waivers").key(waivedId);
        return new Finding(info, new Problem(path, message), Optional.empty());
    }
}
