package dev.harborha.audit;

import dev.harborha.audit.HaproxyText.Line;
import dev.harborha.audit.HaproxyText.Section;
import dev.harborha.model.HostPort;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the {@code haproxy.cfg} of a load balancer says, whoever wrote it. */
final class Haproxy {

    /** A prefix that names the family of an address. */
    private static final Pattern FAMILY = Pattern.compile("(?i)^(ipv4|ipv6)@");

    private static final Pattern HEADER_LINE = Pattern.compile("(?s)([A-Za-z0-9-]+):\\s*(.*)");

    private final RenderedFile file;
    private final List<Section> sections;

    Haproxy(RenderedFile file, List<Section> sections) {
        this.file = file;
        this.sections = sections;
    }

    RenderedFile file() {
        return file;
    }

    /** Returns what holds for the program as a whole. */
    List<Line> global(String... start) {
        return sections.stream()
                .filter(section -> section.kind().equals("global"))
                .flatMap(section -> section.all(start).stream())
                .toList();
    }

    /** Returns where clients are waited for. */
    List<Line> binds() {
        return sections.stream()
                .filter(section ->
                        section.kind().equals("frontend") || section.kind().equals("listen"))
                .flatMap(section -> section.all("bind").stream())
                .toList();
    }

    /** One {@code server}, with the words of its {@code default-server}. */
    record Server(Line line, List<String> options) {

        private static Server of(Line line, List<Line> defaults) {
            List<String> options = new ArrayList<>();
            defaults.forEach(words ->
                    options.addAll(words.words().subList(1, words.words().size())));
            options.addAll(line.words()
                    .subList(Math.min(3, line.words().size()), line.words().size()));
            return new Server(line, options);
        }

        private boolean has(String option) {
            return options.lastIndexOf(option) > options.lastIndexOf("no-" + option);
        }

        /** Tells whether anybody looks how the server does. */
        boolean isChecked() {
            return has("check") || has("agent-check") || options.contains("track");
        }

        boolean speaksTls() {
            return has("ssl");
        }

        boolean isBackup() {
            return has("backup");
        }

        /** HAProxy verifies what a server shows, unless it is told otherwise. */
        boolean isVerified() {
            int at = options.lastIndexOf("verify");
            return at < 0 || at + 1 == options.size() || !options.get(at + 1).equals("none");
        }

        Optional<HostPort> address() {
            try {
                return Optional.of(
                        HostPort.parse(FAMILY.matcher(line.word(2)).replaceFirst(""), speaksTls() ? 443 : 80));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Never shows the options, among which may be anything. */
        @Override
        public String toString() {
            return "Server";
        }
    }

    /**
     * A way from clients to servers.
     *
     * @param file where it stands
     * @param frontend what clients call
     * @param backend the section with the servers; the same one where it is a {@code listen}
     * @param fallback whether it is taken only where the servers of another one are down
     * @param conditions when it is taken
     */
    record Route(RenderedFile file, Section frontend, Section backend, boolean fallback, List<String> conditions) {

        /** Tells whether it is taken where the servers of another backend are down. */
        boolean standsInFor(Section other) {
            return fallback
                    && (conditions.isEmpty()
                            || conditions.stream().anyMatch(word -> word.startsWith("nbsrv(" + other.name() + ")")));
        }

        /** Tells whether bytes are handed through as they are. */
        boolean isStream() {
            return frontend.inForce("mode").stream()
                    .reduce((one, last) -> last)
                    .map(mode -> mode.word(1))
                    .orElse("tcp")
                    .equals("tcp");
        }

        List<Server> servers() {
            List<Line> defaults = backend.inForce("default-server");
            return backend.all("server").stream()
                    .map(line -> Server.of(line, defaults))
                    .toList();
        }

        /** Tells whether the nodes are spoken to in https, be it by the clients themselves. */
        boolean tls() {
            return isStream() || servers().stream().anyMatch(Server::speaksTls);
        }

        List<Line> binds() {
            return frontend.all("bind");
        }

        /** Tells whether clients speak TLS to HAProxy. */
        boolean endsTls() {
            return binds().stream().anyMatch(bind -> bind.words().contains("ssl"));
        }

        /** Returns what a header is set to for the nodes, as the sections say it one after the other. */
        List<String> header(String name) {
            List<String> values = new ArrayList<>();
            for (Section section : sections()) {
                for (Line line : section.lines()) {
                    header(line, name).ifPresent(values::add);
                }
            }
            return values;
        }

        private static Optional<String> header(Line line, String name) {
            if (line.begins("http-request", "set-header") || line.begins("http-request", "add-header")) {
                return line.word(2).equalsIgnoreCase(name) ? Optional.of(line.word(3)) : Optional.empty();
            }
            Matcher old = HEADER_LINE.matcher(line.word(1));
            return line.begins("reqadd") && old.matches() && old.group(1).equalsIgnoreCase(name)
                    ? Optional.of(old.group(2))
                    : Optional.empty();
        }

        /** Tells whether a header of the client's is taken away or overwritten. */
        boolean strips(String name) {
            return sections().stream()
                    .flatMap(section -> section.lines().stream())
                    .anyMatch(line ->
                            (line.begins("http-request", "del-header") || line.begins("http-request", "set-header"))
                                    && line.word(2).equalsIgnoreCase(name));
        }

        private Set<Section> sections() {
            return new LinkedHashSet<>(List.of(frontend, backend));
        }

        /** Never shows what the sections say. */
        @Override
        public String toString() {
            return "Route in " + file.path();
        }
    }

    /**
     * Returns the ways to the nodes, those for the worst case too. Where HAProxy serves several names, those that speak of the public
     * one; where none does, all of them.
     */
    List<Route> routes(PublicUrl url) {
        List<Route> all = new ArrayList<>();
        for (Section front : sections) {
            if (front.kind().equals("listen") && !front.all("server").isEmpty()) {
                all.add(new Route(file, front, front, false, List.of()));
            }
            if (front.kind().equals("listen") || front.kind().equals("frontend")) {
                uses(front).forEach(all::add);
            }
        }
        String host = url.host().text().toLowerCase(Locale.ROOT);
        Predicate<String> names = word -> {
            String plain = word.toLowerCase(Locale.ROOT).replace("\\", "");
            return plain.contains(host);
        };
        List<Route> ours = all.stream()
                .filter(route -> !route.fallback() && speaksOf(route, names))
                .toList();
        if (ours.isEmpty()) {
            return all;
        }
        Set<Section> fronts = new LinkedHashSet<>();
        ours.forEach(route -> fronts.add(route.frontend()));
        return all.stream()
                .filter(route -> ours.contains(route) || (route.fallback() && fronts.contains(route.frontend())))
                .toList();
    }

    private static boolean speaksOf(Route route, Predicate<String> names) {
        Section front = route.frontend();
        boolean named = route.backend().lines().stream()
                .anyMatch(line -> line.words().stream().anyMatch(names));
        return named
                || front.all("use_backend", route.backend().name()).stream()
                        .flatMap(use -> conditions(front, use))
                        .anyMatch(names)
                || (isOnlyOne(front)
                        && front.lines().stream()
                                .anyMatch(line -> line.words().stream().anyMatch(names)));
    }

    private static boolean isOnlyOne(Section front) {
        return front.all("use_backend").isEmpty();
    }

    private List<Route> uses(Section front) {
        List<Route> routes = new ArrayList<>();
        boolean defaultIsFallback = false;
        for (Line use : front.all("use_backend")) {
            List<String> words = conditions(front, use).toList();
            boolean counts = words.stream().anyMatch(word -> word.startsWith("nbsrv"));
            boolean whileUp = counts && (words.contains("gt") || words.contains("ge"));
            defaultIsFallback |= whileUp;
            backend(use.word(1)).ifPresent(back -> routes.add(new Route(file, front, back, counts && !whileUp, words)));
        }
        boolean last = defaultIsFallback;
        front.inForce("default_backend").stream()
                .reduce((one, other) -> other)
                .flatMap(line -> backend(line.word(1)))
                .ifPresent(back -> routes.add(new Route(file, front, back, last, List.of())));
        return routes;
    }

    /** Returns the words of a condition, and those of the lists that it names. */
    private static Stream<String> conditions(Section front, Line use) {
        List<String> words =
                use.words().subList(Math.min(2, use.words().size()), use.words().size());
        return Stream.concat(
                words.stream(),
                front.all("acl").stream()
                        .filter(acl -> words.contains(acl.word(1)) || words.contains("!" + acl.word(1)))
                        .flatMap(acl -> acl.words().stream().skip(2)));
    }

    private Optional<Section> backend(String name) {
        return sections.stream()
                .filter(section ->
                        section.kind().equals("backend") || section.kind().equals("listen"))
                .filter(section -> section.name().equals(name))
                .findFirst();
    }
}
