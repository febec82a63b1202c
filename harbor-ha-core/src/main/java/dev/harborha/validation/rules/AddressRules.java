package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
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
                            "The public URL is an address that outside clients cannot reach",
                            "The registry sends every client to <public URL>/service/token for a token. Where that is a private"
                                    + " address, docker login and docker pull fail for everybody outside, although the registry"
                                    + " itself answers.",
                            Sources.POST,
                            TOKEN_SPEC),
                    AddressRules::privateUrl),
            Rule.of(
                    RuleInfo.of(
                            "url.node-address",
                            ERROR,
                            "The public URL is one of the nodes",
                            "All clients fetch their tokens from the public URL; when it is a node, they pass the load balancer"
                                    + " by, and the registry is gone with that node.",
                            Sources.POST),
                    AddressRules::nodeUrl),
            Rule.of(
                    RuleInfo.of(
                            "url.plain-http",
                            WARNING,
                            "The public URL is plain http",
                            "Passwords and tokens travel in clear, and docker refuses the registry until every client lists it"
                                    + " under insecure-registries.",
                            "https://docs.docker.com/reference/cli/dockerd/#insecure-registries"),
                    AddressRules::plainHttp),
            Rule.of(
                    RuleInfo.of(
                            "node.duplicate-name",
                            ERROR,
                            "Two nodes have the same name",
                            "A node's name is its folder in the bundle; two nodes would overwrite each other's files.",
                            "docs/rationale.md"),
                    cluster -> duplicates(
                            cluster.nodes(),
                            Node::name,
                            (node, first) -> new Problem(
                                    Places.node(node),
                                    "The name " + node.name() + " is given to more than one node.",
                                    "Give each .node(name, address) a name of its own."))),
            Rule.of(
                    RuleInfo.of(
                            "node.duplicate-address",
                            ERROR,
                            "Two nodes have the same address",
                            "They are one machine: the load balancer seems to have two nodes, and both are lost at once.",
                            "docs/rationale.md"),
                    cluster -> duplicates(
                            cluster.nodes(),
                            Node::address,
                            (node, first) -> new Problem(
                                    Places.node(node).child("address"),
                                    "The nodes " + first.name() + " and " + node.name() + " both have the address "
                                            + node.address() + ".",
                                    "Give each .node(name, address) the address of its own machine."))),
            Rule.of(
                    RuleInfo.of(
                            "node.unreachable-address",
                            ERROR,
                            "A node's address cannot be reached from the load balancer",
                            "The load balancer connects to the node's address; one that means \"this machine\" or \"any\" leads"
                                    + " it to itself.",
                            "https://www.rfc-editor.org/rfc/rfc6890"),
                    AddressRules::unreachable),
            Rule.of(
                    RuleInfo.of(
                            "node.load-balancer-address",
                            ERROR,
                            "A node and a load balancer share an address",
                            "Both want ports 80 and 443 of that machine, and the load balancer is lost together with a node.",
                            Sources.POST),
                    AddressRules::balancerOnNode),
            Rule.of(
                    RuleInfo.of(
                            "node.fewer-than-two",
                            WARNING,
                            "There is only one node",
                            "When it fails, the registry is gone: nothing is highly available with one node.",
                            Sources.POST),
                    cluster -> cluster.nodes().size() >= 2
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("nodes"),
                                    "The cluster has 1 node; at least 2 are needed to lose one.",
                                    "Add another .node(name, address)."))));

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
                        "The public URL is " + cluster.publicUrl() + ", which is the node " + node.name() + ".",
                        "Set .publicUrl(…) to the name or address of the load balancer.")))
                .orElse(List.of());
    }

    private static List<Problem> plainHttp(Cluster cluster) {
        return cluster.publicUrl().https()
                ? List.of()
                : List.of(new Problem(
                        Places.CLUSTER.child("publicUrl"),
                        "The public URL is " + cluster.publicUrl() + "; passwords and tokens travel in clear.",
                        "Use https in .publicUrl(…) and give the load balancer a certificate."));
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
                                + " both have the address " + node.address() + ".",
                        "Put the load balancer on a machine of its own: .loadBalancer(lb -> lb.nginx(address))."));
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
