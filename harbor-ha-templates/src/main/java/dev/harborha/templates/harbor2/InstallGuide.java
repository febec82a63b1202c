package dev.harborha.templates.harbor2;

import dev.harborha.keys.InternalTls;
import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.Deployment;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.HostPort;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.Node;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.TlsCertificate;
import dev.harborha.templates.balancer.BalancerGuide;
import dev.harborha.templates.text.TextTemplate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code INSTALL.md} of a bundle: for this very cluster what goes where, in which order, and how to see that it works. */
final class InstallGuide {

    private final Site site;
    private final Cluster cluster;
    private final Deployment deployment;

    private InstallGuide(Site site) {
        this.site = site;
        this.cluster = site.cluster();
        this.deployment = cluster.deployment();
    }

    static String of(Site site) {
        return new InstallGuide(site).text();
    }

    private String text() {
        PublicUrl url = cluster.publicUrl();
        Node first = cluster.nodes().get(0);
        boolean tls = cluster.nodeTls().isPresent();
        return TextTemplate.resource(InstallGuide.class, "INSTALL.md.txt")
                .fill(Map.ofEntries(
                        Map.entry("harbor", cluster.harbor().toString()),
                        Map.entry("url", url.toString()),
                        Map.entry("authority", url.authority()),
                        Map.entry("realm", url.tokenRealm()),
                        Map.entry("machines", machines()),
                        Map.entry("time", time()),
                        Map.entry("backends", backends()),
                        Map.entry("firstNode", first.name()),
                        Map.entry("curlOptions", tls ? "-k " : ""),
                        Map.entry("firstNodeUrl", (tls ? "https://" : "http://") + cluster.addressOf(first)),
                        Map.entry("nodes", isInstaller() ? byInstaller() : complete()),
                        Map.entry("apply", apply()),
                        Map.entry("balancers", BalancerGuide.of(cluster)),
                        Map.entry("insecure", insecureRegistry()),
                        Map.entry("internalTls", internalTls())));
    }

    private boolean isInstaller() {
        return deployment.delivery() == Delivery.INSTALLER;
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
                        + " all\nclocks agree: a token of a node whose clock is ahead is refused by the others, and job services"
                        + " take over each other's\nrunning jobs when their clocks are seconds apart."
                : "`install.sh` puts the time servers into `/etc/chrony/sources.d/` of each node (chrony 4.0 or later); then"
                        + "\n`chronyc reload sources`. `chronyc tracking` shows the offset, which must stay below a second.";
    }

    private String backends() {
        List<String> lines = new ArrayList<>();
        lines.add("- PostgreSQL at " + cluster.database().address() + " has the database `"
                + cluster.database().name() + "`, which belongs to the user `"
                + cluster.database().username()
                + "`, empty before the first start.");
        lines.add(
                "- Transactions of that user which idle end, or a core that hangs holds back the pushes of every node;"
                        + " as\n  that user: `" + idleTransactions() + "`.");
        lines.add(
                site.redis().endpoint() instanceof RedisEndpoint.Sentinel sentinel
                        ? "- The sentinels at " + addresses(sentinel.sentinels()) + " know the Redis master set `"
                                + sentinel.masterSet() + "`."
                        : "- Redis at " + addresses(site.redis().endpoint().addresses())
                                + " is one server (no Redis Cluster), and no other Harbor uses its databases.");
        if (cluster.storage() instanceof SharedFilesystem share) {
            lines.add("- `" + share.source() + "` is mounted at `" + share.path()
                    + "` on every node, and user 10000 may write there.");
        } else {
            lines.add("- The blob store (" + cluster.storage().driver()
                    + ") is there, and its credentials may read, write," + " list and delete.");
        }
        if (cluster.storage() instanceof GcsStorage gcs) {
            gcs.keyFile().ifPresent(path -> lines.add("- Google's key file lies at `" + path + "` on every node."));
        }
        cluster.nodeTls().ifPresent(tls -> {
            if (tls.certificate() instanceof TlsCertificate.OnMachine there) {
                lines.add("- The nodes' certificate lies at `" + there.certificate() + "`, its key at `" + there.key()
                        + "`, the same on every node.");
            }
        });
        return String.join("\n", lines);
    }

    /** The statement, with the recommended time where none is declared, or none that ends. */
    private String idleTransactions() {
        Duration limit = cluster.database()
                .idleInTransactionTimeout()
                .filter(declared -> !declared.isZero())
                .orElse(SharedDb.RECOMMENDED_IDLE_IN_TRANSACTION_TIMEOUT);
        return "ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = '" + limit.toSeconds() + "s'";
    }

    private static String addresses(List<HostPort> places) {
        return places.stream().map(HostPort::toString).collect(Collectors.joining(", "));
    }

    private String complete() {
        return "On a node with Docker and Docker Compose (1.26 or later, or any `docker compose`), as root:\n\n"
                + "1. Copy the node's folder to the machine, and run `./install.sh` in it. It puts every file in its place with"
                + " the owner\n   that the containers need, and makes the folders that they use. Running it again is harmless.\n"
                + "2. `systemctl daemon-reload && systemctl enable --now harbor`. At each boot it starts Harbor and keeps trying"
                + " until all\n   containers run.\n\n"
                + "Harbor's `prepare` and its `install.sh` are never run: they would draw new secrets on each node.";
    }

    private String byInstaller() {
        String flags = site.hasTrivy() ? " --with-trivy" : "";
        return "On a node with Docker and Docker Compose (1.26 or later, or any `docker compose`), as root:\n\n"
                + "1. Unpack the installer of Harbor " + cluster.harbor() + ", so that `" + deployment.installDir()
                + "/prepare` is there.\n"
                + "2. Copy the node's folder to the machine, and run `./install.sh` **in that folder**. It lays down `harbor.yml`,\n"
                + "   `docker-compose.override.yml` and the keys that `prepare` then does not draw.\n"
                + "3. In `" + deployment.installDir() + "`: Harbor's own `./install.sh" + flags
                + "`, which runs `prepare` and starts the containers.\n"
                + "4. `systemctl daemon-reload && systemctl enable --now harbor`, so that a boot starts all containers.\n\n"
                + "`./prepare" + flags
                + "` may be run again: what it draws anew is overridden by `docker-compose.override.yml`,"
                + " which Docker\nCompose reads by itself. Do not start Harbor with `-f docker-compose.yml`, which would leave it"
                + " out.";
    }

    private String apply() {
        String flags = site.hasTrivy() ? " --with-trivy" : "";
        return isInstaller()
                ? "where `harbor.yml` is among it run `./prepare" + flags + "` in `" + deployment.installDir()
                        + "`, then\n`docker compose up -d`, and `docker compose restart` for the services whose mounted files"
                        + " changed."
                : "then `docker compose up -d` in `" + deployment.installDir()
                        + "`,\nand `docker compose restart` for the services whose mounted files changed.";
    }

    private String insecureRegistry() {
        PublicUrl url = cluster.publicUrl();
        return url.https()
                ? ""
                : ", once `/etc/docker/daemon.json`\nof each client has `\"insecure-registries\": [\"" + url.authority()
                        + "\"]`, without which docker refuses plain http,";
    }

    private String internalTls() {
        if (!cluster.internalTls()) {
            return "";
        }
        String day = site.keys()
                .internalTls()
                .map(InternalTls::expiry)
                .map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC).toString())
                .orElseThrow();
        return "\nThe certificates between the containers run out on " + day
                + " (UTC). Before that day renew them in the key store\n(`ClusterKeys.renewInternalTls`, or `harbor-ha renew`),"
                + " render again, and go through the nodes as after any change.\n";
    }
}
