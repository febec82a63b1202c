package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules on the database and on Redis, which all nodes share. */
final class BackendRules {

    /** The compose services of a Harbor that keeps everything to itself, and whatever else is the node itself. */
    private static final Pattern ON_NODE =
            Pattern.compile("(?i)(postgresql|harbor-db|mysql|redis|localhost|127\\.[0-9.]+|\\[?::1\\]?)(:[0-9]+)?");

    private static final Pattern SERVICE = Pattern.compile("postgresql|harbor-db|mysql|redis");

    private static final Map<String, String> URLS = Map.of(
            "_REDIS_URL_CORE", "core",
            "_REDIS_URL_HARBOR", "core",
            "_REDIS_URL_CACHE_LAYER", "core",
            "SCANNER_REDIS_URL", "the scanner",
            "SCANNER_STORE_REDIS_URL", "the scanner",
            "SCANNER_JOB_QUEUE_REDIS_URL", "the scanner");

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.backend-on-node",
                            ERROR,
                            rule -> rule.title("A node uses a database or a Redis of its own")
                                    .why(
                                            "Each node then has users, projects, sessions and jobs that the others do not see: a login made on one"
                                                    + " node ends with 401 on the next (8 of 8 on a real cluster), and pushed images come and go.")
                                    .fix(
                                            "Give the address of a server outside the nodes in .database(db -> db.address(…)) and .redis(…), then render"
                                                    + " all nodes again.")
                                    .symptoms("failed to connect to tcp://postgresql:5432")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/install-config/harbor-ha-helm/",
                                            HARBOR + "issues/8671")),
                    BackendRules::onNode),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.redis-databases-shared",
                            WARNING,
                            rule -> rule.title("Two components of a node share a database of Redis")
                                    .why(
                                            "The registry's database is emptied after a restore or a garbage collection that was cut off; jobs or"
                                                    + " sessions in it would be gone with it. Harbor itself shares database 0 between sessions and"
                                                    + " core's caches, and nothing else.")
                                    .fix(
                                            "Give each component an index of its own: .registryDatabase(…), .jobserviceDatabase(…),"
                                                    + " .trivyDatabase(…), .harborDatabase(…), .cacheLayerDatabase(…).")
                                    .sources(HARBOR + "issues/14902", HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl")),
                    BackendRules::sharedDatabases),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.registry-redis-differs",
                            ERROR,
                            rule -> rule.title(
                                            "Core looks for the registry's cache where the registry does not have it")
                                    .why(
                                            "Garbage collection empties the cache that core is told of. The registry's own still says that deleted"
                                                    + " layers are there, pushes skip them, and pulls of those images fail.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "blob unknown to registry",
                                            "failed to clean registry cache",
                                            "manifest unknown")
                                    .sources(
                                            HARBOR + "issues/18900",
                                            HARBOR + "issues/21913",
                                            HARBOR + "blob/v2.14.0/src/server/v2.0/handler/gc.go")),
                    BackendRules::registryCache));

    private BackendRules() {}

    private static List<Problem> onNode(Fleet fleet) {
        if (fleet.harbors() < 2) {
            return List.of();
        }
        // Where all machines are one, as in a test, its loopback addresses are shared after all.
        boolean oneMachine = fleet.publicUrl()
                .map(url -> fleet.balancers().stream()
                        .flatMap(balancer -> balancer.targets(url).keySet().stream())
                        .toList())
                .filter(servers -> !servers.isEmpty()
                        && servers.stream().allMatch(server -> server.host().isLoopback()))
                .isPresent();
        Pattern own = oneMachine ? Pattern.compile("(postgresql|harbor-db|mysql|redis)(:[0-9]+)?") : ON_NODE;
        return fleet.each(node -> {
            List<Problem> problems = new ArrayList<>();
            places(node).forEach((what, place) -> {
                if (own.matcher(place.value()).matches() && !isElsewhere(node, place.value())) {
                    problems.add(Fleet.at(
                            place.file(),
                            what + " is at " + SafeText.of(place.value(), "a loopback address")
                                    + ", which is another one on each node."));
                }
            });
            node.harborYml().filter(file -> !node.isComplete()).ifPresent(file -> {
                for (String section : List.of("external_database", "external_redis")) {
                    if (!node.yaml(file).has(section)) {
                        problems.add(
                                Fleet.at(file, "There is no " + section + ", so each node starts one of its own."));
                    }
                }
            });
            return problems;
        });
    }

    /**
     * Tells whether a name is none of the node's own services, so that the DNS knows it. Where the compose file of 2.x is still to
     * be made, prepare leaves the services out for which harbor.yml names a server; that of 0.5, which is never among the files, has
     * its mysql unless somebody took it out.
     */
    private static boolean isElsewhere(HarborNode node, String address) {
        String service = address.replaceFirst(":.*", "");
        return SERVICE.matcher(service).matches()
                && node.isOf2x()
                && node.composeFiles().stream()
                        .noneMatch(file -> node.yaml(file).has("services." + service));
    }

    /** Returns where the shared servers are, by what is there. */
    private static Map<String, Setting> places(HarborNode node) {
        Map<String, Setting> places = new LinkedHashMap<>();
        node.setting("core", "POSTGRESQL_HOST").ifPresent(host -> places.put("The database", host));
        for (String component : List.of("ui", "jobservice")) {
            node.setting(component, "MYSQL_HOST").ifPresent(host -> places.put("The database of " + component, host));
        }
        node.setting("core", "_REDIS_URL_CORE").ifPresent(url -> redis("The Redis of sessions", url, places));
        node.jobserviceConfig()
                .ifPresent(file -> node.yaml(file)
                        .value("worker_pool.redis_pool.redis_url")
                        .ifPresent(url -> redis("The Redis of jobs", new Setting(url, file), places)));
        node.registryConfig()
                .ifPresent(file -> node.yaml(file)
                        .value("redis.addr")
                        .ifPresent(address -> places.put("The Redis of the registry", new Setting(address, file))));
        return places;
    }

    private static void redis(String what, Setting url, Map<String, Setting> places) {
        RedisPlace.ofUrl(url.value())
                .ifPresent(place -> places.put(what, new Setting(String.join(",", place.addresses()), url.file())));
    }

    private static List<Problem> sharedDatabases(HarborNode node) {
        Map<String, Set<String>> users = new TreeMap<>();
        Map<String, RedisPlace> places = new TreeMap<>();
        for (String component : List.of("core", "trivy-adapter")) {
            node.environment(component).forEach((name, url) -> {
                String user = URLS.get(name);
                if (user != null) {
                    RedisPlace.ofUrl(url.value()).ifPresent(place -> use(user, place, users, places));
                }
            });
        }
        node.jobserviceConfig()
                .flatMap(file -> node.yaml(file).value("worker_pool.redis_pool.redis_url"))
                .flatMap(RedisPlace::ofUrl)
                .ifPresent(place -> use("the job service", place, users, places));
        node.registryConfig()
                .flatMap(file -> RedisPlace.ofRegistry(node.yaml(file)))
                .ifPresent(place -> use("the registry", place, users, places));
        return users.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> node.problem("The " + places.get(entry.getKey()) + " is used by "
                        + String.join(" and by ", entry.getValue()) + "."))
                .toList();
    }

    private static void use(
            String user, RedisPlace place, Map<String, Set<String>> users, Map<String, RedisPlace> places) {
        String key = place.addresses() + place.masterSet() + "/" + place.database();
        users.computeIfAbsent(key, any -> new TreeSet<>()).add(user);
        places.put(key, place);
    }

    private static List<Problem> registryCache(HarborNode node) {
        Optional<RenderedFile> config = node.registryConfig();
        Optional<Setting> url = node.setting("core", "_REDIS_URL_REG");
        Optional<RedisPlace> told = url.flatMap(setting -> RedisPlace.ofUrl(setting.value()));
        Optional<RedisPlace> own = config.flatMap(file -> RedisPlace.ofRegistry(node.yaml(file)));
        if (told.isEmpty() || own.isEmpty() || url.isEmpty() || config.isEmpty()) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        if (!told.get().sameServer(own.get())) {
            differences.add("the server");
        }
        if (!told.get().database().equals(own.get().database())) {
            differences.add("the database");
        }
        if (!told.get().samePassword(own.get())) {
            differences.add("the password");
        }
        if (told.get().tls() != own.get().tls()) {
            differences.add("the use of TLS");
        }
        return differences.isEmpty()
                ? List.of()
                : List.of(Fleet.at(
                        config.get(),
                        "The section redis is not what _REDIS_URL_REG in "
                                + url.get().file().path() + " says: " + String.join(", ", differences) + "."));
    }
}
