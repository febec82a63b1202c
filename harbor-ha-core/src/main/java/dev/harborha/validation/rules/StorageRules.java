package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.S3Storage;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.Set;

/** Rules on the kind of blob store and its options. */
final class StorageRules {

    /** The regions that the registry of Harbor 0.5, distribution 2.5.0, knows; any other one stops it at start. */
    private static final Set<String> REGIONS_OF_REGISTRY_2_5 = Set.of(
            "us-east-1",
            "us-west-1",
            "us-west-2",
            "eu-west-1",
            "eu-central-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "sa-east-1",
            "cn-north-1",
            "us-gov-west-1");

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "storage.s3-before-0.5.0",
                            ERROR,
                            rule -> rule.title("S3 does not work before Harbor 0.5.0")
                                    .why(
                                            "Pushes and pulls go wrong with S3 until upstream change 1244, which 0.5.0 has.")
                                    .fix("Use .harbor(\"0.5.0\") or later.")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/pull/1244")
                                    .versions(VersionRange.before("0.5.0"))),
                    cluster -> cluster.storage() instanceof S3Storage
                            ? List.of(new Problem(
                                    path(cluster),
                                    "Harbor " + cluster.harbor()
                                            + " does not work with S3; 0.5.0 is the first that does."))
                            : List.of()),
            Rule.of(
                    RuleInfo.of(
                            "storage.unknown-s3-region",
                            ERROR,
                            rule -> rule.title("The registry does not know the S3 region")
                                    .why(
                                            "The registry of Harbor 0.5 is distribution 2.5.0. It refuses to start with \"Invalid region"
                                                    + " provided\" unless the region is one of twelve, or an endpoint is given.")
                                    .fix(
                                            "Use a bucket in a region that the registry knows, or name the store's address with .endpoint(…).")
                                    .symptoms("Invalid region provided: …")
                                    .sources(
                                            "https://github.com/distribution/distribution/blob/v2.5.0/registry/storage/driver/s3-aws/s3.go")
                                    .versions(VersionRange.before("1.1.0"))),
                    StorageRules::unknownRegion),
            Rule.of(
                    RuleInfo.of(
                            "storage.carries-all-traffic",
                            NOTE,
                            rule -> rule.title("The shared blob store carries the traffic of all nodes")
                                    .why(
                                            "More nodes answer more requests, but every layer still goes through the one store; its throughput is"
                                                    + " the registry's.")
                                    .fix("Measure the throughput of the store before you add nodes for speed.")
                                    .sources(
                                            Sources.POST,
                                            "https://distribution.github.io/distribution/about/deploying/#load-balancing-considerations")),
                    cluster -> ofSeveralNodes(
                            cluster,
                            "Every push and pull of the " + cluster.nodes().size()
                                    + " nodes goes through one blob store.",
                            "Measure the throughput of the store before you add nodes for speed.")),
            Rule.of(
                    RuleInfo.of(
                            "storage.sharing-unproven",
                            NOTE,
                            rule -> rule.title("Several registries on one store were unproven when Harbor 0.5 came out")
                                    .why(
                                            "The author of the post says so of his own cluster. On a test cluster of two nodes pushes that"
                                                    + " hopped between the nodes at each request arrived whole (10 of 10).")
                                    .fix(
                                            "Try your own pushes, pulls and deletions before you rely on it, and keep a backup of the store.")
                                    .sources(
                                            Sources.POST,
                                            "https://distribution.github.io/distribution/about/deploying/#load-balancing-considerations")
                                    .versions(VersionRange.before("1.0.0"))),
                    cluster -> ofSeveralNodes(
                            cluster,
                            cluster.nodes().size() + " registries of Harbor " + cluster.harbor()
                                    + " share one blob store: nobody vouched for it in production.",
                            "Try your own pushes, pulls and deletions before you rely on it, and keep a backup of the"
                                    + " store.")));

    private StorageRules() {}

    private static ModelPath path(Cluster cluster) {
        return Places.CLUSTER.child("storage").child(cluster.storage().driver());
    }

    /** Says a problem of the store where more than one node uses it. */
    private static List<Problem> ofSeveralNodes(Cluster cluster, String message, String fix) {
        return cluster.nodes().size() < 2 ? List.of() : List.of(new Problem(path(cluster), message, fix));
    }

    private static List<Problem> unknownRegion(Cluster cluster) {
        if (!(cluster.storage() instanceof S3Storage s3)
                || s3.endpoint().isPresent()
                || REGIONS_OF_REGISTRY_2_5.contains(s3.region())) {
            return List.of();
        }
        return List.of(new Problem(
                path(cluster).child("region"),
                "The registry of Harbor " + cluster.harbor() + " does not know the region " + s3.region()
                        + " and would not start.",
                "Use a bucket in one of "
                        + String.join(
                                ", ", REGIONS_OF_REGISTRY_2_5.stream().sorted().toList())
                        + "; or add .endpoint(\"https://s3." + s3.region() + ".amazonaws.com"
                        + (s3.region().startsWith("cn-") ? ".cn" : "") + "\")."));
    }
}
