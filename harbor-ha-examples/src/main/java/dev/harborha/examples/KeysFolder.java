package dev.harborha.examples;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The folder of the key store that a render uses.
 *
 * @param path the folder
 */
record KeysFolder(Path path) {

    /** Enough for files that nobody installs, and drawn in a moment. */
    private static final int THROW_AWAY_BITS = 2048;

    /** Returns the folder that is used unless told otherwise: {@code keys} beside the cluster file. */
    static KeysFolder beside(Path clusterFile) {
        Path folder = clusterFile.getParent();
        return new KeysFolder(folder == null ? Path.of("keys") : folder.resolve("keys"));
    }

    /**
     * Refuses a key store inside the output folder, which is copied to machines and may be deleted.
     *
     * @throws CommandException if it lies there
     */
    void requireOutside(Path output) {
        if (real(path).startsWith(real(output))) {
            throw new CommandException("The key store " + path + " would lie in the output folder " + output
                    + ", which is copied to machines and can be thrown away; name another folder with --keys or -o.");
        }
    }

    /** Returns the path without links, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            Path name = absolute.getFileName();
            return parent == null || name == null
                    ? absolute
                    : real(parent).resolve(name).normalize();
        }
    }

    /**
     * Returns the keys of the store, which is made if it is not there.
     *
     * @param output the output folder: new keys for a cluster that has some already need a word of warning
     * @param internalTls whether the cluster needs certificates for TLS between the containers
     */
    ClusterKeys loadOrGenerate(Path output, boolean internalTls, Terminal terminal, Progress progress) {
        if (ClusterKeys.isStore(path)) {
            boolean complete = !internalTls || ClusterKeys.hasInternalTls(path);
            ClusterKeys keys = loadOrGenerate(internalTls);
            if (!complete) {
                terminal.say("The key store " + path.toAbsolutePath().normalize()
                        + " now has certificates for TLS between the containers, which run out on "
                        + lastDay(keys) + ": back it up again.");
            }
            return keys;
        }
        progress.at("Drawing the keys of the cluster");
        ClusterKeys keys = loadOrGenerate(internalTls);
        progress.clear();
        terminal.say("Made the key store " + path.toAbsolutePath().normalize()
                + ": it belongs to the cluster as its database does; back it up and use it for every render.");
        if (Files.exists(output.resolve("INSTALL.md"))) {
            terminal.say("But " + output
                    + " was rendered before, with other keys. Nodes that get the new ones refuse all tokens"
                    + " and cannot read the passwords in the database: if the cluster's key store is elsewhere, name it with"
                    + " --keys and render again.");
        }
        return keys;
    }

    /** Returns the day (UTC) on which the certificates between the containers run out. */
    static LocalDate lastDay(ClusterKeys keys) {
        Instant end = keys.internalTls().map(InternalTls::expiry).orElseThrow();
        return LocalDate.ofInstant(end, ZoneOffset.UTC);
    }

    private ClusterKeys loadOrGenerate(boolean internalTls) {
        return internalTls ? ClusterKeys.loadOrGenerateWithInternalTls(path) : ClusterKeys.loadOrGenerate(path);
    }

    /** Returns the keys of the store, or others for once if it is not there; writes nothing. */
    ClusterKeys loadOrThrowAway(boolean internalTls, Terminal terminal, Progress progress) {
        if (ClusterKeys.isStore(path)) {
            ClusterKeys keys = ClusterKeys.load(path);
            if (!internalTls || keys.internalTls().isPresent()) {
                return keys;
            }
            terminal.say("The key store " + path.toAbsolutePath().normalize()
                    + " holds no certificates for TLS between the containers yet: throw-away ones are used, so their files"
                    + " will differ from those of a real run.");
            return keys.withInternalTls();
        }
        progress.at("Drawing throw-away keys");
        ClusterKeys drawn = ClusterKeys.generate(THROW_AWAY_BITS);
        ClusterKeys keys = internalTls ? drawn.withInternalTls() : drawn;
        progress.clear();
        terminal.say("There is no key store at " + path.toAbsolutePath().normalize()
                + ": throw-away keys are used, so the files with keys will differ from those of a real run.");
        return keys;
    }
}
