package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.POST;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;

import dev.harborha.model.HostPort;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules on what the proxies say and let through: those in front of the nodes, and the one in each node. */
final class ProxyRules {

    private static final String NGINX = "https://nginx.org/en/docs/http/";
    private static final Pattern SIZE = Pattern.compile("([0-9]+)([kmgKMG]?)");

    /** Layers of a gigabyte are not rare; who allows more than that did it on purpose. */
    private static final long LARGE_LAYER = 1L << 30;

    static final List<BundleRule> ALL = List.of(
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.forwarded-proto-overwritten",
                            ERROR,
                            rule -> rule.title("A node overwrites X-Forwarded-Proto although TLS ends in front of it")
                                    .why(
                                            "The registry then answers uploads with a Location of http://, and docker push retries for ever: 12 of 12"
                                                    + " pushes on a real cluster.")
                                    .fix(
                                            "Let the header of the load balancer through, and say $scheme only where it is empty.")
                                    .symptoms("Retrying in … seconds", "unknown blob", "blob upload unknown")
                                    .sources(POST, HARBOR + "pull/14308", HARBOR + "issues/17481")),
                    ProxyRules::overwrittenProto),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.forwarded-proto-missing",
                            ERROR,
                            rule -> rule.title("A load balancer does not tell the nodes that clients speak https")
                                    .why(
                                            "The node takes its own http for the scheme: the registry answers uploads with a Location of http://, which"
                                                    + " leads to a closed port or drops the token.")
                                    .fix(
                                            "Set it for the nodes: proxy_set_header X-Forwarded-Proto https; with nginx, http-request set-header"
                                                    + " X-Forwarded-Proto https with HAProxy.")
                                    .symptoms("Retrying in … seconds", "unknown blob", "blob upload unknown")
                                    .sources(
                                            HARBOR + "issues/14505",
                                            "https://goharbor.io/docs/2.14.0/install-config/troubleshoot-installation/")),
                    fleet -> both(
                            eachRoute(fleet, ProxyRules::missingProto),
                            eachHaproxyRoute(fleet, ProxyRules::missingProto))),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.host-not-passed",
                            ERROR,
                            rule -> rule.title("A proxy does not tell Harbor the name that clients call")
                                    .why(
                                            "The registry builds the address of an upload from Host, and since 2.14 core the address of the token"
                                                    + " service: clients are sent to the name of an upstream block, or lose the port (3 of 3 pushes).")
                                    .fix(
                                            "Set proxy_set_header Host $http_host; or the public name with its port. With HAProxy, leave Host as"
                                                    + " it is, or set the public name.")
                                    .symptoms(
                                            "dial tcp: lookup …: no such host",
                                            "Get \"…/service/token…\": dial tcp …: i/o timeout")
                                    .sources(
                                            HARBOR + "issues/23138",
                                            HARBOR + "pull/21898",
                                            NGINX + "ngx_http_proxy_module.html#proxy_set_header")),
                    ProxyRules::hosts),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.client-headers-passed",
                            NOTE,
                            rule -> rule.title("A load balancer hands on what clients say about other proxies")
                                    .why(
                                            "The registry builds the address of an upload from Forwarded and X-Forwarded-Host before it looks at Host."
                                                    + " A proxy on the client's side that sends them leads its pushes astray.")
                                    .fix(
                                            "Take both away: proxy_set_header Forwarded \"\"; and proxy_set_header X-Forwarded-Host \"\"; with nginx,"
                                                    + " http-request del-header for each with HAProxy.")
                                    .symptoms("dial tcp: lookup …: no such host")
                                    .sources(
                                            "https://github.com/distribution/distribution/blob/v2.8.3/registry/api/v2/urls.go",
                                            "https://www.rfc-editor.org/rfc/rfc7239")),
                    fleet -> both(
                            eachRoute(
                                    fleet,
                                    (all, url, route) ->
                                            passed(name -> route.header(name).isPresent())),
                            eachHaproxyRoute(
                                    fleet,
                                    (all, url, route) -> route.isStream() ? Optional.empty() : passed(route::strips)))),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.body-size-limited",
                            ERROR,
                            rule -> rule.title("A proxy limits the size of layers")
                                    .why(
                                            "A layer above the limit is refused with 413; nginx's own limit is 1 MiB. Small images still work.")
                                    .fix("Set client_max_body_size 0; in the server that hands requests on.")
                                    .symptoms("413 Request Entity Too Large", "client intended to send too large body")
                                    .sources(
                                            HARBOR + "issues/15823",
                                            NGINX + "ngx_http_core_module.html#client_max_body_size")),
                    ProxyRules::bodySizes),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.redirect-loop",
                            ERROR,
                            rule -> rule.title("A load balancer speaks http to a node that sends everybody to https")
                                    .why(
                                            "With https on a node, its http port answers 308 to https alone. The client follows, meets the load balancer"
                                                    + " again, and goes round until it gives up; health checks see 308.")
                                    .fix(
                                            "Let TLS end in one place: leave .nodeTls(…) out, or keep it so that the load balancer speaks https to the"
                                                    + " nodes' https port.")
                                    .symptoms("stopped after 10 redirects", "ERR_TOO_MANY_REDIRECTS")
                                    .sources(
                                            HARBOR + "issues/14893",
                                            HARBOR
                                                    + "blob/v2.14.0/make/photon/prepare/templates/nginx/nginx.https.conf.jinja")),
                    ProxyRules::redirectLoops));

    private ProxyRules() {}

    /** Looks at one way through a load balancer. */
    private interface RouteCheck<R> {
        Optional<String> problem(Fleet fleet, PublicUrl url, R route);
    }

    private static List<Problem> eachRoute(Fleet fleet, RouteCheck<Balancer.Route> check) {
        return each(fleet, Balancer::routes, Balancer.Route::file, check);
    }

    /** Asks each way through HAProxy. */
    private static List<Problem> eachHaproxyRoute(Fleet fleet, RouteCheck<Haproxy.Route> check) {
        return each(fleet, Balancer::haproxyRoutes, Haproxy.Route::file, check);
    }

    private static <R> List<Problem> each(
            Fleet fleet,
            BiFunction<Balancer, PublicUrl, List<R>> routes,
            Function<R, RenderedFile> file,
            RouteCheck<R> check) {
        Optional<PublicUrl> url = fleet.publicUrl();
        if (url.isEmpty()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        for (Balancer balancer : fleet.balancers()) {
            Set<String> messages = new LinkedHashSet<>();
            for (R route : routes.apply(balancer, url.get())) {
                check.problem(fleet, url.get(), route)
                        .filter(messages::add)
                        .ifPresent(message -> problems.add(Fleet.at(file.apply(route), message)));
            }
        }
        return problems;
    }

    private static List<Problem> both(List<Problem> some, List<Problem> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Optional<String> passed(Predicate<String> isStripped) {
        List<String> passed = Stream.of("Forwarded", "X-Forwarded-Host")
                .filter(isStripped.negate())
                .toList();
        return passed.isEmpty()
                ? Optional.empty()
                : Optional.of("What a client sends as " + String.join(" and ", passed) + " reaches the nodes.");
    }

    private static boolean speaksTls(NginxText.Directive nginx) {
        return nginx.everywhere("listen").anyMatch(listen -> listen.arguments().contains("ssl"));
    }

    /** A node that speaks https itself says the right word where it says its own. */
    private static List<Problem> overwrittenProto(HarborNode node) {
        boolean https = node.publicUrl()
                .filter(url -> url.value().startsWith("https://"))
                .isPresent();
        return node.proxyConfig()
                .filter(file -> {
                    NginxText.Directive nginx = node.nginx(file);
                    return https
                            && !speaksTls(nginx)
                            && nginx.everywhere("proxy_set_header")
                                    .anyMatch(header -> header.argument().equalsIgnoreCase("X-Forwarded-Proto")
                                            && header.arguments()
                                                    .subList(
                                                            1,
                                                            header.arguments().size())
                                                    .equals(List.of("$scheme")));
                })
                .map(file -> List.of(
                        Fleet.at(file, "The node's nginx sets X-Forwarded-Proto itself, and the public URL is https.")))
                .orElse(List.of());
    }

    private static Optional<String> missingProto(Fleet fleet, PublicUrl url, Balancer.Route route) {
        if (!url.https() || route.tls()) {
            return Optional.empty();
        }
        String told = route.header("X-Forwarded-Proto").orElse("").toLowerCase(Locale.ROOT);
        boolean right = told.equals("https") || (told.equals("$scheme") ? route.endsTls() : told.indexOf('$') >= 0);
        return right
                ? Optional.empty()
                : Optional.of(
                        told.isEmpty()
                                ? "The nodes are not told X-Forwarded-Proto, and the public URL is https."
                                : "The nodes are told "
                                        + (told.startsWith("$") ? told : SafeText.of(told, "another word"))
                                        + " as X-Forwarded-Proto, and the public URL is https.");
    }

    /** HAProxy hands on what somebody in front of it said, unless it is told otherwise; what it computes is believed. */
    private static Optional<String> missingProto(Fleet fleet, PublicUrl url, Haproxy.Route route) {
        if (!url.https() || route.tls()) {
            return Optional.empty();
        }
        List<String> told = route.header("X-Forwarded-Proto");
        if (told.isEmpty()) {
            return route.endsTls()
                    ? Optional.of("The nodes are not told X-Forwarded-Proto, and the public URL is https.")
                    : Optional.empty();
        }
        return told.stream().anyMatch(word -> word.equalsIgnoreCase("https") || isComputed(word))
                ? Optional.empty()
                : Optional.of("The nodes are told " + SafeText.of(told.get(0), "another word")
                        + " as X-Forwarded-Proto, and the public URL is https.");
    }

    private static boolean isComputed(String word) {
        return word.indexOf('%') >= 0 || word.indexOf('$') >= 0;
    }

    /** HAProxy leaves Host as it is. */
    private static Optional<String> wrongHost(Fleet fleet, PublicUrl url, Haproxy.Route route) {
        return route.header("Host").stream()
                .filter(host -> !isComputed(host) && !host.equalsIgnoreCase(url.authority()))
                .findFirst()
                .map(host -> told(host, url));
    }

    private static String told(String host, PublicUrl url) {
        return "Harbor is told " + (host.startsWith("$") ? host : SafeText.of(host, "another name"))
                + " as Host, and clients call " + url.authority() + ".";
    }

    private static List<Problem> hosts(Fleet fleet) {
        List<Problem> problems = new ArrayList<>(both(
                eachRoute(fleet, (all, url, route) -> wrongHost(url, route.header("Host"))),
                eachHaproxyRoute(fleet, ProxyRules::wrongHost)));
        fleet.publicUrl()
                .ifPresent(url -> problems.addAll(fleet.each(node -> node.proxyConfig()
                        .flatMap(file -> uploads(node.nginx(file))
                                .flatMap(pass -> wrongHost(url, Balancer.header(pass, "Host")).stream())
                                .findFirst()
                                .map(message -> List.of(Fleet.at(file, message))))
                        .orElse(List.of()))));
        return problems;
    }

    /** Returns where the proxy of a node hands on what clients of the registry ask for. */
    private static Stream<NginxText.Directive> uploads(NginxText.Directive nginx) {
        return nginx.everywhere("location")
                .filter(location -> location.arguments().contains("/v2/"))
                .flatMap(location -> location.all("proxy_pass").stream());
    }

    private static Optional<String> wrongHost(PublicUrl url, Optional<String> told) {
        if (told.isEmpty()) {
            return Optional.of(
                    "Host is not passed on, so Harbor takes the name in proxy_pass for the one that clients call.");
        }
        String host = told.get().toLowerCase(Locale.ROOT);
        boolean ownPort = url.authority().equals(url.host().urlText());
        boolean right = switch (host) {
            case "$http_host" -> true;
            case "$host", "${host}", "$server_name" -> ownPort;
            case "$proxy_host", "$hostname", "$server_addr" -> false;
            default -> host.indexOf('$') >= 0 || host.equals(url.authority());
        };
        return right ? Optional.empty() : Optional.of(told(host, url));
    }

    private static List<Problem> bodySizes(Fleet fleet) {
        List<Problem> problems = new ArrayList<>(eachRoute(fleet, (all, url, route) -> limit(route.pass())));
        problems.addAll(fleet.each(node -> node.proxyConfig()
                .flatMap(file -> uploads(node.nginx(file))
                        .flatMap(pass -> limit(pass).stream())
                        .findFirst()
                        .map(message -> List.of(Fleet.at(file, message))))
                .orElse(List.of())));
        return problems;
    }

    private static Optional<String> limit(NginxText.Directive pass) {
        List<NginxText.Directive> sizes = pass.inForce("client_max_body_size");
        if (sizes.isEmpty()) {
            return Optional.of("Layers above 1 MiB are refused, since client_max_body_size is not set.");
        }
        String size = sizes.get(sizes.size() - 1).argument();
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shift = switch (parts.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long number = parts.group(1).length() > 15 ? LARGE_LAYER : Long.parseLong(parts.group(1));
        return number == 0 || number >= LARGE_LAYER >> shift
                ? Optional.empty()
                : Optional.of("Layers above " + size + " are refused by client_max_body_size.");
    }

    private static List<Problem> redirectLoops(Fleet fleet) {
        // Which address is which node is not in the files; a port that only redirects is one on every node that has it.
        Set<Integer> redirecting = new LinkedHashSet<>();
        Set<Integer> serving = new LinkedHashSet<>();
        for (Fleet.Alike group : fleet.alike()) {
            List<HarborNode.Port> ports = group.first().ports();
            boolean https = ports.stream().anyMatch(HarborNode.Port::tls);
            ports.stream()
                    .filter(port -> !port.tls())
                    .forEach(port -> (https ? redirecting : serving).add(port.number()));
        }
        redirecting.removeAll(serving);
        return both(
                eachRoute(
                        fleet,
                        (all, url, route) ->
                                route.tls() ? Optional.empty() : redirected(route.servers().stream(), redirecting)),
                eachHaproxyRoute(
                        fleet,
                        (all, url, route) -> route.tls()
                                ? Optional.empty()
                                : redirected(
                                        route.servers().stream().flatMap(server -> server.address().stream()),
                                        redirecting)));
    }

    private static Optional<String> redirected(Stream<HostPort> servers, Set<Integer> redirecting) {
        return servers.filter(server -> redirecting.contains(server.port()))
                .findFirst()
                .map(server -> "Requests go to " + server + " in http, where a node sends everybody to https.");
    }
}
