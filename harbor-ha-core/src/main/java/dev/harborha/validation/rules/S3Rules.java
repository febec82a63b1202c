package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.S3Storage;
import dev.harborha.model.StorageUrl;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rules on S3 and the stores that speak like it: redirects, TLS, signatures and parallel copies. */
final class S3Rules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String DRIVER =
            "https://github.com/distribution/distribution/blob/v2.8.3/docs/storage-drivers/s3.md";
    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    /** How many parts the driver copies at once unless it is told otherwise. */
    private static final int DRIVER_COPIES = 100;

    /** What stores of one's own were seen to bear. */
    private static final int MODEST_COPIES = 50;

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "storage.redirect-to-private-address",
                            ERROR,
                            rule -> rule.title("Clients are sent to a blob store that they cannot reach")
                                    .why(
                                            "The registry answers a pull with 307 and the address of the blob store. Where that address is"
                                                    + " private, every pull from outside hangs after the manifest, while pushes work.")
                                    .fix(
                                            "Leave .redirect(…) out or use .redirect(false), so that layers come through the nodes; or give"
                                                    + " .endpoint(…) an address that clients reach.")
                                    .symptoms(
                                            "error pulling image configuration: download failed after attempts=…",
                                            "dial tcp …:9000: i/o timeout")
                                    .sources(HARBOR + "issues/20588", HARBOR + "issues/13037")
                                    .versions(SINCE_2)),
                    ofEndpoint((cluster, endpoint) -> Problems.when(
                            cluster.redirectsToStorage()
                                    && !cluster.privateNetwork()
                                    && (endpoint.host().isPrivate()
                                            || endpoint.host().isLoopback()),
                            Places.CLUSTER.child("redirect"),
                            () -> "Clients are sent to the blob store at " + endpoint
                                    + " for layers, which is a private address."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.redirect-to-own-endpoint",
                            NOTE,
                            rule -> rule.title("Every client must reach the blob store itself")
                                    .why(
                                            "With redirects layers do not go through the nodes, which spares them; but each client, its firewall"
                                                    + " and its trust in certificates must know the store as well as the registry.")
                                    .fix("Try a pull from where your clients are, or leave .redirect(…) out.")
                                    .sources(HARBOR + "issues/20588")
                                    .versions(SINCE_2)),
                    ofEndpoint((cluster, endpoint) -> Problems.when(
                            cluster.redirectsToStorage(),
                            Places.CLUSTER.child("redirect"),
                            () -> "Clients are sent to the blob store at " + endpoint + " for layers."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.redirect-leaves-https",
                            WARNING,
                            rule -> rule.title("Clients are sent from https to plain http for layers")
                                    .why(
                                            "What was asked for by https comes in clear from the blob store; clients that keep to https refuse"
                                                    + " the redirect.")
                                    .fix("Use an https address in .endpoint(…), or .redirect(false).")
                                    .sources(HARBOR + "issues/20588")
                                    .versions(SINCE_2)),
                    ofEndpoint((cluster, endpoint) -> Problems.when(
                            cluster.redirectsToStorage() && cluster.publicUrl().https() && !endpoint.https(),
                            Places.CLUSTER.child("redirect"),
                            () -> "The public URL is " + cluster.publicUrl() + ", and clients are sent to " + endpoint
                                    + " for layers."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.endpoint-in-clear",
                            NOTE,
                            rule -> rule.title("The nodes speak plain http to the blob store")
                                    .why(
                                            "Requests are signed, so the keys stay secret; but layers can be read by whoever listens.")
                                    .fix(
                                            "Use an https address in .endpoint(…), or waive storage.endpoint-in-clear if nobody can listen there.")
                                    .sources(DRIVER)),
                    ofEndpoint((cluster, endpoint) -> Problems.when(
                            !endpoint.https() && !Places.isOneMachine(cluster),
                            path("endpoint"),
                            () -> "The blob store at " + endpoint + " is spoken to in plain http."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.authority-unknown",
                            NOTE,
                            rule -> rule.title("The blob store's certificate must come from a public authority")
                                    .why(
                                            "The registry, its controller and core, which follows redirects, all speak to the store. With an"
                                                    + " authority of your own that they do not know every push ends with 500, and garbage"
                                                    + " collection fails.")
                                    .fix(
                                            "Give the authority's certificate with .storageCa(…), or waive storage.authority-unknown if a public"
                                                    + " authority signed the store's.")
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(HARBOR + "issues/16437", HARBOR + "issues/18868")
                                    .versions(SINCE_2)),
                    ofEndpoint((cluster, endpoint) -> Problems.when(
                            endpoint.https()
                                    && cluster.storageCa().isEmpty()
                                    && !s3(cluster)
                                            .flatMap(s3 -> s3.advanced().skipVerify())
                                            .orElse(false),
                            Places.CLUSTER.child("storageCa"),
                            () -> "The blob store at " + endpoint
                                    + " is your own, and no authority of its certificate is given."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.skip-verify-ignored",
                            WARNING,
                            rule -> rule.title("skipVerify has no effect without secure")
                                    .why(
                                            "The driver looks at skipverify only where secure stands beside it; else the certificate is verified"
                                                    + " after all, and every push ends with 500.")
                                    .fix(
                                            "Say .secure(true), too; or better give the authority with .storageCa(…) and leave .skipVerify(…) out.")
                                    .symptoms("x509: certificate signed by unknown authority")
                                    .sources(HARBOR + "issues/16437", DRIVER)
                                    .versions(SINCE_2)),
                    of(
                            (cluster, s3) -> Problems.when(
                                    s3.advanced().skipVerify().orElse(false)
                                            && !s3.secure().orElse(false),
                                    path("skipVerify"),
                                    () ->
                                            "The blob store's certificate is still verified: skipVerify counts only with secure."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.not-verified",
                            WARNING,
                            rule -> rule.title("The registry takes any server for its blob store")
                                    .why(
                                            "Whoever can answer in the store's place can give out other layers and keep what is pushed. Core and"
                                                    + " clients that are sent there do verify, and fail.")
                                    .fix(
                                            "Give the authority's certificate with .storageCa(…) and leave .skipVerify(…) out.")
                                    .sources(HARBOR + "issues/16437", DRIVER)
                                    .versions(SINCE_2)),
                    of((cluster, s3) -> Problems.when(
                            s3.advanced().skipVerify().orElse(false)
                                    && s3.secure().orElse(false),
                            path("skipVerify"),
                            () -> "The blob store's certificate is not verified."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.old-signatures",
                            ERROR,
                            rule -> rule.title("Amazon refuses requests that are signed by version 2")
                                    .why(
                                            "Buckets and regions that were made since 2014 take version 4 only; each push ends with 500.")
                                    .fix("Leave .v4Auth(…) out; only stores of your own may need false.")
                                    .symptoms(
                                            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
                                    .sources("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv2.html", DRIVER)
                                    .versions(SINCE_2)),
                    of(
                            (cluster, s3) -> Problems.when(
                                    s3.endpoint().isEmpty()
                                            && !s3.advanced().v4Auth().orElse(true),
                                    path("v4Auth"),
                                    () ->
                                            "Requests to Amazon would be signed by version 2, which it does not take any more."))),
            Rule.of(
                    RuleInfo.of(
                            "storage.many-copies-at-once",
                            NOTE,
                            rule -> rule.title("Each finished upload asks the store for many copies at once")
                                    .why(
                                            "A layer of more than 32 MiB is moved to its place by copies of its parts, up to a hundred at the same"
                                                    + " time and on each node. Stores of one's own answer that with SlowDown or 503 when several"
                                                    + " layers end together.")
                                    .fix("Use .multipartCopyMaxConcurrency(50) or less.")
                                    .symptoms(
                                            "SlowDown: Please reduce your request rate",
                                            "SlowDown: Resource requested is unreadable")
                                    .sources(HARBOR + "issues/23005", HARBOR + "issues/17651", DRIVER)
                                    .versions(SINCE_2)),
                    ofEndpoint((cluster, endpoint) -> {
                        int copies = s3(cluster)
                                .flatMap(s3 -> s3.advanced().multipartCopyMaxConcurrency())
                                .orElse(DRIVER_COPIES);
                        return Problems.when(
                                copies > MODEST_COPIES,
                                path("multipartCopyMaxConcurrency"),
                                () -> "Up to " + copies + " parts are copied at once on each of "
                                        + cluster.nodes().size() + " nodes; stores of one's own bear about "
                                        + MODEST_COPIES + ".");
                    })),
            Rule.of(
                    RuleInfo.of(
                            "storage.reduced-redundancy",
                            WARNING,
                            rule -> rule.title("The storage class loses objects now and then")
                                    .why(
                                            "Amazon expects to lose one of ten thousand objects a year in this class, and a lost layer makes"
                                                    + " every image unusable that has it; the class is not cheaper any more either.")
                                    .fix("Leave .storageClass(…) out.")
                                    .sources(
                                            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html")),
                    of((cluster, s3) -> Problems.when(
                            s3.storageClass()
                                    .filter("REDUCED_REDUNDANCY"::equals)
                                    .isPresent(),
                            path("storageClass"),
                            () -> "Layers are kept in the class REDUCED_REDUNDANCY."))));

    private S3Rules() {}

    private interface S3Check {
        List<Problem> of(Cluster cluster, S3Storage s3);
    }

    private interface EndpointCheck {
        List<Problem> of(Cluster cluster, StorageUrl endpoint);
    }

    private static Optional<S3Storage> s3(Cluster cluster) {
        return cluster.storage() instanceof S3Storage s3 ? Optional.of(s3) : Optional.empty();
    }

    private static Function<Cluster, List<Problem>> of(S3Check check) {
        return cluster -> s3(cluster).map(s3 -> check.of(cluster, s3)).orElse(List.of());
    }

    /** Asks about stores that are not Amazon's own. */
    private static Function<Cluster, List<Problem>> ofEndpoint(EndpointCheck check) {
        return of((cluster, s3) ->
                s3.endpoint().map(endpoint -> check.of(cluster, endpoint)).orElse(List.of()));
    }

    private static ModelPath path(String part) {
        return Places.CLUSTER.child("storage").child("s3").child(part);
    }
}
