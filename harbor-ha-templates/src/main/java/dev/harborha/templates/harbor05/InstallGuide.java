package dev.harborha.templates.harbor05;

import dev.harborha.model.Cluster;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.HostPort;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Node;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.templates.balancer.BalancerGuide;
import dev.harborha.templates.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The {@code INSTALL.md} of a bundle: for this very cluster what goes where, in which order, and how to see that it works. */
final class InstallGuide {

    private final Cluster cluster;

    private InstallGuide(Cluster cluster) {
        this.cluster = cluster;
    }

    static String of(Cluster cluster) {
        return new InstallGuide(cluster).text();
    }

    private String text() {
        PublicUrl url = cluster.publicUrl();
        return TextTemplate.resource(InstallGuide.class, "INSTALL.md.txt")
                .fill(Map.ofEntries(
                        Map.entry("harbor", cluster.harbor().toString()),
                        Map.entry("url", url.toString()),
                        Map.entry("authority", url.authority()),
                        Map.entry("realm", url.tokenRealm()),
                        Map.entry("machines", machines()),
                        Map.entry("time", time()),
                        Map.entry("loadSchema", loadSchema(cluster.database())),
                        Map.entry("renamed", renamedDatabase(cluster.database().name())),
                        Map.entry("firstNode", cluster.nodes().get(0).name()),
                        Map.entry(
                                "firstNodeUrl",
                                "http://" + cluster.addressOf(cluster.nodes().get(0))),
                        Map.entry("compose", composeChanges().replaceAll("(?m)^(?=.)", "   ")),
                        Map.entry("start", start()),
                        Map.entry("balancers", BalancerGuide.of(cluster)),
                        Map.entry("insecure", insecureRegistry())));
    }

    /** A word for a shell: in single quotes unless it is plain. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String machines() {
        List<String> lines = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            lines.add("| `nodes/" + node.name() + "/` | node " + node.name() + " | " + cluster.addressOf(node) + " |");
        }
        for (LoadBalancer balancer : cluster.loadBalancers()) {
            String folder =
                    balancer.program() == LoadBalancerProgram.EXTERNAL ? "none" : "`lb/" + balancer.name() + "/`";
            lines.add("| " + folder + " | load balancer " + balancer.name() + " | "
                    + new HostPort(balancer.address(), balancer.portFor(cluster.publicUrl())) + " |");
        }
        return String.join("\n", lines);
    }

    private String time() {
        return cluster.timeServers().isEmpty()
                ? "No time servers are declared in the cluster, so nothing is rendered for them. Make sure by your own means that"
                        + " all\nclocks agree: a token of a node whose clock is ahead is refused by the others as \"not valid yet\"."
                : "Copy `nodes/<node>/etc/chrony/sources.d/harbor.sources` to `/etc/chrony/sources.d/` of each node (chrony 4.0 or"
                        + "\nlater), then `chronyc reload sources`; `chronyc tracking` shows the offset, which must stay below a"
                        + " second.";
    }

    /** The command that loads Harbor's script; the first lines of the script name the database {@code registry}. */
    private static String loadSchema(SharedDb database) {
        String script = "make/common/db/registry.sql";
        String client = "mysql -h " + database.address().host().text() + " -P "
                + database.address().port() + " -u " + quoted(database.username()) + " -p";
        return database.name().equals(SharedDb.DEFAULT_NAME)
                ? client + " < " + script
                : "sed '1,4s/registry/`" + database.name() + "`/' " + script + " | " + client;
    }

    private static String renamedDatabase(String name) {
        return name.equals(SharedDb.DEFAULT_NAME)
                ? ""
                : "\nThe script calls its database `registry`; `sed` puts this cluster's name for it, `" + name
                        + "`, in its place.\n";
    }

    private String composeChanges() {
        List<String> changes = new ArrayList<>();
        Map<Integer, List<String>> byPort = cluster.nodes().stream()
                .filter(node -> cluster.portOf(node) != Node.DEFAULT_HTTP_PORT)
                .collect(Collectors.groupingBy(
                        cluster::portOf, TreeMap::new, Collectors.mapping(Node::name, Collectors.toList())));
        byPort.forEach((port, names) -> changes.add("On " + String.join(", ", names) + ", Harbor listens on port "
                + port + ":\n\n      sed -i 's|- 80:80|- " + port + ":80|' docker-compose.yml"));
        if (cluster.storage() instanceof SharedFilesystem share) {
            changes.add("The registry keeps its blobs on the share " + share.source() + ", mounted at `" + share.path()
                    + "` (`findmnt " + share.path() + "`\n  must show it, or the node would write to its own disk):\n\n"
                    + "      sed -i 's|- /data/registry:/storage|- " + share.path() + ":/storage|' docker-compose.yml");
        }
        if (cluster.storage() instanceof GcsStorage gcs) {
            gcs.keyFile()
                    .ifPresent(key -> changes.add("The registry reads Google's key file:\n\n"
                            + "      sed -i 's|- ./common/config/registry/:/etc/registry/|&\\n      - " + key + ":"
                            + RegistryConfig.CONTAINER_GCS_KEY + ":ro|' docker-compose.yml"));
        }
        cluster.jobserviceNode().ifPresent(name -> changes.add(jobservice(name)));
        changes.add(
                "The log container of Harbor 0.5 publishes port 1514 on every interface; keep it to the machine itself:\n\n"
                        + "      sed -i 's|- 1514:514|- 127.0.0.1:1514:514|' docker-compose.yml");
        return changes.stream().map(change -> "- " + change).collect(Collectors.joining("\n\n"));
    }

    private static String jobservice(String name) {
        int port = Harbor05Renderer.JOBSERVICE_PORT;
        return "Only " + name
                + " runs the job service, because one that starts takes over the running jobs of all others. On "
                + name + " publish\n  it for the other nodes, and let a firewall keep everybody else from port " + port
                + ":\n\n      sed -i 's|container_name: harbor-jobservice|&\\n    ports:\\n      - " + port
                + ":80|' docker-compose.yml";
    }

    /** Harbor's proxy needs every service but the job service, so starting the proxy alone leaves that one out. */
    private String start() {
        return cluster.jobserviceNode()
                .map(name -> "On " + name
                        + " `docker-compose up -d`; on the others `docker-compose up -d proxy`, which starts all"
                        + " but the job\n   service.")
                .orElse("`docker-compose up -d`.");
    }

    private String insecureRegistry() {
        PublicUrl url = cluster.publicUrl();
        return url.https()
                ? ""
                : ", once `/etc/docker/daemon.json`\nof each client has `\"insecure-registries\": [\"" + url.authority()
                        + "\"]`, without which docker refuses plain http,";
    }
}
