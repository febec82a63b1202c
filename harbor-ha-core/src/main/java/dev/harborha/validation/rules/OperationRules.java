package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;

/** Rules on clocks and on the job service. */
final class OperationRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "time.no-servers",
                            WARNING,
                            rule -> rule.title("No time servers are declared")
                                    .why(
                                            "A token says from when to when it is valid. Where the clocks of two nodes differ, a token of one is"
                                                    + " \"not valid yet\" or \"expired\" on the other: they must agree within a second.")
                                    .fix(
                                            "Add .timeServers(…), or waive time.no-servers if the machines keep time by other means.")
                                    .symptoms("token is not valid yet", "token is expired by …")
                                    .sources(Sources.POST, "https://github.com/goharbor/harbor/issues/15911")),
                    cluster -> cluster.timeServers().isEmpty()
                            ? List.of(
                                    new Problem(
                                            Places.CLUSTER.child("timeServers"),
                                            "No time servers are declared; the clocks of all nodes must agree within 1 second."))
                            : List.of()),
            Rule.of(
                    RuleInfo.of(
                            "jobservice.unknown-node",
                            ERROR,
                            rule -> rule.title("The job service is on a node that does not exist")
                                    .why("No node would run jobs.")
                                    .fix("Give .jobserviceOn(…) the name of a node.")
                                    .sources("https://github.com/goharbor/harbor/blob/0.5.0/make/docker-compose.tpl")),
                    cluster -> cluster.jobserviceNode()
                            .filter(name -> cluster.nodes().stream()
                                    .noneMatch(node -> node.name().equals(name)))
                            .map(name -> List.of(new Problem(
                                    Places.CLUSTER.child("jobserviceNode"),
                                    "The job service is on " + name + ", and no node has that name.",
                                    "Give .jobserviceOn(…) the name of a node: "
                                            + String.join(
                                                    ", ",
                                                    cluster.nodes().stream()
                                                            .map(node -> node.name())
                                                            .distinct()
                                                            .limit(5)
                                                            .toList())
                                            + ".")))
                            .orElse(List.of())),
            Rule.of(
                    RuleInfo.of(
                            "jobservice.on-every-node",
                            NOTE,
                            rule -> rule.title("A job service that starts takes over the running jobs of all nodes")
                                    .why(
                                            "In Harbor 0.5 each job service that starts puts every running job in the shared database back"
                                                    + " to pending and queues it again, those of other nodes too: replications run twice.")
                                    .fix(
                                            "Use .jobserviceOn(node) if you replicate; a lost node then stops replication until you name another one.")
                                    .sources(
                                            "https://github.com/goharbor/harbor/blob/0.5.0/src/common/dao/replication_job.go")
                                    .versions(VersionRange.before("1.0.0"))),
                    cluster -> cluster.jobserviceNode().isPresent()
                                    || cluster.nodes().size() < 2
                            ? List.of()
                            : List.of(new Problem(
                                    Places.CLUSTER.child("jobserviceNode"),
                                    "Each of the " + cluster.nodes().size() + " nodes runs a job service."))),
            Rule.of(
                    RuleInfo.of(
                            "time.single-server",
                            NOTE,
                            rule -> rule.title("There is only one time server")
                                    .why(
                                            "When it fails the nodes drift apart, and when it is wrong they all follow it: one server cannot be told"
                                                    + " from a wrong one, nor can two.")
                                    .fix("Name at least three in .timeServers(…).")
                                    .symptoms("token is not valid yet")
                                    .sources(
                                            "https://www.rfc-editor.org/rfc/rfc8633",
                                            "https://github.com/goharbor/harbor/issues/15911")),
                    cluster -> Problems.when(
                            cluster.timeServers().stream().distinct().count() == 1,
                            Places.CLUSTER.child("timeServers"),
                            () -> "The nodes take their time from "
                                    + cluster.timeServers().get(0) + " alone.")),
            Rule.of(
                    RuleInfo.of(
                            "time.unreachable-server",
                            ERROR,
                            rule -> rule.title("A time server means another machine on every node")
                                    .why(
                                            "Each node would take the time from itself, and the clocks drift apart: tokens of one node are \"not valid"
                                                    + " yet\" on the other.")
                                    .fix("Give .timeServers(…) names or addresses that every node reaches.")
                                    .symptoms("token is not valid yet", "token is expired by …")
                                    .sources("https://github.com/goharbor/harbor/issues/15911")),
                    cluster -> cluster.timeServers().stream()
                            .distinct()
                            .filter(server -> server.isUnspecified()
                                    || server.isLinkLocal()
                                    || (server.isLoopback() && !Places.isOneMachine(cluster)))
                            .map(server -> new Problem(
                                    Places.CLUSTER.child("timeServers"),
                                    "The time server " + server + " means another machine on every node."))
                            .toList()));

    private OperationRules() {}
}
