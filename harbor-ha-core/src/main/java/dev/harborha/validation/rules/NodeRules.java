package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.Host;
import dev.harborha.model.HostPort;
import dev.harborha.model.JobLogger;
import dev.harborha.model.Metric;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Node;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules on what runs on the nodes of Harbor 2.x. */
final class NodeRules {

    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    /** The port on which the log container listens, on the machine itself alone. */
    private static final int SYSLOG_PORT = 1514;

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "redis.acl-user-unknown-to-registry",
                            ERROR,
                            rule -> rule.title("The registry cannot use the Redis user")
                                    .why(
                                            "Harbor hands the user to core, the job service and the scanner. Before 2.15 its registry sends the"
                                                    + " password alone, which Redis takes for the user \"default\".")
                                    .fix(
                                            "Give Redis's user \"default\" the same password and the registry's database, and say so with .registryAsDefaultUser(); or leave .username(…) out, or use Harbor 2.15.")
                                    .symptoms(
                                            "WRONGPASS invalid username-password pair or user is disabled",
                                            "NOAUTH Authentication required")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/18892",
                                            "https://github.com/goharbor/harbor/pull/22770")
                                    .versions(VersionRange.between("2.8.0", "2.15.0"))),
                    NodeRules::aclUser),
            Rule.of(
                    RuleInfo.of(
                            "jobservice.logs-on-one-node",
                            WARNING,
                            rule -> rule.title("The log of a job is found on one node only")
                                    .why(
                                            "Whoever asks for a job's log is sent to any node; the one that did not run the job answers 404"
                                                    + " \"object is not found\": 8 of 8 on a real cluster.")
                                    .fix("Add JobLogger.DB to .jobservice(j -> j.jobLoggers(…)).")
                                    .symptoms("object is not found")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/13011",
                                            "https://github.com/goharbor/harbor/issues/3919")
                                    .versions(SINCE_2)),
                    NodeRules::logsOnOneNode),
            Rule.of(
                    RuleInfo.of(
                            "node.port-clash",
                            ERROR,
                            rule -> rule.title("Two services of a node would listen on one port")
                                    .why(
                                            "Docker starts the first container and refuses the second: \"port is already allocated\".")
                                    .fix(
                                            "Choose another port in .node(name, \"address:port\"), .nodeTls(tls -> tls.httpPort(…)) or .metric(port, path).")
                                    .symptoms("port is already allocated")
                                    .sources("https://docs.docker.com/engine/network/port-publishing/")
                                    .versions(SINCE_2)),
                    NodeRules::portClash),
            Rule.of(
                    RuleInfo.of(
                            "deployment.subnet-overlap",
                            ERROR,
                            rule -> rule.title("The containers' network holds an address that the nodes must reach")
                                    .why(
                                            "Containers take such an address for one of their own network: the database, Redis or another"
                                                    + " node is cut off.")
                                    .fix("Choose a .subnet(…) that is used nowhere else, or leave it out.")
                                    .symptoms("no route to host")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/20866",
                                            "https://github.com/goharbor/harbor/issues/2634")
                                    .versions(SINCE_2)),
                    NodeRules::subnetOverlap),
            Rule.of(
                    RuleInfo.of(
                            "deployment.installer-with-ipv6-sentinel",
                            ERROR,
                            rule -> rule.title("Harbor's installer cannot handle sentinels with IPv6 addresses")
                                    .why(
                                            "Its prepare takes the address apart at colons and brackets and stops, or writes a registry"
                                                    + " configuration that is no YAML.")
                                    .fix(
                                            "Give the sentinels names, or render everything with .deployment(d -> d.complete()).")
                                    .sources(
                                            "https://github.com/goharbor/harbor/blob/v2.14.0/make/photon/prepare/utils/registry.py")
                                    .versions(SINCE_2)),
                    NodeRules::ipv6Sentinel),
            Rule.of(
                    RuleInfo.of(
                            "node.tls-not-verified",
                            NOTE,
                            rule -> rule.title("The load balancer takes any certificate of the nodes")
                                    .why(
                                            "Whoever can answer in a node's place can read and change everything, although it is encrypted.")
                                    .fix("Give the authority's certificate with .nodeTls(tls -> tls.ca(…)).")
                                    .sources(
                                            "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify")
                                    .versions(SINCE_2)),
                    NodeRules::notVerified));

    private NodeRules() {}

    private static List<Problem> aclUser(Cluster cluster) {
        return cluster.redis()
                .filter(redis -> redis.username().isPresent() && !redis.registryAsDefaultUser())
                .map(redis -> List.of(new Problem(
                        Places.CLUSTER.child("redis").child("username"),
                        "The registry of Harbor " + cluster.harbor()
                                + " knows no Redis user and would be refused with this password.")))
                .orElse(List.of());
    }

    private static List<Problem> logsOnOneNode(Cluster cluster) {
        if (cluster.nodes().size() < 2
                || cluster.harborYml().jobservice().jobLoggers().contains(JobLogger.DB)) {
            return List.of();
        }
        return List.of(new Problem(
                Places.CLUSTER.child("harborYml").child("jobservice").child("jobLoggers"),
                "The logs of jobs are kept in "
                        + String.join(
                                " and ",
                                cluster.harborYml().jobservice().jobLoggers().stream()
                                        .map(Enum::name)
                                        .toList())
                        + ", which one node cannot read on another."));
    }

    private static List<Problem> portClash(Cluster cluster) {
        List<Problem> problems = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            Map<Integer, String> taken = new LinkedHashMap<>();
            taken.put(SYSLOG_PORT, "the log container");
            ModelPath path = Places.node(node);
            claim(problems, taken, path, cluster.portOf(node), "Harbor itself");
            cluster.nodeTls().ifPresent(tls -> claim(problems, taken, path, tls.httpPort(), "the redirect to https"));
            cluster.harborYml()
                    .metric()
                    .map(Metric::port)
                    .ifPresent(port -> claim(problems, taken, path, port, "the metrics"));
        }
        return problems;
    }

    private static void claim(
            List<Problem> problems, Map<Integer, String> taken, ModelPath path, int port, String service) {
        String other = taken.putIfAbsent(port, service);
        if (other != null) {
            problems.add(
                    new Problem(path, "On port " + port + " both " + other + " and " + service + " would listen."));
        }
    }

    private static List<Problem> subnetOverlap(Cluster cluster) {
        return cluster.deployment()
                .subnet()
                .map(subnet -> cluster.hosts().stream()
                        .filter(subnet::contains)
                        .distinct()
                        .map(Host::text)
                        .toList())
                .filter(inside -> !inside.isEmpty())
                .map(inside -> List.of(new Problem(
                        Places.CLUSTER.child("deployment").child("subnet"),
                        "The containers' network "
                                + cluster.deployment().subnet().orElseThrow() + " holds " + String.join(", ", inside)
                                + ".")))
                .orElse(List.of());
    }

    private static List<Problem> ipv6Sentinel(Cluster cluster) {
        if (cluster.deployment().delivery() != Delivery.INSTALLER) {
            return List.of();
        }
        return cluster.redis().stream()
                .map(redis -> redis.endpoint())
                .filter(endpoint -> endpoint instanceof RedisEndpoint.Sentinel)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .map(HostPort::host)
                .filter(Host::isIpv6)
                .map(host -> new Problem(
                        Places.CLUSTER.child("redis").child("sentinel"),
                        "The sentinel " + host + " is an IPv6 address."))
                .toList();
    }

    private static List<Problem> notVerified(Cluster cluster) {
        return cluster.nodeTls()
                .filter(tls -> tls.ca().isEmpty())
                .map(tls -> List.of(new Problem(
                        Places.CLUSTER.child("nodeTls").child("ca"),
                        "No authority is given for the nodes' certificate, so the load balancer does not verify it.")))
                .orElse(List.of());
    }
}
