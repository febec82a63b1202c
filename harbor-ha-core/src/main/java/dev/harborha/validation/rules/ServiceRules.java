package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.IpFamily;
import dev.harborha.model.Jobservice;
import dev.harborha.model.ModelPath;
import dev.harborha.model.OutboundProxy;
import dev.harborha.model.QuotaUpdateProvider;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.Trivy;
import dev.harborha.model.UploadPurging;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.function.Function;

/** Rules on what each node's services do as often as there are nodes: jobs, scans, logs, quotas, clean-ups. */
final class ServiceRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "jobservice.worker-budget-exceeded",
                            WARNING,
                            rule -> rule.title("All nodes together run more jobs at once than was agreed")
                                    .why(
                                            "max_job_workers counts for each node. Replications and scans of all nodes hit the database, the blob"
                                                    + " store and remote registries at the same time, and those fail first.")
                                    .fix(
                                            "Set a smaller .jobservice(j -> j.maxJobWorkers(…)), or a larger .maxWorkersOfAllNodes(…).")
                                    .symptoms("toomanyrequests: You have reached your pull rate limit")
                                    .sources(HARBOR + "issues/16640", HARBOR + "issues/12406")
                                    .versions(SINCE_2)),
                    ServiceRules::workerBudget),
            Rule.of(
                    RuleInfo.of(
                            "jobservice.more-workers-than-connections",
                            WARNING,
                            rule -> rule.title("A node runs more jobs at once than it may open connections")
                                    .why(
                                            "Each running job uses a connection of its process's pool now and then; with more workers than"
                                                    + " connections they wait for each other, and tasks run into their limits.")
                                    .fix(
                                            "Set a smaller .jobservice(j -> j.maxJobWorkers(…)), or a larger .database(db -> db.maxOpenConns(…)).")
                                    .symptoms("context deadline exceeded")
                                    .sources(HARBOR + "issues/16640", HARBOR + "issues/22659")
                                    .versions(SINCE_2)),
                    cluster -> {
                        int workers = jobservice(cluster).maxJobWorkers();
                        int connections = cluster.database().pool().maxOpenConns();
                        return Problems.when(
                                workers > connections,
                                path("jobservice").child("maxJobWorkers"),
                                () -> "Each node runs up to " + workers + " jobs at once and opens at most "
                                        + connections + " connections to the database for them.");
                    }),
            Rule.of(
                    RuleInfo.of(
                            "quota.updated-in-database",
                            NOTE,
                            rule -> rule.title("All nodes update one row of the database with each push")
                                    .why(
                                            "Each push to a project changes the project's row of used storage. Several cores retry against each"
                                                    + " other, and parallel pushes to one project slow down or fail; with Redis they queue instead.")
                                    .fix("Use .quotaUpdateProvider(QuotaUpdateProvider.REDIS).")
                                    .symptoms(
                                            "could not serialize access due to concurrent update", "deadlock detected")
                                    .sources(HARBOR + "issues/18440", HARBOR + "issues/21075")
                                    .versions(VersionRange.since("2.9.0"))),
                    ofSeveral(cluster -> Problems.when(
                            cluster.harborYml().quotaUpdateProvider() == QuotaUpdateProvider.DB,
                            path("quotaUpdateProvider"),
                            () -> cluster.nodes().size() + " nodes update quotas in the database, each by its own."))),
            Rule.of(
                    RuleInfo.of(
                            "log.spread-over-nodes",
                            NOTE,
                            rule -> rule.title("Each node keeps its own logs")
                                    .why(
                                            "Requests of one client may end on any node, and a job runs on whichever is free: to follow one push"
                                                    + " somebody has to read the logs of all nodes, of which one may be gone.")
                                    .fix("Send them to one place with .log(log -> log.externalEndpoint(…)).")
                                    .sources("https://goharbor.io/docs/2.14.0/install-config/configure-yml-file/")
                                    .versions(SINCE_2)),
                    ofSeveral(cluster -> Problems.when(
                            cluster.harborYml().log().externalEndpoint().isEmpty(),
                            path("log").child("externalEndpoint"),
                            () -> "The logs of " + cluster.nodes().size() + " nodes lie on "
                                    + cluster.nodes().size() + " machines."))),
            Rule.of(
                    RuleInfo.of(
                            "registry.purging-too-often",
                            NOTE,
                            rule -> rule.title("Every node walks through all of the store to find abandoned uploads")
                                    .why(
                                            "Each registry purges by itself: N nodes list the whole store N times in each interval. With a large"
                                                    + " bucket that costs money and makes the store answer SlowDown.")
                                    .fix(
                                            "Choose a longer interval in .uploadPurging(age, interval); 24 hours is Harbor's own.")
                                    .symptoms("SlowDown: Please reduce your request rate")
                                    .sources(HARBOR + "issues/23005")
                                    .versions(VersionRange.since("2.5.0"))),
                    ofSeveral(cluster -> cluster.harborYml()
                            .uploadPurging()
                            .filter(purging -> purging.intervalHours() < UploadPurging.DEFAULT.intervalHours())
                            .map(purging -> List.of(new Problem(
                                    path("uploadPurging"),
                                    "Each of " + cluster.nodes().size() + " nodes walks through the store every "
                                            + purging.intervalHours() + " hours.")))
                            .orElse(List.of()))),
            Rule.of(
                    RuleInfo.of(
                            "registry.abandoned-uploads-stay",
                            NOTE,
                            rule -> rule.title("Uploads that were cut off are never removed")
                                    .why(
                                            "A push that dies leaves its parts in the store. Garbage collection does not look at them; without"
                                                    + " purging they stay for ever.")
                                    .fix("Leave .noUploadPurging() out, or let rules of the bucket remove old parts.")
                                    .sources(
                                            HARBOR + "issues/17651",
                                            "https://distribution.github.io/distribution/about/configuration/#uploadpurging")
                                    .versions(VersionRange.since("2.5.0"))),
                    cluster -> Problems.when(
                            cluster.harborYml().uploadPurging().isEmpty(),
                            path("uploadPurging"),
                            () -> "Uploads that were cut off stay in the store for ever.")),
            Rule.of(
                    RuleInfo.of(
                            "trivy.downloads-on-each-node",
                            NOTE,
                            rule -> rule.title("Each node downloads the database of vulnerabilities for itself")
                                    .why(
                                            "The scanner's cache is a folder of the node, and must be: it locks its files, which shared file"
                                                    + " systems do badly. N nodes behind one address ask N times, and public registries limit"
                                                    + " that; two nodes may judge by databases of different days.")
                                    .fix(
                                            "Keep a copy in your own registry and name it with .trivy(t -> t.dbRepository(…)), or give"
                                                    + " .githubToken(…).")
                                    .symptoms("TOOMANYREQUESTS: retry-after: …", "failed to download vulnerability DB")
                                    .sources(
                                            HARBOR + "issues/22741",
                                            "https://github.com/aquasecurity/trivy/issues/1702")
                                    .versions(SINCE_2)),
                    ofSeveral(ofTrivy(trivy -> Problems.when(
                            !trivy.skipUpdate()
                                    && trivy.dbRepository().isEmpty()
                                    && trivy.githubToken().isEmpty(),
                            path("trivy"),
                            () -> "Each node downloads the scanner's database from its public place.")))),
            Rule.of(
                    RuleInfo.of(
                            "trivy.never-updated",
                            NOTE,
                            rule -> rule.title("Nobody but you brings the scanner its database")
                                    .why(
                                            "With skip_update the scanner takes what lies in its cache. On a node where nobody put it each scan"
                                                    + " fails; where it is old, scans find nothing new.")
                                    .fix(
                                            "Leave .skipUpdate(true) out, or copy the database to every node and keep it new.")
                                    .symptoms(
                                            "--skip-update cannot be specified on the first run",
                                            "--skip-db-update cannot be specified on the first run")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/vulnerability-scanning/import-vulnerability-data/")
                                    .versions(SINCE_2)),
                    ofTrivy(trivy -> Problems.when(
                            trivy.skipUpdate(),
                            path("trivy").child("skipUpdate"),
                            () -> "The scanner never updates its database; somebody must do so on every node."))),
            Rule.of(
                    RuleInfo.of(
                            "trivy.not-verified",
                            WARNING,
                            rule -> rule.title("The scanner takes any server for the registry")
                                    .why(
                                            "With insecure the scanner verifies no certificate: what it scans may not be what is in the registry.")
                                    .fix(
                                            "Leave .insecure(true) out; between the containers .internalTls() brings an authority of its own.")
                                    .sources(HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl")
                                    .versions(SINCE_2)),
                    ofTrivy(trivy -> Problems.when(
                            trivy.insecure(),
                            path("trivy").child("insecure"),
                            () -> "The scanner verifies no certificate of the registry."))),
            Rule.of(
                    RuleInfo.of(
                            "proxy.storage-through-proxy",
                            WARNING,
                            rule -> rule.title("Core reaches the blob store through the outbound proxy")
                                    .why(
                                            "Where the registry redirects to the store, core follows it when it reads layers, and asks the proxy"
                                                    + " first. A proxy for the internet does not know a store inside: scans and chart or config"
                                                    + " reads fail with 502 or 503.")
                                    .fix("Name the store's host in .proxy(p -> p.noProxy(…)), or use .redirect(false).")
                                    .symptoms("proxyconnect tcp: …", "Proxy Authentication Required")
                                    .sources(HARBOR + "issues/8285", HARBOR + "issues/19986")
                                    .versions(SINCE_2)),
                    ServiceRules::storageThroughProxy),
            Rule.of(
                    RuleInfo.of(
                            "node.ip-family-without-effect",
                            NOTE,
                            rule -> rule.title("The nodes listen the same, whatever ip_family says")
                                    .why(
                                            "Harbor asks ip_family only where its proxy listens with TLS, or its containers speak TLS to each"
                                                    + " other. On plain http the proxy listens as it always did.")
                                    .fix("Use .nodeTls(…), or leave .ipFamily(…) out.")
                                    .sources(HARBOR
                                            + "blob/v2.14.0/make/photon/prepare/templates/nginx/nginx.http.conf.jinja")
                                    .versions(VersionRange.since("2.11.0"))),
                    cluster -> Problems.when(
                            !cluster.harborYml().ipFamily().equals(IpFamily.DEFAULT)
                                    && cluster.nodeTls().isEmpty()
                                    && !cluster.internalTls(),
                            path("ipFamily"),
                            () -> "The setting has no effect: neither the nodes nor their containers speak TLS.")));

    private ServiceRules() {}

    private static ModelPath path(String part) {
        return Places.CLUSTER.child("harborYml").child(part);
    }

    private static Jobservice jobservice(Cluster cluster) {
        return cluster.harborYml().jobservice();
    }

    /** Asks only where there is more than one node. */
    private static Function<Cluster, List<Problem>> ofSeveral(Function<Cluster, List<Problem>> check) {
        return cluster -> cluster.nodes().size() < 2 ? List.of() : check.apply(cluster);
    }

    private static Function<Cluster, List<Problem>> ofTrivy(Function<Trivy, List<Problem>> check) {
        return cluster -> cluster.harborYml().trivy().map(check).orElse(List.of());
    }

    private static List<Problem> workerBudget(Cluster cluster) {
        int workers = jobservice(cluster).maxJobWorkers();
        int nodes = cluster.nodes().size();
        int budget = jobservice(cluster).maxWorkersOfAllNodes().orElse(Integer.MAX_VALUE);
        return Problems.when(
                (long) workers * nodes > budget,
                path("jobservice").child("maxWorkersOfAllNodes"),
                () -> nodes + " nodes with " + workers + " job workers each run up to " + (long) workers * nodes
                        + " jobs at once; " + budget + " were agreed.",
                () -> budget < nodes
                        ? "Set a larger .maxWorkersOfAllNodes(…), or run fewer nodes."
                        : "Use .jobservice(j -> j.maxJobWorkers(" + budget / nodes
                                + ")), or set a larger .maxWorkersOfAllNodes(…).");
    }

    private static List<Problem> storageThroughProxy(Cluster cluster) {
        return cluster.harborYml()
                .proxy()
                .filter(proxy -> proxy.components().contains(OutboundProxy.Component.CORE))
                .filter(proxy -> cluster.redirectsToStorage() && !(cluster.storage() instanceof SharedFilesystem))
                .map(proxy -> cluster.storage().hosts().stream()
                        .filter(host -> !isExcepted(proxy, host))
                        .map(host -> new Problem(
                                path("proxy").child("noProxy"),
                                "Core asks the outbound proxy for the blob store at " + host + ".",
                                "Name " + host + " in .proxy(p -> p.noProxy(…)), or use .redirect(false)."))
                        .toList())
                .orElse(List.of());
    }

    /** Tells whether a host is one of the exceptions, or a name below one of them. */
    private static boolean isExcepted(OutboundProxy proxy, Host host) {
        return proxy.noProxy().stream()
                .map(place -> place.startsWith("*") ? place.substring(1) : place)
                .anyMatch(place -> place.equals("")
                        || host.text().equals(place)
                        || host.text().endsWith(place.startsWith(".") ? place : "." + place));
    }
}
