package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;

import dev.harborha.model.Cluster;
import dev.harborha.model.DbKind;
import dev.harborha.model.Host;
import dev.harborha.model.HostPort;
import dev.harborha.model.ModelPath;
import dev.harborha.model.OssStorage;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.StorageUrl;
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
                            "The database belongs to one node",
                            "Every node would have users and projects of its own, or all nodes lose them with that one node.",
                            Sources.POST),
                    cluster -> nodeLocal(
                            cluster,
                            Places.CLUSTER.child("database").child("address"),
                            "The database",
                            Stream.of(cluster.database().address().host()),
                            "Use .database(db -> db.address(…)) with a server outside the nodes.")),
            Rule.of(
                    RuleInfo.of(
                            "db.wrong-kind",
                            ERROR,
                            "The database is of a kind that this release cannot use",
                            "Harbor speaks MySQL until 1.5 and PostgreSQL since 1.6; with the other kind no component starts.",
                            "https://github.com/goharbor/harbor/issues/4855"),
                    BackendRules::wrongKind),
            Rule.of(
                    RuleInfo.of(
                            "redis.node-local",
                            ERROR,
                            "Redis belongs to one node",
                            "Sessions would flip between nodes, or are lost with that one node.",
                            "https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/"),
                    cluster -> nodeLocal(
                            cluster,
                            Places.CLUSTER.child("redis").child("address"),
                            "Redis",
                            cluster.redis().stream()
                                    .flatMap(redis -> redis.endpoint().addresses().stream())
                                    .map(HostPort::host),
                            "Use .redis(…) with a server outside the nodes.")),
            Rule.of(
                    RuleInfo.of(
                                    "redis.missing",
                                    ERROR,
                                    "There is no shared Redis",
                                    "Since 2.0 sessions, jobs and caches are in Redis; each node with a Redis of its own means"
                                            + " logins that flip and jobs that nobody sees.",
                                    "https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/")
                            .forVersions(VersionRange.since("2.0.0")),
                    cluster -> cluster.redis().isPresent()
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("redis"),
                                    "Harbor " + cluster.harbor() + " needs a Redis that all nodes share.",
                                    "Add .redis(…)."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.node-local",
                            ERROR,
                            "The blob store belongs to one node",
                            "Each node would see only what was pushed through it (8 of 8 pushes and 10 of 10 pulls failed on a"
                                    + " real cluster, with BLOB_UPLOAD_UNKNOWN and MANIFEST_UNKNOWN), or all nodes lose"
                                    + " every image with that one node.",
                            Sources.POST),
                    cluster -> nodeLocal(
                            cluster,
                            storagePath(cluster),
                            "The blob store",
                            storageHosts(cluster),
                            "Put the blob store on machines outside the nodes and give their address here.")));

    private BackendRules() {}

    private static List<Problem> nodeLocal(
            Cluster cluster, ModelPath path, String what, Stream<Host> hosts, String fix) {
        return hosts.flatMap(host -> Places.whyNodeLocal(cluster, host)
                        .map(why -> new Problem(path, what + " is at " + host + ", " + why + ".", fix))
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

    /** The hosts that the blob store is reached by; none where the provider's own names are used. */
    private static Stream<Host> storageHosts(Cluster cluster) {
        if (cluster.storage() instanceof S3Storage s3) {
            return s3.endpoint().stream().map(StorageUrl::host);
        }
        if (cluster.storage() instanceof SwiftStorage swift) {
            return Stream.of(swift.authUrl().host());
        }
        if (cluster.storage() instanceof SharedFilesystem share) {
            return share.servers().stream();
        }
        if (cluster.storage() instanceof OssStorage oss) {
            return oss.endpoint().stream();
        }
        return Stream.empty();
    }
}
