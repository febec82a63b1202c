package dev.harborha.audit;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.audit.HaproxyText.Line;
import dev.harborha.audit.HaproxyText.Section;
import dev.harborha.model.PublicUrl;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules on HAProxy: its checks, its times and its TLS, which nginx is asked for as well. */
final class HaproxyRules {

    private static final String MANUAL = "https://docs.haproxy.org/2.6/configuration.html";

    /** docker and the blob store may be silent as long in the middle of a layer. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Pattern TIME = Pattern.compile("([0-9]{1,12})(us|ms|s|m|h|d|)");

    private static final Set<String> OLD_PROTOCOLS = Set.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1");
    private static final Map<String, String> OLD_FORCED =
            Map.of("force-sslv3", "SSLv3", "force-tlsv10", "TLSv1.0", "force-tlsv11", "TLSv1.1");

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.check-without-host",
                            ERROR,
                            rule -> rule.title("HAProxy checks the nodes without a Host header")
                                    .why(
                                            "A request of HTTP/1.1 needs Host, and HAProxy sends none by itself. The nginx of a node answers 400 to"
                                                    + " each check, so that all nodes are out from the beginning.")
                                    .fix(
                                            "Use http-check send … ver HTTP/1.1 hdr Host with the public name, as the rendered haproxy.cfg does.")
                                    .symptoms("Layer7 wrong status, code: 400", "has no server available!")
                                    .sources(
                                            MANUAL + "#http-check%20send",
                                            "https://www.rfc-editor.org/rfc/rfc9112#section-3.2")),
                    fleet -> eachBackend(fleet, HaproxyRules::hostless)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.servers-unchecked",
                            WARNING,
                            rule -> rule.title("HAProxy sends to nodes that it does not check")
                                    .why(
                                            "A node that is lost keeps its part of the requests: each waits until no connection comes about, again and"
                                                    + " again, and one whose Harbor is down answers 502 for good.")
                                    .fix("Add check to each server, with option httpchk for what is asked.")
                                    .symptoms("502 Bad Gateway", "503 Service Unavailable")
                                    .sources(MANUAL + "#5.2-check")),
                    fleet -> eachBackend(fleet, HaproxyRules::unchecked)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.no-unchecked-fallback",
                            NOTE,
                            rule -> rule.title("HAProxy answers by itself when no node passes its check")
                                    .why(
                                            "A database that is out for a moment fails the checks of all nodes at once. HAProxy then answers 503 without"
                                                    + " asking any of them, hides what Harbor says, and goes on until the checks pass again.")
                                    .fix(
                                            "Send to the same servers without check where nbsrv of the backend is 0, as the rendered haproxy.cfg does.")
                                    .symptoms(
                                            "No server is available to handle this request", "has no server available!")
                                    .sources(MANUAL + "#nbsrv")),
                    fleet -> eachBackend(fleet, HaproxyRules::noFallback)),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.balancer-cuts-layers",
                            WARNING,
                            rule -> rule.title("HAProxy gives up on a layer that pauses")
                                    .why(
                                            "timeout client and timeout server count how long nothing comes. A client on a slow line, and a registry"
                                                    + " that puts the parts of a layer together in the blob store, are silent for longer, and the push"
                                                    + " begins again and again.")
                                    .fix("Set timeout client and, for uploads, timeout server to 15 minutes.")
                                    .symptoms("504 Gateway Time-out", "408 Request Time-out", "unexpected EOF")
                                    .sources(MANUAL + "#timeout%20server", MANUAL + "#timeout%20client")),
                    HaproxyRules::shortTimes),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.balancer-tls-old",
                            WARNING,
                            rule -> rule.title("A load balancer takes TLS of a version that is broken")
                                    .why(
                                            "TLS before 1.2 has known attacks and was given up in 2021; docker and containerd have not needed it for"
                                                    + " years.")
                                    .fix(
                                            "Say ssl_protocols TLSv1.2 TLSv1.3; with nginx, ssl-default-bind-options ssl-min-ver TLSv1.2 with"
                                                    + " HAProxy.")
                                    .symptoms("tls: protocol version not supported")
                                    .sources(
                                            "https://www.rfc-editor.org/rfc/rfc8996",
                                            "https://wiki.mozilla.org/Security/Server_Side_TLS")),
                    HaproxyRules::oldTls));

    private HaproxyRules() {}

    /** Asks each backend that serves the public name once, but those for the worst case. */
    private static List<Problem> eachBackend(Fleet fleet, Function<List<Haproxy.Route>, Optional<String>> check) {
        List<Problem> problems = new ArrayList<>();
        eachBalancer(fleet, (balancer, url) -> {
            List<Haproxy.Route> routes = balancer.haproxyRoutes(url);
            Set<Section> asked = new LinkedHashSet<>();
            for (Haproxy.Route route : routes) {
                if (!route.fallback() && asked.add(route.backend())) {
                    List<Haproxy.Route> beside = new ArrayList<>(List.of(route));
                    routes.stream()
                            .filter(other -> other.frontend() == route.frontend() && other.standsInFor(route.backend()))
                            .forEach(beside::add);
                    check.apply(beside).ifPresent(message -> problems.add(Fleet.at(route.file(), message)));
                }
            }
        });
        return problems;
    }

    private interface BalancerCheck {
        void ask(Balancer balancer, PublicUrl url);
    }

    private static void eachBalancer(Fleet fleet, BalancerCheck check) {
        fleet.publicUrl().ifPresent(url -> fleet.balancers().forEach(balancer -> check.ask(balancer, url)));
    }

    private static String named(Section section) {
        return section.kind() + " " + SafeText.of(section.name(), "that stands there");
    }

    private static Optional<String> hostless(List<Haproxy.Route> routes) {
        Section backend = routes.get(0).backend();
        List<Line> asks = backend.inForce("option", "httpchk");
        if (asks.isEmpty() || routes.get(0).servers().stream().noneMatch(Haproxy.Server::isChecked)) {
            return Optional.empty();
        }
        List<Line> sends = backend.inForce("http-check", "send");
        Line ask = asks.get(asks.size() - 1);
        String tail = String.join(
                " ",
                ask.words().subList(Math.min(4, ask.words().size()), ask.words().size()));
        boolean hostless = sends.isEmpty()
                ? needsHost(tail) && !tail.toLowerCase(Locale.ROOT).contains("host:")
                : sends.stream().anyMatch(send -> needsHost(send.after("ver").orElse(tail)) && !namesHost(send));
        return hostless
                ? Optional.of("The checks of the " + named(backend) + " are HTTP/1.1 and have no Host.")
                : Optional.empty();
    }

    private static boolean needsHost(String version) {
        return version.startsWith("HTTP/1.1") || version.startsWith("HTTP/2");
    }

    private static boolean namesHost(Line send) {
        return send.allAfter("hdr").stream().anyMatch(name -> name.equalsIgnoreCase("Host"));
    }

    private static Optional<String> unchecked(List<Haproxy.Route> routes) {
        List<Haproxy.Server> servers = routes.get(0).servers();
        long unchecked = servers.stream()
                .filter(server -> !server.isChecked() && !server.isBackup())
                .count();
        return servers.size() < 2 || unchecked == 0
                ? Optional.empty()
                : Optional.of(unchecked + " of " + servers.size() + " servers of the "
                        + named(routes.get(0).backend()) + " " + (unchecked == 1 ? "is" : "are") + " not checked.");
    }

    private static Optional<String> noFallback(List<Haproxy.Route> routes) {
        List<Haproxy.Server> servers = routes.get(0).servers();
        boolean mayAllBeOut = servers.size() > 1 && servers.stream().allMatch(Haproxy.Server::isChecked);
        boolean hasFallback = servers.stream().anyMatch(Haproxy.Server::isBackup)
                || routes.stream()
                        .skip(1)
                        .flatMap(route -> route.servers().stream())
                        .anyMatch(server -> !server.isChecked());
        return mayAllBeOut && !hasFallback
                ? Optional.of("Where no server of the " + named(routes.get(0).backend())
                        + " passes its check, none is asked.")
                : Optional.empty();
    }

    private static List<Problem> shortTimes(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        eachBalancer(fleet, (balancer, url) -> {
            List<Haproxy.Route> routes = balancer.haproxyRoutes(url).stream()
                    .filter(route -> !route.fallback())
                    .toList();
            // Which of several backends takes the layers is not asked; one that waits is enough.
            longest(routes, "server", Haproxy.Route::backend)
                    .ifPresent(message -> problems.add(Fleet.at(routes.get(0).file(), message)));
            longest(routes, "client", Haproxy.Route::frontend)
                    .ifPresent(message -> problems.add(Fleet.at(routes.get(0).file(), message)));
        });
        return problems;
    }

    private static Optional<String> longest(
            List<Haproxy.Route> routes, String side, Function<Haproxy.Route, Section> section) {
        Optional<Duration> longest = Optional.empty();
        for (Haproxy.Route route : routes) {
            Optional<Duration> time = time(section.apply(route), side);
            if (time.isEmpty()) {
                return Optional.empty();
            }
            longest = longest.filter(known -> known.compareTo(time.get()) > 0).or(() -> time);
        }
        return longest.filter(time -> time.compareTo(SHORTEST) < 0)
                .map(time -> "HAProxy gives up after " + time.toMillis() + " ms without a byte: timeout " + side + ".");
    }

    /** Returns the longest time that a section waits; absent where it waits for ever, or as long as nobody knows. */
    private static Optional<Duration> time(Section section, String side) {
        List<String> told = Stream.concat(
                        section.inForce("timeout", side).stream().map(line -> line.word(2)),
                        section.all("http-request", "set-timeout", side).stream()
                                .map(line -> line.word(3)))
                .toList();
        Optional<Duration> longest = Optional.empty();
        for (String text : told) {
            Matcher parts = TIME.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            Duration time = duration(Long.parseLong(parts.group(1)), parts.group(2));
            longest = longest.filter(known -> known.compareTo(time) > 0).or(() -> Optional.of(time));
        }
        return longest.filter(time -> !time.isZero());
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "us" -> Duration.ofNanos(number * 1000);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofHours(number * 24);
            default -> Duration.ofMillis(number);
        };
    }

    private static List<Problem> oldTls(Fleet fleet) {
        List<Problem> problems = new ArrayList<>();
        eachBalancer(fleet, (balancer, url) -> {
            Set<String> old = new LinkedHashSet<>();
            for (NginxText.Directive server : balancer.servers(url)) {
                server.inForce("ssl_protocols").stream()
                        .flatMap(protocols -> protocols.arguments().stream())
                        .filter(OLD_PROTOCOLS::contains)
                        .forEach(old::add);
            }
            if (!old.isEmpty()) {
                problems.add(Fleet.at(balancer.configs().get(0), taken(old)));
            }
            balancer.haproxy().ifPresent(haproxy -> {
                Set<String> oldest = new LinkedHashSet<>();
                for (Haproxy.Route route : balancer.haproxyRoutes(url)) {
                    route.binds().stream()
                            .filter(bind -> bind.words().contains("ssl"))
                            .flatMap(bind -> old(haproxy, bind).stream())
                            .forEach(oldest::add);
                }
                if (!oldest.isEmpty()) {
                    problems.add(Fleet.at(haproxy.file(), taken(oldest)));
                }
            });
        });
        return problems;
    }

    private static String taken(Set<String> versions) {
        return "Clients may use " + String.join(", ", versions) + ".";
    }

    /** What a bind says itself counts more than what holds for all. */
    private static Optional<String> old(Haproxy haproxy, Line bind) {
        List<Line> lines = new ArrayList<>(List.of(bind));
        lines.addAll(haproxy.global("ssl-default-bind-options"));
        for (Line line : lines) {
            Optional<String> least = line.after("ssl-min-ver");
            if (least.isPresent()) {
                return least.filter(OLD_PROTOCOLS::contains);
            }
            Optional<String> forced = line.words().stream()
                    .filter(OLD_FORCED::containsKey)
                    .map(OLD_FORCED::get)
                    .findFirst();
            if (forced.isPresent()) {
                return forced;
            }
        }
        return Optional.empty();
    }
}
