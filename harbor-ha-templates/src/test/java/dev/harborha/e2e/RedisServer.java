package dev.harborha.e2e;

import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Redis that keeps everything in memory. */
final class RedisServer {

    private static final Pattern KEYSPACE = Pattern.compile("db(\\d+):keys=(\\d+),");

    private final RunningProcess process;
    private final InetSocketAddress address;
    private final Path folder;

    private RedisServer(RunningProcess process, InetSocketAddress address, Path folder) {
        this.process = process;
        this.address = address;
        this.folder = folder;
    }

    /**
     * Starts a Redis.
     *
     * @param processes who ends it
     * @param address where it listens
     * @param folder an empty folder
     * @param access who may use it
     * @return the running server
     */
    static RedisServer start(Processes processes, InetSocketAddress address, Path folder, RedisAccess access) {
        return start(processes, address, folder, access, List.of("port " + address.getPort()));
    }

    /**
     * Starts a Redis that speaks nothing but TLS.
     *
     * @param processes who ends it
     * @param address where it listens
     * @param folder an empty folder
     * @param access who may use it
     * @param certificate its certificate, which names the address
     * @return the running server
     */
    static RedisServer startWithTls(
            Processes processes,
            InetSocketAddress address,
            Path folder,
            RedisAccess access,
            CertificateOfAuthority certificate) {
        return start(
                processes,
                address,
                folder,
                access,
                List.of(
                        "port 0",
                        "tls-port " + address.getPort(),
                        "tls-cert-file " + certificate.certificate(),
                        "tls-key-file " + certificate.key(),
                        "tls-ca-cert-file " + certificate.authority(),
                        "tls-auth-clients no"));
    }

    private static RedisServer start(
            Processes processes, InetSocketAddress address, Path folder, RedisAccess access, List<String> ports) {
        List<String> lines = new ArrayList<>(ports);
        lines.add("bind " + address.getAddress().getHostAddress());
        lines.add("dir " + folder);
        lines.add("save \"\"");
        lines.addAll(access.configuration());
        Path file = folder.resolve("redis.conf");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunningProcess process = processes
                .start(
                        "redis-" + address.getPort(),
                        Map.of(),
                        List.of(RealProgram.require("redis-server").toString(), file.toString()))
                .awaitListening(address);
        return new RedisServer(process, address, folder);
    }

    /** Ends it at once; what it knew is gone. */
    void kill() {
        process.kill();
    }

    /** Returns where it listens, as the description of a cluster says it. */
    String address() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Returns how many keys each database holds that holds any. */
    SortedMap<Integer, Integer> keys() {
        SortedMap<Integer, Integer> keys = new TreeMap<>();
        Matcher database = KEYSPACE.matcher(ask("info", "keyspace"));
        while (database.find()) {
            keys.put(Integer.valueOf(database.group(1)), Integer.valueOf(database.group(2)));
        }
        return keys;
    }

    /** Returns the names of the keys of a database. */
    List<String> keysOf(int database) {
        return ask("-n", Integer.toString(database), "keys", "*").lines().toList();
    }

    private String ask(String... question) {
        List<String> command = new ArrayList<>(List.of(
                RealProgram.require("redis-cli").toString(),
                "-h",
                address.getAddress().getHostAddress(),
                "-p",
                Integer.toString(address.getPort()),
                "--user",
                RedisAccess.JUDGE,
                "--pass",
                "any",
                "--no-auth-warning"));
        command.addAll(List.of(question));
        return Program.run(folder, Map.of(), command).succeeded().output();
    }
}
