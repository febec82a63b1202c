package dev.harborha.validation;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SampleCluster;
import dev.harborha.model.SharedRedis;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** For every built-in rule: clusters that violate it, and clusters near by that do not. */
final class RuleExamples {

    /** The day on which all examples are looked at. */
    static final LocalDate DAY = LocalDate.parse("2026-11-24");

    static final Map<String, RuleExamples> ALL = new TreeMap<>();

    static {
        AddressExamples.describe();
        LoadBalancerExamples.describe();
        BackendExamples.describe();
        OwnerExamples.describe();
        Harbor2Examples.describe();
        DatabaseExamples.describe();
        RedisExamples.describe();
        S3Examples.describe();
        ServiceExamples.describe();
        CertificateExamples.describe();
        UpgradeExamples.describe();
        FailoverExamples.describe();
    }

    private final Map<String, Cluster> violating = new LinkedHashMap<>();
    private final Map<String, Cluster> sound = new LinkedHashMap<>();

    private Optional<Function<Cluster, Cluster>> operator = Optional.empty();
    private Predicate<Cluster> needs = cluster -> true;
    private Optional<Predicate<HarborVersion>> releases = Optional.empty();
    private final Set<String> companions = new TreeSet<>();
    private final Set<String> ended = new TreeSet<>();

    private RuleExamples() {}

    /**
     * Says how a sound cluster is made to violate the rule, where the change of the first violating example does not do:
     * these edits, one after the other.
     */
    @SafeVarargs
    final RuleExamples mutant(UnaryOperator<Cluster>... edits) {
        operator = Optional.of(cluster -> {
            Cluster changed = cluster;
            for (UnaryOperator<Cluster> edit : edits) {
                changed = edit.apply(changed);
            }
            return changed;
        });
        return this;
    }

    /** Says which sound clusters have what the operator changes. */
    RuleExamples needs(Predicate<Cluster> wanted) {
        needs = needs.and(wanted);
        return this;
    }

    /** Says which releases the operator starts from, where it changes the release. */
    RuleExamples from(Predicate<HarborVersion> wanted) {
        releases = Optional.of(wanted);
        return this;
    }

    /** Names other rules that the operator cannot help violating, in some sound clusters or in all. */
    RuleExamples brings(String... ids) {
        companions.addAll(List.of(ids));
        return this;
    }

    /** Names rules whose warnings or notes may end with the operator, because what they speak of is changed. */
    RuleExamples ends(String... ids) {
        ended.addAll(List.of(ids));
        return this;
    }

    Optional<Function<Cluster, Cluster>> operator() {
        return operator;
    }

    Predicate<Cluster> needs() {
        return needs;
    }

    Optional<Predicate<HarborVersion>> releases() {
        return releases;
    }

    Set<String> companions() {
        return companions;
    }

    Set<String> ended() {
        return ended;
    }

    Map<String, Cluster> violating() {
        return violating;
    }

    Map<String, Cluster> sound() {
        return sound;
    }

    static RuleExamples rule(String id) {
        return ALL.computeIfAbsent(id, any -> new RuleExamples());
    }

    RuleExamples bad(String what, Consumer<ClusterBuilder> change) {
        keepFirst(change);
        violating.put(what, SampleCluster.with(change));
        return this;
    }

    private void keepFirst(Consumer<ClusterBuilder> change) {
        if (operator.isEmpty() && violating.isEmpty()) {
            operator = Optional.of(Edit.with(change));
        }
    }

    /** Adds the cluster that has only what is required. */
    RuleExamples badFrame(String what) {
        violating.put(what, SampleCluster.frame().build());
        return this;
    }

    /** Adds the cluster that has only what is required, with a change. */
    RuleExamples badFrom(Consumer<ClusterBuilder> change, String what) {
        ClusterBuilder frame = SampleCluster.frame();
        change.accept(frame);
        violating.put(what, frame.build());
        return this;
    }

    RuleExamples good(String what, Consumer<ClusterBuilder> change) {
        sound.put(what, SampleCluster.with(change));
        return this;
    }

    /** Adds a cluster of Harbor 2.x. */
    RuleExamples bad2x(String what, Consumer<ClusterBuilder> change) {
        keepFirst(change);
        violating.put(what, SampleCluster.with2x(change));
        return this;
    }

    /** Adds a cluster of Harbor 2.x. */
    RuleExamples good2x(String what, Consumer<ClusterBuilder> change) {
        sound.put(what, SampleCluster.with2x(change));
        return this;
    }

    /** Adds a cluster of Harbor 2.x that is edited after it is made. */
    RuleExamples good2x(String what, Consumer<ClusterBuilder> change, UnaryOperator<Cluster> edit) {
        sound.put(what, edit.apply(SampleCluster.with2x(change)));
        return this;
    }

    static Predicate<Cluster> nodesAtLeast(int count) {
        return cluster -> cluster.nodes().size() >= count;
    }

    static Predicate<Cluster> noVirtualIp() {
        return cluster -> cluster.virtualIp().isEmpty();
    }

    /** Clusters whose load balancers see requests, and not only bytes. */
    static Predicate<Cluster> noPassthrough() {
        return cluster ->
                cluster.loadBalancers().stream().noneMatch(balancer -> balancer.passesThroughFor(cluster.publicUrl()));
    }

    static Predicate<Cluster> balancersAtLeast(int count) {
        return cluster -> cluster.loadBalancers().size() >= count;
    }

    static Predicate<Cluster> redis(Predicate<SharedRedis> wanted) {
        return cluster -> cluster.redis().filter(wanted).isPresent();
    }

    static Predicate<Cluster> s3(Predicate<S3Storage> wanted) {
        return cluster -> cluster.storage() instanceof S3Storage s3 && wanted.test(s3);
    }

    /** Returns the sample cluster with other nodes. */
    static Consumer<ClusterBuilder> nodes(String... addresses) {
        return c -> {
            c.withoutNode("harbor-1").withoutNode("harbor-2");
            for (int i = 0; i < addresses.length; i++) {
                c.node("harbor-" + (i + 1), addresses[i]);
            }
        };
    }

    /** Returns a cluster whose machines are all one, to try things out. */
    static Consumer<ClusterBuilder> oneMachine(Consumer<ClusterBuilder> more) {
        return nodes("127.0.0.2", "127.0.0.3").andThen(c -> c.privateNetwork()).andThen(more);
    }
}
