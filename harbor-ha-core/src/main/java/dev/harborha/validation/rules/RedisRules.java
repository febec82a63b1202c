package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.ModelPath;
import dev.harborha.model.RedisDatabases;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rules on Redis: its kind, its sentinels, its databases and what it does with what is in it. */
final class RedisRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "redis.cluster-mode",
                            ERROR,
                            rule -> rule.title("Redis runs in cluster mode")
                                    .why(
                                            "Harbor keeps its parts apart by the numbers of databases, and a Redis Cluster has database 0 only;"
                                                    + " Harbor's clients do not follow its redirections either. The first command is answered with"
                                                    + " MOVED, and core ends.")
                                    .fix(
                                            "Use one server, or sentinels: .redis(r -> r.sentinel(masterSet, …)), and leave .clusterMode() out.")
                                    .symptoms("MOVED …", "SELECT is not allowed in cluster mode")
                                    .sources(
                                            HARBOR + "issues/16837",
                                            HARBOR + "issues/6299",
                                            "https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/")),
                    of(redis -> Problems.when(
                            redis.clusterMode(),
                            path("clusterMode"),
                            () -> "Redis is a Redis Cluster, which no release of Harbor can use."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.too-few-sentinels",
                            WARNING,
                            rule -> rule.title("Too few sentinels to agree on a new master")
                                    .why(
                                            "A new master is chosen by more than half of the sentinels. Two of them agree on nothing once one is"
                                                    + " lost, and one alone is lost with its machine: Redis stays without a master, and every"
                                                    + " login and push fails.")
                                    .fix(
                                            "Run at least three sentinels on three machines and name them all in .sentinel(masterSet, …).")
                                    .symptoms("redigo: no sentinels available")
                                    .sources(
                                            "https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/",
                                            HARBOR + "issues/6828")
                                    .versions(SINCE_2)),
                    ofSentinels((redis, count) -> Problems.when(
                            count < 3,
                            path("sentinel"),
                            () -> "Redis has " + count + (count == 1 ? " sentinel" : " sentinels")
                                    + "; at least 3 are needed to lose one."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.even-sentinels",
                            NOTE,
                            rule -> rule.title("An even number of sentinels")
                                    .why(
                                            "Four sentinels bear the loss of one, as three do: the fourth is one more that can fail. In a split"
                                                    + " of two and two nobody has the majority.")
                                    .fix("Name an odd number of sentinels in .sentinel(masterSet, …).")
                                    .sources("https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/")
                                    .versions(SINCE_2)),
                    ofSentinels((redis, count) -> Problems.when(
                            count > 3 && count % 2 == 0,
                            path("sentinel"),
                            () -> "Redis has " + count + " sentinels; " + (count - 1) + " bear the same losses."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.sentinels-want-password",
                            NOTE,
                            rule -> rule.title("Harbor cannot log in to sentinels that want a password")
                                    .why(
                                            "Harbor's password is that of the data servers. Where the sentinels themselves want one, core and"
                                                    + " the job service cannot ask them for the master, while the registry seems well.")
                                    .fix(
                                            "Leave requirepass out of sentinel.conf, or waive redis.sentinels-want-password if it is not there.")
                                    .symptoms("redigo: no sentinels available", "NOAUTH Authentication required")
                                    .sources(HARBOR + "issues/22538", HARBOR + "issues/14757")
                                    .versions(VersionRange.since("2.1.0"))),
                    ofSentinels((redis, count) -> Problems.when(
                            redis.password().isPresent(),
                            path("sentinel"),
                            () -> "Redis has a password; its sentinels must not want one."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.sentinels-unknown-to-registry",
                            ERROR,
                            rule -> rule.title("The registry of this very release does not understand sentinels")
                                    .why(
                                            "The registry of 2.5.0 takes the list of sentinels for one address and works without its cache:"
                                                    + " pushes end with unknown blobs now and then.")
                                    .fix("Use 2.5.1 or later in .harbor(…), or a single .address(…).")
                                    .symptoms("too many colons in address", "unknown blob")
                                    .sources(HARBOR + "issues/16777")
                                    .versions(VersionRange.between("2.5.0", "2.5.1"))),
                    ofSentinels((redis, count) -> Problems.when(
                            true, path("sentinel"), () -> "The registry of Harbor 2.5.0 cannot use sentinels."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.sentinels-unknown-to-core",
                            ERROR,
                            rule -> rule.title("Core of this very release does not understand sentinels")
                                    .why(
                                            "Core of 2.6.0 does not take an address of sentinels that names no database, as the one of its"
                                                    + " sessions: it ends at its start.")
                                    .fix("Use 2.6.1 or later in .harbor(…), or a single .address(…).")
                                    .symptoms("failed to initialize cache: redis: invalid redis URL path: …")
                                    .sources(HARBOR + "issues/17483")
                                    .versions(VersionRange.between("2.6.0", "2.6.1"))),
                    ofSentinels((redis, count) ->
                            Problems.when(true, path("sentinel"), () -> "Core of Harbor 2.6.0 cannot use sentinels."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.sentinels-doubtful",
                            WARNING,
                            rule -> rule.title("The registry of this release was seen to fail with several sentinels")
                                    .why(
                                            "Since the registry of 2.13 speaks TLS to Redis, people with several sentinels report that it takes"
                                                    + " their list for one address and works without its cache; the report is open.")
                                    .fix(
                                            "Try a push and a garbage collection first, and waive redis.sentinels-doubtful if they work; else"
                                                    + " use a single .address(…).")
                                    .symptoms("too many colons in address")
                                    .sources(HARBOR + "issues/22327")
                                    .versions(VersionRange.between("2.13.0", "2.14.0"))),
                    ofSentinels((redis, count) -> Problems.when(
                            count > 1,
                            path("sentinel"),
                            () -> "Redis has " + count
                                    + " sentinels, with which the registry of this line was seen to fail."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.databases-shared",
                            WARNING,
                            rule -> rule.title("Two components share a database of Redis")
                                    .why(
                                            "The registry's database is emptied after a restore or a garbage collection that was cut off; jobs or"
                                                    + " sessions in it would be gone with it. Harbor itself shares database 0 between sessions and"
                                                    + " core's caches, and nothing else.")
                                    .fix(
                                            "Give each component an index of its own: .registryDatabase(…), .jobserviceDatabase(…),"
                                                    + " .trivyDatabase(…), .harborDatabase(…), .cacheLayerDatabase(…).")
                                    .sources(HARBOR + "issues/14902", HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl")
                                    .versions(SINCE_2)),
                    of(RedisRules::sharedDatabases)),
            Rule.of(
                    RuleInfo.of(
                            "redis.evicts-keys",
                            WARNING,
                            rule -> rule.title("Redis throws keys away when its memory is full")
                                    .why(
                                            "Jobs, schedules and sessions are in Redis alone. A server that is set up as a cache, as many services"
                                                    + " in clouds are, drops some of them under load: tasks stay in Pending or Running for ever.")
                                    .fix(
                                            "Set maxmemory-policy noeviction on the server, and say .evictionPolicy(EvictionPolicy.NOEVICTION).")
                                    .symptoms("OOM command not allowed when used memory > 'maxmemory'")
                                    .sources(
                                            HARBOR + "issues/14393",
                                            "https://redis.io/docs/latest/develop/reference/eviction/")
                                    .versions(SINCE_2)),
                    of(redis -> redis.evictionPolicy()
                            .filter(policy -> policy != EvictionPolicy.NOEVICTION)
                            .map(policy -> List.of(new Problem(
                                    path("evictionPolicy"),
                                    "The maxmemory-policy of Redis is " + policy + "; Harbor's jobs need noeviction.")))
                            .orElse(List.of()))),
            Rule.of(
                    RuleInfo.of(
                            "redis.forgets-at-restart",
                            WARNING,
                            rule -> rule.title("Redis keeps nothing on disk")
                                    .why(
                                            "When Redis restarts, the queue of jobs is gone, but the database still says that they are running:"
                                                    + " replications and scans hang, and schedules stop until somebody saves them again.")
                                    .fix(
                                            "Turn on appendonly yes on the server, and say .persistence(RedisPersistence.AOF).")
                                    .sources(
                                            HARBOR + "issues/9963",
                                            "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/")
                                    .versions(SINCE_2)),
                    of(redis -> Problems.when(
                            redis.persistence()
                                    .filter(RedisPersistence.NONE::equals)
                                    .isPresent(),
                            path("persistence"),
                            () -> "Redis keeps nothing on disk; the queue of jobs is lost at its restart."))),
            Rule.of(
                    RuleInfo.of(
                            "redis.acl-before-6",
                            ERROR,
                            rule -> rule.title("This Redis knows no users, and Harbor would name one")
                                    .why(
                                            "Access control lists came with Redis 6; an older server takes user and password for too many words"
                                                    + " and refuses the login.")
                                    .fix("Use Redis 6 or later, or leave .username(…) out.")
                                    .symptoms("ERR wrong number of arguments for 'auth' command")
                                    .sources("https://redis.io/docs/latest/commands/auth/", HARBOR + "issues/18786")
                                    .versions(VersionRange.since("2.8.0"))),
                    of(redis -> redis.serverVersion()
                            .filter(version -> redis.username().isPresent() && version.isBefore("6"))
                            .map(version -> List.of(new Problem(
                                    path("username"),
                                    "Redis " + version + " knows no users; access control lists came with Redis 6.")))
                            .orElse(List.of()))),
            Rule.of(
                    RuleInfo.of(
                            "redis.open-to-all",
                            NOTE,
                            rule -> rule.title("Redis wants no password")
                                    .why(
                                            "Whoever reaches Redis can take over every session, put jobs into the queue, and read"
                                                    + " JOBSERVICE_SECRET, which stands in the parameters of replication jobs in clear.")
                                    .fix(
                                            "Set requirepass on the server and .password(…), or waive redis.open-to-all if only the nodes reach it.")
                                    .sources("https://redis.io/docs/latest/operate/oss_and_stack/management/security/")
                                    .versions(SINCE_2)),
                    cluster -> cluster.redis()
                            .map(redis -> Problems.when(
                                    redis.password().isEmpty() && !Places.isOneMachine(cluster),
                                    path("password"),
                                    () -> "Redis wants no password; whoever reaches it reads sessions and jobs."))
                            .orElse(List.of())),
            Rule.of(
                    RuleInfo.of(
                            "redis.password-in-clear",
                            NOTE,
                            rule -> rule.title("The password of Redis travels in clear")
                                    .why(
                                            "Without TLS Redis is sent its password as it is with each new connection; Harbor can speak TLS to"
                                                    + " Redis since 2.13.")
                                    .fix(
                                            "Use .tls(…), or waive redis.password-in-clear if nobody can listen between the nodes and Redis.")
                                    .sources(
                                            "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/")
                                    .versions(VersionRange.since("2.13.0"))),
                    cluster -> cluster.redis()
                            .map(redis -> Problems.when(
                                    redis.password().isPresent()
                                            && redis.tls().isEmpty()
                                            && !Places.isOneMachine(cluster),
                                    path("tls"),
                                    () -> "The password of Redis is sent to it in clear."))
                            .orElse(List.of())));

    private RedisRules() {}

    private static ModelPath path(String part) {
        return Places.CLUSTER.child("redis").child(part);
    }

    private static Function<Cluster, List<Problem>> of(Function<SharedRedis, List<Problem>> check) {
        return cluster -> cluster.redis().map(check).orElse(List.of());
    }

    private interface SentinelCheck {
        List<Problem> of(SharedRedis redis, int sentinels);
    }

    private static Function<Cluster, List<Problem>> ofSentinels(SentinelCheck check) {
        return of(redis -> redis.endpoint() instanceof RedisEndpoint.Sentinel sentinel
                ? check.of(redis, sentinel.sentinels().size())
                : List.of());
    }

    private static List<Problem> sharedDatabases(SharedRedis redis) {
        RedisDatabases databases = redis.databases();
        Map<String, Integer> indexes = new LinkedHashMap<>();
        indexes.put("session", databases.session());
        indexes.put("registry", databases.registry());
        indexes.put("jobservice", databases.jobservice());
        indexes.put("trivy", databases.trivy());
        databases.harbor().ifPresent(index -> indexes.put("harbor", index));
        databases.cacheLayer().ifPresent(index -> indexes.put("cacheLayer", index));
        Map<Integer, String> taken = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        indexes.forEach((name, index) -> {
            String other = taken.putIfAbsent(index, name);
            if (other != null) {
                problems.add(new Problem(
                        path("databases").child(name),
                        "The components " + other + " and " + name + " have the same database of Redis, " + index
                                + "."));
            }
        });
        return problems;
    }
}
