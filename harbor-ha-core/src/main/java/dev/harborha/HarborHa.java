package dev.harborha;

import dev.harborha.audit.BuiltInBundleRules;
import dev.harborha.audit.BundleRule;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleBook;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.RuleSet;
import dev.harborha.validation.rules.BuiltInRules;
import dev.harborha.validation.rules.Preventions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Checks and renders clusters.
 *
 * <pre>{@code
 * HarborHa harbor = HarborHa.create();
 * System.out.println(harbor.check(cluster));
 * harbor.render(cluster, ClusterKeys.loadOrGenerate(keys)).writeTo(out);
 * }</pre>
 *
 * <p>Instances are immutable and may be shared between threads. {@link #check} and {@link #render} read no clock, no
 * randomness, no environment and no file: the same cluster and keys give the same result everywhere.
 */
public final class HarborHa {

    private final RuleSet rules;
    private final List<BundleRule> bundleRules;
    private final List<Renderer> renderers;
    private final Optional<LocalDate> day;

    private HarborHa(RuleSet rules, List<BundleRule> bundleRules, List<Renderer> renderers, Optional<LocalDate> day) {
        this.rules = rules;
        this.bundleRules = List.copyOf(bundleRules);
        this.renderers = List.copyOf(renderers);
        this.day = day;
    }

    /**
     * Returns an instance with the built-in rules, and with every renderer and every further rule that is on the class path:
     * the implementations of {@link Renderer}, {@link Rule} and {@link BundleRule} that {@link ServiceLoader} finds.
     *
     * @throws IllegalArgumentException if two rules have the same id
     */
    public static HarborHa create() {
        List<Renderer> renderers = new ArrayList<>(onClassPath(Renderer.class));
        List<Rule> rules = new ArrayList<>(BuiltInRules.all());
        rules.addAll(onClassPath(Rule.class));
        HarborHa harbor = new HarborHa(RuleSet.of(rules), BuiltInBundleRules.all(), renderers, Optional.empty());
        for (BundleRule rule : onClassPath(BundleRule.class)) {
            harbor = harbor.with(rule);
        }
        return harbor;
    }

    private static <T> List<T> onClassPath(Class<T> service) {
        List<T> found = new ArrayList<>();
        ServiceLoader.load(service, HarborHa.class.getClassLoader()).forEach(found::add);
        return found;
    }

    /**
     * Returns an instance that has one more rule.
     *
     * @throws IllegalArgumentException if a rule has its id already
     */
    public HarborHa with(Rule rule) {
        return new HarborHa(rules.with(rule), bundleRules, renderers, day);
    }

    /** Returns an instance that has one more renderer. */
    public HarborHa with(Renderer renderer) {
        List<Renderer> more = new ArrayList<>(renderers);
        more.add(renderer);
        return new HarborHa(rules, bundleRules, more, day);
    }

    /**
     * Returns an instance that has one more rule on rendered files.
     *
     * @throws IllegalArgumentException if a rule on rendered files has its id already
     */
    public HarborHa with(BundleRule rule) {
        String id = rule.info().id();
        if (bundleRules.stream().anyMatch(other -> other.info().id().equals(id))) {
            throw new IllegalArgumentException("Two rules have the id " + id + "; give yours another one.");
        }
        List<BundleRule> more = new ArrayList<>(bundleRules);
        more.add(rule);
        return new HarborHa(rules, more, renderers, day);
    }

    /**
     * Returns an instance whose rules also judge what runs out, as on the given day: without one, nothing is said of the dates
     * of certificates. Usually {@code LocalDate.now()}.
     */
    public HarborHa on(LocalDate day) {
        return new HarborHa(rules, bundleRules, renderers, Optional.of(day));
    }

    /** Returns the rules on clusters. */
    public RuleSet rules() {
        return rules;
    }

    /** Returns the rules on rendered files. */
    public List<BundleRule> bundleRules() {
        return bundleRules;
    }

    /** Returns the book of rules: what is fixed about each of them, and what is prevented by construction. */
    public RuleBook book() {
        return new RuleBook(
                rules.catalogue(), bundleRules.stream().map(BundleRule::info).toList(), Preventions.all());
    }

    /** Returns what the rules find in a cluster. */
    public Report check(Cluster cluster) {
        return day.isPresent() ? rules.check(cluster, day.get()) : rules.check(cluster);
    }

    /** Returns the description of every rule that {@link #check} asks of a cluster, for reports that also tell what is well. */
    public List<RuleInfo> asked(Cluster cluster) {
        return day.isPresent() ? rules.asked(cluster, day.get()) : rules.asked(cluster);
    }

    /** Returns what the bundle rules find in rendered files. */
    public Report audit(Bundle bundle) {
        return audit(bundle, bundleRules);
    }

    private Report audit(Bundle bundle, List<BundleRule> asked) {
        List<Finding> findings = new ArrayList<>();
        for (BundleRule rule : asked) {
            (day.isPresent() ? rule.check(bundle, day.get()) : rule.check(bundle))
                    .forEach(problem -> findings.add(new Finding(rule.info(), problem, Optional.empty())));
        }
        return new Report(findings);
    }

    /**
     * Renders every file of every machine.
     *
     * @throws InvalidClusterException if a rule finds an error in the cluster, or in the files
     * @throws UnresolvedSecretsException if secrets have no value; the message names all of them
     * @throws IllegalStateException if no renderer is on the class path, or two of them claim one file
     */
    public Bundle render(Cluster cluster, ClusterKeys keys) {
        Report report = check(cluster);
        if (report.hasErrors()) {
            throw new InvalidClusterException("The cluster cannot be rendered", report);
        }
        Map<ModelPath, Secret> unresolved = new LinkedHashMap<>(cluster.secrets());
        unresolved.values().removeIf(Secret::isResolved);
        if (!unresolved.isEmpty()) {
            throw new UnresolvedSecretsException(unresolved);
        }
        Bundle bundle = Bundle.of(renderAll(new RenderContext(cluster, keys)));
        Report audit = audit(
                bundle, bundleRules.stream().map(rule -> rule.knowing(keys)).toList());
        if (audit.hasErrors()) {
            throw new InvalidClusterException("The rendered files do not fit together", audit);
        }
        return bundle;
    }

    private Map<String, List<RenderedFile>> renderAll(RenderContext context) {
        Map<String, List<RenderedFile>> files = new LinkedHashMap<>();
        for (Renderer renderer : renderers) {
            if (renderer.supports(context.cluster())) {
                if (files.putIfAbsent(renderer.name(), renderer.render(context)) != null) {
                    throw new IllegalStateException(
                            "Two renderers are called " + renderer.name() + "; give yours another name().");
                }
            }
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("No renderer for this cluster is on the class path; add"
                    + " dev.harborha:harbor-ha-templates to it.");
        }
        return files;
    }
}
