package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.POST;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules on settings that must be the same on all nodes. */
final class SharedRules {

    /** What one node writes into the database or into Redis, or a client carries from one node to the other. */
    private static final Set<String> VARIABLES = Set.of(
            // 0.5
            "SECRET_KEY",
            "UI_SECRET",
            "MYSQL_HOST",
            "MYSQL_PORT",
            "MYSQL_USR",
            "MYSQL_PWD",
            "MYSQL_DATABASE",
            "_REDIS_URL",
            // 2.x
            "CSRF_KEY",
            "JOBSERVICE_SECRET",
            "ROBOT_SCANNER_NAME_PREFIX",
            "HARBOR_ADMIN_PASSWORD",
            "POSTGRESQL_HOST",
            "POSTGRESQL_PORT",
            "POSTGRESQL_USERNAME",
            "POSTGRESQL_PASSWORD",
            "POSTGRESQL_DATABASE",
            "_REDIS_URL_CORE",
            "_REDIS_URL_REG",
            "_REDIS_URL_HARBOR",
            "_REDIS_URL_CACHE_LAYER",
            "SCANNER_REDIS_URL",
            "SCANNER_STORE_REDIS_URL",
            "SCANNER_STORE_REDIS_NAMESPACE",
            "SCANNER_JOB_QUEUE_REDIS_URL",
            "SCANNER_JOB_QUEUE_REDIS_NAMESPACE",
            "CORE_URL",
            "WITH_TRIVY",
            "TRIVY_ADAPTER_URL",
            "CACHE_ENABLED",
            "CACHE_EXPIRE_HOURS",
            "QUOTA_UPDATE_PROVIDER",
            "CONFIG_OVERWRITE_JSON",
            // both
            "EXT_ENDPOINT");

    private static final Pattern OF_TRIVY = Pattern.compile("SCANNER_TRIVY_[A-Z_]+");

    private static final Set<String> HARBOR_CFG = Set.of(
            "hostname",
            "ui_url_protocol",
            "harbor_admin_password",
            "db_password",
            "auth_mode",
            "ldap_url",
            "ldap_searchdn",
            "ldap_search_pwd",
            "ldap_basedn",
            "ldap_filter",
            "ldap_uid",
            "ldap_scope",
            "ldap_timeout",
            "customize_crt");

    private static final List<String> HARBOR_YML = List.of(
            "hostname",
            "external_url",
            "harbor_admin_password",
            "external_database",
            "external_redis",
            "storage_service",
            "internal_tls",
            "cache",
            "core");

    private static final List<String> JOB_QUEUE =
            List.of("worker_pool.redis_pool.redis_url", "worker_pool.redis_pool.namespace");

    private static final List<String> REGISTRY_CACHE =
            List.of("redis.addr", "redis.db", "redis.username", "redis.password", "redis.sentinelMasterSet");

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.environments-differ",
                            ERROR,
                            rule -> rule.title("Nodes differ in what they must share")
                                    .why(
                                            "Database, Redis, public address and secrets must be the same for every node, or requests end differently"
                                                    + " on each: logins flip, replication answers 401, jobs are seen by one node only.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("CSRF token invalid", "http status code: 401, body:", "State mismatch")
                                    .sources(POST, HARBOR + "issues/20908", HARBOR + "issues/19158")),
                    SharedRules::differing),
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.scanner-settings-differ",
                            NOTE,
                            rule -> rule.title("The scanners of the nodes do not look for the same")
                                    .why(
                                            "A scan runs on whichever node is free, so the same image shows other findings from scan to scan.")
                                    .fix(RENDER_TOGETHER)
                                    .sources(HARBOR
                                            + "blob/v2.14.0/make/photon/prepare/templates/trivy-adapter/env.jinja")),
                    node -> node.hasEnvironment("trivy-adapter"),
                    (first, node) -> variables(first, node, "trivy-adapter", SharedRules::isOfTrivy)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.log-targets-differ",
                            NOTE,
                            rule -> rule.title("The nodes send their logs to different places")
                                    .why(
                                            "The requests of one push end on several nodes; half of its traces are then where nobody looks.")
                                    .fix(RENDER_TOGETHER)
                                    .sources("https://goharbor.io/docs/2.14.0/install-config/configure-yml-file/")),
                    SharedRules::logTargets));

    private SharedRules() {}

    private static boolean isOfTrivy(String name) {
        return OF_TRIVY.matcher(name).matches() && !name.endsWith("TOKEN");
    }

    private static List<Problem> differing(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        for (String component : HarborNode.COMPONENTS) {
            problems.addAll(fleet.across(
                    node -> node.hasEnvironment(component),
                    (first, node) -> variables(first, node, component, VARIABLES::contains)));
        }
        problems.addAll(fleet.across(
                node -> node.jobserviceConfig().isPresent(),
                (first, node) -> yaml(first, first.jobserviceConfig(), node, node.jobserviceConfig(), JOB_QUEUE)));
        problems.addAll(fleet.across(
                node -> node.registryConfig().isPresent(),
                (first, node) -> yaml(first, first.registryConfig(), node, node.registryConfig(), REGISTRY_CACHE)));
        problems.addAll(fleet.across(
                node -> node.harborYml().isPresent(),
                (first, node) -> yaml(first, first.harborYml(), node, node.harborYml(), HARBOR_YML)));
        problems.addAll(fleet.across(node -> node.harborCfg().isPresent(), SharedRules::harborCfg));
        return problems;
    }

    private interface Wanted {
        boolean test(String name);
    }

    private static List<Problem> variables(HarborNode first, HarborNode node, String component, Wanted wanted) {
        Map<String, Setting> one = first.environment(component);
        Map<String, Setting> other = node.environment(component);
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            Setting here = other.get(name);
            Setting there = one.get(name);
            if (wanted.test(name) && !Objects.equals(value(here), value(there))) {
                problems.add(differs(
                        here == null ? node.placeOfEnvironment(component) : Optional.of(here.file()),
                        there == null ? first.placeOfEnvironment(component) : Optional.of(there.file()),
                        "value of " + name,
                        node));
            }
        }
        return problems;
    }

    private static Optional<String> value(@Nullable Setting setting) {
        return Optional.ofNullable(setting).map(Setting::value);
    }

    private static Problem differs(
            Optional<RenderedFile> here, Optional<RenderedFile> there, String what, HarborNode node) {
        String message = "The " + what + " differs from the one in "
                + there.map(RenderedFile::path).orElse("another node") + ".";
        return here.map(file -> Fleet.at(file, message)).orElseGet(() -> node.problem(message));
    }

    /** Returns the paths whose values are not the same in two sections. */
    static Set<String> differingIn(SortedMap<String, String> one, SortedMap<String, String> other) {
        Set<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        paths.removeIf(path -> Objects.equals(one.get(path), other.get(path)));
        return paths;
    }

    private static List<Problem> yaml(
            HarborNode first,
            Optional<RenderedFile> one,
            HarborNode node,
            Optional<RenderedFile> other,
            List<String> sections) {
        List<Problem> problems = new ArrayList<>();
        for (String section : sections) {
            SortedMap<String, String> there =
                    one.map(file -> first.yaml(file).section(section)).orElseGet(TreeMap::new);
            SortedMap<String, String> here =
                    other.map(file -> node.yaml(file).section(section)).orElseGet(TreeMap::new);
            for (String path : differingIn(here, there)) {
                problems.add(differs(other, one, "value of " + SafeText.of(path, section), node));
            }
        }
        return problems;
    }

    private static List<Problem> harborCfg(HarborNode first, HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        for (String name : new TreeSet<>(HARBOR_CFG)) {
            if (!first.cfg(name).map(Setting::value).equals(node.cfg(name).map(Setting::value))) {
                problems.add(differs(node.harborCfg(), first.harborCfg(), "value of " + name, node));
            }
        }
        return problems;
    }

    private static List<Problem> logTargets(Fleet fleet) {
        List<Problem> problems = new ArrayList<>(fleet.across(
                node -> logConfig(node).isPresent(),
                (first, node) -> statements(logConfig(first)).equals(statements(logConfig(node)))
                        ? List.of()
                        : List.of(differs(logConfig(node), logConfig(first), "target of the logs", node))));
        problems.addAll(fleet.across(
                node -> node.harborYml().isPresent(),
                (first, node) ->
                        yaml(first, first.harborYml(), node, node.harborYml(), List.of("log.external_endpoint"))));
        return problems;
    }

    static Optional<RenderedFile> logConfig(HarborNode node) {
        return node.machine().endingWith("log/rsyslog_docker.conf");
    }

    static List<String> statements(Optional<RenderedFile> file) {
        return file.stream()
                .flatMap(config -> config.content().lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
