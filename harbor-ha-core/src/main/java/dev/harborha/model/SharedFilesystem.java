package dev.harborha.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is mounted on every node from one server: NFS, CephFS, GlusterFS or SMB.
 *
 * @param path where the share is mounted, the same on every node
 * @param source what is mounted there, as in {@code /etc/fstab}: {@code nfs.example.com:/export/harbor} or
 *     {@code //files.example.com/harbor}; it tells a share from a folder of the node's own
 * @param maxThreads the most blocking file operations at once, from 25 on; driver's default: 100
 */
public record SharedFilesystem(AbsolutePath path, String source, Optional<Integer> maxThreads) implements Storage {

    private static final Pattern SOURCE = Pattern.compile(
            "(?:(?<server>\\[[^\\]]+\\]|[A-Za-z0-9.,-]+):(?<export>[A-Za-z0-9._+@/-]+)|//(?<smb>[A-Za-z0-9.-]+)/[A-Za-z0-9._+@$/-]+)");

    /**
     * Makes a shared file system.
     *
     * @throws IllegalArgumentException if the source names no server, or the number of threads is out of range
     */
    public SharedFilesystem {
        requireSource(source);
        maxThreads.ifPresent(most -> Text.between("the most file operations at once", most, 25, 10_000, ""));
    }

    private static Matcher requireSource(String source) {
        Matcher parts = SOURCE.matcher(source);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The source of the shared file system is " + Quoted.address(source)
                    + "; name the server and what it exports, as in \"nfs.example.com:/export/harbor\".");
        }
        hostsOf(parts);
        return parts;
    }

    private static List<Host> hostsOf(Matcher parts) {
        String servers = parts.group("smb") != null ? parts.group("smb") : parts.group("server");
        return Arrays.stream(servers.split(",", -1)).map(Host::new).toList();
    }

    /** Returns the servers that export the share: one, or several where the source lists them. */
    public List<Host> servers() {
        return hostsOf(requireSource(source));
    }

    /**
     * Describes a shared file system.
     *
     * @throws IllegalArgumentException if something is malformed or missing
     */
    public static SharedFilesystem of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    @Override
    public String driver() {
        return "filesystem";
    }

    @Override
    public List<Host> hosts() {
        return servers();
    }

    /** Describes a shared file system; path and source are required. */
    public static final class Builder {

        private @Nullable AbsolutePath path;
        private @Nullable String source;
        private Optional<Integer> maxThreads = Optional.empty();

        Builder() {}

        /**
         * Sets where the share is mounted on every node.
         *
         * @throws IllegalArgumentException if it is no absolute path
         */
        public Builder path(String path) {
            this.path = new AbsolutePath(path);
            return this;
        }

        /** Sets what is mounted there, as in {@code /etc/fstab}: {@code nfs.example.com:/export/harbor}. */
        public Builder source(String source) {
            this.source = source;
            return this;
        }

        /** Sets the most blocking file operations at once, 25 to 10000. Driver's default: 100. */
        public Builder maxThreads(int most) {
            this.maxThreads = Optional.of(most);
            return this;
        }

        SharedFilesystem build() {
            if (path == null || source == null) {
                throw new Missing("The shared file system")
                        .need(path, ".path(…)")
                        .need(source, ".source(…)")
                        .refusal();
            }
            return new SharedFilesystem(path, source, maxThreads);
        }
    }
}
