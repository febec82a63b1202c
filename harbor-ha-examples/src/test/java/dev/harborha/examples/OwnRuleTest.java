package dev.harborha.examples;

import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import dev.harborha.testkit.RuleTester;
import org.junit.jupiter.api.Test;

/** How the author of a rule of one's own tests it. */
class OwnRuleTest {

    private static Cluster withNodes(String first, String second) {
        return Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("https://harbor.example.com")
                .node(first, "10.0.0.11")
                .node(second, "10.0.0.12")
                .database(db -> db.address("pg.example.com").password(Secret.of("password-of-the-database")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("password-of-the-admin")));
    }

    @Test
    void namesOfNodes() {
        RuleTester.of(OwnRuleAndRenderer.NODE_NAMES)
                .violated(
                        "one other name",
                        withNodes("harbor-1", "registry-b"),
                        "cluster.nodes[registry-b]: The node is called registry-b; names begin with \"harbor-\" here.")
                .kept("names that begin so", withNodes("harbor-1", "harbor-b"));
    }
}
