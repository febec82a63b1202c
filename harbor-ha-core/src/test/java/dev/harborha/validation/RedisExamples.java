package dev.harborha.validation;

import static dev.harborha.validation.Edit.set;
import static dev.harborha.validation.Edit.unset;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HostPort;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.ServerVersion;
import dev.harborha.model.SharedRedis;
import dev.harborha.secret.Secret;
import java.util.Arrays;
import java.util.function.Consumer;

/** Examples for the rules on Redis. */
final class RedisExamples {

    private static final Secret PASSWORD = Secret.of("redis-password-of-the-test");

    private RedisExamples() {}

    private static Consumer<ClusterBuilder> redis(Consumer<SharedRedis.Builder> change) {
        return c -> c.redis(redis -> {
            redis.address("redis.example.com");
            change.accept(redis);
        });
    }

    private static Consumer<ClusterBuilder> sentinels(String... names) {
        return redis(redis -> redis.sentinel("mymaster", names));
    }

    private static RedisEndpoint sentinelsAt(String... names) {
        return new RedisEndpoint.Sentinel(
                "mymaster",
                Arrays.stream(names).map(name -> HostPort.parse(name, 26_379)).toList());
    }

    static void describe() {
        rule("redis.cluster-mode")
                .mutant(set("redis.clusterMode", true))
                .needs(RuleExamples.redis(redis -> true))
                .bad2x("a Redis Cluster", redis(redis -> redis.clusterMode()))
                .good2x("one server", redis(redis -> {}));
        rule("redis.too-few-sentinels")
                .mutant(set("redis.endpoint", sentinelsAt("s1", "s2")))
                .needs(RuleExamples.redis(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel))
                .bad2x("two", sentinels("s1", "s2"))
                .bad2x("one", sentinels("s1"))
                .good2x("three", sentinels("s1", "s2", "s3"))
                .good2x("no sentinels", c -> {});
        rule("redis.even-sentinels")
                .mutant(set("redis.endpoint", sentinelsAt("s1", "s2", "s3", "s4")))
                .needs(RuleExamples.redis(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel))
                .bad2x("four", sentinels("s1", "s2", "s3", "s4"))
                .good2x("three", sentinels("s1", "s2", "s3"))
                .good2x("two, which another rule says", sentinels("s1", "s2"))
                .good2x("five", sentinels("s1", "s2", "s3", "s4", "s5"));
        rule("redis.sentinels-want-password")
                .mutant(set("redis.password", PASSWORD))
                .needs(RuleExamples.redis(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel))
                .needs(RuleExamples.redis(redis -> redis.password().isEmpty()))
                .brings("redis.password-in-clear")
                .ends("redis.open-to-all")
                .bad2x(
                        "a password",
                        redis(redis ->
                                redis.sentinel("mymaster", "s1", "s2", "s3").password(PASSWORD)))
                .good2x("no password", sentinels("s1", "s2", "s3"))
                .good2x("one server", redis(redis -> redis.password(PASSWORD)));
        rule("redis.sentinels-unknown-to-registry")
                .mutant(set("redis.endpoint", sentinelsAt("s1", "s2", "s3")))
                .brings("redis.sentinels-want-password")
                .bad2x("three", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.5.0")))
                .good2x("the patch after", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.5.1")))
                .good2x("one server", c -> c.harbor("2.5.0"));
        rule("redis.sentinels-unknown-to-core")
                .mutant(set("redis.endpoint", sentinelsAt("s1", "s2", "s3")))
                .brings("redis.sentinels-want-password")
                .bad2x("three", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.6.0")))
                .good2x("the patch after", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.6.1")))
                .good2x("one server", c -> c.harbor("2.6.0"));
        rule("redis.sentinels-doubtful")
                .mutant(set("redis.endpoint", sentinelsAt("s1", "s2", "s3")))
                .brings("redis.sentinels-want-password")
                .bad2x("three", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.13.2")))
                .good2x("one server", c -> c.harbor("2.13.2"))
                .good2x("one sentinel", sentinels("s1").andThen(c -> c.harbor("2.13.2")))
                .good2x("the line after", sentinels("s1", "s2", "s3").andThen(c -> c.harbor("2.14.0")));
        rule("redis.databases-shared")
                .mutant(set(
                        "redis.databases.registry",
                        cluster -> cluster.redis().orElseThrow().databases().jobservice()))
                .bad2x("registry and jobs", redis(redis -> redis.registryDatabase(2)))
                .bad2x(
                        "all in one",
                        redis(redis -> redis.sessionDatabase(7)
                                .registryDatabase(7)
                                .jobserviceDatabase(7)
                                .trivyDatabase(7)
                                .harborDatabase(7)
                                .cacheLayerDatabase(7)))
                .good2x("others", redis(redis -> redis.registryDatabase(8).harborDatabase(6)))
                .good2x("by default", c -> {});
        rule("redis.evicts-keys")
                .mutant(set("redis.evictionPolicy", EvictionPolicy.ALLKEYS_LRU))
                .bad2x("a cache", redis(redis -> redis.evictionPolicy(EvictionPolicy.ALLKEYS_LRU)))
                .bad2x("what has an end", redis(redis -> redis.evictionPolicy(EvictionPolicy.VOLATILE_TTL)))
                .good2x("nothing", redis(redis -> redis.evictionPolicy(EvictionPolicy.NOEVICTION)))
                .good2x("not declared", c -> {});
        rule("redis.forgets-at-restart")
                .mutant(set("redis.persistence", RedisPersistence.NONE))
                .bad2x("nothing on disk", redis(redis -> redis.persistence(RedisPersistence.NONE)))
                .good2x("each write", redis(redis -> redis.persistence(RedisPersistence.AOF)))
                .good2x("not declared", c -> {});
        rule("redis.acl-before-6")
                .mutant(set("redis.serverVersion", ServerVersion.parse("5.0.14")))
                .needs(RuleExamples.redis(redis -> redis.username().isPresent()))
                .bad2x(
                        "Redis 5",
                        redis(redis ->
                                redis.serverVersion("5.0.14").username("harbor").password(PASSWORD)))
                .good2x(
                        "Redis 6",
                        redis(redis ->
                                redis.serverVersion("6.0").username("harbor").password(PASSWORD)))
                .good2x("no user", redis(redis -> redis.serverVersion("5").password(PASSWORD)));
        rule("redis.open-to-all")
                .mutant(unset("redis.username"), unset("redis.password"))
                .needs(RuleExamples.redis(redis -> redis.password().isPresent()))
                .ends("redis.password-in-clear", "redis.sentinels-want-password", "secret.unresolved")
                .bad2x("no password", c -> {})
                .good2x("a password", redis(redis -> redis.password(PASSWORD)));
        rule("redis.password-in-clear")
                .mutant(unset("redis.tls"))
                .needs(RuleExamples.redis(
                        redis -> redis.password().isPresent() && redis.tls().isPresent()))
                .bad2x("no TLS", redis(redis -> redis.password(PASSWORD)))
                .good2x("TLS", redis(redis -> redis.password(PASSWORD).tls()))
                .good2x("no password", c -> {});
    }
}
