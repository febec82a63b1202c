package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;
import static dev.harborha.validation.rules.LoadBalancerRules.each;
import static dev.harborha.validation.rules.LoadBalancerRules.path;

import dev.harborha.model.Affinity;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.TlsMode;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules on how a load balancer notices that a node is lost, and what that costs its clients. */
final class FailoverRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final String UPSTREAM = "https://nginx.org/en/docs/http/ngx_http_upstream_module.html";
    private static final String HAPROXY = "https://docs.haproxy.org/2.6/configuration.html";

    /** Harbor's own nginx waits so long for a layer. */
    private static final Duration INNER_UPLOAD = Duration.ofMinutes(15);

    private static final Duration SLOW_COMMIT = Duration.ofMinutes(1);
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final long LARGE_LAYER = 10L << 30;
    private static final int SMALL_RATE = 20;

    private static final Map<LoadBalancerProgram, Set<Affinity>> AFFINITIES = Map.of(
            LoadBalancerProgram.NGINX,
            EnumSet.of(Affinity.IP_HASH, Affinity.SOURCE, Affinity.LEAST_CONNECTIONS, Affinity.NONE),
            LoadBalancerProgram.HAPROXY,
            EnumSet.of(Affinity.SOURCE, Affinity.COOKIE, Affinity.LEAST_CONNECTIONS, Affinity.NONE),
            LoadBalancerProgram.EXTERNAL,
            EnumSet.allOf(Affinity.class));

    private static final Set<Affinity> OF_CONNECTIONS =
            EnumSet.of(Affinity.SOURCE, Affinity.LEAST_CONNECTIONS, Affinity.NONE);

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "lb.affinity-unsupported",
                            ERROR,
                            rule -> rule.title("The load balancer cannot choose nodes in this way")
                                    .why(
                                            "ip_hash is nginx's, a cookie is HAProxy's, and where TLS is handed through nobody sees a cookie, and"
                                                    + " nginx's stream module has no ip_hash. The program would not start.")
                                    .fix(
                                            "Use .affinity(Affinity.SOURCE), which both programs know in every mode, or leave .affinity(…) at its"
                                                    + " default.")
                                    .symptoms(
                                            "unknown directive \"ip_hash\"",
                                            "cookie : keyword not allowed in a TCP proxy")
                                    .sources(UPSTREAM + "#ip_hash", HAPROXY + "#4.2-cookie")),
                    cluster -> each(
                            cluster,
                            lb -> !AFFINITIES
                                            .getOrDefault(lb.program(), Set.of())
                                            .contains(lb.affinity())
                                    || (lb.passesThroughFor(cluster.publicUrl())
                                            && lb.program() != LoadBalancerProgram.EXTERNAL
                                            && !OF_CONNECTIONS.contains(lb.affinity())),
                            lb -> new Problem(
                                    path(lb).child("affinity"),
                                    "The load balancer " + lb.name() + " is to choose nodes by " + lb.affinity()
                                            + ", which "
                                            + lb.program() + " cannot do"
                                            + (lb.tls() == TlsMode.PASSTHROUGH
                                                    ? " where TLS is handed through."
                                                    : ".")))),
            Rule.of(
                    RuleInfo.of(
                            "lb.uploads-cannot-be-buffered",
                            ERROR,
                            rule -> rule.title("Layers are to be kept by a load balancer that cannot do so")
                                    .why(
                                            "HAProxy holds no more of a request than its buffer, and what hands TLS through sees no requests: a lost"
                                                    + " node would cost the layers under way, although the description says that it does not.")
                                    .fix("Use .nginx(…) with TlsMode.TERMINATE, or remove .bufferedUploads(…).")
                                    .sources(
                                            HAPROXY + "#4.2-option%20http-buffer-request",
                                            "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_request_buffering")),
                    cluster -> each(
                            cluster,
                            lb -> lb.uploadSpool().isPresent()
                                    && (lb.program() != LoadBalancerProgram.NGINX
                                            || lb.passesThroughFor(cluster.publicUrl())),
                            lb -> new Problem(
                                    path(lb).child("uploadSpool"),
                                    "The load balancer " + lb.name()
                                            + " is to keep layers until they have come in whole, which "
                                            + (lb.program() == LoadBalancerProgram.NGINX
                                                    ? "nginx cannot do where TLS is handed through."
                                                    : lb.program() + " does not do.")))),
            Rule.of(
                    RuleInfo.of(
                            "lb.probe-unknown-to-release",
                            ERROR,
                            rule -> rule.title("The health check asks for something that this release does not have")
                                    .why(
                                            "/api/v2.0 came with 2.0; before, every node answers 404 and seems lost, so that nobody looks after"
                                                    + " any of them.")
                                    .fix("Use .healthCheck(check -> check.registryApi()).")
                                    .symptoms("404 page not found")
                                    .sources(HARBOR + "blob/v2.0.0/src/server/v2.0/handler/health.go")
                                    .versions(VersionRange.before("2.0.0"))),
                    cluster -> each(
                            cluster,
                            lb -> lb.healthCheck().probeFor(cluster.harbor()) instanceof HealthProbe.Ping
                                    || lb.healthCheck().probeFor(cluster.harbor()) instanceof HealthProbe.Health,
                            lb -> new Problem(
                                    path(lb).child("healthCheck"),
                                    "The load balancer " + lb.name() + " asks Harbor " + cluster.harbor()
                                            + " for a path under /api/v2.0, which came with 2.0."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.probe-misses-registry",
                            WARNING,
                            rule -> rule.title("The health check does not see a dead registry")
                                    .why(
                                            "/api/v2.0/ping and /v2/ are answered by core alone. With a dead registry behind it 67 of 68 pushes"
                                                    + " failed on a real cluster, for as long as it was dead.")
                                    .fix(
                                            "Use .healthCheck(check -> check.health()), or check.canary(…), which sees the blob store, too.")
                                    .symptoms("502 Bad Gateway")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/server/v2.0/handler/ping.go",
                                            "https://github.com/goharbor/harbor-helm/issues/1466")
                                    .versions(VersionRange.since("2.0.0"))),
                    cluster -> each(
                            cluster,
                            lb -> lb.healthCheck().probe().orElse(null) instanceof HealthProbe.Ping
                                    || lb.healthCheck().probe().orElse(null) instanceof HealthProbe.RegistryApi,
                            lb -> new Problem(
                                    path(lb).child("healthCheck"),
                                    "The load balancer " + lb.name()
                                            + " asks for what core answers without the registry."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.node-lost-late",
                            WARNING,
                            rule -> rule.title("A lost node is noticed late")
                                    .why(
                                            "Until the health check has failed often enough, uploads go to the lost node and have to be begun"
                                                    + " again; docker does so five times within a minute and a quarter.")
                                    .fix(
                                            "Use .healthCheck(check -> check.interval(…).timeout(…).fall(…)) for less than 30 seconds in all.")
                                    .sources(
                                            HAPROXY + "#5.2-inter",
                                            "https://github.com/moby/moby/blob/v24.0.0/distribution/xfer/upload.go")),
                    cluster -> each(
                            cluster,
                            lb -> lb.program() != LoadBalancerProgram.EXTERNAL && secondsToFall(lb.healthCheck()) > 30,
                            lb -> new Problem(
                                    path(lb).child("healthCheck"),
                                    "The load balancer " + lb.name() + " takes up to " + secondsToFall(lb.healthCheck())
                                            + " seconds to notice that a node is lost: "
                                            + lb.healthCheck().fall()
                                            + " failures, one every "
                                            + lb.healthCheck().interval().toSeconds()
                                            + " seconds, each after up to "
                                            + lb.healthCheck().timeout().toSeconds() + " seconds."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.uploads-cut-off",
                            WARNING,
                            rule -> rule.title("Large layers would be cut off by the load balancer")
                                    .why(
                                            "Harbor's own nginx waits 900 seconds for a layer, and a registry on S3 is silent while it puts the parts"
                                                    + " of a large one together: half a minute was seen. A load balancer that waits for less ends the"
                                                    + " upload, and the client begins it again.")
                                    .fix(
                                            "Give 15 minutes and 5 minutes, the defaults, or more: .timeouts(t -> t.upload(…).commit(…)).")
                                    .symptoms("504 Gateway Time-out", "unexpected EOF")
                                    .sources(HARBOR + "issues/18508", HARBOR + "issues/9394")),
                    cluster -> each(
                            cluster,
                            lb -> lb.timeouts().upload().compareTo(INNER_UPLOAD) < 0
                                    || lb.timeouts().commit().compareTo(SLOW_COMMIT) < 0,
                            lb -> new Problem(
                                    path(lb).child("timeouts"),
                                    "The load balancer " + lb.name() + " waits "
                                            + lb.timeouts().upload().toSeconds() + " seconds for a layer under way and "
                                            + lb.timeouts().commit().toSeconds() + " seconds for its end; "
                                            + INNER_UPLOAD.toSeconds() + " and " + SLOW_COMMIT.toSeconds()
                                            + " are the least that large layers want."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.hung-node-holds-clients",
                            WARNING,
                            rule -> rule.title("A node that hangs holds its clients for long")
                                    .why(
                                            "A small request is answered at once or never. With an answer awaited for 900 seconds half of all requests"
                                                    + " hung for up to a quarter of an hour while one core was frozen.")
                                    .fix("Give 20 and 2 seconds, the defaults: .timeouts(t -> t.answer(…).connect(…)).")
                                    .symptoms(
                                            "net/http: request canceled (Client.Timeout exceeded while awaiting headers)")
                                    .sources(
                                            "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout",
                                            HARBOR + "issues/9394")),
                    cluster -> each(
                            cluster,
                            lb -> lb.timeouts().answer().compareTo(PATIENT) > 0
                                    || lb.timeouts().connect().compareTo(Duration.ofSeconds(10)) > 0,
                            lb -> new Problem(
                                    path(lb).child("timeouts"),
                                    "The load balancer " + lb.name() + " waits "
                                            + lb.timeouts().connect().toSeconds() + " seconds for a connection and "
                                            + lb.timeouts().answer().toSeconds()
                                            + " seconds for an answer to a small request before it asks another node."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.layers-too-large",
                            WARNING,
                            rule -> rule.title("The load balancer's limit for bodies is below what layers have")
                                    .why(
                                            "Clients that send a whole layer in one request, as docker and containerd do, are answered 413 for"
                                                    + " larger ones; images with models or toolchains have layers of 10 GiB and more.")
                                    .fix("Remove .maxBodySize(…), or give at least 10 GiB: .maxBodySize(10L << 30).")
                                    .symptoms("413 Request Entity Too Large", "error parsing HTTP 413 response body")
                                    .sources(
                                            HARBOR + "issues/15823", HARBOR + "issues/10621", HARBOR + "issues/22353")),
                    cluster -> each(
                            cluster,
                            lb -> lb.maxBodySize().isPresent()
                                    && lb.maxBodySize().getAsLong() < LARGE_LAYER,
                            lb -> new Problem(
                                    path(lb).child("maxBodySize"),
                                    "The load balancer " + lb.name() + " takes bodies of at most "
                                            + lb.maxBodySize().getAsLong() + " bytes."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.rate-limit-low",
                            WARNING,
                            rule -> rule.title("The limit of requests is lower than what one pull sends")
                                    .why(
                                            "A pull sends a ping, a token, manifests and every layer at once, and a build machine sends many pulls from"
                                                    + " one address. What is over the limit is answered 429, and docker fails the pull.")
                                    .fix(
                                            "Give at least 20 requests a second with a burst of 40: .rateLimit(20, 40); or remove .rateLimit(…).")
                                    .symptoms("429 Too Many Requests", "toomanyrequests")
                                    .sources("https://nginx.org/en/docs/http/ngx_http_limit_req_module.html")),
                    cluster -> each(
                            cluster,
                            lb -> lb.rateLimit()
                                    .filter(limit ->
                                            limit.requestsPerSecond() < SMALL_RATE || limit.burst() < 2 * SMALL_RATE)
                                    .isPresent(),
                            lb -> new Problem(
                                    path(lb).child("rateLimit"),
                                    "The load balancer " + lb.name() + " lets one address send "
                                            + lb.rateLimit().orElseThrow().requestsPerSecond()
                                            + " requests a second with a burst of "
                                            + lb.rateLimit().orElseThrow().burst() + "."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.rate-limit-hits-all",
                            ERROR,
                            rule -> rule.title("One limit of requests would count all clients together")
                                    .why(
                                            "The limit counts requests by the client's address. Behind another proxy or a NAT of which nothing is known,"
                                                    + " all clients have one address.")
                                    .fix(
                                            "Say where the proxy connects from, .behindProxy(proxy -> proxy.from(…)), or remove .rateLimit(…).")
                                    .symptoms("429 Too Many Requests", "toomanyrequests")
                                    .sources("https://nginx.org/en/docs/http/ngx_http_limit_req_module.html")),
                    cluster -> each(
                            cluster,
                            lb -> lb.rateLimit().isPresent() && lb.hidesClients(),
                            lb -> new Problem(
                                    path(lb).child("rateLimit"),
                                    "The load balancer " + lb.name()
                                            + " is to limit requests by the clients' addresses, which a proxy or NAT in front hides."))),
            Rule.of(
                    RuleInfo.of(
                            "node.drained",
                            NOTE,
                            rule -> rule.title("A node gets no new requests")
                                    .why(
                                            "The load balancers leave a drained node out, so that it can be stopped without one failed request. It is"
                                                    + " no help when another node is lost.")
                                    .fix("Remove .drain(…) when the node is back.")
                                    .sources(UPSTREAM + "#server", HAPROXY + "#9.3-set%20server")),
                    cluster -> cluster.servingNodes().isEmpty()
                            ? List.of()
                            : cluster.nodes().stream()
                                    .filter(node -> node.drained())
                                    .map(node -> new Problem(
                                            Places.node(node).child("drained"),
                                            "The node " + node.name() + " is drained; "
                                                    + cluster.servingNodes().size() + " of "
                                                    + cluster.nodes().size() + " nodes get new requests."))
                                    .toList()),
            Rule.of(
                    RuleInfo.of(
                            "node.all-drained",
                            ERROR,
                            rule -> rule.title("No node gets new requests")
                                    .why("The load balancers would have nobody to send a request to.")
                                    .fix("Remove .drain(…) of at least one node.")
                                    .symptoms(
                                            "no live upstreams while connecting to upstream", "503 Service Unavailable")
                                    .sources(UPSTREAM + "#server")),
                    cluster -> Problems.when(
                            cluster.servingNodes().isEmpty(),
                            Places.CLUSTER.child("nodes"),
                            () -> "All " + cluster.nodes().size() + " nodes are drained.")));

    private FailoverRules() {}

    /** A node that hangs may do so just after it answered: its next probe comes an interval later, and each one waits. */
    private static long secondsToFall(HealthCheck check) {
        return check.fall()
                        * Math.max(check.interval().toSeconds(), check.timeout().toSeconds())
                + Math.min(check.interval().toSeconds(), check.timeout().toSeconds());
    }
}
