package dev.harborha.model;

import java.util.regex.Pattern;

/**
 * Figures for Prometheus, served without any authentication on a port of each node; since 2.2.
 *
 * @param port the port on the node, 1 to 65534; Harbor's {@code prepare} refuses 65535
 * @param path the path, such as {@code /metrics}
 */
public record Metric(int port, String path) {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");

    /** What Harbor's sample has, where metrics are turned on: port 9090, path {@code /metrics}. */
    public static final Metric DEFAULT = new Metric(9090, "/metrics");

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if the port is out of its range, or the path is malformed
     */
    public Metric {
        Text.between("the port of the metrics", port, 1, 65_534, "");
        Text.matching("the path of the metrics", path, PATH, "use a path like \"/metrics\"");
    }
}
