package dev.harborha.model;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where the components of a node log, and how much.
 *
 * @param level how much
 * @param rotateCount how many old log files are kept, 1 to 1000
 * @param rotateSize the size at which a log file is rotated, as in {@code 200M}: bytes, or with {@code k}, {@code M} or {@code
 *     G}
 * @param location the folder on the node
 * @param externalEndpoint a syslog server that gets the logs instead
 */
public record HarborLog(
        LogLevel level,
        int rotateCount,
        String rotateSize,
        AbsolutePath location,
        Optional<ExternalEndpoint> externalEndpoint) {

    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,11}[kMG]?");

    /** What Harbor's sample has. */
    public static final HarborLog DEFAULT = of(log -> {});

    /** The transport of syslog. */
    public enum Protocol {
        /** TCP: nothing is lost while the server is reachable. */
        TCP,
        /** UDP: nothing waits for the server. */
        UDP
    }

    /**
     * A syslog server.
     *
     * @param protocol the transport
     * @param address where it listens
     */
    public record ExternalEndpoint(Protocol protocol, HostPort address) {}

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if a number is out of its range, or the size is malformed
     */
    public HarborLog {
        Text.between("the number of old log files", rotateCount, 1, 1000, "");
        Text.matching(
                "the size of log files", rotateSize, SIZE, "use a number, perhaps with k, M or G, as in \"200M\"");
    }

    /**
     * Describes the settings.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static HarborLog of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes the settings; nothing is required. */
    public static final class Builder {

        private LogLevel level = LogLevel.INFO;
        private int rotateCount = 50;
        private String rotateSize = "200M";
        private AbsolutePath location = new AbsolutePath("/var/log/harbor");
        private Optional<ExternalEndpoint> externalEndpoint = Optional.empty();

        Builder() {}

        /** Sets how much is logged. Default: {@link LogLevel#INFO}. */
        public Builder level(LogLevel level) {
            this.level = level;
            return this;
        }

        /** Sets how many old log files are kept, 1 to 1000. Default: 50. */
        public Builder rotateCount(int files) {
            this.rotateCount = files;
            return this;
        }

        /** Sets the size at which a log file is rotated, as in {@code 200M}. Default: 200M. */
        public Builder rotateSize(String size) {
            this.rotateSize = size;
            return this;
        }

        /**
         * Sets the folder on the node. Default: {@code /var/log/harbor}.
         *
         * @throws IllegalArgumentException if it is no absolute path
         */
        public Builder location(String folder) {
            this.location = new AbsolutePath(folder);
            return this;
        }

        /**
         * Sends the logs to a syslog server instead. Default: none.
         *
         * @param address {@code host} or {@code host:port}; default port 514
         * @throws IllegalArgumentException if the address is malformed
         */
        public Builder externalEndpoint(Protocol protocol, String address) {
            this.externalEndpoint = Optional.of(new ExternalEndpoint(protocol, HostPort.parse(address, 514)));
            return this;
        }

        HarborLog build() {
            return new HarborLog(level, rotateCount, rotateSize, location, externalEndpoint);
        }
    }
}
