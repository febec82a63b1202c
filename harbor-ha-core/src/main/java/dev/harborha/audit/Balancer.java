package dev.harborha.audit;

import dev.harborha.model.HostPort;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One load balancer with nginx or HAProxy, and keepalived beside it, as its files describe it, whoever wrote them. */
final class Balancer {

    private static final Pattern TARGET = Pattern.compile("(?i)(https?)://([^/]+)(/.*)?");

    /** nginx's own files, and the one in which our node checker keeps what nginx is to know of the nodes. */
    private static final Pattern CONFIG = Pattern.compile("/(nginx|harbor-lb)/.*\\.conf$");

    private final Machine machine;
    private final Parsed parsed;
    private final Memo<RenderedFile, NginxText.Directive> trees = new Memo<>(this::tree);
    private final Memo<PublicUrl, List<Route>> routes = new Memo<>(this::routesFor);

    Balancer(Machine machine, Parsed parsed) {
        this.machine = machine;
        this.parsed = parsed;
    }

    Machine machine() {
        return machine;
    }

    /**
     * Where requests are handed on to the nodes.
     *
     * @param file where it stands
     * @param pass the {@code proxy_pass}
     * @param tls whether the nodes are spoken to in https
     * @param servers the nodes' addresses
     */
    record Route(RenderedFile file, NginxText.Directive pass, boolean tls, List<HostPort> servers) {

        NginxText.Directive server() {
            return pass.around("server").orElse(pass);
        }

        /** Tells whether clients speak TLS to the server that the route is in. */
        boolean endsTls() {
            return server().all("listen").stream()
                    .anyMatch(listen -> listen.arguments().contains("ssl"));
        }

        /** Returns what a header is set to for the nodes. */
        Optional<String> header(String name) {
            return Balancer.header(pass, name);
        }
    }

    /** Returns what a header is set to for those to whom requests are handed on. */
    static Optional<String> header(NginxText.Directive pass, String name) {
        return pass.inForce("proxy_set_header").stream()
                .filter(header -> header.argument().equalsIgnoreCase(name)
                        && header.arguments().size() > 1)
                .map(header -> header.arguments().get(1))
                .reduce((one, other) -> other);
    }

    /** Returns the nginx configurations, the main one first. */
    List<RenderedFile> configs() {
        List<RenderedFile> configs = new ArrayList<>();
        machine.endingWith("nginx/nginx.conf").ifPresent(configs::add);
        for (RenderedFile file : machine.files()) {
            if (CONFIG.matcher(file.path()).find() && !configs.contains(file)) {
                configs.add(file);
            }
        }
        return configs;
    }

    /** Returns what HAProxy is told, where it is there. */
    Optional<Haproxy> haproxy() {
        return machine.endingWith("haproxy.cfg").map(file -> new Haproxy(file, parsed.haproxy(file)));
    }

    /** Returns the ways through HAProxy to the nodes. */
    List<Haproxy.Route> haproxyRoutes(PublicUrl url) {
        return haproxy().map(haproxy -> haproxy.routes(url)).orElse(List.of());
    }

    /** Returns what keepalived is told of addresses that move. */
    List<Vrrp> vrrp() {
        return machine.endingWith("keepalived.conf")
                .map(file -> Vrrp.all(file, parsed.vrrp(file)))
                .orElse(List.of());
    }

    /** Returns the machines that requests for a public URL are sent to, each with the file that says so. */
    Map<HostPort, RenderedFile> targets(PublicUrl url) {
        Map<HostPort, RenderedFile> targets = new LinkedHashMap<>();
        routes(url).forEach(route -> route.servers().forEach(server -> targets.putIfAbsent(server, route.file())));
        for (Haproxy.Route route : haproxyRoutes(url)) {
            route.servers().stream()
                    .flatMap(server -> server.address().stream())
                    .forEach(server -> targets.putIfAbsent(server, route.file()));
        }
        return targets;
    }

    Parsed.Certificate certificate(RenderedFile file) {
        return parsed.certificate(file);
    }

    NginxText.Directive nginx(RenderedFile file) {
        return trees.of(file);
    }

    /** What a file of its own does not say, the main one may say around the place where it is included. */
    private NginxText.Directive tree(RenderedFile file) {
        NginxText.Directive main = parsed.nginx(configs().get(0));
        if (configs().get(0).equals(file)) {
            return main;
        }
        Optional<NginxText.Directive> http = main.everywhere("http")
                .filter(block -> !block.all("include").isEmpty())
                .findFirst();
        return http.map(block -> NginxText.readInside(file.content(), block)).orElseGet(() -> parsed.nginx(file));
    }

    /**
     * Returns where requests for a public URL are handed on: the routes of the servers that have its name, or all of them where no
     * server has it.
     */
    List<Route> routes(PublicUrl url) {
        return routes.of(url);
    }

    /** Returns the servers that answer for a public URL; none where none has its name and it may be any of several. */
    List<NginxText.Directive> servers(PublicUrl url) {
        List<NginxText.Directive> servers =
                routes(url).stream().map(Route::server).distinct().toList();
        boolean named = servers.stream().anyMatch(server -> hasName(server, url));
        return named || servers.size() == 1 ? servers : List.of();
    }

    private static boolean hasName(NginxText.Directive server, PublicUrl url) {
        return server.all("server_name").stream()
                .flatMap(names -> names.arguments().stream())
                .anyMatch(
                        name -> name.toLowerCase(Locale.ROOT).equals(url.host().urlText()));
    }

    private List<Route> routesFor(PublicUrl url) {
        List<Route> all = new ArrayList<>();
        for (RenderedFile file : configs()) {
            nginx(file)
                    .everywhere("proxy_pass")
                    .forEach(pass -> route(file, pass).ifPresent(all::add));
        }
        List<Route> named =
                all.stream().filter(route -> hasName(route.server(), url)).toList();
        return named.isEmpty() ? all : named;
    }

    private Optional<Route> route(RenderedFile file, NginxText.Directive pass) {
        Matcher target = TARGET.matcher(pass.argument());
        if (!target.matches()) {
            return Optional.empty();
        }
        boolean tls = target.group(1).equalsIgnoreCase("https");
        int port = tls ? 443 : 80;
        List<HostPort> servers = new ArrayList<>();
        List<NginxText.Directive> upstream = upstream(target.group(2));
        if (upstream.isEmpty()) {
            address(target.group(2), port).ifPresent(servers::add);
        }
        for (NginxText.Directive block : upstream) {
            for (NginxText.Directive server : block.all("server")) {
                address(server.argument(), 80).ifPresent(servers::add);
            }
        }
        return Optional.of(new Route(file, pass, tls, servers));
    }

    private List<NginxText.Directive> upstream(String name) {
        return configs().stream()
                .flatMap(file -> nginx(file).everywhere("upstream"))
                .filter(upstream -> upstream.argument().equals(name))
                .toList();
    }

    private static Optional<HostPort> address(String text, int port) {
        try {
            return Optional.of(HostPort.parse(text, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a file that the configuration names by its path on the machine. */
    Optional<RenderedFile> at(String path) {
        return path.startsWith("/") ? machine.at(path.substring(1)) : Optional.empty();
    }
}
