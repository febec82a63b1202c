package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.nodes;
import static dev.harborha.validation.RuleExamples.nodesAtLeast;
import static dev.harborha.validation.RuleExamples.oneMachine;
import static dev.harborha.validation.RuleExamples.redis;
import static dev.harborha.validation.RuleExamples.rule;
import static dev.harborha.validation.RuleExamples.s3;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.DbKind;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.secret.Secret;
import java.util.function.Consumer;

/** Examples for the rules on database, Redis and blob store. */
final class BackendExamples {

    private BackendExamples() {}

    static void describe() {
        rule("db.node-local")
                .mutant(set(
                        "database.address.host",
                        cluster -> cluster.nodes().get(0).address()))
                .bad("a node's address", database("10.0.0.11:3307"))
                .bad("a node's name", database("harbor-2"))
                .bad("loopback", database("localhost"))
                .bad("any address", database("0.0.0.0"))
                .bad("link-local", database("fe80::1"))
                .good("a server of its own", database("10.0.0.20"))
                .good("on a load balancer's machine, which all nodes share", database("10.0.0.9"))
                .good("loopback where one machine plays all nodes", oneMachine(database("127.0.0.1")));
        rule("db.wrong-kind")
                .mutant(set(
                        "database.kind",
                        cluster -> cluster.database().kind() == DbKind.MYSQL ? DbKind.POSTGRESQL : DbKind.MYSQL))
                .bad(
                        "PostgreSQL for 0.5",
                        c -> c.database(db -> db.kind(DbKind.POSTGRESQL)
                                .address("pg.example.com")
                                .password(Secret.of("p4ssw0rd-of-db"))))
                .bad(
                        "MySQL for 1.6",
                        c -> c.harbor("1.6.0")
                                .database(db -> db.kind(DbKind.MYSQL)
                                        .address("mysql.example.com")
                                        .password(Secret.of("p4ssw0rd-of-db"))))
                .good("what the release uses", c -> c.harbor("1.6.0"));
        rule("redis.node-local")
                .mutant(set(
                        "redis.endpoint.address.host",
                        cluster -> cluster.nodes().get(0).address()))
                .needs(redis(redis -> redis.endpoint() instanceof RedisEndpoint.Single))
                .bad("a node's address", c -> c.redis("10.0.0.12"))
                .bad("loopback", c -> c.redis("::1"))
                .good("no Redis", c -> {})
                .good("a server of its own", c -> c.redis("redis.example.com"));
        rule("redis.missing")
                .mutant(unset("redis"))
                .ends(
                        "redis.open-to-all",
                        "redis.password-in-clear",
                        "redis.sentinels-want-password",
                        "secret.unresolved")
                .bad("none for 2.x", c -> c.harbor("2.0.0"))
                .good("one for 2.x", c -> c.harbor("2.0.0").redis("redis.example.com"));
        rule("storage.node-local")
                .mutant(set(
                        "storage.source",
                        cluster -> cluster.nodes().get(0).address().urlText() + ":/export"))
                .needs(cluster -> cluster.storage() instanceof SharedFilesystem)
                .bad(
                        "MinIO on a node",
                        c -> c.s3(s3 -> s3.bucket("layers").region("x").endpoint("http://10.0.0.11:9000")))
                .bad(
                        "NFS from a node by its name, and from loopback",
                        c -> c.sharedFilesystem(
                                share -> share.path("/mnt/harbor").source("harbor-2,127.0.0.1:/export")))
                .bad(
                        "Swift's authentication on a node",
                        c -> c.swift(swift -> swift.authUrl("http://10.0.0.12:5000/v3")
                                .user("harbor", Secret.of("p4ssw0rd"))
                                .container("layers")))
                .bad(
                        "an OSS endpoint on loopback",
                        c -> c.oss(oss -> oss.credentials(Secret.of("i"), Secret.of("s"))
                                .region("oss-cn-beijing")
                                .bucket("layers")
                                .endpoint("localhost")))
                .good("the provider's own address", c -> {})
                .good(
                        "NFS from a server of its own",
                        c -> c.sharedFilesystem(
                                share -> share.path("/mnt/harbor").source("nfs.example.com:/export")))
                .good(
                        "Azure",
                        c -> c.azure(azure ->
                                azure.account("account", Secret.of("k")).container("layers")))
                .good("Google", c -> c.gcs(gcs -> gcs.bucket("layers")));
        rule("storage.s3-before-0.5.0")
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .from(release -> release.major() == 0)
                .needs(s3(s3 -> true))
                .brings("version.unsupported")
                .ends("version.no-longer-maintained")
                .bad("S3 before", c -> c.harbor("0.4.5"))
                .good("another store before", c -> c.harbor("0.4.5").gcs(gcs -> gcs.bucket("layers")))
                .good("S3 since", c -> c.harbor("0.5.0"));
        rule("storage.unknown-s3-region")
                .mutant(set("storage.region", "eu-north-1"))
                .needs(s3(s3 -> s3.endpoint().isEmpty()))
                .bad("a later region", c -> c.s3(s3 -> s3.bucket("layers").region("eu-north-1")))
                .bad(
                        "a later region in China",
                        c -> c.s3(s3 -> s3.bucket("layers").region("cn-northwest-1")))
                .good("the post's region", c -> c.s3(s3 -> s3.bucket("layers").region("cn-north-1")))
                .good(
                        "any region with an endpoint",
                        c -> c.s3(s3 -> s3.bucket("layers")
                                .region("eu-north-1")
                                .endpoint("https://s3.eu-north-1.amazonaws.com")));
        rule("storage.carries-all-traffic")
                .mutant(with(c -> c.node("harbor-2", "10.0.0.12")))
                .needs(nodesAtLeast(2).negate())
                .brings(
                        "db.connection-budget-exceeded",
                        "jobservice.worker-budget-exceeded",
                        "jobservice.on-every-node",
                        "storage.sharing-unproven",
                        "quota.updated-in-database",
                        "db.idle-in-transaction-timeout-undeclared",
                        "log.spread-over-nodes",
                        "trivy.downloads-on-each-node")
                .ends("node.fewer-than-two")
                .bad("two nodes", c -> {})
                .bad(
                        "five nodes on a share",
                        nodes("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5")
                                .andThen(c -> c.sharedFilesystem(
                                        share -> share.path("/mnt").source("nfs:/export"))))
                .good("one node", c -> c.withoutNode("harbor-2"));
        rule("storage.sharing-unproven")
                .mutant(with(c -> c.node("harbor-2", "10.0.0.12")))
                .needs(nodesAtLeast(2).negate())
                .brings("storage.carries-all-traffic", "jobservice.on-every-node")
                .ends("node.fewer-than-two")
                .bad("two nodes", c -> {})
                .good("one node", c -> c.withoutNode("harbor-2"));
    }

    private static Consumer<ClusterBuilder> database(String address) {
        return c -> c.database(db -> db.address(address).password(Secret.of("p4ssw0rd-of-db")));
    }
}
