package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.HostPort;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules on the way from the public address to the nodes. */
final class BalancerRules {

    private static final String UPSTREAM = "https://nginx.org/en/docs/http/ngx_http_upstream_module.html";
    private static final Pattern HAS_SCHEME = Pattern.compile("(?i)https?://[^/?#]+.*");
    private static final Pattern PLAIN_HOST =
            Pattern.compile("[A-Za-z0-9.-]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]?");

    static final List<BundleRule> ALL = List.of(
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.public-url-missing",
                            ERROR,
                            rule -> rule.title("A node does not know the public address")
                                    .why(
                                            "Without EXT_ENDPOINT core sends clients to https://host01.com for a token. Without a scheme before it,"
                                                    + " cookies of the web forms are for https alone, and no address that Harbor builds can be followed.")
                                    .fix("Give .publicUrl(\"https://…\"), and render all nodes again.")
                                    .symptoms("https://host01.com/service/token", "unsupported protocol scheme \"\"")
                                    .sources(
                                            HARBOR + "issues/21260",
                                            HARBOR + "blob/v2.14.0/src/lib/config/metadata/metadatalist.go")),
                    BalancerRules::missingUrl),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.public-url-malformed",
                            WARNING,
                            rule -> rule.title("The public address has a tail, or the hostname is more than a name")
                                    .why(
                                            "Harbor puts paths behind the address as it is: with a slash at its end the way back from an OIDC provider is"
                                                    + " //c/oidc/callback, which the provider does not know. A hostname with a port gets a second one.")
                                    .fix(
                                            "Write https://host or https://host:port alone as external_url, and the bare name as hostname.")
                                    .symptoms("redirect_uri_mismatch", "State mismatch")
                                    .sources(HARBOR + "issues/15127", HARBOR + "issues/13814")),
                    BalancerRules::malformedUrl),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.public-url-is-node",
                            ERROR,
                            rule -> rule.title("The public address leads to one of the nodes")
                                    .why(
                                            "Whoever comes for a token is sent past the load balancer: clients that cannot reach the node do not log in,"
                                                    + " and when that node is lost nobody does.")
                                    .fix("Give the load balancer's name in .publicUrl(…), and render all nodes again.")
                                    .symptoms("Get \"…/service/token…\": dial tcp …: i/o timeout")
                                    .sources(HARBOR + "issues/15127", HARBOR + "issues/21854")),
                    BalancerRules::urlOfNode),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.balancer-lacks-node",
                            WARNING,
                            rule -> rule.title("A load balancer does not send to as many machines as there are nodes")
                                    .why(
                                            "A node that no balancer knows serves nobody, and one fewer may be lost. A machine that is no node any more"
                                                    + " takes every n-th request until it is known to be gone.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("no live upstreams while connecting to upstream")
                                    .sources(UPSTREAM)),
                    BalancerRules::nodesUnknown),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.balancers-differ",
                            WARNING,
                            rule -> rule.title("Load balancers send to different machines")
                                    .why(
                                            "After the public address moved to another balancer, a node is out that should not be, or a machine is asked"
                                                    + " that is no node.")
                                    .fix("Render all machines in one run from one cluster.")
                                    .symptoms("no live upstreams while connecting to upstream")
                                    .sources(UPSTREAM)),
                    BalancerRules::differing),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.port-not-published",
                            ERROR,
                            rule -> rule.title("A load balancer sends to a port that no node publishes")
                                    .why(
                                            "Nobody answers there: the node is out from the beginning, and each retry costs clients time.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("connect() failed (111: Connection refused) while connecting to upstream")
                                    .sources(
                                            UPSTREAM,
                                            HARBOR
                                                    + "blob/v2.14.0/make/photon/prepare/templates/docker_compose/docker-compose.yml.jinja")),
                    BalancerRules::unpublished));

    private BalancerRules() {}

    private static List<Problem> missingUrl(HarborNode node) {
        if (!node.hasEnvironment("core") && !node.hasEnvironment("ui")) {
            return List.of();
        }
        Optional<Setting> url = node.publicUrl();
        if (url.filter(told -> !told.value().isEmpty()).isEmpty()) {
            // What core is not told here, prepare makes of harbor.yml.
            return node.harborYml().isPresent() && !node.isComplete()
                    ? List.of()
                    : List.of(node.problem("There is no EXT_ENDPOINT."));
        }
        return HAS_SCHEME.matcher(url.get().value()).matches()
                        || url.get().value().startsWith("$")
                ? List.of()
                : List.of(Fleet.at(url.get().file(), "The public address stands there without http:// or https://."));
    }

    private static List<Problem> malformedUrl(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        node.publicUrl()
                .filter(url -> HAS_SCHEME.matcher(url.value()).matches()
                        && url.value().substring(url.value().indexOf("://") + 3).indexOf('/') >= 0)
                .ifPresent(url -> problems.add(Fleet.at(
                        url.file(),
                        "The public address " + SafeText.of(url.value(), "that stands there")
                                + " has a slash behind its host.")));
        node.harborYml()
                .flatMap(file -> node.yaml(file).value("hostname").map(name -> new Setting(name, file)))
                .or(() -> node.cfg("hostname").filter(name -> !name.value().contains(":")))
                .filter(name -> !name.value().isEmpty()
                        && !PLAIN_HOST.matcher(name.value()).matches())
                .ifPresent(name -> problems.add(Fleet.at(
                        name.file(),
                        "The hostname " + SafeText.of(name.value(), "that stands there")
                                + " is no bare name or address.")));
        return problems;
    }

    private static List<Problem> urlOfNode(Fleet fleet) {
        return fleet.publicUrl()
                .filter(url -> fleet.balancers().stream()
                        .flatMap(balancer -> balancer.targets(url).keySet().stream())
                        .anyMatch(server -> server.host().equals(url.host())))
                .map(url -> fleet.each(node -> node.publicUrl()
                        .map(told -> List.of(Fleet.at(
                                told.file(),
                                "The public address " + url
                                        + " is one of the machines that the load balancer sends to.")))
                        .orElse(List.of())))
                .orElse(List.of());
    }

    private static List<Problem> nodesUnknown(Fleet fleet) {
        int nodes = fleet.harbors();
        List<Problem> problems = new ArrayList<>();
        fleet.publicUrl().ifPresent(url -> {
            for (Balancer balancer : fleet.balancers()) {
                Map<HostPort, RenderedFile> servers = balancer.targets(url);
                if (!servers.isEmpty() && servers.size() != nodes && !mayBeSeveral(servers, nodes)) {
                    problems.add(Fleet.at(
                            servers.values().iterator().next(),
                            "Requests go to " + counted(servers.size(), "machine") + ", and there are "
                                    + counted(nodes, "node") + "."));
                }
            }
        });
        return problems;
    }

    /** Tells whether names, each of which the DNS may know several addresses of, can be that many machines. */
    private static boolean mayBeSeveral(Map<HostPort, RenderedFile> servers, int nodes) {
        return servers.size() == 1
                && nodes > 1
                && !servers.keySet().iterator().next().host().isAddress();
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<Problem> differing(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        fleet.publicUrl().ifPresent(url -> {
            Optional<Map<HostPort, RenderedFile>> first = Optional.empty();
            for (Balancer balancer : fleet.balancers()) {
                Map<HostPort, RenderedFile> servers = balancer.targets(url);
                if (!servers.isEmpty()) {
                    Map<HostPort, RenderedFile> one = first.orElse(servers);
                    if (!one.keySet().equals(servers.keySet())) {
                        Set<String> only = new TreeSet<>();
                        one.keySet().stream()
                                .filter(server -> !servers.containsKey(server))
                                .forEach(server -> only.add(server.toString()));
                        servers.keySet().stream()
                                .filter(server -> !one.containsKey(server))
                                .forEach(server -> only.add(server.toString()));
                        problems.add(Fleet.at(
                                servers.values().iterator().next(),
                                "Only one of this balancer and that of "
                                        + one.values().iterator().next().path() + " sends to " + String.join(", ", only)
                                        + "."));
                    }
                    first = Optional.of(one);
                }
            }
        });
        return problems;
    }

    private static List<Problem> unpublished(Fleet fleet) {
        Map<Integer, Integer> published = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Fleet.Alike group : fleet.alike()) {
            Set<Integer> numbers = numbers(group.first());
            if (numbers.isEmpty() && group.first().isHarbor()) {
                return problems; // as with Harbor 0.5, whose compose file is not among the files
            }
            numbers.forEach(port -> published.merge(port, group.size(), Integer::sum));
        }
        fleet.publicUrl().ifPresent(url -> {
            for (Balancer balancer : fleet.balancers()) {
                Map<HostPort, RenderedFile> servers = balancer.targets(url);
                Map<Integer, Integer> wanted = new TreeMap<>();
                servers.keySet().forEach(server -> wanted.merge(server.port(), 1, Integer::sum));
                // With more machines than nodes another rule speaks.
                boolean nodesAlone = servers.size() <= fleet.harbors();
                wanted.forEach((port, machines) -> {
                    int nodes = published.getOrDefault(port, 0);
                    if (nodesAlone && nodes < machines) {
                        problems.add(Fleet.at(
                                servers.values().iterator().next(),
                                "Requests go to port " + port + " of " + counted(machines, "machine") + ", and "
                                        + counted(nodes, "node") + (nodes == 1 ? " publishes it." : " publish it.")));
                    }
                });
            }
        });
        return problems;
    }

    private static Set<Integer> numbers(HarborNode node) {
        Set<Integer> numbers = new TreeSet<>();
        node.ports().forEach(port -> numbers.add(port.number()));
        return numbers;
    }
}
