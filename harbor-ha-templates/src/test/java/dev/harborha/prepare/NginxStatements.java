package dev.harborha.prepare;

import dev.harborha.templates.nginx.NginxReader;
import dev.harborha.templates.nginx.NginxReader.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A configuration of nginx: {@code http/server[listen 8080]/location[/v2/]/proxy_set_header[Host] = $http_host}. The order of
 * directives is left out, but for those that nginx goes through one after the other; of two with the same name the second is
 * {@code name#2}.
 */
final class NginxStatements {

    /** Directives that may be there many times, each for its first argument. */
    private static final Set<String> BY_FIRST_ARGUMENT = Set.of(
            "add_header", "include", "listen", "log_format", "proxy_hide_header", "proxy_set_header", "server", "set");

    /** Blocks of entries instead of directives. */
    private static final Set<String> TABLES = Set.of("geo", "map", "split_clients", "types");

    /** Directives whose arguments are a set, but for a first one that names the directive. */
    private static final Set<String> SETS =
            Set.of("gzip_proxied", "gzip_types", "listen", "server", "server_name", "ssl_protocols");

    /** Directives that nginx carries out in the order of the file. */
    private static final Set<String> CARRIED_OUT = Set.of("allow", "break", "deny", "if", "return", "rewrite", "set");

    private NginxStatements() {}

    /** Adds all that a configuration says. */
    static void add(FileStatements statements, String text) {
        addBlock(statements, "", NginxReader.read(text), false);
    }

    private static void addBlock(FileStatements statements, String path, Directive block, boolean table) {
        List<String> carriedOut = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        for (Directive directive : block.block()) {
            String name = directive.words().get(0);
            List<String> arguments =
                    directive.words().subList(1, directive.words().size());
            String label = table ? word(name) : label(name, arguments, directive);
            if (directive.hasBlock()) {
                addBlock(statements, path + label + "/", directive, TABLES.contains(name));
                if (directive.block().isEmpty()) {
                    statements.add(path + label, "{}");
                }
            } else {
                statements.add(path + label, table ? joined(arguments) : value(name, arguments));
            }
            if (!table && CARRIED_OUT.contains(name)) {
                carriedOut.add(label);
            }
            if (table
                    ? name.startsWith("~")
                    : name.equals("location") && arguments.get(0).startsWith("~")) {
                patterns.add(label);
            }
        }
        addOrder(statements, path + "order of what is carried out", carriedOut);
        addOrder(statements, path + "order of patterns", patterns);
    }

    private static void addOrder(FileStatements statements, String name, List<String> labels) {
        if (labels.size() > 1) {
            statements.add(name, String.join(", ", labels));
        }
    }

    private static String label(String name, List<String> arguments, Directive directive) {
        if (directive.hasBlock()) {
            if (name.equals("server")) {
                return "server[listen " + ports(directive) + "]";
            }
            String joined = joined(arguments);
            if (name.equals("if")) {
                joined = joined.replace("( ", "(").replace(" )", ")");
            }
            return joined.isEmpty() ? name : name + "[" + joined + "]";
        }
        return BY_FIRST_ARGUMENT.contains(name) && !arguments.isEmpty()
                ? name + "[" + word(arguments.get(0)) + "]"
                : name;
    }

    private static String ports(Directive server) {
        String ports = server.all("listen").stream()
                .map(listen -> listen.words().get(1).replaceFirst(".*:", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return ports.isEmpty() ? "80" : ports;
    }

    private static String value(String name, List<String> arguments) {
        List<String> rest = BY_FIRST_ARGUMENT.contains(name) && !arguments.isEmpty()
                ? arguments.subList(1, arguments.size())
                : arguments;
        if (name.equals("log_format")) {
            return String.join("", rest);
        }
        Stream<String> words = SETS.contains(name) ? rest.stream().sorted() : rest.stream();
        List<String> value = words.toList();
        return value.isEmpty() ? FileStatements.PRESENT : joined(value);
    }

    private static String joined(List<String> words) {
        return words.stream().map(NginxStatements::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return word.isEmpty() || word.matches(".*\\s.*") ? "\"" + word + "\"" : word;
    }
}
