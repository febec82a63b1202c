package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.ModelPath;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.TlsMode;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rules on the load balancers. */
final class LoadBalancerRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "lb.no-session-affinity",
                            ERROR,
                            rule -> rule.title("Logins are lost because sessions live in the memory of one node")
                                    .why(
                                            "Before 2.0 the web interface keeps its sessions in memory unless _REDIS_URL is set. With"
                                                    + " requests going round robin every login succeeds and the next request answers"
                                                    + " 401: 8 of 8 logins failed on a real cluster.")
                                    .fix("Use .affinity(Affinity.IP_HASH), or share the sessions with .redis(…).")
                                    .sources(
                                            Sources.POST,
                                            "https://github.com/goharbor/harbor/blob/0.5.0/src/ui/main.go")
                                    .versions(VersionRange.before("2.0.0"))),
                    cluster -> cluster.redis().isPresent()
                            ? List.of()
                            : each(
                                    cluster,
                                    lb -> lb.affinity() == Affinity.NONE,
                                    lb -> new Problem(
                                            path(lb).child("affinity"),
                                            "The load balancer " + lb.name()
                                                    + " sends each request to the next node, and Harbor "
                                                    + cluster.harbor()
                                                    + " keeps sessions in the memory of one node."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.session-affinity-off",
                            NOTE,
                            rule -> rule.title("One client's requests are spread over all nodes")
                                    .why(
                                            "Since 2.0 sessions are in Redis, so this works; with ip_hash a client keeps its node's warm"
                                                    + " caches, and its log lines stay on one node.")
                                    .fix(
                                            "Leave .affinity(…) at its default, IP_HASH, unless one client network sends most requests.")
                                    .sources(
                                            "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash",
                                            "https://github.com/goharbor/harbor/issues/19158")
                                    .versions(VersionRange.since("2.0.0"))),
                    cluster -> each(
                            cluster,
                            lb -> lb.affinity() == Affinity.NONE,
                            lb -> new Problem(
                                    path(lb).child("affinity"),
                                    "The load balancer " + lb.name() + " sends each request to the next node."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.ip-hash-hides-clients",
                            WARNING,
                            rule -> rule.title("All clients look like one to the load balancer's hash")
                                    .why(
                                            "ip_hash chooses the node by the first three octets of the client's address, SOURCE by all of it. Behind"
                                                    + " another proxy or a NAT it is the same for everybody, so one node gets all requests.")
                                    .fix(
                                            "Say where the proxy connects from, .behindProxy(proxy -> proxy.from(…)), so that what it tells of clients"
                                                    + " is believed; or share the sessions with .redis(…) and use .affinity(Affinity.NONE).")
                                    .sources(
                                            "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash",
                                            "https://github.com/goharbor/harbor/issues/19158")),
                    cluster -> each(
                            cluster,
                            lb -> lb.hidesClients()
                                    && (lb.affinity() == Affinity.IP_HASH || lb.affinity() == Affinity.SOURCE),
                            lb -> new Problem(
                                    path(lb).child("frontProxy"),
                                    "The load balancer " + lb.name()
                                            + " chooses nodes by the clients' addresses, and a proxy or NAT in front of it hides them."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.single-load-balancer",
                            WARNING,
                            rule -> rule.title("There is only one load balancer")
                                    .why("When it fails, no client reaches any node, however many there are.")
                                    .fix(
                                            "Add another .loadBalancer(…), and let the public name lead to both or to a .virtualIp(…) that moves between"
                                                    + " them.")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/issues/5169")),
                    cluster -> cluster.loadBalancers().size() >= 2
                                    || cluster.loadBalancers().get(0).program() == LoadBalancerProgram.EXTERNAL
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("loadBalancers"),
                                    "The cluster has 1 load balancer; when it fails, no client reaches any node."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.duplicate-name",
                            ERROR,
                            rule -> rule.title("Two load balancers have the same name")
                                    .why(
                                            "A load balancer's name is its folder in the bundle; two would overwrite each other's files.")
                                    .fix("Give each .loadBalancer(lb -> lb.name(…)) a name of its own.")
                                    .sources("https://www.rfc-editor.org/rfc/rfc1178")),
                    cluster -> AddressRules.duplicates(
                            cluster.loadBalancers(),
                            LoadBalancer::name,
                            (lb, first) -> new Problem(
                                    path(lb), "The name " + lb.name() + " is given to more than one load balancer."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.duplicate-address",
                            ERROR,
                            rule -> rule.title("Two load balancers have the same address")
                                    .why("They are one machine and want the same ports of it.")
                                    .fix(
                                            "Give each .loadBalancer(lb -> lb.nginx(address)) the address of its own machine.")
                                    .symptoms("bind() to 0.0.0.0:443 failed (98: Address already in use)")
                                    .sources("https://nginx.org/en/docs/http/ngx_http_core_module.html#listen")),
                    cluster -> AddressRules.duplicates(
                            cluster.loadBalancers(),
                            LoadBalancer::address,
                            (lb, first) -> new Problem(
                                    path(lb).child("address"),
                                    "The load balancers " + first.name() + " and " + lb.name()
                                            + " both have the address " + lb.address() + "."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.port-clash",
                            ERROR,
                            rule -> rule.title("A load balancer would listen twice on one port")
                                    .why(
                                            "Of the port for clients, the port that redirects to https and the port of its own status, two are the"
                                                    + " same: the program does not start, or answers one with what was meant for another.")
                                    .fix("Choose another .redirectPort(…), .port(…) or .statusPort(…).")
                                    .symptoms("The plain HTTP request was sent to HTTPS port")
                                    .sources("https://nginx.org/en/docs/http/ngx_http_core_module.html#listen")),
                    cluster -> cluster.loadBalancers().stream()
                            .flatMap(lb -> portClashes(cluster.publicUrl(), lb))
                            .toList()),
            Rule.of(
                    RuleInfo.of(
                            "lb.tls-ends-nowhere",
                            ERROR,
                            rule -> rule.title("The public URL is https, but nobody ends TLS")
                                    .why(
                                            "Clients begin a TLS handshake with a server that answers in plain http; every request fails.")
                                    .fix(
                                            "Remove .tls(TlsMode.PLAIN_HTTP), or say .behindProxy() if a proxy in front ends TLS.")
                                    .symptoms(
                                            "http: server gave HTTP response to HTTPS client",
                                            "SSL routines::wrong version number")
                                    .sources("https://nginx.org/en/docs/http/configuring_https_servers.html")),
                    cluster -> each(
                            cluster,
                            lb -> cluster.publicUrl().https()
                                    && lb.tls() == TlsMode.PLAIN_HTTP
                                    && lb.frontProxy().isEmpty(),
                            lb -> new Problem(
                                    path(lb),
                                    "The public URL is " + cluster.publicUrl() + ", the load balancer " + lb.name()
                                            + " speaks plain http, and no proxy stands in front of it."))),
            Rule.of(
                    RuleInfo.of(
                            "lb.unreachable-address",
                            ERROR,
                            rule -> rule.title("A load balancer's address cannot be reached")
                                    .why(
                                            "An address that means \"this machine\" or \"any\" is another machine for each client.")
                                    .fix(
                                            "Give .loadBalancer(lb -> lb.nginx(address)) the machine's address in the network.")
                                    .sources("https://www.rfc-editor.org/rfc/rfc6890")),
                    cluster -> each(
                            cluster,
                            lb -> lb.address().isUnspecified()
                                    || lb.address().isLinkLocal()
                                    || (lb.address().isLoopback() && !Places.isOneMachine(cluster)),
                            lb -> new Problem(
                                    path(lb).child("address"),
                                    "The load balancer " + lb.name() + " has the address " + lb.address()
                                            + ", which clients cannot reach it by."))));

    private LoadBalancerRules() {}

    private static Stream<Problem> portClashes(PublicUrl url, LoadBalancer lb) {
        if (lb.program() == LoadBalancerProgram.EXTERNAL) {
            return Stream.of();
        }
        Stream<Problem> redirect = lb.redirectsFor(url) && lb.portFor(url) == lb.redirectPort()
                ? Stream.of(new Problem(
                        path(lb).child("redirectPort"),
                        "The load balancer " + lb.name() + " listens for https on port " + lb.redirectPort()
                                + " and redirects plain http on the same port."))
                : Stream.of();
        boolean status =
                lb.statusPort() == lb.portFor(url) || (lb.redirectsFor(url) && lb.statusPort() == lb.redirectPort());
        return status
                ? Stream.concat(
                        redirect,
                        Stream.of(new Problem(
                                path(lb).child("statusPort"),
                                "The load balancer " + lb.name() + " would tell its own status on port "
                                        + lb.statusPort() + ", where it listens for clients.")))
                : redirect;
    }

    static ModelPath path(LoadBalancer balancer) {
        return Places.CLUSTER.child("loadBalancers").key(balancer.name());
    }

    static List<Problem> each(
            Cluster cluster, Predicate<LoadBalancer> defect, Function<LoadBalancer, Problem> problem) {
        return cluster.loadBalancers().stream().filter(defect).map(problem).toList();
    }
}
