package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;

import dev.harborha.model.Cluster;
import dev.harborha.model.DbKind;
import dev.harborha.model.Host;
import dev.harborha.model.HostPort;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.SwiftStorage;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.stream.Stream;

/** Rules on what all nodes must share: database, Redis and blob store. */
final class BackendRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "db.node-local",
                            ERROR,
                            rule -> rule.title("The database belongs to one node")
                                    .why(
                                            "Every node would have users and projects of its own, or all nodes lose them with that one node.")
                                    .fix("Use .database(db -> db.address(…)) with a server outside the nodes.")
                                    .symptoms("failed to connect to tcp://…:5432, retry after …")
                                    .sources(
                                            Sources.POST,
                                            "https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/")),
                    cluster -> nodeLocal(
                            cluster,
                            Places.CLUSTER.child("database").child("address"),
                            "The database",
                            Stream.of(cluster.database().address().host()))),
            Rule.of(
                    RuleInfo.of(
                            "db.wrong-kind",
                            ERROR,
                            rule -> rule.title("The database is of a kind that this release cannot use")
                                    .why(
                                            "Harbor speaks MySQL until 1.5 and PostgreSQL since 1.6; with the other kind no component starts.")
                                    .fix(
                                            "Leave out .kind(…) and give .database(…) the address of a server of the kind that the release uses.")
                                    .symptoms("pq: unknown response for startup: 'J'")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/4855",
                                            "https://github.com/goharbor/harbor/issues/15880")),
                    BackendRules::wrongKind),
            Rule.of(
                    RuleInfo.of(
                            "redis.node-local",
                            ERROR,
                            rule -> rule.title("Redis belongs to one node")
                                    .why("Sessions would flip between nodes, or are lost with that one node.")
                                    .fix("Use .redis(…) with a server outside the nodes.")
                                    .sources("https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/")),
                    cluster -> nodeLocal(
                            cluster,
                            Places.CLUSTER.child("redis").child("address"),
                            "Redis",
                            cluster.redis().stream()
                                    .flatMap(redis -> redis.endpoint().addresses().stream())
                                    .map(HostPort::host))),
            Rule.of(
                    RuleInfo.of(
                            "redis.missing",
                            ERROR,
                            rule -> rule.title("There is no shared Redis")
                                    .why(
                                            "Since 2.0 sessions, jobs and caches are in Redis; each node with a Redis of its own means"
                                                    + " logins that flip and jobs that nobody sees.")
                                    .fix("Add .redis(…).")
                                    .symptoms("failed to initialize cache: cache type  not support")
                                    .sources("https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/")
                                    .versions(VersionRange.since("2.0.0"))),
                    cluster -> cluster.redis().isPresent()
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("redis"),
                                    "Harbor " + cluster.harbor() + " needs a Redis that all nodes share."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.node-local",
                            ERROR,
                            rule -> rule.title("The blob store belongs to one node")
                                    .why(
                                            "Each node would see only what was pushed through it (8 of 8 pushes and 10 of 10 pulls failed on a"
                                                    + " real cluster, with BLOB_UPLOAD_UNKNOWN and MANIFEST_UNKNOWN), or all nodes lose"
                                                    + " every image with that one node.")
                                    .fix(
                                            "Put the blob store on machines outside the nodes and give their address in .s3(…), .sharedFilesystem(…) or the like.")
                                    .symptoms("blob upload unknown", "manifest unknown", "blob unknown to registry")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/issues/15162")),
                    cluster -> nodeLocal(
                            cluster, storagePath(cluster), "The blob store", cluster.storage().hosts().stream())));

    private BackendRules() {}

    private static List<Problem> nodeLocal(Cluster cluster, ModelPath path, String what, Stream<Host> hosts) {
        return hosts.flatMap(host -> Places.whyNodeLocal(cluster, host)
                        .map(why -> new Problem(path, what + " is at " + host + ", " + why + "."))
                        .stream())
                .toList();
    }

    private static List<Problem> wrongKind(Cluster cluster) {
        DbKind expected = cluster.harbor().databaseKind();
        DbKind found = cluster.database().kind();
        return found == expected
                ? List.of()
                : List.of(new Problem(
                        Places.CLUSTER.child("database").child("kind"),
                        "Harbor " + cluster.harbor() + " uses " + expected.label() + ", and the database is "
                                + found.label() + ".",
                        "Leave out .kind(…) and give .database(…) the address of a " + expected.label() + " server."));
    }

    private static ModelPath storagePath(Cluster cluster) {
        ModelPath path = Places.CLUSTER.child("storage").child(cluster.storage().driver());
        if (cluster.storage() instanceof SharedFilesystem) {
            return path.child("source");
        }
        return path.child(cluster.storage() instanceof SwiftStorage ? "authUrl" : "endpoint");
    }
}
