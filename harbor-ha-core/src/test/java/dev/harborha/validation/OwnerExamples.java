package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.balancersAtLeast;
import static dev.harborha.validation.RuleExamples.nodes;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.Host;
import dev.harborha.model.SampleCluster;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Examples for the rules on secrets, releases, operation, values and waivers. */
final class OwnerExamples {

    private OwnerExamples() {}

    static void describe() {
        rule("secret.default-password")
                .mutant(with(c -> c.adminPassword(Secret.of("Harbor12345"))))
                .ends("secret.unresolved")
                .bad(
                        "both passwords of Harbor's sample",
                        c -> c.adminPassword(Secret.of("Harbor12345"))
                                .database(db -> db.address("db").password(Secret.fromEnv("P", Map.of("P", "root123")))))
                .good(
                        "passwords that look like them",
                        c -> c.adminPassword(Secret.of("harbor12345"))
                                .database(db -> db.address("db").password(Secret.of("root1234"))));
        rule("secret.in-clear")
                .mutant(with(c -> c.adminPassword(Secret.literal("of-the-admin"))))
                .ends("secret.unresolved")
                .bad(
                        "two secrets in clear",
                        c -> c.adminPassword(Secret.literal("of-the-admin"))
                                .s3(s3 -> s3.bucket("layers")
                                        .region("eu-west-1")
                                        .credentials(Secret.of("access"), Secret.literal("of-s3"))))
                .good(
                        "drawn, given by a program, or referred to",
                        c -> c.adminPassword(Secret.generated("drawn"))
                                .database(db -> db.address("db").password(Secret.fromEnv("P", Map.of("P", "x")))));
        rule("secret.unresolved")
                .mutant(with(c -> c.adminPassword(Secret.fromEnv("A", Map.of()))))
                .needs(cluster -> cluster.adminPassword().isResolved())
                .bad(
                        "a variable that is not set, and an empty one",
                        c -> c.adminPassword(Secret.fromEnv("A", Map.of()))
                                .redis(redis -> redis.address("redis").password(Secret.fromEnv("R", Map.of("R", "")))))
                .good("a variable that is set", c -> c.adminPassword(Secret.fromEnv("A", Map.of("A", "x"))));
        rule("version.unsupported")
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings("deployment.image-of-other-release")
                .mutant(with((cluster, c) -> c.harbor(new HarborVersion(
                        cluster.harbor().major(), cluster.harbor().minor() + 1, 0))))
                .from(release -> release.major() == 0
                        || release.line().equals(HarborVersion.newest().line()))
                .ends("version.no-longer-maintained", "version.webhooks-repeat")
                .bad("before", c -> c.harbor("0.4.5"))
                .bad("between", c -> c.harbor("1.10.19"))
                .bad("after", c -> c.harbor("2.16.0"))
                .good("another patch", c -> c.harbor("0.5.1"));
        rule("version.unknown-patch")
                .brings("deployment.image-of-other-release")
                .mutant(with((cluster, c) -> c.harbor(new HarborVersion(
                        cluster.harbor().major(), cluster.harbor().minor(), 99))))
                .from(release -> !Set.of("2.1", "2.2", "2.15").contains(release.line()))
                .bad("another patch", c -> c.harbor("0.5.1"))
                .good("the patch that was tried", c -> c.harbor("0.5.0"))
                .good("another release, which is an error", c -> c.harbor("0.6.0"));
        rule("secret.short-password")
                .ends("secret.unresolved")
                .bad("seven characters", c -> c.adminPassword(Secret.of("1234567")))
                .good("eight characters", c -> c.adminPassword(Secret.of("12345678")))
                .good(
                        "a key that a machine drew",
                        c -> c.s3(s3 -> s3.bucket("layers")
                                .region("eu-west-1")
                                .credentials(Secret.of("key"), Secret.of("secret"))));
        rule("secret.used-twice")
                .mutant(with((cluster, c) -> c.adminPassword(cluster.database().password())))
                .needs(cluster -> cluster.database().password().isResolved())
                .ends("secret.unresolved")
                .bad("the database's too", c -> c.adminPassword(Secret.of("db-password-of-the-test")))
                .good("two passwords", c -> {});
        rule("time.single-server")
                .mutant(set("timeServers", cluster -> cluster.timeServers().subList(0, 1)))
                .badFrom(frame -> frame.timeServers("ntp1.example.com"), "one")
                .good("two", c -> {});
        rule("time.unreachable-server")
                .bad("the node itself", c -> c.timeServers("127.0.0.1"))
                .bad("any", c -> c.timeServers("0.0.0.0"))
                .good("names", c -> {})
                .good("one machine for all", RuleExamples.oneMachine(c -> c.timeServers("127.0.0.1")));
        rule("time.no-servers")
                .mutant(set("timeServers", List.of()))
                .badFrame("none")
                .good("two", c -> {});
        rule("jobservice.unknown-node")
                .mutant(with(c -> c.jobserviceOn("gone")))
                .brings("setting.not-in-release")
                .ends("jobservice.on-every-node")
                .bad("a node that is gone", c -> c.jobserviceOn("harbor-3"))
                .good("a node", c -> c.jobserviceOn("harbor-2"))
                .good("every node", c -> {});
        rule("jobservice.on-every-node")
                .mutant(unset("jobserviceNode"))
                .needs(nodesAtLeast(2))
                .needs(cluster -> cluster.jobserviceNode().isPresent())
                .badFrame("every node")
                .good("one node", c -> c.jobserviceOn("harbor-2"))
                .sound()
                .put(
                        "the only node",
                        SampleCluster.frame().withoutNode("harbor-2").build());
        ReaderExamples.all()
                .forEach((what, change) -> rule("value.lost-by-reader")
                        .mutant(with(c -> c.adminPassword(Secret.of("cut here ;and lost"))))
                        .ends("secret.unresolved")
                        .bad(what, change));
        rule("value.lost-by-reader")
                .good(
                        "what every reader carries",
                        c -> c.adminPassword(Secret.of("aZ09!&()*+,-./:;<=>?@[]^_{|}~%\"'\\#x")))
                .good(
                        "what only a file of a later release could not carry",
                        c -> c.harbor("2.0.0").adminPassword(Secret.of("a$b ;c")));
        rule("waiver.matches-nothing")
                .needs(balancersAtLeast(2))
                .bad("the defect is gone", c -> c.waive("lb.single-load-balancer", "the second one comes in May"))
                .bad("no rule of that name", c -> c.waive("lb.singel-load-balancer", "the second one comes in May"))
                .good("a note that is there", c -> c.waive("storage.sharing-unproven", "tried it"));
        rule("waiver.of-error")
                .mutant(
                        set("nodes.1.address", new Host("0.0.0.0")),
                        with(c -> c.waive("node.unreachable-address", "works for me")))
                .needs(nodesAtLeast(2))
                .brings("node.unreachable-address")
                .bad(
                        "an error twice",
                        nodes("0.0.0.0", "::").andThen(c -> c.waive("node.unreachable-address", "works for me")))
                .good("a warning", c -> c.publicUrl("http://harbor.example.com").waive("url.plain-http", "inside"));
        rule("waiver.said-twice")
                .mutant(with(c -> c.waive("storage.carries-all-traffic", "tried it")
                        .waive("storage.carries-all-traffic", "in May")))
                .needs(nodesAtLeast(2))
                .bad(
                        "two reasons",
                        c -> c.waive("storage.sharing-unproven", "tried it")
                                .waive("storage.sharing-unproven", "in May"))
                .good("one reason", c -> c.waive("storage.sharing-unproven", "tried it"));
    }
}
