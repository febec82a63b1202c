package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.DbKind;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Host;
import dev.harborha.model.Node;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.Waiver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From the tree of a cluster file to the cluster. All problems are collected; there is a cluster only if there is none. */
final class ClusterReader {

    private static final Node SAMPLE_NODE = Node.of("sample", "192.0.2.1");

    private final Reading reading;
    private final ClusterBuilder builder = Cluster.builder();

    private ClusterReader(Reading reading) {
        this.reading = reading;
    }

    static Optional<Cluster> read(YamlNode root, Reading reading) {
        return Fields.of(root, "cluster", reading).flatMap(new ClusterReader(reading)::cluster);
    }

    private Optional<Cluster> cluster(Fields root) {
        root.require("harbor", "publicUrl", "nodes", "loadBalancers", "database", "storage", "adminPassword");
        HarborVersion version = root.parsed("harbor", HarborVersion::parse);
        set(version, builder::harbor);
        set(root.parsed("upgradeFrom", HarborVersion::parse), builder::upgradeFrom);
        set(root.parsed("publicUrl", PublicUrl::parse), builder::publicUrl);
        set(root.flag("privateNetwork"), builder::privateNetwork);
        nodes(root);
        loadBalancers(root);
        root.map("virtualIp").flatMap(LoadBalancerReader::virtualIp).ifPresent(builder::virtualIp);
        List<String> aliases = root.texts("aliases", Host::new);
        DbKind kind = version == null ? DbKind.MYSQL : version.databaseKind();
        root.map("database")
                .flatMap(fields -> BackendReader.database(fields, kind))
                .ifPresent(builder::database);
        root.map("redis").flatMap(BackendReader::redis).ifPresent(builder::redis);
        root.map("storage").flatMap(StorageReader::read).ifPresent(builder::storage);
        set(root.flag("redirect"), builder::redirect);
        set(root.certificates("storageCa"), ca -> builder.storageCa(ca.text()));
        set(root.secret("adminPassword"), builder::adminPassword);
        List<String> servers = root.texts("timeServers", Host::new);
        set(root.parsed("jobserviceNode", ClusterReader::jobserviceNode), builder::jobserviceOn);
        root.mapOrDefaults("nodeTls").flatMap(PlacementReader::nodeTls).ifPresent(builder::nodeTls);
        set(root.flag("internalTls"), builder::internalTls);
        root.map("deployment").flatMap(PlacementReader::deployment).ifPresent(builder::deployment);
        root.map("harborYml").flatMap(HarborYmlReader::read).ifPresent(builder::harborYml);
        root.map("harborCfg").flatMap(HarborCfgReader::read).ifPresent(builder::harborCfg);
        waivers(root);
        root.end();
        if (!reading.problems().none()) {
            return Optional.empty();
        }
        servers.forEach(builder::timeServers);
        aliases.forEach(builder::aliases);
        return Optional.of(builder.build());
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static String jobserviceNode(String name) {
        Cluster.builder().jobserviceOn(name); // for its refusal
        return name;
    }

    private void nodes(Fields root) {
        List<YamlNode> items = filled(root, "nodes", "node");
        for (int i = 0; i < items.size(); i++) {
            Fields.of(items.get(i), "cluster.nodes[#" + (i + 1) + "]", reading).ifPresent(this::node);
        }
    }

    private void node(Fields fields) {
        fields.require("name", "address");
        Node named = fields.parsed("name", name -> new Node(name, SAMPLE_NODE.address(), OptionalInt.empty()));
        if (named != null) {
            fields.rename("cluster.nodes[" + named.name() + "]");
        }
        Node placed = fields.parsed("address", text -> Node.of("sample", text));
        boolean drained = Boolean.TRUE.equals(fields.flag("drained"));
        fields.end();
        if (named != null && placed != null) {
            builder.node(new Node(named.name(), placed.address(), placed.listenPort(), drained));
        }
    }

    private void loadBalancers(Fields root) {
        List<YamlNode> items = filled(root, "loadBalancers", "load balancer");
        for (int i = 0; i < items.size(); i++) {
            String defaultName = defaultName(i);
            Fields.of(items.get(i), "cluster.loadBalancers[" + defaultName + "]", reading)
                    .flatMap(fields -> LoadBalancerReader.read(fields, defaultName))
                    .ifPresent(builder::loadBalancer);
        }
    }

    /** Returns the name of a load balancer that is given none, by its place in the list, from 0. */
    static String defaultName(int index) {
        return "lb-" + (index + 1);
    }

    /** Returns the items of a list that must not be empty. */
    private static List<YamlNode> filled(Fields root, String key, String one) {
        if (root.isEmptyList(key)) {
            root.refuse(key, "The list is empty; give at least one " + one + ".");
        }
        return root.list(key);
    }

    private void waivers(Fields root) {
        List<YamlNode> items = root.list("waivers");
        for (int i = 0; i < items.size(); i++) {
            Fields.of(items.get(i), "cluster.waivers[#" + (i + 1) + "]", reading)
                    .ifPresent(this::waiver);
        }
    }

    private void waiver(Fields fields) {
        fields.require("rule", "reason");
        Waiver named = fields.parsed("rule", rule -> new Waiver(rule, "sample"));
        String rule = named == null ? "this.rule" : named.ruleId();
        Waiver waiver = fields.parsed("reason", reason -> new Waiver(rule, reason));
        fields.end();
        if (named != null && waiver != null) {
            builder.waive(waiver.ruleId(), waiver.reason());
        }
    }
}
