package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules on what the containers of one node are told, besides secrets. */
final class ContainerSettingRules {

    private static final List<String> SAME = List.of(
            "CORE_URL",
            "REGISTRY_CONTROLLER_URL",
            "CACHE_ENABLED",
            "CACHE_EXPIRE_HOURS",
            "_REDIS_URL_CORE",
            "_REDIS_URL_CACHE_LAYER",
            "REGISTRY_CREDENTIAL_USERNAME",
            "SECRET_KEY",
            "MYSQL_HOST",
            "MYSQL_PORT",
            "MYSQL_USR",
            "MYSQL_PWD",
            "MYSQL_DATABASE");

    /** What core calls a setting, and what the exporter calls it. */
    private static final SortedMap<String, String> EXPORTER = new TreeMap<>(Map.of(
            "POSTGRESQL_HOST", "HARBOR_DATABASE_HOST",
            "POSTGRESQL_PORT", "HARBOR_DATABASE_PORT",
            "POSTGRESQL_DATABASE", "HARBOR_DATABASE_DBNAME"));

    private static final List<String> URLS = List.of(
            "CORE_URL",
            "CORE_LOCAL_URL",
            "JOBSERVICE_URL",
            "PORTAL_URL",
            "REGISTRY_CONTROLLER_URL",
            "REGISTRY_URL",
            "TOKEN_SERVICE_URL",
            "TRIVY_ADAPTER_URL");

    private static final Pattern HOST_OF_URL = Pattern.compile("(?i)[a-z]+://(\\[[^\\]]*\\]|[^:/?#]*).*");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1\\]?");

    static final List<BundleRule> ALL = List.of(
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.container-settings-differ",
                            ERROR,
                            rule -> rule.title("Containers of one node are told different things")
                                    .why(
                                            "The job service takes a Harbor at another CORE_URL for a foreign one, leaves caches of another Redis"
                                                    + " stale, and an exporter of another database shows the figures of another Harbor.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("http status code: 401, body:", "manifest unknown")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/pkg/reg/adapter/harbor/base/adapter.go",
                                            HARBOR + "blob/v2.14.0/make/harbor.yml.tmpl")),
                    ContainerSettingRules::differing),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.container-url-outside-node",
                            WARNING,
                            rule -> rule.title("A container reaches another one by a way outside the node")
                                    .why(
                                            "The secret of a proxy cache's push lives for 15 seconds in the memory of one process: behind a load"
                                                    + " balancer another core gets it and answers 401. Tasks carry the address through Redis, too.")
                                    .fix(
                                            "Leave the names of the compose services there, as in http://core:8080; only EXT_ENDPOINT is the public"
                                                    + " address.")
                                    .symptoms("unauthorized: unauthorized to access repository")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/src/pkg/proxy/secret/manager.go",
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/templates/core/env.jinja")),
                    ContainerSettingRules::outside),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.no-proxy-incomplete",
                            ERROR,
                            rule -> rule.title(
                                            "Containers of a node would speak to each other through the outbound proxy")
                                    .why(
                                            "Go sends everything that NO_PROXY does not name to the proxy, which does not know the containers'"
                                                    + " names: jobs cannot report, and core cannot reach the registry.")
                                    .fix(
                                            "Put the names of all compose services into NO_PROXY, as .proxy(…) does by itself.")
                                    .symptoms("proxyconnect tcp", "Service Unavailable", "dial tcp: lookup core")
                                    .sources(HARBOR + "issues/8285", HARBOR + "issues/19986")),
                    ContainerSettingRules::throughProxy),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.scanner-missing",
                            ERROR,
                            rule -> rule.title("Core is told of a scanner that the node does not run")
                                    .why(
                                            "Every scan that this node begins fails, since nobody answers at trivy-adapter.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("dial tcp: lookup trivy-adapter", "no available scanner")
                                    .sources(HARBOR + "blob/v2.14.0/src/pkg/scan/init.go")),
                    ContainerSettingRules::withoutScanner));

    private ContainerSettingRules() {}

    private static List<Problem> differing(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Setting> core = node.hasEnvironment("core") ? node.environment("core") : node.environment("ui");
        Map<String, Setting> jobservice = node.environment("jobservice");
        for (String name : SAME) {
            compare(core.get(name), jobservice.get(name), name, problems);
        }
        Map<String, Setting> exporter = node.environment("exporter");
        EXPORTER.forEach((name, other) -> compare(core.get(name), exporter.get(other), other, problems));
        node.jobserviceConfig().ifPresent(file -> {
            YamlOutline yaml = node.yaml(file);
            compare(queue(yaml, "redis_url", file), exporter.get("HARBOR_REDIS_URL"), "HARBOR_REDIS_URL", problems);
            compare(
                    queue(yaml, "namespace", file),
                    exporter.get("HARBOR_REDIS_NAMESPACE"),
                    "HARBOR_REDIS_NAMESPACE",
                    problems);
        });
        return problems;
    }

    private static @Nullable Setting queue(YamlOutline yaml, String name, RenderedFile file) {
        return yaml.value("worker_pool.redis_pool." + name)
                .map(value -> new Setting(value, file))
                .orElse(null);
    }

    private static void compare(@Nullable Setting one, @Nullable Setting other, String name, List<Problem> problems) {
        if (one != null && other != null && !one.value().equals(other.value())) {
            problems.add(Fleet.at(
                    other.file(),
                    "The value of " + name + " is not what " + one.file().path() + " says."));
        }
    }

    private static Optional<String> host(Setting url) {
        Matcher parts = HOST_OF_URL.matcher(url.value());
        return parts.matches() ? Optional.of(parts.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static List<Problem> outside(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        for (String component : List.of("core", "jobservice", "registryctl")) {
            Map<String, Setting> environment = node.environment(component);
            for (String name : URLS) {
                Setting url = environment.get(name);
                String host = url == null ? "" : host(url).orElse("");
                boolean isService = host.indexOf('.') < 0 && host.indexOf(':') < 0;
                if (url != null && !isService && !LOOPBACK.matcher(host).matches()) {
                    problems.add(Fleet.at(
                            url.file(),
                            "The value of " + name + " of " + component + " leads to "
                                    + SafeText.of(host, "a name with a dot or a colon")
                                    + ", not to a container of this node."));
                }
            }
        }
        return problems;
    }

    private static List<Problem> throughProxy(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        for (String component : List.of("core", "jobservice", "trivy-adapter")) {
            Map<String, Setting> environment = node.environment(component);
            Optional<Setting> proxy = proxy(environment, "HTTP_PROXY").or(() -> proxy(environment, "HTTPS_PROXY"));
            if (proxy.isPresent()) {
                Setting noProxy = environment.get("NO_PROXY");
                List<String> exceptions = noProxy == null
                        ? List.of()
                        : Arrays.asList(noProxy.value().split("[,\\s]+"));
                List<String> missing = calledBy(node, component)
                        .flatMap(url -> host(url).stream())
                        .distinct()
                        .filter(host -> !LOOPBACK.matcher(host).matches() && !isExcepted(host, exceptions))
                        .sorted()
                        .toList();
                if (!missing.isEmpty()) {
                    problems.add(Fleet.at(
                            noProxy == null ? proxy.get().file() : noProxy.file(),
                            "NO_PROXY of " + component + " does not name " + SafeText.of(missing, ", ") + "."));
                }
            }
        }
        return problems;
    }

    /** Returns the addresses that a component calls; a scanner is told core's by each scan. */
    private static Stream<Setting> calledBy(HarborNode node, String component) {
        return component.equals("trivy-adapter")
                ? node.setting("core", "CORE_URL").stream()
                : URLS.stream().flatMap(name -> node.setting(component, name).stream());
    }

    private static Optional<Setting> proxy(Map<String, Setting> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(proxy -> !proxy.value().isEmpty());
    }

    /** As Go reads NO_PROXY: a name stands for itself and all below it, with a dot before it for those alone. */
    private static boolean isExcepted(String host, List<String> exceptions) {
        for (String exception : exceptions) {
            String name = exception.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
            if (name.equals("*")
                    || name.equals(host)
                    || (!name.isEmpty() && host.endsWith(name.startsWith(".") ? name : "." + name))) {
                return true;
            }
        }
        return false;
    }

    private static List<Problem> withoutScanner(HarborNode node) {
        boolean runs =
                node.composeFiles().stream().anyMatch(file -> node.yaml(file).has("services.trivy-adapter"));
        return node.setting("core", "WITH_TRIVY")
                .filter(flag -> flag.value().equalsIgnoreCase("true") && node.isComplete() && !runs)
                .map(flag -> List.of(Fleet.at(flag.file(), "WITH_TRIVY is on, and no compose file has trivy-adapter.")))
                .orElse(List.of());
    }
}
