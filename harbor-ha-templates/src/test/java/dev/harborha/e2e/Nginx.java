package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the two kinds of nginx here have in common: how they start in the foreground, and where their files go.
 */
final class Nginx {

    private static final String HTTP_BLOCK = "^\\s*http\\s*\\{";

    private Nginx() {}

    /**
     * Sends what nginx writes while it runs to a folder of the test, and its access log with it.
     *
     * @param config the configuration; its one {@code http} block gets the lines
     * @param folder the folder, which must exist
     * @param accessLog whether to add an access log too, as {@code <client> <forwarded for> <method> <path> <status>}
     * @return the same configuration
     */
    static ConfigEdit temporaryFilesIn(ConfigEdit config, Path folder, boolean accessLog) {
        StringBuilder lines = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.append(kind)
                    .append("_temp_path ")
                    .append(folder)
                    .append('/')
                    .append(kind)
                    .append(";\n");
        }
        if (accessLog) {
            lines.append("log_format drill '$remote_addr $http_x_forwarded_for $request_method $uri $status';\n");
            lines.append("access_log ").append(folder).append("/access.log drill;\n");
        }
        return config.addBehind(HTTP_BLOCK, lines.toString(), 1);
    }

    /**
     * Starts nginx in the foreground and waits until it listens.
     *
     * @param processes who ends it
     * @param name how messages call it
     * @param config its configuration file
     * @param directives further directives for the main context, each with its semicolon
     * @param address where it listens
     * @return the running program
     */
    static RunningProcess start(
            Processes processes, String name, Path config, String directives, InetSocketAddress address) {
        return start(processes, name, List.of(), config, directives, address);
    }

    /**
     * Starts nginx as another program's last word.
     *
     * @param processes who ends it
     * @param name how messages call it
     * @param inside a command that executes what is added to it, such as one that mounts something first
     * @param config its configuration file
     * @param directives further directives for the main context, each with its semicolon
     * @param address where it listens
     * @return the running program
     */
    static RunningProcess start(
            Processes processes,
            String name,
            List<String> inside,
            Path config,
            String directives,
            InetSocketAddress address) {
        List<String> command = new ArrayList<>(inside);
        command.addAll(List.of(
                RealProgram.require("nginx").toString(),
                "-c",
                config.toString(),
                "-e",
                "stderr",
                "-g",
                "daemon off; " + directives));
        return processes.start(name, Map.of(), command).awaitListening(address);
    }

    /**
     * Reads a log that nginx writes.
     *
     * @param file the log
     * @return its lines; none before the first request
     */
    static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
