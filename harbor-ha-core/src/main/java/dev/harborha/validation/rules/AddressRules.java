package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Node;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Rules on the public URL and on the addresses of the machines. */
final class AddressRules {

    private static final String TOKEN_SPEC =
            "https://github.com/distribution/distribution/blob/v2.5.0/docs/spec/auth/token.md";

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "url.private-address",
                            ERROR,
                            rule -> rule.title("The public URL is an address that outside clients cannot reach")
                                    .why(
                                            "The registry sends every client to <public URL>/service/token for a token. Where that is a private"
                                                    + " address, docker login and docker pull fail for everybody outside, although the registry"
                                                    + " itself answers.")
                                    .fix(
                                            "Set .publicUrl(…) to the name or address under which clients reach the load balancer, or call .privateNetwork() if all clients are inside.")
                                    .symptoms(
                                            "dial tcp …:443: i/o timeout",
                                            "Get \"…/service/token…\": dial tcp …: connect: no route to host",
                                            "request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)")
                                    .sources(
                                            Sources.POST,
                                            TOKEN_SPEC,
                                            "https://github.com/goharbor/harbor/issues/15127",
                                            "https://github.com/goharbor/harbor/issues/21854")),
                    AddressRules::privateUrl),
            Rule.of(
                    RuleInfo.of(
                            "url.node-address",
                            ERROR,
                            rule -> rule.title("The public URL is one of the nodes")
                                    .why(
                                            "All clients fetch their tokens from the public URL; when it is a node, they pass the load balancer"
                                                    + " by, and the registry is gone with that node.")
                                    .fix("Set .publicUrl(…) to the name or address of the load balancer.")
                                    .symptoms("Get \"…/service/token…\": dial tcp …: connect: connection refused")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/issues/14483")),
                    AddressRules::nodeUrl),
            Rule.of(
                    RuleInfo.of(
                            "url.plain-http",
                            WARNING,
                            rule -> rule.title("The public URL is plain http")
                                    .why(
                                            "Passwords and tokens travel in clear, and docker refuses the registry until every client lists it"
                                                    + " under insecure-registries.")
                                    .fix("Use https in .publicUrl(…) and give the load balancer a certificate.")
                                    .symptoms("http: server gave HTTP response to HTTPS client")
                                    .sources("https://docs.docker.com/reference/cli/dockerd/#insecure-registries")),
                    AddressRules::plainHttp),
            Rule.of(
                    RuleInfo.of(
                            "node.duplicate-name",
                            ERROR,
                            rule -> rule.title("Two nodes have the same name")
                                    .why(
                                            "A node's name is its folder in the bundle; two nodes would overwrite each other's files.")
                                    .fix("Give each .node(name, address) a name of its own.")
                                    .sources("https://www.rfc-editor.org/rfc/rfc1178")),
                    cluster -> duplicates(
                            cluster.nodes(),
                            Node::name,
                            (node, first) -> new Problem(
                                    Places.node(node),
                                    "The name " + node.name() + " is given to more than one node."))),
            Rule.of(
                    RuleInfo.of(
                            "node.duplicate-address",
                            ERROR,
                            rule -> rule.title("Two nodes have the same address")
                                    .why(
                                            "They are one machine: the load balancer seems to have two nodes, and both are lost at once.")
                                    .fix("Give each .node(name, address) the address of its own machine.")
                                    .sources("https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server")),
                    cluster -> duplicates(
                            cluster.nodes(),
                            Node::address,
                            (node, first) -> new Problem(
                                    Places.node(node).child("address"),
                                    "The nodes " + first.name() + " and " + node.name() + " both have the address "
                                            + node.address() + "."))),
            Rule.of(
                    RuleInfo.of(
                            "node.unreachable-address",
                            ERROR,
                            rule -> rule.title("A node's address cannot be reached from the load balancer")
                                    .why(
                                            "The load balancer connects to the node's address; one that means \"this machine\" or \"any\" leads"
                                                    + " it to itself.")
                                    .fix("Give .node(name, address) the machine's address in the network.")
                                    .symptoms("connect() failed (111: Connection refused) while connecting to upstream")
                                    .sources("https://www.rfc-editor.org/rfc/rfc6890")),
                    AddressRules::unreachable),
            Rule.of(
                    RuleInfo.of(
                            "node.load-balancer-address",
                            ERROR,
                            rule -> rule.title("A node and a load balancer share an address")
                                    .why(
                                            "Both want ports 80 and 443 of that machine, and the load balancer is lost together with a node.")
                                    .fix(
                                            "Put the load balancer on a machine of its own: .loadBalancer(lb -> lb.nginx(address)).")
                                    .symptoms(
                                            "bind() to 0.0.0.0:443 failed (98: Address already in use)",
                                            "Bind for 0.0.0.0:80 failed: port is already allocated")
                                    .sources(Sources.POST, "https://docs.docker.com/engine/network/port-publishing/")),
                    AddressRules::balancerOnNode),
            Rule.of(
                    RuleInfo.of(
                            "node.fewer-than-two",
                            WARNING,
                            rule -> rule.title("There is only one node")
                                    .why(
                                            "When it fails, the registry is gone: nothing is highly available with one node.")
                                    .fix("Add another .node(name, address).")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/issues/14286")),
                    cluster -> cluster.nodes().size() >= 2
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("nodes"),
                                    "The cluster has 1 node; at least 2 are needed to lose one."))),
            Rule.of(
                    RuleInfo.of(
                            "url.address-instead-of-name",
                            NOTE,
                            rule -> rule.title("The public URL is an address and no name")
                                    .why(
                                            "The address becomes a part of every image's name, of the token realm and of the certificate. When it"
                                                    + " changes, or two load balancers are to share a name, all of them change.")
                                    .fix("Use a name in .publicUrl(…) that leads to the load balancers.")
                                    .symptoms(
                                            "x509: cannot validate certificate for … because it doesn't contain any IP SANs")
                                    .sources("https://github.com/goharbor/harbor/issues/13045")),
                    cluster -> Problems.when(
                            cluster.publicUrl().host().isAddress()
                                    && !cluster.publicUrl().host().isLoopback(),
                            Places.CLUSTER.child("publicUrl"),
                            () -> "The public URL " + cluster.publicUrl()
                                    + " is an address; names of images would begin with it.")));

    private AddressRules() {}

    private static List<Problem> privateUrl(Cluster cluster) {
        Host host = cluster.publicUrl().host();
        Optional<String> kind = host.isLoopback()
                ? Optional.of("a loopback address")
                : host.isLinkLocal()
                        ? Optional.of("a link-local address")
                        : host.isUnspecified()
                                ? Optional.of("no address at all")
                                : host.isPrivate()
                                        ? Optional.of(host.isAddress() ? "a private address" : "a private name")
                                        : Optional.empty();
        boolean reachesNobody = host.isUnspecified() || (host.isLoopback() && !Places.isOneMachine(cluster));
        if (kind.isEmpty() || (cluster.privateNetwork() && !reachesNobody)) {
            return List.of();
        }
        return List.of(new Problem(
                Places.CLUSTER.child("publicUrl"),
                "The public URL is " + cluster.publicUrl() + ", " + kind.get() + "; clients "
                        + (reachesNobody ? "on other machines" : "outside") + " could not fetch a token from "
                        + cluster.publicUrl().tokenRealm() + ".",
                "Set .publicUrl(…) to the name or address under which clients reach the load balancer"
                        + (reachesNobody ? "." : ", or call .privateNetwork() if all clients are inside.")));
    }

    private static List<Problem> nodeUrl(Cluster cluster) {
        return Places.nodeAt(cluster, cluster.publicUrl().host())
                .map(node -> List.of(new Problem(
                        Places.CLUSTER.child("publicUrl"),
                        "The public URL is " + cluster.publicUrl() + ", which is the node " + node.name() + ".")))
                .orElse(List.of());
    }

    private static List<Problem> plainHttp(Cluster cluster) {
        return cluster.publicUrl().https()
                ? List.of()
                : List.of(new Problem(
                        Places.CLUSTER.child("publicUrl"),
                        "The public URL is " + cluster.publicUrl() + "; passwords and tokens travel in clear."));
    }

    private static List<Problem> unreachable(Cluster cluster) {
        boolean oneMachine = Places.isOneMachine(cluster);
        return cluster.nodes().stream()
                .filter(node -> node.address().isUnspecified()
                        || node.address().isLinkLocal()
                        || (node.address().isLoopback() && !oneMachine))
                .map(node -> new Problem(
                        Places.node(node).child("address"),
                        "The node " + node.name() + " has the address " + node.address()
                                + ", which the load balancer cannot reach it by.",
                        "Give .node(\"" + node.name() + "\", address) the machine's address in the network."))
                .toList();
    }

    private static List<Problem> balancerOnNode(Cluster cluster) {
        Map<Host, LoadBalancer> balancers = new HashMap<>();
        cluster.loadBalancers().forEach(balancer -> balancers.putIfAbsent(balancer.address(), balancer));
        List<Problem> problems = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            LoadBalancer balancer = balancers.get(node.address());
            if (balancer != null) {
                problems.add(new Problem(
                        Places.node(node).child("address"),
                        "The node " + node.name() + " and the load balancer " + balancer.name()
                                + " both have the address " + node.address() + "."));
            }
        }
        return problems;
    }

    /** Says a problem of every element whose key an earlier one has. */
    static <T, K> List<Problem> duplicates(List<T> all, Function<T, K> key, Clash<T> problem) {
        Map<K, T> seen = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (T element : all) {
            T first = seen.putIfAbsent(key.apply(element), element);
            if (first != null) {
                problems.add(problem.of(element, first));
            }
        }
        return problems;
    }

    /** What is said of an element and the earlier one that it clashes with. */
    interface Clash<T> {
        Problem of(T element, T first);
    }
}
