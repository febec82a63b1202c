package dev.harborha.validation;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.SampleCluster;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

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

    private RuleExamples() {}

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
        violating.put(what, SampleCluster.with(change));
        return this;
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
        violating.put(what, SampleCluster.with2x(change));
        return this;
    }

    /** Adds a cluster of Harbor 2.x. */
    RuleExamples good2x(String what, Consumer<ClusterBuilder> change) {
        sound.put(what, SampleCluster.with2x(change));
        return this;
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
